import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { IConnection } from "./connection-base";
import { Check } from "../terraform/check";
import { hostWarning, isAvailable, type Subject, warning } from "../activation/messages";

/**
 * Warns at every plan and apply while the connection, or its host, is not `AVAILABLE`.
 *
 * The status of a connection that is neither made here nor read is read inside the check, so that a caller who may not
 * read it gets a warning, and not a failed plan.
 */
export function checkActivation(
  scope: Construct,
  connection: IConnection,
  subject: Subject,
  provider: TerraformProvider | undefined,
): void {
  const check = new Check(scope, "Check");
  const status = connection.connectionStatus ?? readInside(check, connection.connectionArn, provider);
  check.assert(isAvailable(status), warning(subject, status));
  const { host } = subject;
  if (host?.status !== undefined) check.assert(isAvailable(host.status), hostWarning(host, subject));
}

function readInside(check: Check, arn: string, provider: TerraformProvider | undefined): string {
  const read = check.read(DataAwsCodestarconnectionsConnection.tfResourceType, { arn, provider: provider?.fqn });
  return read("connection_status");
}
