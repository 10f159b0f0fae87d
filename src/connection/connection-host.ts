import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { accountsOf, checkWithProvider } from "../aws-provider/bound-provider";
import { checkOwnRegion, checkRegion, ownRegionRules, warnOfRegion } from "../aws-provider/region";
import { asShared, attributeOf } from "../terraform/reference";
import { Inspection } from "../validation/inspection";
import { PROVIDER } from "../validation/kind";
import { check, type Declared, optional, optionalArgument, required } from "../validation/properties";
import {
  flag,
  kindOf,
  knownValueOf,
  literal,
  sizedList,
  string,
  stringMap,
  struct,
  valueOf,
} from "../validation/types";
import { type IConnectionHost, warnOfEndpoint } from "./host-base";
import * as hostLimits from "./host-limits";
import * as limits from "./limits";
import { derivedName } from "./names";
import type { ProviderType } from "./provider-type";
import { refuseRepetition } from "./repetition";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";
import { usersOf } from "./uses";

/**
 * How AWS reaches a host inside a VPC.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_VpcConfiguration.html
 */
export interface VpcConfiguration {
  /** The VPC: `vpc-` and 8 or 17 letters or digits. */
  readonly vpcId: string;

  /** The subnets: 1 to 10, `subnet-` and 8 or 17 letters or digits. The list or its elements may be expressions. */
  readonly subnetIds: string[];

  /** The security groups: 1 to 10, `sg-` and 8 or 17 letters or digits. The list or its elements may be expressions. */
  readonly securityGroupIds: string[];

  /**
   * The TLS certificate of the host as a PEM string: 1 to 16,384 characters (bytes of UTF-8 in
   * `ResourceFamily.CODECONNECTIONS`). Not a file path, and not the private key.
   *
   * @default - none: the host has a certificate from a public certificate authority
   */
  readonly tlsCertificate?: string;
}

/** Properties of a new `ConnectionHost`. */
export interface ConnectionHostProps {
  /**
   * The repository provider that is installed on the host: `GITHUB_ENTERPRISE_SERVER` or `GITLAB_SELF_MANAGED`.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html
   */
  readonly providerType: ProviderType;

  /**
   * The `https://` URL of the host: at most 512 characters (bytes of UTF-8 in `ResourceFamily.CODECONNECTIONS`), with no
   * user and no password. For GitHub, only the server. For GitLab, the address of GitLab itself, which can have a path.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html
   */
  readonly providerEndpoint: string;

  /**
   * The host's name: 1 to 64 characters (bytes of UTF-8 in `ResourceFamily.CODECONNECTIONS`). A changed name replaces
   * the host: the new one has a new ARN, and a person must set it up.
   *
   * @default - derived from the construct's path
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateHost.html
   */
  readonly name?: string;

  /**
   * The VPC through which AWS reaches the host.
   *
   * @default - over the public internet
   */
  readonly vpcConfiguration?: VpcConfiguration;

  /**
   * Tags of the host; only `ResourceFamily.CODECONNECTIONS` has them.
   *
   * @default - only the provider's default tags, where the family has tags
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The resources of the AWS provider that create the host. A host of `ResourceFamily.CODECONNECTIONS` works only with
   * connections of this family. A change replaces the host. It must be known at synthesis.
   *
   * @default ResourceFamily.CODESTAR_CONNECTIONS
   */
  readonly resourceFamily?: ResourceFamily;

  /**
   * Makes Terraform refuse a plan that would destroy or replace the host. It does not help when the construct is taken out
   * of the program, or gets another id without `resource.moveFromId`.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;

  /**
   * The region of the host, if it is not the region of the provider: one where CodePipeline can use connections. It
   * needs AWS provider 6 or newer. The connections of the host must be in the same region. A change replaces
   * the host: a person must set up the new one.
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
   * The AWS provider that creates the host. It must be in the same stack. The host's connections must be in its region.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A host: an installation of GitHub Enterprise Server or GitLab self-managed.
 *
 * A new host is `PENDING`. Only a person in the AWS console can set it up, before its connections are activated.
 *
 * Makes in Terraform: `aws_codestarconnections_host`, or `aws_codeconnections_host` in the newer resource family; and
 * `data.aws_region`, to check a region that is an expression.
 *
 * @example
 * const host = new ConnectionHost(this, "GitLab", {
 *   providerType: ProviderType.GITLAB_SELF_MANAGED,
 *   providerEndpoint: "https://git.example.com",
 * });
 * new Connection(this, "Company", { host });
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-host-setup.html
 */
export class ConnectionHost extends Construct implements IConnectionHost {
  /**
   * Represents an existing host. Creates and reads nothing in AWS.
   *
   * @param hostArn the ARN: at most 256 characters, of the service `codestar-connections` or `codeconnections`; it may
   * be an expression
   */
  public static fromHostArn(
    scope: Construct,
    id: string,
    hostArn: string,
    options: ExistingHostOptions = {},
  ): IConnectionHost {
    return new ExistingHost(scope, id, hostArn, options);
  }

  /** The provider's resource, for whatever Terraform can do with it: `importFrom`, `moveFromId`, `addOverride`. */
  public readonly resource: TerraformResource;
  public readonly hostArn: string;
  public readonly hostName?: string;
  public readonly hostStatus?: string;
  public readonly providerType?: ProviderType;
  public readonly resourceFamily?: ResourceFamily;
  public readonly region?: string;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: ConnectionHostProps) {
    super(scope, id);
    const { props: own, inspection } = check(this, props, declareHost);
    const family = familyGiven(own.resourceFamily);
    inspection.found(own.tags === undefined ? [] : hostLimits.tagsOfHost(family).map(({ sentence }) => sentence));
    warnOfEndpoint(inspection, own.providerEndpoint);
    checkWithProvider(this, own.provider, inspection, (late, bound) => {
      checkOwnRegion(late, own, bound);
      checkRegion(late, own, bound);
    });
    inspection.throwIfBroken(this);
    const { provider, providerType } = own;
    const { makeHost, hostHasStatus, lengthUnit } = familyOf(family);
    const { name = derivedName(this, hostLimits.HOST_NAME_LENGTH, lengthUnit) } = own;
    warnOfRegion(this, own);

    this.resource = makeHost(this, {
      name,
      providerType: providerType.value,
      providerEndpoint: own.providerEndpoint,
      vpcConfiguration: own.vpcConfiguration,
      tags: own.tags,
      region: own.region,
      provider,
      lifecycle: inspection.lifecycle(this, { preventDestroy: own.preventDestroy }),
    });
    this.hostArn = attributeOf(this.resource, "arn");
    this.hostName = attributeOf(this.resource, "name");
    this.hostStatus = hostHasStatus ? attributeOf(this.resource, "status") : undefined;
    this.providerType = providerType;
    this.resourceFamily = family;
    this.region = own.region;
    this.provider = provider;
    refuseRepetition(this, this.resource, { what: "host", users: () => usersOf(this) });
  }
}

export function declareHost(props: Partial<ConnectionHostProps>): Declared<ConnectionHostProps> {
  const family = familyGiven(props.resourceFamily);
  return {
    providerType: required(valueOf(hostLimits.HOST_TYPE, hostLimits.providerTypeOfHost)),
    providerEndpoint: required(
      string(
        hostLimits.providerEndpoint(family),
        hostLimits.endpointOfInstallation,
        ...hostLimits.endpointPath(props.providerType),
      ),
    ),
    name: optional(string(hostLimits.hostName(family))),
    vpcConfiguration: optional(struct(() => declareVpc(family))),
    resourceFamily: optional(literal(limits.resourceFamily)),
    tags: optionalArgument(stringMap),
    preventDestroy: optional(flag),
    region: optionalArgument(string(...ownRegionRules(props))),
    allowAnyRegion: optional(flag),
    provider: optional(kindOf(PROVIDER)),
  };
}

function declareVpc(family: ResourceFamily): Declared<VpcConfiguration> {
  return {
    vpcId: required(string(hostLimits.vpcId)),
    subnetIds: required(sizedList(hostLimits.vpcParts, hostLimits.subnetId)),
    securityGroupIds: required(sizedList(hostLimits.vpcParts, hostLimits.securityGroupId)),
    tlsCertificate: optionalArgument(string(...hostLimits.tlsCertificate(family))),
  };
}

/** Options of `ConnectionHost.fromHostArn`. */
export interface ExistingHostOptions {
  /**
   * The repository provider that is installed on the host. It decides how a repository's path is checked and which
   * steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * The AWS provider that reaches the host. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** A host by its ARN. An ARN that is an expression is checked by the connection that goes through the host. */
class ExistingHost extends Construct implements IConnectionHost {
  public readonly hostArn: string;
  public readonly providerType?: ProviderType;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, hostArn: string, options: ExistingHostOptions) {
    super(scope, id);
    const { props: own, inspection } = check(this, options, declareExisting);
    const arn = new Inspection(this).required("hostArn", hostArn, hostLimits.hostArn);
    checkWithProvider(this, own.provider, arn, (late, bound) => {
      if (typeof hostArn === "string") late.value("hostArn", hostArn, ...limits.arnOfAccounts(accountsOf(bound)));
    });
    arn.include(inspection).throwIfBroken(this);
    this.hostArn = asShared(this, "Arn", hostArn);
    this.providerType = own.providerType;
    this.provider = own.provider;
  }
}

export function declareExisting(): Declared<ExistingHostOptions> {
  return {
    providerType: optional(knownValueOf(hostLimits.HOST_TYPE, hostLimits.providerTypeOfHost, hostLimits.installedType)),
    provider: optional(kindOf(PROVIDER)),
  };
}
