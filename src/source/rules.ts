import { characters, matching, noneOf, oneOf, orNull, without } from "../validation/constraint";
import { nearest } from "../validation/nearest";
import type { Rule } from "../validation/rule";
import { PullRequestEvent } from "./git-filter";
import { OutputFormat } from "./output-format";

const ACTION =
  "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html";
const LIMITS = "https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html";

export const branch: Rule = {
  must: characters(1, 1000),
  sentence: "must be 1 to 1000 characters long",
  see: ACTION,
};

/** What CodePipeline would have to resolve inside a source action, and does not. */
export const noPipelineVariable: Rule = {
  must: without("#\\{variables\\.[^}]*\\}"),
  sentence: "can't hold a pipeline variable: CodePipeline does not resolve #{variables.…} in a source action",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-variables.html",
};

const FORMATS = Object.values(OutputFormat);

export const outputFormat: Rule = {
  must: oneOf(FORMATS),
  sentence: `must be one of ${FORMATS.join(", ")}`,
  see: ACTION,
  meant: (given) => nearest(given, FORMATS),
};

export const outputFormatWithoutBuildRole: Rule = {
  must: noneOf([OutputFormat.CODEBUILD_CLONE_REF]),
  sentence:
    "can't be CODEBUILD_CLONE_REF without buildRoleNames: CodeBuild clones the repository itself, so its roles need the " +
    "permission to use the connection (where they have it already, use SourceAction alone)",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html",
};

/** A value without the characters that a pattern does not list. */
const only = (allowed: RegExp) => (given: string) =>
  given.trim().replace(/\s+/g, "-").replace(allowed, "").slice(0, 100);

/** The name of a pipeline, a stage or an action. */
export const name: Rule = {
  must: matching("^[A-Za-z0-9.@_-]{1,100}$"),
  sentence: "must be 1 to 100 of the characters A-Z, a-z, 0-9 and . @ - _",
  see: LIMITS,
  meant: only(/[^A-Za-z0-9.@_-]/g),
};

export const namespace: Rule = {
  must: orNull(matching("^[A-Za-z0-9@_-]{1,100}$")),
  sentence: "must be 1 to 100 of the characters A-Z, a-z, 0-9 and @ - _",
  see: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html",
  meant: only(/[^A-Za-z0-9@_-]/g),
};

export const artifactName: Rule = {
  must: matching("^[A-Za-z0-9_-]{1,100}$"),
  sentence: "must be 1 to 100 of the characters A-Z, a-z, 0-9 and - _",
  see: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_OutputArtifact.html",
  meant: only(/[^A-Za-z0-9_-]/g),
};

const PATTERNS = "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitBranchFilterCriteria.html";

/** A glob pattern of a trigger's filter. */
export const pattern: Rule = {
  must: characters(1, 255),
  sentence: "must be 1 to 255 characters long",
  see: PATTERNS,
};

const EVENTS = Object.values(PullRequestEvent);

export const pullRequestEvent: Rule = {
  must: oneOf(EVENTS),
  sentence: `must be one of ${EVENTS.join(", ")}`,
  see: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitPullRequestFilter.html",
  meant: (given) => nearest(given, EVENTS),
};

export const roleArn: Rule = {
  must: orNull(matching("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[!-~]+$")),
  sentence: 'must be the ARN of a role, such as "arn:aws:iam::123456789012:role/source"',
  see: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html",
  meant: (given) => given.trim(),
};

export const region: Rule = {
  must: orNull(matching("^[a-z]+(-[a-z]+)+-[0-9]+$")),
  sentence: 'must be a region, such as "us-east-1"',
  see: "https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html",
  meant: (given) => given.trim().toLowerCase(),
};
