import { all, characters, escaped, matching, noneOf, oneOf, orNull, where } from "../validation/constraint";
import { nearest } from "../validation/nearest";
import type { Limit, Rule } from "../validation/rule";
import { providerTypes } from "./provider-type";
import { WITH_CONNECTIONS, WITHOUT_CONNECTIONS } from "./regions";
import { families, familyOf, ResourceFamily } from "./resource-family";

const API = "https://docs.aws.amazon.com/codeconnections/latest/APIReference";
const CREATE_CONNECTION = `${API}/API_CreateConnection.html`;
const CREATE_HOST = `${API}/API_CreateHost.html`;
/** The longest ARN that the service takes. */
const ARN_LENGTH = 256;
const PARTITION = "aws(-[a-z]+)*";
const SERVICE = "(codestar-connections|codeconnections)";

/** The first words of every ARN of the service, in either of its names. */
const arnOf = (resource: string): string => `^arn:${PARTITION}:${SERVICE}:[a-z0-9-]+:[0-9]{12}:${resource}$`;

/** What stands around an ARN that was copied out of a text. */
const arnIn = (given: string): string => given.trim().replace(/^.*?(?=arn:)/, "");

/** The longest names, in the unit of the resource family. */
export const CONNECTION_NAME_LENGTH = 32;
export const HOST_NAME_LENGTH = 64;

export const connectionName = (family: ResourceFamily): Rule => ({
  ...sized(family, CONNECTION_NAME_LENGTH),
  see: CREATE_CONNECTION,
});

/** A length, counted as the resources of the family count it. */
function sized(family: ResourceFamily, max: number): Pick<Rule, "must" | "sentence"> {
  const { lengthUnit } = familyOf(family);
  return { must: lengthUnit.between(1, max), sentence: `must be 1 to ${max} ${lengthUnit.label} long` };
}

export const typeOrHost: Limit = {
  sentence: "exactly one of providerType and host must be given (the host of an installed provider gives the type)",
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/25707",
};

/** No limit where the hosts of a family have tags. */
export function tagsOfHost(family: ResourceFamily): Limit[] {
  if (familyOf(family).hostTags) return [];
  return [
    {
      sentence:
        `tags can't be given to a host of the resource family "${family}": set resourceFamily to ` +
        "ResourceFamily.CODECONNECTIONS",
      see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codestarconnections_host",
    },
  ];
}

export const uniqueName: Limit = {
  sentence: "name must be unique in the account",
  see: "https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_CreateConnection.html",
};

export const connectionArn: Rule = {
  must: all(characters(1, ARN_LENGTH), matching(arnOf("connection/[0-9A-Za-z-]+"))),
  sentence:
    `must be the ARN of a connection, of at most ${ARN_LENGTH} characters, such as ` +
    '"arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b…" or "arn:aws:codeconnections:…"',
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html",
  meant: arnIn,
};

/** Only the newer service shares its resources with other accounts; no rule for a provider that is bound to none. */
export function arnOfAccounts(accounts: readonly string[]): Rule[] {
  if (accounts.length === 0) return [];
  return [
    {
      must: where(
        "^arn:[^:]+:codestar-connections:",
        matching(`^arn:[^:]+:codestar-connections:[^:]+:(${accounts.join("|")}):`),
      ),
      sentence:
        `must be of the account that the provider is bound to (${accounts.join(", ")}): ` +
        "what has a codestar-connections ARN can't be shared with another account",
      see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html",
    },
  ];
}

export const hostArn: Rule = {
  // A host's name, which is part of its ARN, may hold spaces and slashes; a line that was pasted along is none of it.
  must: all(characters(1, ARN_LENGTH), matching(arnOf("host/[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f]"))),
  sentence:
    `must be the ARN of a host, of at most ${ARN_LENGTH} characters, such as ` +
    '"arn:aws:codestar-connections:us-east-1:123456789012:host/ghes-0c8b…" or "arn:aws:codeconnections:…"',
  see: CREATE_CONNECTION,
  meant: arnIn,
};

/** Holds the hosts back that a family does not take; no rule where it takes those of every family. */
export function hostArnOfFamily(family: ResourceFamily): Rule[] {
  const { hostServices } = familyOf(family);
  if (families(({ service }) => !hostServices.includes(service)).length === 0) return [];
  return [
    {
      must: where(`^arn:[^:]+:${SERVICE}:`, matching(`^arn:[^:]+:(${hostServices.join("|")}):`)),
      sentence:
        `must have an ARN of ${hostServices.join(" or ")}: the resource family "${family}" takes no other host; ` +
        `set resourceFamily to ResourceFamily.CODECONNECTIONS`,
      see: "https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_CreateConnection.html",
    },
  ];
}

export function hostArnOfRegion(region: string): Rule {
  return {
    must: where("^arn:[^:]+:[^:]+:[^:]+:", matching(`^arn:[^:]+:[^:]+:${escaped(region)}:`)),
    sentence: `must be in the connection's own region, which is ${region}`,
    see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html",
  };
}

const KNOWN = providerTypes(() => true);
const INSTALLED = providerTypes(({ installed }) => installed);

export const providerType: Rule = {
  must: oneOf(KNOWN),
  sentence: `must be one of ${KNOWN.join(", ")}`,
  see: CREATE_CONNECTION,
  meant: (given) => nearest(given, KNOWN),
};

/** Holds the types back that a family can't create; no rule where it can create all of them. */
export function providerTypeOfFamily(family: ResourceFamily): Rule[] {
  const types = providerTypes(({ createdBy }) => createdBy[family] === undefined);
  return noneOfTypes(types, {
    sentence:
      `can't be ${types.join(" or ")} in the resource family "${family}": ` +
      "set resourceFamily to ResourceFamily.CODECONNECTIONS and use @cdktf/provider-aws 21, which brings AWS provider 6, " +
      "or use an existing connection by its ARN",
    see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codestarconnections_connection",
  });
}

/** Holds the types back that a version of the AWS provider can't create; no rule where it can create all of them. */
export function providerTypeOfVersion(family: ResourceFamily, version: string): Rule[] {
  const types = providerTypes(({ createdBy }) => (createdBy[family] ?? 0) > Number.parseInt(version, 10));
  return noneOfTypes(types, {
    sentence:
      `can't be ${types.join(" or ")} with AWS provider ${version}, which the package @cdktf/provider-aws brings: ` +
      "use @cdktf/provider-aws 21, which brings AWS provider 6, or an existing connection by its ARN",
    see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codeconnections_connection",
  });
}

function noneOfTypes(types: readonly string[], rule: Omit<Rule, "must">): Rule[] {
  return types.length === 0 ? [] : [{ ...rule, must: noneOf(types) }];
}

export const providerTypeWithoutHost: Rule = {
  must: noneOf(INSTALLED),
  sentence: `${INSTALLED.join(" and ")} need a host: give host instead of providerType, or use an existing connection by its ARN`,
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/25707",
};

export const providerTypeOfHost: Rule = {
  must: oneOf(INSTALLED),
  sentence: `must be one of ${INSTALLED.join(", ")}: a host is where a provider is installed`,
  see: CREATE_HOST,
  meant: (given) => nearest(given, INSTALLED),
};

export const hostName = (family: ResourceFamily): Rule => ({ ...sized(family, HOST_NAME_LENGTH), see: CREATE_HOST });

export function providerEndpoint(family: ResourceFamily): Rule {
  const { lengthUnit } = familyOf(family);
  return {
    must: all(
      lengthUnit.between(1, 512),
      matching("^[Hh][Tt][Tt][Pp][Ss]://[^/?#\\x00-\\x20\\x7f]+[^\\x00-\\x20\\x7f]*$"),
    ),
    sentence: `must be an https:// URL of at most 512 ${lengthUnit.label}, such as "https://git.example.com"`,
    see: CREATE_HOST,
    meant: (given) => given.trim().replace(/^([a-z]+:\/*)?/i, "https://"),
  };
}

export const vpcId: Rule = vpcPart("vpc");
export const subnetId: Rule = vpcPart("subnet");
export const securityGroupId: Rule = vpcPart("sg");

function vpcPart(prefix: string): Rule {
  return {
    must: matching(`^${prefix}-[0-9A-Za-z_]{8}([0-9A-Za-z_]{9})?$`),
    sentence: `must be an id such as "${prefix}-0c8b1a2f3d4e5f6a7"`,
    see: `${API}/API_VpcConfiguration.html`,
  };
}

export function tlsCertificate(family: ResourceFamily): Rule {
  const { must, sentence } = sized(family, 16_384);
  return { must: orNull(must), sentence, see: `${API}/API_VpcConfiguration.html` };
}

const FAMILIES = families(() => true);

export const resourceFamily: Rule = {
  must: oneOf(FAMILIES),
  sentence: `must be one of ${FAMILIES.join(", ")}`,
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html",
  meant: (given) => nearest(given, FAMILIES),
};

export const resourceFamilyWithDataSource: Rule = {
  must: noneOf(families(({ dataSource }) => !dataSource)),
  sentence:
    "must be one whose connections can be found by name: " +
    `there is no data source for the others (${families(({ dataSource }) => !dataSource).join(", ")}), ` +
    "so use Connection.fromConnectionArn",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/codestarconnections_connection",
};

/** Where the list of regions is: it ages, so what is in neither half of it is only warned of. */
const REGIONS =
  "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html";

export const region: Rule = {
  // No region at all is one that the environment gives.
  must: orNull(all(matching("^[a-z]+(-[a-z]+)+-[0-9]+$"), noneOf(WITHOUT_CONNECTIONS))),
  sentence:
    `must be one where CodePipeline can use connections, such as us-east-1: none of ${WITHOUT_CONNECTIONS.join(", ")} ` +
    "(if AWS has added it since, set allowAnyRegion to true)",
  see: REGIONS,
};

export const knownRegion: Rule = {
  must: oneOf([...WITH_CONNECTIONS, ...WITHOUT_CONNECTIONS]),
  sentence: "is unknown to this version of the library: see whether CodePipeline can use connections there",
  see: REGIONS,
};
