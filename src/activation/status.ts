import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { IConnection } from "../connection/connection-base";
import type { Check } from "../validation/check";

/** Where Terraform finds the status of a connection. */
export interface StatusSource {
  readonly status: string;
  /** Whether the status is read inside the check, so that it can be used there only. */
  readonly scoped: boolean;
}

/**
 * A connection that is made here, or read, has its status. Another's is read inside the check only, so that a caller who
 * may not read it gets a warning, and not a failed plan.
 */
export function statusSourceOf(
  { connectionArn: arn, connectionStatus, provider }: IConnection,
  check: Check,
): StatusSource {
  if (connectionStatus !== undefined) return { status: connectionStatus, scoped: false };
  const read = check.read(DataAwsCodestarconnectionsConnection.tfResourceType, { arn, provider: provider?.fqn });
  return { status: read("connection_status"), scoped: true };
}
