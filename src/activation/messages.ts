import { Fn, Op, ref, Token } from "cdktf";
import { quoted } from "../terraform/template";

/** What the sentences need to know of a connection; all of it may be expressions. */
export interface Subject {
  readonly label: string;
  /** The provider as people write it, and who can activate its connections and set up its hosts; where that is known. */
  readonly provider: ProviderSubject | undefined;
  /** Whether it is made by the stack that shows the sentences. */
  readonly isReplaceable: boolean;
  readonly page: string;
  readonly listPage: string;
  /** The host that is to be set up first. */
  readonly host?: HostSubject;
}

export interface ProviderSubject {
  readonly label: string;
  readonly activator: string;
  readonly hostActivator?: string;
}

export interface HostSubject {
  readonly label: string;
  /** Nothing where no one can tell. */
  readonly status: string | undefined;
}

/** The reminder, as Terraform decides it: what to do until the connection is `AVAILABLE`, then that nothing is left. */
export function reminder(subject: Subject, status: string): string {
  const { label } = subject;
  return Fn.conditional(
    isAvailable(status),
    text`Connection "${label}" is AVAILABLE: nothing is left to do.`,
    toDo(subject, status),
  ) as string;
}

/** What to do while the connection is not `AVAILABLE`. */
export function toDo(subject: Subject, status: string): string {
  const { label } = subject;
  return Fn.conditional(
    Op.eq(status, "ERROR"),
    text`ACTION REQUIRED: connection "${label}" is ERROR;
pipelines that use it fail.
${inError(subject)}`,
    text`ACTION REQUIRED: connection "${label}" is ${status};
pipelines that use it fail until a person activates it.
${steps(subject)}`,
  ) as string;
}

/** The reminder for a connection whose status is not read. */
export function reminderWithoutStatus(subject: Subject): string {
  return text`Connection "${subject.label}"
is not made here, and its status is not read. While it is
PENDING, pipelines that use it fail until a person activates it.
${steps(subject)}`;
}

/** The warning of the check. */
export function warning({ label, page }: Subject, status: string): string {
  return Fn.conditional(
    Op.eq(status, "ERROR"),
    text`Connection "${label}" is ERROR: pipelines that use it fail. See what AWS says at ${page}`,
    text`Connection "${label}" is ${status}, not AVAILABLE: pipelines that use it fail until a person activates it at ${page}`,
  ) as string;
}

/** The warning of the check, as long as the host is not set up. */
export function hostWarning({ label: host, status = "" }: HostSubject, { label, listPage }: Subject): string {
  return text`Host "${host}" is ${status}, not AVAILABLE: connection "${label}" can't be activated until a person sets up the host at ${listPage} (Hosts)`;
}

export function isAvailable(status: string): string {
  return Op.eq(status, "AVAILABLE") as unknown as string;
}

/**
 * CDKTF indents its list of outputs by the depth of the construct, and what Terraform prints by the stack's name, and breaks
 * what gets longer than the terminal. So the lines are short, and what can be long stands at the beginning of its own.
 */
function steps(subject: Subject): string {
  const { provider, page, listPage, host } = subject;
  const app = provider?.label ?? "repository provider's";
  const who = provider?.activator ?? "whoever administers the repositories at their provider";
  return text`${host === undefined ? "" : hostSteps(host, subject)}  1. Open ${page}
     or, in Developer Tools > Settings > Connections, choose it:
 ${listPage}
  2. Choose "Update pending connection", choose or install the
     ${app} app, then "Connect".
     Who: ${who}.
  3. Deploy again. A pipeline that failed meanwhile: "Release
     change". If pushes do not start one that was made before:
     edit it, and save it once.`;
}

function hostSteps({ label, status }: HostSubject, { provider, listPage }: Subject): string {
  const who = provider?.hostActivator ?? "whoever administers what is installed there";
  const first = text`  0. First its host, ${status === undefined ? "unless it is AVAILABLE" : text`which is ${status}`}:
 "${label}"
     Open
 ${listPage}
     and choose "Hosts", the host, then "Set up host".
     Who: ${who}.
`;
  return status === undefined ? first : (Fn.conditional(isAvailable(status), "", first) as string);
}

/** What AWS says of a connection in error is on its page only. */
function inError({ page, listPage, isReplaceable }: Subject): string {
  const replace = isReplaceable
    ? "replace it:\n     terraform apply -replace=<address>"
    : "have it replaced where it\n     was made.";
  return text`  1. See what AWS says: open ${page}
     or, in Developer Tools > Settings > Connections, choose it:
 ${listPage}
  2. If that does not help, ${replace}
     A new connection has another ARN, and must be activated.`;
}

/** A text with expressions in it. What is fixed in it, and literal values, come out as written. */
export function text(fixed: TemplateStringsArray, ...values: readonly string[]): string {
  const parts = fixed.flatMap((part, index) => [part, values[index] ?? ""]).filter((part) => part !== "");
  return Fn.join(
    "",
    // `Fn.rawString` would leave backslashes as they are.
    parts.map((part) => (Token.isUnresolved(part) ? part : Token.asString(ref(quoted(part))))),
  );
}
