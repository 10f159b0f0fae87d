import type { ITerraformDependable, TerraformDataSource, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import {
  accountsOf,
  type BoundProvider,
  inspectWithProvider,
  isBeside,
  providerOf,
  regionOf,
} from "../aws-provider/aws-provider";
import { inspectRegion, warnOfRegion } from "../aws-provider/region";
import { isExpression } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf } from "../validation/kind";
import type { IConnection } from "./connection-base";
import {
  ConnectionByArn,
  ConnectionByName,
  type ExistingConnectionOptions,
  type NamedConnectionOptions,
} from "./existing-connection";
import { HOST, type IConnectionHost } from "./host-base";
import * as hostRules from "./host-limits";
import * as rules from "./limits";
import { derivedName, warnOfTakenName } from "./names";
import type { ProviderType } from "./provider-type";
import { connections, warnOfQuota } from "./quotas";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";

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

/** What a connection is made from. */
export interface ConnectionProps {
  /**
   * The connection's name: 1 to 32 characters, any characters, unique in the account. The provider's resource counts bytes
   * in `ResourceFamily.CODECONNECTIONS`.
   *
   * Another name is another connection: with a new ARN, `PENDING` again, to be activated by a person again. So give the
   * name of a connection that must survive a change of its construct's path.
   *
   * @default - derived from the construct's path
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
   */
  readonly name?: string;

  /**
   * Where the repositories are. Exactly one of `providerType` and `host` must be given.
   *
   * @default - given by the host
   */
  readonly providerType?: ProviderType;

  /**
   * The host that the connection goes through, for GitHub Enterprise Server and GitLab self-managed. The connection's type
   * is the host's.
   *
   * @default - no host
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html
   */
  readonly host?: IConnectionHost;

  /**
   * Which of the provider's resources makes it. Another family is another connection.
   *
   * @default ResourceFamily.CODESTAR_CONNECTIONS
   */
  readonly resourceFamily?: ResourceFamily;

  /**
   * Tags of the connection.
   *
   * @default - only the provider's default tags
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Makes Terraform refuse a plan that would destroy or replace the connection, since another one has to be activated by a
   * person again. It does not help when the construct is taken out of the program, or gets another id without
   * `resource.moveFromId`: the connection is then destroyed.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;

  /**
   * Accepts a region in which CodePipeline can't use connections as far as this version of the library knows, and warns of
   * none.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** Applies the rules of a connection, with what is known of the provider that creates it. */
export function inspectConnection(scope: Construct, given: ConnectionProps, bound: BoundProvider): Inspection {
  const props = propertiesOf(given);
  const { providerType, host } = props;
  const family = familyGiven(props.resourceFamily);
  const { providerVersion } = bound.terraformGeneratorMetadata ?? {};
  const inspection = new Inspection()
    .value("name", props.name, rules.connectionName(family))
    .fact(typeOrHost(props), (providerType === undefined) !== (host === undefined))
    .value(
      "providerType",
      providerType,
      rules.providerType,
      ...rules.providerTypeOfFamily(family),
      ...(providerVersion === undefined ? [] : rules.providerTypeOfVersion(family, providerVersion)),
      ...(host === undefined ? [rules.providerTypeWithoutHost] : []),
    )
    .kind("host", host, HOST)
    .literal("resourceFamily", props.resourceFamily, rules.resourceFamily)
    .texts("tags", props.tags)
    .kind("preventDestroy", props.preventDestroy, FLAG)
    .include(inspectRegion(props, bound));
  return host !== undefined && HOST.includes(host)
    ? inspection.include(inspectHost(scope, host, props, bound))
    : inspection;
}

/** That one of the two must be given; of two that contradict each other, that they do. */
function typeOrHost({ providerType, host }: Partial<ConnectionProps>): string {
  const types = [providerType, host?.providerType].filter((type) => typeof type === "string" && !isExpression(type));
  return new Set(types).size < 2
    ? rules.typeOrHost.sentence
    : `providerType ${types.join(" is not that of the host, ")}: leave it out, since the host gives it`;
}

function inspectHost(
  scope: Construct,
  host: IConnectionHost,
  { resourceFamily, provider }: Partial<ConnectionProps>,
  bound: BoundProvider,
): Inspection {
  const takesHost = hostRules.hostArnOfFamily(familyGiven(resourceFamily));
  const region = regionOf(bound);
  const inRegion = region === undefined ? [] : [hostRules.hostArnOfRegion(region)];
  const inAccount = rules.arnOfAccounts(accountsOf(bound));
  if (host.resourceFamily === undefined) {
    return new Inspection().value("host", host.hostArn, hostRules.hostArn, ...takesHost, ...inRegion, ...inAccount);
  }
  const { service } = familyOf(host.resourceFamily);
  const isTaken = familyOf(resourceFamily).hostServices.includes(service);
  const inspection = new Inspection().found(isTaken ? [] : takesHost.map(({ sentence }) => `host ${sentence}`));
  if (isBeside(host, scope, provider)) return inspection;
  const hostRegion = regionOf(providerOf(host, host.provider) ?? {});
  if (region === undefined || hostRegion === undefined) {
    return inspection.value("host", host.hostArn, ...inRegion, ...inAccount);
  }
  return inspection
    .fact(
      `host ${hostRules.hostArnOfRegion(region).sentence}. Given: ${host.node.path}, in ${hostRegion}`,
      hostRegion === region,
    )
    .value("host", host.hostArn, ...inAccount);
}
