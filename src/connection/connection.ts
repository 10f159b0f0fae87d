import type { ITerraformDependable, TerraformDataSource, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { type BoundProvider, checkWithProvider, versionOf } from "../aws-provider/bound-provider";
import { checkOwnRegion, checkRegion, ownRegionRules, warnOfRegion } from "../aws-provider/region";
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
import { watchNeighbours } from "./neighbours";
import { PROVIDER_TYPE, type ProviderType } from "./provider-type";
import { refuseRepetition } from "./repetition";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";
import { noteUseBy, usersOf } from "./uses";

/** Properties of a new `Connection`. */
export interface ConnectionProps {
  /**
   * The connection's name: 1 to 32 characters (bytes of UTF-8 in `ResourceFamily.CODECONNECTIONS`), unique in the
   * account.
   *
   * A changed name replaces the connection: the new one has a new ARN, is `PENDING`, and a person must activate it. The
   * default name changes with the path of the construct. To move a construct and keep its connection, set `name` and
   * call `resource.moveFromId`.
   *
   * @default - derived from the construct's path
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
   */
  readonly name?: string;

  /**
   * The repository provider. Exactly one of `providerType` and `host` must be given.
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
   * The resources of the AWS provider that create the connection. A change replaces the connection: the new one has a
   * new ARN, and a person must activate it. It must be known at synthesis.
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
   * The prefix of fixed names for the outputs of the reminder: `<prefix>connection_arn`, `<prefix>connection_status`
   * and `<prefix>activation_reminder`. It begins with a letter or `_`, and has only `A-Za-z0-9_-`; `""` gives the names
   * without a prefix. It must be known at synthesis. Two outputs with the same name in a stack are an error, and so is
   * a prefix without `activationReminder`.
   *
   * @default - unique names that CDKTF derives from the path of the construct
   * @see https://developer.hashicorp.com/terraform/language/values/outputs
   */
  readonly outputPrefix?: string;

  /**
   * The region of the connection, if it is not the region of the provider: one where CodePipeline can use connections. It
   * needs AWS provider 6 or newer. A change replaces the connection: a person must activate the new one.
   *
   * @default - the region of the provider
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
   */
  readonly region?: string;

  /**
   * Switches off the check of the region. Without it, a region where CodePipeline can't use connections is an error, and
   * a literal that this version of the library does not know is a warning. If the region (its own, or that of the
   * provider) is an expression or comes from the environment, both are warnings at every plan and apply.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The AWS provider that creates the connection. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A connection to Bitbucket, GitHub, GitLab or Azure DevOps.
 *
 * A new connection is `PENDING`. Only a person in the AWS console can activate it; no API can.
 *
 * Makes in Terraform: `aws_codestarconnections_connection`, or `aws_codeconnections_connection` in the newer resource family;
 * three outputs and a `check`, unless `activationReminder` is false; and `data.aws_region`, to check a region that is an
 * expression.
 *
 * @example
 * new Connection(this, "Bitbucket", { name: "company", providerType: ProviderType.BITBUCKET });
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export class Connection extends Construct implements IConnection {
  /**
   * Represents an existing connection that was created by hand or by another program. Creates nothing in AWS. Reads the
   * connection only with `readStatus` or `activationReminder`.
   *
   * @param connectionArn the ARN: at most 256 characters, of the service `codestar-connections` or `codeconnections`,
   * in any region (connections are global); it may be an expression
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
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
   * Represents an existing connection that the provider's data source finds by its name. The plan fails if the caller
   * may not list connections, or if no connection has this name.
   *
   * @param connectionName the name: 1 to 32 characters; it may be an expression
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
  public readonly region?: string;
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
    warnOfTakenName(this, name, family, own);
    warnOfRegion(this, own);

    const resource = makeConnection(this, {
      name,
      providerType: providerType?.value,
      hostArn: host?.hostArn,
      tags: own.tags,
      region: own.region,
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
    this.region = own.region;
    this.provider = provider;
    watchNeighbours(this, resource);
    const hasReminder = own.activationReminder ?? true;
    refuseRepetition(this, resource, { what: "connection", hasReminder, users: () => usersOf(this) });
    if (host !== undefined) noteUseBy(this, host);
    if (hasReminder) remind(this, own);
  }
}

export function declareConnection(props: Partial<ConnectionProps>): Declared<ConnectionProps> {
  const { host, resourceFamily } = props;
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
    region: optionalArgument(string(...ownRegionRules(props))),
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
  const version = versionOf(bound);
  if (version !== undefined) {
    const rules = limits.providerTypeOfVersion(familyGiven(props.resourceFamily), version);
    const { value } = props.providerType ?? {};
    if (typeof value === "string") inspection.value("providerType", value, ...rules);
  }
  checkOwnRegion(inspection, props, bound);
  checkRegion(inspection, props, bound);
  checkPlaceOfHost(inspection, scope, props, bound);
}
