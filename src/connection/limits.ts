import { all, characters, matching, noneOf, oneOf, where } from "../validation/constraint";
import { nearest } from "../validation/nearest";
import type { Limit, Rule } from "../validation/rule";
import { isAtLeast } from "../aws-provider/bound-provider";
import { AZURE_DEVOPS_SINCE, providerTypes } from "./provider-type";
import { families, memberOf, sized, type ResourceFamily } from "./resource-family";

export const API = "https://docs.aws.amazon.com/codeconnections/latest/APIReference";
export const CREATE_CONNECTION = `${API}/API_CreateConnection.html`;
export const CREATE_HOST = `${API}/API_CreateHost.html`;

/** The longest ARN that the service takes. */
const ARN_LENGTH = 256;
const PARTITION = "aws(-[a-z]+)*";

/** The service in an ARN, in either of its names. */
export const SERVICE = "(codestar-connections|codeconnections)";

/** The ARN of one of the service's resources: what may stand behind its kind, and how that may look. */
export function arnOf(
  kind: "connection" | "host",
  id: string,
  sample: string,
): Pick<Rule, "must" | "sentence" | "meant" | "refersTo"> {
  return {
    refersTo: [`the ARN of a ${kind}`],
    must: all(characters(1, ARN_LENGTH), matching(`^arn:${PARTITION}:${SERVICE}:[a-z0-9-]+:[0-9]{12}:${kind}/${id}$`)),
    sentence:
      `must be the ARN of a ${kind}, of at most ${ARN_LENGTH} characters, such as ` +
      `"arn:aws:codestar-connections:us-east-1:123456789012:${kind}/${sample}" or "arn:aws:codeconnections:…"`,
    // Without what stands around an ARN that was copied out of a sentence.
    meant: (given) => given.trim().replace(/^.*?(?=arn:)/, ""),
  };
}

/** The longest name, in the unit of the resource family. */
export const CONNECTION_NAME_LENGTH = 32;

export const connectionName = (family: ResourceFamily): Rule => ({
  ...sized(family, CONNECTION_NAME_LENGTH),
  see: CREATE_CONNECTION,
});

export const typeOrHost: Limit = {
  sentence:
    "exactly one of providerType and host must be given: host for GitHub Enterprise Server and GitLab self-managed, providerType for the others",
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/25707",
};

export const uniqueName: Limit = {
  sentence: "name must be unique in the account",
  see: "https://docs.aws.amazon.com/codestar-connections/latest/APIReference/API_CreateConnection.html",
};

export const connectionArn: Rule = {
  ...arnOf("connection", "[0-9A-Za-z-]+", "0c8b…"),
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html",
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
        `must be in an account of the provider (${accounts.join(", ")}): ` +
        "a connection or host with a codestar-connections ARN can't be shared with other accounts. " +
        "Use a connection or host of such an account, or another provider",
      see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html",
    },
  ];
}

const KNOWN = providerTypes(() => true);
const INSTALLED = providerTypes(({ installed }) => installed);

export const providerType: Rule = {
  must: oneOf(KNOWN),
  sentence: `must be one of ${KNOWN.join(", ")}`,
  see: CREATE_CONNECTION,
  meant: (given) => nearest(given, KNOWN),
};

/** What to install for the types that not every version of the AWS provider knows. */
const BINDINGS =
  `bindings for AWS provider ${AZURE_DEVOPS_SINCE} or newer (21.7 or newer of the package for CDKTF; the version is inferred ` +
  "from the dates of the releases)";

/** Holds the types back that a family can't create; no rule where it can create all of them. */
export function providerTypeOfFamily(family: ResourceFamily): Rule[] {
  const types = providerTypes(({ createdBy }) => createdBy[family] === undefined);
  return noneOfTypes(types, {
    sentence:
      `can't be ${types.join(" or ")} in the resource family "${family}": ` +
      `set resourceFamily to ResourceFamily.CODECONNECTIONS and install ${BINDINGS}, or use an existing connection by its ARN`,
    see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codestarconnections_connection",
  });
}

/** Holds the types back that a version of the AWS provider can't create; no rule where it can create all of them. */
export function providerTypeOfVersion(family: ResourceFamily, version: string): Rule[] {
  const types = providerTypes(({ createdBy }) => !isAtLeast(version, createdBy[family] ?? version));
  return noneOfTypes(types, {
    sentence:
      `can't be ${types.join(" or ")} with AWS provider ${version}: install ${BINDINGS}, or use an existing connection by ` +
      "its ARN",
    see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codeconnections_connection",
  });
}

function noneOfTypes(types: readonly string[], rule: Omit<Rule, "must">): Rule[] {
  return types.length === 0 ? [] : [{ ...rule, must: noneOf(types) }];
}

export const providerTypeWithoutHost: Rule = {
  must: noneOf(INSTALLED),
  sentence: `can't be ${INSTALLED.join(" or ")} without a host: give host instead of providerType, or use an existing connection by its ARN`,
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/25707",
};

const FAMILIES = families(() => true);

export const resourceFamily: Rule = {
  must: oneOf(FAMILIES),
  sentence: `must be ${FAMILIES.map(memberOf).join(" or ")}`,
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html",
  meant: (given) => nearest(given, FAMILIES),
  typed: memberOf,
};

const WITH_DATA_SOURCE = families(({ dataSource }) => dataSource);

export const resourceFamilyWithDataSource: Rule = {
  must: oneOf(WITH_DATA_SOURCE),
  sentence:
    `must be ${WITH_DATA_SOURCE.map(memberOf).join(" or ")}: the AWS provider has no data source that finds other ` +
    "connections by name. For them, use Connection.fromConnectionArn",
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/codestarconnections_connection",
};
