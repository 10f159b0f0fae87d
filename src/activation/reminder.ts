import { Fn, Op } from "cdktf";
import { factsOf } from "../connection/provider-type";
import { text } from "./text";

/** What the sentences need to know of a connection; all of it may be expressions. */
export interface Subject {
  readonly label: string;
  readonly providerType: string | undefined;
  readonly page: string;
  readonly listPage: string;
}

/** The reminder, as Terraform decides it: what to do until the connection is `AVAILABLE`, then that nothing is left. */
export function reminder(subject: Subject, status: string): string {
  const { label } = subject;
  return Fn.conditional(
    isAvailable(status),
    text`Connection "${label}" is AVAILABLE: nothing is left to do.`,
    text`ACTION REQUIRED: connection "${label}" is ${status}; pipelines that use it fail until a person activates it.
${steps(subject)}`,
  ) as string;
}

/** The reminder for a connection whose status is not read. */
export function reminderWithoutStatus(subject: Subject): string {
  return text`Connection "${subject.label}" is not made here, and its status is not read. While it is PENDING, pipelines that use it fail until a person activates it.
${steps(subject)}`;
}

/** The warning of the check. */
export function warning({ label, page }: Subject, status: string): string {
  return text`Connection "${label}" is ${status}, not AVAILABLE: pipelines that use it fail until a person activates it at ${page}`;
}

export function isAvailable(status: string): string {
  return Op.eq(status, "AVAILABLE") as unknown as string;
}

function steps({ providerType, page, listPage }: Subject): string {
  const facts = factsOf(providerType);
  const app = facts?.label ?? "repository provider's";
  const who = facts?.activator ?? "someone who administers the repositories at their provider";
  return text`  1. Open ${page}
     (or Developer Tools > Settings > Connections: ${listPage}).
  2. Choose "Update pending connection", choose or install the ${app} app, then "Connect".
  Who: ${who}.`;
}
