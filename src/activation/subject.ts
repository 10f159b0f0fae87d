import { TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { IConnection } from "../connection/connection-base";
import type { IConnectionHost } from "../connection/host-base";
import { connectionPage, connectionsPage } from "./console-link";
import type { HostSubject, Subject } from "./reminder";

/** What the sentences need to know of a connection, and how a stack that shows them reads it. */
export function subjectOf(scope: Construct, connection: IConnection): Subject {
  const { connectionArn, connectionName, providerType, host } = connection;
  return {
    label: connectionName ?? connectionArn,
    providerType,
    page: new TerraformLocal(scope, "Page", connectionPage(connectionArn)).asString,
    listPage: connectionsPage(connectionArn),
    host: host && hostSubjectOf(host, connection),
  };
}

/** In another stack, a host's status would be what it was when that stack was applied last. */
function hostSubjectOf(host: IConnectionHost, connection: IConnection): HostSubject {
  const { hostName, hostArn, hostStatus } = host;
  return TerraformStack.of(host) === TerraformStack.of(connection)
    ? { label: hostName ?? hostArn, status: hostStatus }
    : { label: hostArn, status: undefined };
}
