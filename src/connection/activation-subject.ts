import { TerraformLocal, type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { connectionPage, connectionsPage } from "../activation/console-links";
import type { HostSubject, Subject } from "../activation/messages";
import type { IConnection } from "./connection-base";
import type { IConnectionHost } from "./host-base";
import { factsOf } from "./provider-type";

/** What the messages need to know of a connection, as the stack that shows them knows it. */
export function subjectOf(scope: Construct, connection: IConnection): Subject {
  const { connectionArn, connectionName, providerType, host } = connection;
  return {
    label: connectionName ?? connectionArn,
    provider: factsOf(providerType),
    isReplaceable: isMadeBy(TerraformStack.of(scope), connection),
    page: new TerraformLocal(scope, "Page", connectionPage(connectionArn)).asString,
    listPage: connectionsPage(connectionArn),
    host: host && hostSubjectOf(scope, host, connection),
  };
}

function isMadeBy(stack: TerraformStack, connection: IConnection): boolean {
  const isMade = connection.connectionStatus !== undefined && connection.dataSource === undefined;
  return isMade && TerraformStack.of(connection) === stack;
}

/** In another stack, a host's status would be what it was when that stack was applied last. */
function hostSubjectOf(scope: Construct, host: IConnectionHost, connection: IConnection): HostSubject {
  const { hostName, hostArn, hostStatus } = host;
  const stacks = new Set([scope, host, connection].map((construct) => TerraformStack.of(construct)));
  return stacks.size === 1 ? { label: hostName ?? hostArn, status: hostStatus } : { label: hostArn, status: undefined };
}

/**
 * The provider that a stack reads a connection through: the connection's own, which reaches its account and region, if this
 * is its stack. Another stack has no provider of that name, nor is the connection's known where it was never read.
 */
export function readerOf(
  scope: Construct,
  connection: IConnection,
  otherwise?: TerraformProvider,
): TerraformProvider | undefined {
  if (TerraformStack.of(connection) !== TerraformStack.of(scope)) return otherwise;
  const isReached = connection.connectionStatus !== undefined;
  return connection.provider ?? (isReached ? undefined : otherwise);
}
