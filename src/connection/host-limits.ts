import { all, anyCase, escaped, matching, noneOf, oneOf, where, without } from "../validation/constraint";
import { enumLike, membersOf } from "../validation/kind";
import { nearest } from "../validation/nearest";
import type { Limit, Rule, Size } from "../validation/rule";
import { ProviderType, providerTypes } from "./provider-type";
import { families, familyOf, sized, type ResourceFamily } from "./resource-family";
import { API, arnOf, CREATE_CONNECTION, CREATE_HOST, SERVICE } from "./limits";

const HOSTS = "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html";

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

const HTTPS = `^${anyCase("https")}://`;

export function providerEndpoint(family: ResourceFamily): Rule {
  const { lengthUnit } = familyOf(family);
  return {
    must: all(lengthUnit.between(1, 512), matching(`${HTTPS}[^/?#@\\x00-\\x20\\x7f]+([/?#][^\\x00-\\x20\\x7f]*)?$`)),
    sentence:
      `must be an https:// URL of at most 512 ${lengthUnit.label}, such as "https://git.example.com"${lengthUnit.note}, ` +
      "with no user and no password",
    see: CREATE_HOST,
    meant: (given) =>
      given
        .trim()
        .replace(/^([a-z]+:\/*)?/i, "https://")
        .replace(/^(https:\/\/)[^/?#]*@/, "$1"),
    isOnSecrets: true,
  };
}

const SITES = ["github.com", "gitlab.com", "bitbucket.org"];

/** A site that the provider hosts itself needs no host. */
export const endpointOfInstallation: Rule = {
  must: without(
    `${HTTPS}((${anyCase("www")}|${anyCase("api")})\\.)?(${SITES.map(anyCase).join("|")})(:[0-9]*)?([/?#]|$)`,
  ),
  sentence:
    `can't be ${SITES.join(", ")}: these need no host. Use new Connection with ProviderType.GITHUB, ProviderType.GITLAB or ` +
    "ProviderType.BITBUCKET",
  see: HOSTS,
};

/** What may stand behind the name of the server: nothing for GitHub; GitLab can be installed below a path. */
export function endpointPath(providerType: ProviderType | undefined): Rule[] {
  const { value } = membersOf(providerType);
  const rule = { see: HOSTS, meant: (given: string) => given.replace(/^(https:\/\/[^/?#]+).*$/i, "$1") };
  if (value === ProviderType.GITHUB_ENTERPRISE_SERVER.value) {
    const sentence = "can't have a path: GitHub Enterprise Server is installed on a server of its own";
    return [{ ...rule, must: without(`${HTTPS}[^/?#]+/[^?#]`), sentence }];
  }
  if (value === ProviderType.GITLAB_SELF_MANAGED.value) {
    const sentence = "can't be the address of an API, of a page or of a repository: give the address of GitLab itself";
    const behind = `(${anyCase("api")}(/|$)|-/|[^/]+\\.${anyCase("git")}/?$)`;
    return [{ ...rule, must: without(`${HTTPS}[^/?#]+/(.*/)?${behind}`), sentence }];
  }
  return [];
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
  // A host's name, which is part of its ARN, may hold spaces and slashes; a line that was pasted along is none of it. In a
  // policy, * and ? would stand for other hosts.
  ...arnOf("host", "[^\\x00-\\x1f\\x7f*?]*[^\\x00-\\x20\\x7f*?]", "ghes-0c8b…"),
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
    see: HOSTS,
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

const VPC = `${API}/API_VpcConfiguration.html`;

export function tlsCertificate(family: ResourceFamily): Rule[] {
  const { must, sentence } = sized(family, 16_384);
  return [{ must, sentence, see: VPC }, noPrivateKey, certificateItself];
}

/** A certificate is public, and shown by AWS; its key is not, so Terraform must not show it either. */
const noPrivateKey: Rule = {
  must: without("PRIVATE KEY-----"),
  sentence: "can't hold a private key: give the certificate alone, which is public, and consider the key as leaked",
  see: VPC,
  isOnSecrets: true,
};

const certificateItself: Rule = {
  must: without(
    `^([^\\r\\n]*\\.(${["pem", "crt", "cer", "cert", "der", "key", "p7b"].map(anyCase).join("|")})|(~|\\.\\.?)?/[^\\r\\n]*)$`,
  ),
  sentence: 'must be the certificate itself, and not the path of its file: readFileSync(path, "utf8")',
  see: VPC,
};
