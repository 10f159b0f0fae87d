import { all, characters, matching, noneOf, oneOf, orNull } from "../validation/constraint";
import { nearest } from "../validation/nearest";
import type { Rule } from "../validation/rule";
import { providerTypes } from "./provider-type";

const CREATE_CONNECTION = "https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html";
const PARTITION = "aws(-[a-z]+)*";
const SERVICE = "(codestar-connections|codeconnections)";

/** The first words of every ARN of the service, in either of its names. */
const arnOf = (resource: string): string => `^arn:${PARTITION}:${SERVICE}:[a-z0-9-]+:[0-9]{12}:${resource}$`;

export const connectionName: Rule = {
  must: characters(1, 32),
  sentence: "must be 1 to 32 characters long",
  see: CREATE_CONNECTION,
};

export const connectionArn: Rule = {
  must: matching(arnOf("connection/[0-9A-Za-z-]+")),
  sentence:
    "must be the ARN of a connection, such as " +
    '"arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b…" or "arn:aws:codeconnections:…"',
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html",
  meant: (given) => given.trim().replace(/^.*?(?=arn:)/, ""),
};

export const hostArn: Rule = {
  must: matching(arnOf("host/[^/]+")),
  sentence:
    "must be the ARN of a host, such as " +
    '"arn:aws:codestar-connections:us-east-1:123456789012:host/ghes-0c8b…" or "arn:aws:codeconnections:…"',
  see: CREATE_CONNECTION,
  meant: (given) => given.trim(),
};

const KNOWN = providerTypes(() => true);
const INSTALLED = providerTypes(({ installed }) => installed);
const NEWER_FAMILY_ONLY = providerTypes(({ codestar }) => !codestar);

export const providerType: Rule = {
  must: oneOf(KNOWN),
  sentence: `must be one of ${KNOWN.join(", ")}`,
  see: CREATE_CONNECTION,
  meant: (given) => nearest(given, KNOWN),
};

export const providerTypeOfFamily: Rule = {
  must: noneOf(NEWER_FAMILY_ONLY),
  sentence: `can't be ${NEWER_FAMILY_ONLY.join(" or ")}: aws_codestarconnections_connection can't create such a connection`,
  see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/codestarconnections_connection",
};

export const providerTypeWithoutHost: Rule = {
  must: noneOf(INSTALLED),
  sentence: `${INSTALLED.join(" and ")} need a host: give hostArn instead of providerType, or use an existing connection by its ARN`,
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/25707",
};

/** The regions that CodePipeline's documentation excludes from the connection action, and China. */
const WITHOUT_CONNECTIONS = [
  ...["ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-northeast-3", "af-south-1"],
  ...["me-south-1", "me-central-1", "eu-south-2", "eu-central-2", "il-central-1", "us-gov-west-1"],
  ...["cn-north-1", "cn-northwest-1"],
];

export const region: Rule = {
  // No region at all is one that the environment gives.
  must: orNull(all(matching("^[a-z]+(-[a-z]+)+-[0-9]+$"), noneOf(WITHOUT_CONNECTIONS))),
  sentence: `must be one where CodePipeline can use connections, such as us-east-1: none of ${WITHOUT_CONNECTIONS.join(", ")}`,
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html",
};
