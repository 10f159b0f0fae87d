import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection";
import { CodeconnectionsHost } from "@cdktf/provider-aws/lib/codeconnections-host";
import {
  CodestarconnectionsConnection,
  type CodestarconnectionsConnectionConfig,
} from "@cdktf/provider-aws/lib/codestarconnections-connection";
import {
  CodestarconnectionsHost,
  type CodestarconnectionsHostConfig,
} from "@cdktf/provider-aws/lib/codestarconnections-host";
import type { Construct } from "constructs";
import { BYTES, CHARACTERS, type LengthUnit } from "../validation/constraint";
import type { Rule } from "../validation/rule";

/**
 * Which of the Terraform provider's resources make connections and hosts. In March 2024 AWS renamed CodeStar Connections
 * to CodeConnections; the provider has resources for both names. Moving a connection from one family to the other
 * replaces it, with a new ARN and a new activation.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
export enum ResourceFamily {
  /** `aws_codestarconnections_*`: ARNs of the service `codestar-connections`. */
  CODESTAR_CONNECTIONS = "codestarconnections",
  /**
   * `aws_codeconnections_*`: ARNs of the service `codeconnections`. It knows Azure DevOps, tags on hosts, and sharing with
   * other accounts (AWS RAM); it has no data source.
   */
  CODECONNECTIONS = "codeconnections",
}

/** What differs between the families; the rest of the library asks this table. */
interface FamilyFacts {
  /** The service in the ARNs of what it makes. */
  readonly service: string;
  /** The services whose hosts its connections take, as in the host's ARN. */
  readonly hostServices: readonly string[];
  /** Whether its hosts take tags. */
  readonly hostTags: boolean;
  /** What its resources count the length of their arguments in. */
  readonly lengthUnit: LengthUnit;
  /** Whether a data source finds its connections. */
  readonly dataSource: boolean;
  readonly makeConnection: (
    scope: Construct,
    config: ConnectionConfig,
  ) => CodestarconnectionsConnection | CodeconnectionsConnection;
  /** Whether its host's resource tells the status. */
  readonly hostHasStatus: boolean;
  readonly makeHost: (scope: Construct, config: HostConfig) => CodestarconnectionsHost | CodeconnectionsHost;
}

/** The arguments of a connection's resource. */
type ConnectionConfig = CodestarconnectionsConnectionConfig & OwnRegion;

/** What the resources take since version 6 of the provider; the bindings of older ones leave it out. */
interface OwnRegion {
  readonly region?: string;
}

/** The arguments of a host's resource, as far as the families do not differ. */
interface HostConfig extends CodestarconnectionsHostConfig, OwnRegion {
  readonly tags?: { readonly [key: string]: string };
}

/** What the primary child of a construct is called, whichever family makes it. */
const RESOURCE = "Resource";

/**
 * @see https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_CreateConnection.html
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
 */
const FAMILIES: { readonly [family in ResourceFamily]: FamilyFacts } = {
  [ResourceFamily.CODESTAR_CONNECTIONS]: {
    service: "codestar-connections",
    hostServices: ["codestar-connections"],
    hostTags: false,
    lengthUnit: CHARACTERS,
    dataSource: true,
    makeConnection: (scope, config) => new CodestarconnectionsConnection(scope, RESOURCE, config),
    hostHasStatus: true,
    makeHost: (scope, config) => new CodestarconnectionsHost(scope, RESOURCE, config),
  },
  [ResourceFamily.CODECONNECTIONS]: {
    service: "codeconnections",
    hostServices: ["codestar-connections", "codeconnections"],
    hostTags: true,
    lengthUnit: BYTES,
    dataSource: false,
    makeConnection: (scope, { lifecycle, ...config }) =>
      new CodeconnectionsConnection(scope, RESOURCE, {
        ...config,
        // The provider computes the type of a connection through a host anew at each change, of a tag too, and takes that
        // for a change of the type: it would replace the connection.
        lifecycle: config.hostArn === undefined ? lifecycle : { ...lifecycle, ignoreChanges: ["provider_type"] },
      }),
    hostHasStatus: false,
    makeHost: (scope, { vpcConfiguration, ...config }) =>
      new CodeconnectionsHost(scope, RESOURCE, {
        ...config,
        vpcConfiguration: vpcConfiguration && [vpcConfiguration],
      }),
  },
};

export const DEFAULT_FAMILY = ResourceFamily.CODESTAR_CONNECTIONS;

/** The family that a property gives; the default one too where the value is no family, which its own rule reports. */
export function familyGiven(value: ResourceFamily | undefined): ResourceFamily {
  return isFamily(value) ? value : DEFAULT_FAMILY;
}

/** What is known of the family that a property gives. */
export function familyOf(value: ResourceFamily | undefined): FamilyFacts {
  return FAMILIES[familyGiven(value)];
}

/** The families of which something holds. */
export function families(holds: (facts: FamilyFacts) => boolean): ResourceFamily[] {
  return Object.values(ResourceFamily).filter((family) => holds(FAMILIES[family]));
}

/** A family as a program writes it. */
export function memberOf(family: string): string {
  const [member = ""] = Object.entries<string>(ResourceFamily).find(([, value]) => value === family) ?? [];
  return `ResourceFamily.${member}`;
}

function isFamily(value: unknown): value is ResourceFamily {
  return Object.values<unknown>(ResourceFamily).includes(value);
}

/** A length, counted as the resources of the family count it. */
export function sized(family: ResourceFamily, max: number): Pick<Rule, "must" | "sentence"> {
  const { lengthUnit } = familyOf(family);
  return {
    must: lengthUnit.between(1, max),
    sentence: `must be 1 to ${max} ${lengthUnit.label} long${lengthUnit.note}`,
  };
}
