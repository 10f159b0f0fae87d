import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { ref, type TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import type { IConnection } from "../connection/connection-base";
import type { ScopedDataSource } from "./check";

/** Where Terraform finds the status of a connection. */
export interface StatusSource {
  readonly status: string;
  readonly name?: string;
  /** The data source that must be read for it inside the check; the status can then be used there only. */
  readonly scoped?: ScopedDataSource;
}

export interface StatusSourceProps {
  readonly connection: IConnection;
  readonly readStatus?: boolean;
  readonly provider?: TerraformProvider;
}

/** A connection that is made here has its status; another's is read, for all to use or inside the check only. */
export function statusSourceOf(scope: Construct, props: StatusSourceProps): StatusSource {
  const { connection, readStatus, provider = connection.provider } = props;
  const { connectionArn: arn, connectionStatus: status, connectionName: name } = connection;
  if (status !== undefined) return { status, name };
  if (readStatus) {
    const data = new DataAwsCodestarconnectionsConnection(scope, "Existing", { arn, provider });
    return { status: data.connectionStatus, name: data.name };
  }
  return readInsideCheck(scope, { arn, provider: provider?.fqn });
}

/** So that a caller who may not read the connection gets a warning, and not a failed plan. */
function readInsideCheck(scope: Construct, attributes: ScopedDataSource["attributes"]): StatusSource {
  const stack = TerraformStack.of(scope);
  const type = DataAwsCodestarconnectionsConnection.tfResourceType;
  const name = stack.getLogicalId(scope.node);
  return {
    status: Token.asString(ref(`data.${type}.${name}.connection_status`, stack)),
    scoped: { type, name, attributes },
  };
}
