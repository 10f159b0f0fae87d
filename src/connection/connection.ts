import type { ITerraformDependable, TerraformDataSource, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { propertiesOf } from "../validation/kind";
import { inspectWithProvider } from "../aws-provider/aws-provider";
import { ConnectionByArn, type ExistingConnectionOptions } from "./existing-connection";
import { ConnectionByName, type NamedConnectionOptions } from "./connection-by-name";
import type { IConnection } from "./connection-base";
import type { IConnectionHost } from "./host-base";
import { inspectConnection } from "./connection-inspection";
import type { ConnectionProps } from "./connection-props";
import { derivedName } from "./names";
import type { ProviderType } from "./provider-type";
import { connections, warnOfQuota } from "./quotas";
import { warnOfRegion } from "../aws-provider/region";
import { familyGiven, familyOf } from "./resource-family";
import * as rules from "./limits";
import { warnOfTakenName } from "./taken-names";

/**
 * A connection to Bitbucket, GitHub, GitLab or Azure DevOps, made as `aws_codestarconnections_connection` or
 * `aws_codeconnections_connection`.
 *
 * It is born `PENDING`. Only a person in the AWS console can activate it; no API can.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export class Connection extends Construct implements IConnection {
  /**
   * Stands for a connection that exists already, made by hand or by another program. Nothing is created, and nothing is
   * read unless `readStatus` asks for it.
   *
   * @param connectionArn the ARN of either service name, in any region: connections are global
   */
  public static fromConnectionArn(
    scope: Construct,
    id: string,
    connectionArn: string,
    options: ExistingConnectionOptions = {},
  ): IConnection {
    return new ConnectionByArn(scope, id, connectionArn, options);
  }

  /**
   * Stands for a connection that exists already, and is found by its name through the provider's data source. When its ARN
   * is used, the plan fails if the caller may not list connections, or there is none of that name.
   *
   * @param connectionName the name: 1 to 32 characters
   */
  public static fromConnectionName(
    scope: Construct,
    id: string,
    connectionName: string,
    options: NamedConnectionOptions = {},
  ): IConnection {
    return new ConnectionByName(scope, id, connectionName, options);
  }

  /** The provider's resource, for whatever Terraform can do with it: `importFrom`, `moveFromId`, `addOverride`. */
  public readonly resource: TerraformResource;
  public readonly dataSource?: TerraformDataSource;
  public readonly connectionArn: string;
  public readonly connectionStatus?: string;
  public readonly connectionName?: string;
  public readonly providerType?: ProviderType;
  public readonly host?: IConnectionHost;
  public readonly dependencies: ITerraformDependable[] = [];
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id);
    const inspection = inspectWithProvider(this, propertiesOf(props).provider, (bound) =>
      inspectConnection(this, props, bound),
    );
    inspection.throwIfBroken(this.node.path);
    const { host, provider } = props;
    const family = familyGiven(props.resourceFamily);
    const { makeConnection, lengthUnit } = familyOf(family);
    const { name = derivedName(this, rules.CONNECTION_NAME_LENGTH, lengthUnit) } = props;
    warnOfTakenName(this, name, family, provider);
    warnOfQuota(this, connections, provider);
    warnOfRegion(this, props);

    const resource = makeConnection(this, {
      name,
      providerType: props.providerType,
      hostArn: host?.hostArn,
      tags: props.tags,
      provider,
      lifecycle: inspection.lifecycle(this, { preventDestroy: props.preventDestroy }),
    });
    this.resource = resource;
    this.connectionArn = resource.arn;
    this.connectionStatus = resource.connectionStatus;
    // Read back from the resource: Terraform knows how a name with an expression in it comes out.
    this.connectionName = resource.name;
    this.host = host;
    this.providerType = props.providerType ?? host?.providerType;
    this.provider = provider;
  }
}
