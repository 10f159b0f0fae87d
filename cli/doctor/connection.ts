import { consolePage, type TargetArn } from "../arn";
import type { Session } from "../aws/session";
import { called, isAvailable, type Sight, whatToDo } from "../aws/sight";
import { type Examination, type ExaminedSource, type Finding, type Notes, seeOrGone } from "./examination";

/** The connection of each source, and its host. */
export function checkConnections({ sources }: Examination): Promise<Finding[]> {
  const found = sources.flatMap((source) => findingOf(source) ?? []);
  return Promise.resolve([...new Map(found.map((each) => [each.says, each])).values()]);
}

/** Those of the project that no examined pipeline uses, such as those that a pipeline still waits for. */
export async function checkUnused(session: Session, targets: readonly TargetArn[], notes: Notes): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const target of targets) {
    const sight = await notes.attempt(`read the ${target.kind} ${target.arn}`, () => seeOrGone(session, target));
    if (sight === "gone") findings.push(gone(target));
    else if (sight !== undefined && !isAvailable(sight)) findings.push(notAvailable(sight));
  }
  return findings;
}

function findingOf({ connection, host, action, configuration }: ExaminedSource): Finding | undefined {
  if (connection === "gone") {
    return {
      id: "connection-gone",
      says: `The action "${action.name ?? ""}" uses the connection ${configuration.ConnectionArn ?? ""}, which does not exist in this account.`,
      todo: "Give the action an existing connection, and deploy. If it is one of another account, use its credentials to look at it.",
    };
  }
  if (connection === undefined || isAvailable(connection)) return undefined;
  if (host !== undefined && !isAvailable(host)) {
    const says = `The ${called(host)} is ${host.status}, so the ${called(connection)} can't be activated.`;
    return { id: "host-status", says, todo: whatToDo(host) };
  }
  return notAvailable(connection);
}

function gone({ arn, kind }: TargetArn): Finding {
  return {
    id: `${kind}-gone`,
    says: `The ${kind} ${arn}, which this project names, does not exist in this account.`,
    todo: "If the project makes it, deploy: it is made anew. If it is of another account, use the credentials of that one.",
  };
}

function notAvailable(sight: Sight): Finding {
  const { target, status } = sight;
  const todo =
    target.kind === "connection" && status === "ERROR"
      ? `See what AWS says at ${consolePage(target)}. Often its app was removed at the provider: install it again. If that does not help, replace the connection.`
      : whatToDo(sight);
  return { id: `${target.kind}-status`, says: `The ${called(sight)} is ${status}.`, todo };
}
