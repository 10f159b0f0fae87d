import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { TerraformStack } from "cdktf";
import { type GitFilterCriteria, GitPullRequestFilter, GitPushFilter, Trigger } from "../../src";
import * as corpus from "../support/corpus.json";
import { type PipelineShape, rewritten } from "../support/pipeline-shapes";
import { actionIn, errorOn, warningsOf } from "../support/pipelines";
import { PUBLIC_PIPELINES, WHOLE_PIPELINES } from "../support/public-pipelines";
import { newStack } from "../support/synthesis";

const PROVIDER = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/codepipeline";
const ONE_FILTER =
  'the trigger of "Source" has tags and branches or file paths in one filter. AWS has refused such a filter: put the tags ' +
  "into a filter of their own. [filter-tags-alone]";
const ofCodeBuild = (name: string): string =>
  `the action "ManualApproval" uses #{codebuild.${name}}, but no action has the namespace "codebuild": use variables of ` +
  "the source, such as source.variables.commitId, or give the action its namespace. [variable-namespace]";

const REPOSITORY_NAME =
  'the rule "CheckRepositoryNameRule" uses #{SourceVariables.RepositoryName}, but AWS documents no variable ' +
  '"RepositoryName" of a source action on a connection. Did you mean #{SourceVariables.FullRepositoryName}? ' +
  "[variable-of-source]";
const FORK = "https://github.com/cycloidio/terraform-provider-aws/blob/91c544e1605eab0943c5083619c09433b4ecf318";
const CONDITIONS = `${FORK}/internal/service/codepipeline/codepipeline_test.go#testAccCodePipelineConfig_conditions`;

/** What is warned of, by address; each is a fault of the pipeline. */
const WARNINGS: { readonly [source: string]: readonly string[] } = {
  // AWS took such filters when the provider's tests were written, and refused them in 2025.
  [`${PROVIDER}/codepipeline_test.go#testAccCodePipelineConfig_pipelinetypeUpdated1`]: [ONE_FILTER],
  [`${PROVIDER}/codepipeline_test.go#testAccCodePipelineConfig_pipelinetypeUpdated1 (first stage)`]: [ONE_FILTER],
  [`${PROVIDER}/codepipeline_test.go#testAccCodePipelineConfig_pipelinetypeUpdated2 (first stage)`]: [ONE_FILTER],
  // A push to the branch is a change that is detected, and one that the trigger is on.
  "https://github.com/uktrade/platform-tools/blob/main/terraform/environment-pipelines/codepipeline.tf (first stage)": [
    'the action "GitCheckout" has a trigger and detects changes too: set detectChanges to false. [trigger-detects-changes]',
  ],
  // The variable is one of CodeCommit. The test creates the pipeline, and does not run it.
  [CONDITIONS]: [REPOSITORY_NAME],
  [`${CONDITIONS}Updated`]: [REPOSITORY_NAME],
  // The source action has no namespace, so its variables can't be named.
  "https://github.com/PeasfulTown/filehost/blob/f7f25e71f1afdd3279d5271e4e253efebcba1284/terraform/pipeline.tf": [
    'the rule "SkipOnPullRequest" uses #{SourceVariables.PullRequestId}, but no action has the namespace ' +
      '"SourceVariables": use variables of the source, such as source.variables.commitId, or give the action its ' +
      "namespace. [variable-namespace]",
  ],
  // The build has no namespace, so whoever approves reads the names of the variables.
  "https://github.com/Shockvaluemedia/directfanz-project/blob/main/infrastructure/terraform/codepipeline.tf": [
    ofCodeBuild("BUILD_ID"),
    ofCodeBuild("RESOLVED_SOURCE_VERSION"),
  ],
};

/** As somebody wrote it, beside a source of this library: without one, no pipeline is looked at. */
function asItStands(stack: TerraformStack, name: string, shape: PipelineShape): Codepipeline {
  actionIn(stack);
  const pipeline = new Codepipeline(stack, name, { name, roleArn: "", artifactStore: [], stage: [] });
  for (const [attribute, value] of Object.entries(shape)) pipeline.addOverride(attribute, value);
  return pipeline;
}

describe.each([
  ["as it stands", asItStands],
  ["with its source actions and triggers rewritten", rewritten],
])("a public pipeline, %s, is not refused, and warned of for its faults only", (_, put) => {
  test.each(PUBLIC_PIPELINES)("$source", ({ source, name, shape, declareVariables }) => {
    const stack = newStack();
    declareVariables(stack);
    const pipeline = put(stack, name, shape);

    expect({ error: errorOn(stack), warnings: warningsOf(pipeline) }).toEqual({
      error: "",
      warnings: WARNINGS[source] ?? [],
    });
  });
});

test("a fault in a public pipeline would be found", () => {
  for (const { name, shape, declareVariables } of WHOLE_PIPELINES) {
    const stack = newStack();
    declareVariables(stack);
    const [first, ...others] = shape.stage;
    asItStands(stack, name, { ...shape, stage: [{ ...first, name: "no name" }, ...others] });

    expect(errorOn(stack)).toContain(`stack/${name}: stage[0].name must be`);
  }
});

test("these are whole pipelines of many kinds", () => {
  const json = JSON.stringify(WHOLE_PIPELINES);

  expect(WHOLE_PIPELINES.filter(({ shape }) => shape.stage.length > 1).length).toBeGreaterThanOrEqual(30);
  expect(KINDS.filter((kind) => !json.includes(kind))).toEqual([]);
});

const KINDS = [
  ...["before_entry", "on_success", "on_failure", "dynamic", "pull_request", "timeout_in_minutes", '"variable":['],
  ...["PullRequestId", "PrimarySource", "CHANGE_SET_EXECUTE", "CustomData"],
  ...[
    "CodeDeployToECS",
    "ECS",
    "ECR",
    "ElasticBeanstalk",
    "Lambda",
    "S3",
    "us-west-2",
    '"role_arn":',
    "artifacts-alternate",
  ],
  ...["QUEUED", "PARALLEL", '"V1"', '[""]', "CODEBUILD_CLONE_REF", "#{codepipeline.PipelineExecutionId}"],
];

describe("what people write into a filter is not refused:", () => {
  const shapes = PUBLIC_PIPELINES.map(({ shape }) => shape);
  const written = [...stringsAt(shapes, "includes"), ...stringsAt(shapes, "excludes")];

  test.each([
    ["the patterns of these pipelines", written],
    ["their branches", stringsAt(shapes, "BranchName")],
    ["the patterns of others", corpus.pattern],
    ["their branches", corpus.branch],
  ])("%s", (_, values) => {
    const stack = newStack();
    const refused = [...new Set(values)].filter((value) =>
      filters({ includes: [value], excludes: [value] }).some((trigger) => isRefused(stack, trigger)),
    );

    expect(values.length).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  });
});

/** Triggers of each kind on these names. */
function filters(names: GitFilterCriteria): Trigger[] {
  return [
    Trigger.onPush(GitPushFilter.branches(names, { filePaths: names }), GitPushFilter.tags(names)),
    Trigger.onPullRequest(GitPullRequestFilter.branches(names, { filePaths: names })),
  ];
}

function isRefused(stack: TerraformStack, trigger: Trigger): boolean {
  try {
    actionIn(stack, { trigger });
    return false;
  } catch {
    return true;
  }
}

/** The strings that stand under a key, wherever it is, alone or in a list. */
function stringsAt(value: unknown, key: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === key ? [member].flat().filter((each) => typeof each === "string") : stringsAt(member, key),
  );
}
