import { consolePage } from "../arn";
import { called, isAvailable, whatToDo } from "../aws/sight";
import type { Examination, ExaminedSource, Finding } from "./examination";

/** The connection of each source, and its host. */
export function checkConnections({ sources }: Examination): Promise<Finding[]> {
  const found = sources.flatMap((source) => findingOf(source) ?? []);
  return Promise.resolve([...new Map(found.map((each) => [each.says, each])).values()]);
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
  return {
    id: "connection-status",
    says: `The ${called(connection)} is ${connection.status}.`,
    todo:
      connection.status === "ERROR"
        ? `See what AWS says at ${consolePage(connection.target)}. Often its app was removed at the provider: install it again. If that does not help, replace the connection.`
        : whatToDo(connection),
  };
}
