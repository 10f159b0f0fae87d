import { GetConnectionCommand, GetHostCommand } from "@aws-sdk/client-codestar-connections";
import { consolePage, type TargetArn } from "../arn";
import { Failure, failureOf, isGone } from "../failure";
import { npx } from "../package-names";
import type { Session } from "./session";

/** What AWS tells of a connection or a host at one moment. */
export interface Sight {
  readonly target: TargetArn;
  readonly name: string;
  readonly status: string;
  readonly providerType: string;
  readonly hostArn?: string;
}

/** Reads a connection or a host; errors are those of the SDK. */
export async function see(session: Session, target: TargetArn): Promise<Sight> {
  const client = session.connections(target.region);
  if (target.kind === "host") {
    const host = await client.send(new GetHostCommand({ HostArn: target.arn }));
    return { target, name: host.Name ?? target.id, status: host.Status ?? "?", providerType: host.ProviderType ?? "?" };
  }
  const { Connection: found = {} } = await client.send(new GetConnectionCommand({ ConnectionArn: target.arn }));
  return {
    target,
    name: found.ConnectionName ?? target.id,
    status: found.ConnectionStatus ?? "?",
    providerType: found.ProviderType ?? "?",
    ...(found.HostArn === undefined ? {} : { hostArn: found.HostArn }),
  };
}

/** The same with the errors that people read. */
export async function look(session: Session, target: TargetArn): Promise<Sight> {
  try {
    return await see(session, target);
  } catch (error) {
    if (!isGone(error)) throw failureOf(error, `read the ${target.kind} ${target.arn}`);
    throw new Failure(
      `There is no ${target.kind} ${target.arn} in this account: it was deleted, or it is of another account. ` +
        "Look at the ARN, the --profile, and the outputs of the last deploy.",
    );
  }
}

/** Whether a status will not change any more without a person who repairs something. */
export function isBroken({ status }: Sight): boolean {
  return status === "ERROR" || status === "VPC_CONFIG_FAILED_INITIALIZATION" || status === "VPC_CONFIG_DELETING";
}

export const isAvailable = ({ status }: Sight): boolean => status === "AVAILABLE";

/** A connection or host in words, such as `connection "shop"`. */
export function called({ target, name }: Sight): string {
  return `${target.kind} "${name}"`;
}

/** What a person has to do about what is not available. */
export function whatToDo(sight: Sight): string {
  const { target, status: now } = sight;
  const page = consolePage(target);
  if (now === "VPC_CONFIG_INITIALIZING")
    return "AWS reaches into the VPC, which takes some minutes. Then it is to be set up.";
  if (isBroken(sight)) return `See what AWS says at ${page}${target.kind === "host" ? " (Hosts)" : ""}`;
  return target.kind === "host"
    ? `A person must set it up: open ${page}, choose "Hosts", the host, then "Set up host".`
    : `A person must activate it: open ${page} and choose "Update pending connection" (${npx("open")}).`;
}
