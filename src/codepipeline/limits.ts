import { characters, matching, oneOf, without } from "../validation/constraint";
import type { Kind } from "../validation/kind";
import { nearest } from "../validation/nearest";
import type { Rule, Size } from "../validation/rule";
import { OutputFormat, PullRequestEvent } from "./enums";

/** Where CodePipeline is documented. */
export const GUIDE = "https://docs.aws.amazon.com/codepipeline/latest/userguide";
export const API = "https://docs.aws.amazon.com/codepipeline/latest/APIReference";
export const STRUCTURE = `${GUIDE}/reference-pipeline-structure.html`;
export const ACTION = `${GUIDE}/action-reference-CodestarConnectionSource.html`;

/** The action provider of a source action on a connection, and the provider type of its triggers. */
export const CONNECTION_SOURCE = "CodeStarSourceConnection";

/** The settings of such an action. */
export const SETTINGS = ["ConnectionArn", "FullRepositoryId", "BranchName", "OutputArtifactFormat", "DetectChanges"];

/** The variables of such an action; the last four are there when a pull request started the pipeline. */
export const SOURCE_VARIABLES = [
  ...["AuthorDate", "BranchName", "CommitId", "CommitMessage", "ConnectionArn", "FullRepositoryName"],
  ...["SourceBranchName", "DestinationBranchName", "PullRequestId", "PullRequestTitle"],
];

/** Which actions can take a full clone: it is a reference that CodeBuild follows. */
export const BUILDS = ["AWS/Build/CodeBuild", "AWS/Test/CodeBuild"];

/** The actions of AWS that run nothing of the user's own, so that they can't follow the reference. The list ages. */
export const CANNOT_BUILD = [
  ...["S3", "CloudFormation", "CloudFormationStackSet", "CloudFormationStackInstances", "CodeDeploy"],
  ...["CodeDeployToECS", "ECS", "EKS", "EC2", "Lambda", "ElasticBeanstalk", "OpsWorks", "ServiceCatalog", "AppConfig"],
].map((provider) => `AWS/Deploy/${provider}`);

/** The lowest and the highest number of something. */
export type Bounds = readonly [min: number, max: number];

const artifacts = (inputs: Bounds, outputs: Bounds) => ({ inputs, outputs });
const [SOURCE, BUILD, DEPLOY] = [artifacts([0, 0], [1, 1]), artifacts([1, 5], [0, 5]), artifacts([1, 1], [0, 0])];

/**
 * How many artifacts AWS's own actions of version 1 take and hand over; actions that the user guide's table does not list
 * are not checked. Those on a connection have a rule of their own.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
 */
export const ARTIFACT_COUNTS: {
  readonly [type: string]: { readonly inputs: Bounds; readonly outputs: Bounds } | undefined;
} = {
  "AWS/Source/S3": SOURCE,
  "AWS/Source/CodeCommit": SOURCE,
  "AWS/Source/ECR": SOURCE,
  "AWS/Build/CodeBuild": BUILD,
  "AWS/Test/CodeBuild": BUILD,
  "AWS/Test/DeviceFarm": DEPLOY,
  "AWS/Approval/Manual": artifacts([0, 0], [0, 0]),
  "AWS/Deploy/S3": DEPLOY,
  "AWS/Deploy/CloudFormation": artifacts([0, 10], [0, 1]),
  "AWS/Deploy/CodeDeploy": DEPLOY,
  "AWS/Deploy/ElasticBeanstalk": DEPLOY,
  "AWS/Deploy/OpsWorks": DEPLOY,
  "AWS/Deploy/ECS": DEPLOY,
  "AWS/Deploy/ServiceCatalog": DEPLOY,
  "AWS/Invoke/Lambda": artifacts([0, 5], [0, 5]),
};

export const branch: Rule = {
  must: characters(1, 1000),
  sentence: "must be 1 to 1000 characters long",
  see: ACTION,
};

/** What CodePipeline would have to resolve inside a source action, and does not. */
export const noPipelineVariable: Rule = {
  must: without("#\\{variables\\.[^}]*\\}"),
  sentence: "can't hold a pipeline variable: CodePipeline does not resolve #{variables.…} in a source action",
  see: `${GUIDE}/actions-variables.html`,
};

export const noControlCharacter: Rule = {
  must: without("[\\x00-\\x1f\\x7f]"),
  sentence: "can't hold control characters, such as a line break or an escape sequence",
  see: "https://git-scm.com/docs/git-check-ref-format",
};

/** A permission can be for a pattern of repositories; a source is of one. */
export const oneRepository: Rule = {
  must: without("\\*"),
  sentence: "can't hold *: a source pulls one repository. Patterns belong in the grants of a ConnectionPolicy",
  see: ACTION,
};

const FORMATS = [OutputFormat.CODE_ZIP, OutputFormat.CODEBUILD_CLONE_REF].map(({ value }) => value);

export const outputFormat: Rule = {
  must: oneOf(FORMATS),
  sentence: `must be one of ${FORMATS.join(", ")}`,
  see: ACTION,
  meant: (given) => nearest(given, FORMATS),
};

/** A value with hyphens for what a pattern finds; what has letters of its own is nothing to guess from. */
const hyphenated = (refused: RegExp) => (given: string) =>
  /[^\x20-\x7e]/.test(given.trim())
    ? undefined
    : given
        .trim()
        .replace(refused, "-")
        .replace(/^-+|-+$/g, "");

/** The name of a pipeline, a stage or an action. */
export const name: Rule = {
  must: matching("^[A-Za-z0-9.@_-]{1,100}$"),
  sentence: "must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and . @ - _",
  see: `${GUIDE}/limits.html`,
  meant: hyphenated(/[^A-Za-z0-9.@_-]+/g),
};

export const namespace: Rule = {
  must: matching("^[A-Za-z0-9@_-]{1,100}$"),
  sentence: "must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and @ - _",
  see: `${API}/API_ActionDeclaration.html`,
  meant: hyphenated(/[^A-Za-z0-9@_-]+/g),
};

export const artifactName: Rule = {
  must: matching("^[A-Za-z0-9_-]{1,100}$"),
  sentence: "must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and - _",
  see: `${API}/API_OutputArtifact.html`,
  meant: hyphenated(/[^A-Za-z0-9_-]+/g),
};

/** How many stages a pipeline has. */
export const STAGES: Size = { min: 2, max: 50, see: STRUCTURE };

/** How many actions a stage has. */
export const ACTIONS: Size = { min: 1, max: 100, see: `${GUIDE}/limits.html` };

/** How many triggers a pipeline can have. */
export const MOST_TRIGGERS = 50;

/** Where a stage's action stands in the order of the stage. */
export const runOrder: Size = { min: 1, max: 999, see: `${API}/API_ActionDeclaration.html` };

/** The flag of a source action, which is a string in its configuration; AWS documents the small letters. */
export const flagString: Rule = {
  must: oneOf(["true", "false", "True", "False"]),
  sentence: 'must be "true" or "false"',
  see: ACTION,
};

export const triggerProvider: Rule = {
  must: oneOf([CONNECTION_SOURCE]),
  sentence: `must be ${CONNECTION_SOURCE}`,
  see: `${API}/API_PipelineTriggerDeclaration.html`,
};

/** How many filters of one kind a trigger may have. */
const filters = (what: string): Kind => ({
  includes: (count) => (count as number) <= 3,
  sentence: `can have up to 3 ${what}`,
  see: `${API}/API_GitConfiguration.html`,
});
export const pushFilters = filters("push filters");
export const pullRequestFilters = filters("pull-request filters");

/** A glob pattern of a trigger's filter. */
export const pattern: Rule = {
  must: characters(1, 255),
  sentence: "must be 1 to 255 characters long",
  see: `${API}/API_GitBranchFilterCriteria.html`,
};
export const patterns: Size = { min: 1, max: 8, see: pattern.see };

const EVENTS = Object.values(PullRequestEvent);
export const events: Size = { min: 1, max: EVENTS.length, see: `${API}/API_GitPullRequestFilter.html` };

export const pullRequestEvent: Rule = {
  must: oneOf(EVENTS),
  sentence: `must be one of ${EVENTS.join(", ")} (PullRequestEvent.OPEN and so on)`,
  see: `${API}/API_GitPullRequestFilter.html`,
  meant: (given) => nearest(given, EVENTS),
};

export const roleArn: Rule = {
  must: matching("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/[!-~]+$"),
  refersTo: ["the ARN of a role"],
  sentence: 'must be the ARN of a role, such as "arn:aws:iam::123456789012:role/source"',
  see: `${API}/API_ActionDeclaration.html`,
  meant: (given) => given.trim(),
};
