import type { ITerraformDependable, TerraformDataSource, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { type BoundProvider, checkWithProvider } from "../aws-provider/bound-provider";
import { checkRegion, warnOfRegion } from "../aws-provider/region";
import { attributeOf } from "../terraform/reference";
import type { Inspection } from "../validation/inspection";
import { PROVIDER } from "../validation/kind";
import { check, type Declared, optional, optionalArgument } from "../validation/properties";
import { flag, kindOf, literal, string, stringMap, valueOf } from "../validation/types";
import { checkReminder, outputPrefix, remind } from "./activation-outputs";
import type { IConnection } from "./connection-base";
import {
  ConnectionByArn,
  ConnectionByName,
  type ExistingConnectionOptions,
  type NamedConnectionOptions,
} from "./existing-connection";
import { checkHost, checkPlaceOfHost, checkTypeAndHost, HOST, type IConnectionHost } from "./host-base";
import * as limits from "./limits";
import { derivedName, warnOfTakenName } from "./names";
import { PROVIDER_TYPE, type ProviderType } from "./provider-type";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";

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
   * Whether the stack has outputs with the connection's ARN, its status, and what a person still has to do; and a `check`
   * that warns at every plan and apply while the connection is not `AVAILABLE`.
   *
   * The check needs Terraform 1.5 or newer. A connection that gets `count` or `for_each` by an override needs `false`.
   *
   * @default true
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
   * @see https://developer.hashicorp.com/terraform/language/checks
   */
  readonly activationReminder?: boolean;

  /**
   * Gives these outputs the fixed names `<prefix>connection_arn`, `<prefix>connection_status` and
   * `<prefix>activation_reminder`. An empty prefix is one too. Two outputs of one name in a stack are an error.
   *
   * @default - Terraform's unique names
   */
  readonly outputPrefix?: string;

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

/**
 * A connection to Bitbucket, GitHub, GitLab or Azure DevOps, made as `aws_codestarconnections_connection` or
 * `aws_codeconnections_connection`.
 *
 * A new connection is `PENDING`. Only a person in the AWS console can activate it; no API can.
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
   * Stands for a connection that exists already, and is found by its name through the provider's data source. The plan
   * fails if the caller may not list connections, or there is none of that name.
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
    const { props: own, inspection } = check(this, props, declareConnection);
    checkTypeAndHost(inspection, own);
    checkHost(inspection, own);
    checkReminder(inspection, own, own.activationReminder ?? true);
    checkWithProvider(this, own.provider, inspection, (late, bound) => {
      checkAgainstProvider(late, this, own, bound);
    });
    inspection.throwIfBroken(this);
    const { host, provider, providerType } = own;
    const family = familyGiven(own.resourceFamily);
    const { makeConnection, lengthUnit } = familyOf(family);
    const { name = derivedName(this, limits.CONNECTION_NAME_LENGTH, lengthUnit) } = own;
    warnOfTakenName(this, name, family, provider);
    warnOfRegion(this, own);

    const resource = makeConnection(this, {
      name,
      providerType: providerType?.value,
      hostArn: host?.hostArn,
      tags: own.tags,
      provider,
      lifecycle: inspection.lifecycle(this, { preventDestroy: own.preventDestroy }),
    });
    this.resource = resource;
    this.connectionArn = attributeOf(resource, "arn");
    this.connectionStatus = attributeOf(resource, "connection_status");
    // Read back from the resource: Terraform knows how a name with an expression in it comes out.
    this.connectionName = attributeOf(resource, "name");
    this.host = host;
    this.providerType = providerType ?? host?.providerType;
    this.provider = provider;
    if (own.activationReminder ?? true) remind(this, own);
  }
}

export function declareConnection({ host, resourceFamily }: Partial<ConnectionProps>): Declared<ConnectionProps> {
  const family = familyGiven(resourceFamily);
  return {
    name: optional(string(limits.connectionName(family))),
    providerType: optional(
      valueOf(
        PROVIDER_TYPE,
        limits.providerType,
        ...limits.providerTypeOfFamily(family),
        ...(host === undefined ? [limits.providerTypeWithoutHost] : []),
      ),
    ),
    host: optional(kindOf(HOST)),
    resourceFamily: optional(literal(limits.resourceFamily)),
    tags: optionalArgument(stringMap),
    preventDestroy: optional(flag),
    activationReminder: optional(flag),
    outputPrefix: optional(literal(outputPrefix)),
    allowAnyRegion: optional(flag),
    provider: optional(kindOf(PROVIDER)),
  };
}

/** Applies the rules that depend on the provider that creates the connection. */
function checkAgainstProvider(
  inspection: Inspection,
  scope: Construct,
  props: ConnectionProps,
  bound: BoundProvider,
): void {
  const { providerVersion } = bound.terraformGeneratorMetadata ?? {};
  if (providerVersion !== undefined) {
    const rules = limits.providerTypeOfVersion(familyGiven(props.resourceFamily), providerVersion);
    const { value } = props.providerType ?? {};
    if (typeof value === "string") inspection.value("providerType", value, ...rules);
  }
  checkRegion(inspection, props, bound);
  checkPlaceOfHost(inspection, scope, props, bound);
}
