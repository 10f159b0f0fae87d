import { all, escaped, matching, noneOf, oneOf, where } from "../validation/constraint";
import { enumLike } from "../validation/kind";
import { nearest } from "../validation/nearest";
import type { Limit, Rule, Size } from "../validation/rule";
import { ProviderType, providerTypes } from "./provider-type";
import { families, familyOf, sized, type ResourceFamily } from "./resource-family";
import { API, arnOf, CREATE_CONNECTION, CREATE_HOST, SERVICE } from "./limits";

/** The longest name, in the unit of the resource family. */
export const HOST_NAME_LENGTH = 64;

const INSTALLED = providerTypes(({ installed }) => installed);

export const hostName = (family: ResourceFamily): Rule => ({ ...sized(family, HOST_NAME_LENGTH), see: CREATE_HOST });

/** A provider type that a host can have. */
export const HOST_TYPE = enumLike("a", "ProviderType", ProviderType, (value) => INSTALLED.includes(value));

export const providerTypeOfHost: Rule = {
  must: oneOf(INSTALLED),
  sentence: `must be one of ${INSTALLED.join(", ")}: only these have a host`,
  see: CREATE_HOST,
  meant: (given) => nearest(given, INSTALLED),
};

/** A type that is known to be hosted by the provider itself. */
export const installedType: Rule = {
  must: noneOf(providerTypes(({ installed }) => !installed)),
  sentence: providerTypeOfHost.sentence,
  see: CREATE_HOST,
  meant: providerTypeOfHost.meant,
};

export function providerEndpoint(family: ResourceFamily): Rule {
  const { lengthUnit } = familyOf(family);
  return {
    must: all(
      lengthUnit.between(1, 512),
      matching("^[Hh][Tt][Tt][Pp][Ss]://[^/?#\\x00-\\x20\\x7f]+[^\\x00-\\x20\\x7f]*$"),
    ),
    sentence:
      `must be an https:// URL of at most 512 ${lengthUnit.label}, such as "https://git.example.com"` + lengthUnit.note,
    see: CREATE_HOST,
    meant: (given) => given.trim().replace(/^([a-z]+:\/*)?/i, "https://"),
  };
}

/** No limit where the hosts of a family have tags. */
export function tagsOfHost(family: ResourceFamily): Limit[] {
  if (familyOf(family).hostTags) return [];
  return [
    {
      sentence:
        `tags can't be given to a host of the resource family "${family}": leave tags out, or set resourceFamily to ` +
        "ResourceFamily.CODECONNECTIONS (this replaces a host that exists already)",
      see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codestarconnections_host",
    },
  ];
}

export const hostArn: Rule = {
  // A host's name, which is part of its ARN, may hold spaces and slashes; a line that was pasted along is none of it.
  ...arnOf("host", "[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f]", "ghes-0c8b…"),
  see: CREATE_CONNECTION,
};

/** Holds the hosts back that a family does not take; no rule where it takes those of every family. */
export function hostArnOfFamily(family: ResourceFamily): Rule[] {
  const { hostServices } = familyOf(family);
  if (families(({ service }) => !hostServices.includes(service)).length === 0) return [];
  return [
    {
      must: where(`^arn:[^:]+:${SERVICE}:`, matching(`^arn:[^:]+:(${hostServices.join("|")}):`)),
      sentence:
        `must be a host of the service ${hostServices.join(" or ")}: connections of the resource family "${family}" ` +
        "can use no other host. Set resourceFamily of the connection to ResourceFamily.CODECONNECTIONS (this " +
        "replaces a connection that exists already)",
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

/** How many subnets a host has, and how many security groups. */
export const vpcParts: Size = { min: 1, max: 10, see: `${API}/API_VpcConfiguration.html` };

export const vpcId: Rule = vpcPart("vpc");
export const subnetId: Rule = vpcPart("subnet");
export const securityGroupId: Rule = vpcPart("sg");

function vpcPart(prefix: string): Rule {
  return {
    must: matching(`^${prefix}-[0-9A-Za-z_]{8}([0-9A-Za-z_]{9})?$`),
    sentence: `must be an ID: "${prefix}-" and 8 or 17 letters or digits, such as "${prefix}-0c8b1a2f3d4e5f6a7"`,
    see: `${API}/API_VpcConfiguration.html`,
  };
}

export function tlsCertificate(family: ResourceFamily): Rule {
  const { must, sentence } = sized(family, 16_384);
  return { must, sentence, see: `${API}/API_VpcConfiguration.html` };
}
