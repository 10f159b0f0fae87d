import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { IConnection } from "./connection-base";

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
