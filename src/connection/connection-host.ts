import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { accountsOf, type BoundProvider, inspectWithProvider } from "../aws-provider/aws-provider";
import { inspectRegion, warnOfRegion } from "../aws-provider/region";
import { asShared } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf } from "../validation/kind";
import type { IConnectionHost } from "./host-base";
import * as hostRules from "./host-limits";
import * as rules from "./limits";
import { derivedName } from "./names";
import type { ProviderType } from "./provider-type";
import { hosts, warnOfQuota } from "./quotas";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";
import { inspectVpc, type VpcConfiguration } from "./vpc-configuration";

export interface ConnectionHostProps {
  /**
   * What is installed there: `GITHUB_ENTERPRISE_SERVER` or `GITLAB_SELF_MANAGED`.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html
   */
  readonly providerType: ProviderType;

  /** Where it is installed: an `https://` URL of at most 512 characters (bytes in `ResourceFamily.CODECONNECTIONS`). */
  readonly providerEndpoint: string;

  /**
   * The host's name: 1 to 64 characters (bytes in `ResourceFamily.CODECONNECTIONS`). Another name is another host: with a new ARN, to be set up by a person again.
   *
   * @default - derived from the construct's path
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateHost.html
   */
  readonly name?: string;

  /**
   * How to reach it inside a VPC.
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
   * Which of the provider's resources makes it. A host of the newer family takes connections of that family only.
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
   * Accepts a region in which CodePipeline can't use connections as far as this version of the library knows, and warns of
   * none.
   *
   * @default false
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The provider to create it with: its connections must be made in the same region.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Where GitHub Enterprise Server or GitLab self-managed is installed, made as `aws_codestarconnections_host` or
 * `aws_codeconnections_host`.
 *
 * It is born `PENDING`, as its connections are. Only a person in the AWS console can set it up, and before its connections.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-host-setup.html
 */
export class ConnectionHost extends Construct implements IConnectionHost {
  /**
   * Stands for a host that exists already. Nothing is created or read.
   *
   * @param hostArn the ARN of either service name
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
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: ConnectionHostProps) {
    super(scope, id);
    const inspection = inspectWithProvider(this, propertiesOf(props).provider, (bound) => inspect(props, bound));
    inspection.throwIfBroken(this.node.path);
    const { provider } = props;
    const family = familyGiven(props.resourceFamily);
    const { makeHost, lengthUnit } = familyOf(family);
    const { name = derivedName(this, hostRules.HOST_NAME_LENGTH, lengthUnit) } = props;
    warnOfQuota(this, hosts, provider);
    warnOfRegion(this, props);

    const { resource, status } = makeHost(this, {
      name,
      providerType: props.providerType,
      providerEndpoint: props.providerEndpoint,
      vpcConfiguration: props.vpcConfiguration,
      tags: props.tags,
      provider,
      lifecycle: inspection.lifecycle(this, { preventDestroy: props.preventDestroy }),
    });
    this.resource = resource;
    this.hostArn = resource.arn;
    this.hostName = resource.name;
    this.hostStatus = status;
    this.providerType = props.providerType;
    this.resourceFamily = family;
    this.provider = provider;
  }
}

function inspect(given: ConnectionHostProps, bound: BoundProvider): Inspection {
  const props = propertiesOf(given);
  const family = familyGiven(props.resourceFamily);
  return new Inspection()
    .required("providerType", props.providerType, hostRules.providerTypeOfHost)
    .required("providerEndpoint", props.providerEndpoint, hostRules.providerEndpoint(family))
    .value("name", props.name, hostRules.hostName(family))
    .literal("resourceFamily", props.resourceFamily, rules.resourceFamily)
    .include(inspectVpc(props.vpcConfiguration, family))
    .texts("tags", props.tags)
    .found(props.tags === undefined ? [] : hostRules.tagsOfHost(family).map(({ sentence }) => sentence))
    .kind("preventDestroy", props.preventDestroy, FLAG)
    .include(inspectRegion(props, bound));
}

/** What is known of a host that exists already. */
export interface ExistingHostOptions {
  /**
   * What is installed there. The connections of the host are of this type: it decides how a repository's path is checked
   * and which steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * The provider that reaches it.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** A host by its ARN. An ARN that only Terraform knows is checked by the connection that goes through the host. */
export class ExistingHost extends Construct implements IConnectionHost {
  public readonly hostArn: string;
  public readonly providerType?: ProviderType;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, hostArn: string, options: ExistingHostOptions) {
    super(scope, id);
    const { providerType, provider } = propertiesOf(options);
    inspectWithProvider(this, provider, (bound) => inspectExisting(hostArn, providerType, bound)).throwIfBroken(
      this.node.path,
    );
    this.hostArn = asShared(this, "Arn", hostArn);
    this.providerType = providerType;
    this.provider = provider;
  }
}

function inspectExisting(hostArn: string, providerType: ProviderType | undefined, bound: BoundProvider): Inspection {
  return new Inspection()
    .required("hostArn", hostArn, hostRules.hostArn, ...rules.arnOfAccounts(accountsOf(bound)))
    .value("providerType", providerType, hostRules.providerTypeOfHost);
}
