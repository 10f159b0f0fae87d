import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Token } from "cdktf";
import fc from "fast-check";
import { Connection, ProviderType } from "../../src";
import { anyRepositoryPath, repositoryPath } from "../../src/codepipeline/repository-path";
import { providerTypes } from "../../src/connection/provider-type";
import * as corpus from "../support/corpus.json";
import { stringsNear } from "../support/strings";
import {
  actionIn,
  ARN,
  building,
  checked,
  errorOn,
  pipelineIn,
  problem,
  TRIGGER,
  warningsOf,
} from "../support/pipelines";
import { newStack } from "../support/synthesis";

type Raw = (action: CodepipelineStageAction) => object;

/** The error on a pipeline whose second source action somebody wrote by hand. */
const withRaw = (change: Raw): string =>
  checked({}, (first: { name: string; action: CodepipelineStageAction[] }) => {
    const [own] = first.action as [CodepipelineStageAction];
    const configuration = { ConnectionArn: ARN, FullRepositoryId: "acme/docs", BranchName: "main" };
    const raw = { ...own, name: "Raw", outputArtifacts: ["Raw"], configuration };
    return { stage: [{ ...first, action: [own, { ...raw, ...change(raw) }] }, building()] };
  }).error;
const configured = (wrong: object): string =>
  withRaw(({ configuration }) => ({ configuration: { ...configuration, ...wrong } }));
const at = (sentence: string): unknown => problem(`stage[0].action[1]${sentence}`);

test("a source action that somebody wrote by hand is accepted", () => {
  expect(withRaw(() => ({}))).toBe("");
});

test.each([
  [{ category: "Test" }, '.category must be "Source". Given: "Test".'],
  [{ version: "2" }, '.version must be "1". Given: "2".'],
  [{ inputArtifacts: ["Code"] }, " can't have input artifacts. Given: 1."],
  [{ outputArtifacts: [] }, " must have exactly one output artifact. Given: 0."],
  [{ outputArtifacts: undefined }, " must have exactly one output artifact. Given: 0."],
  [{ outputArtifacts: ["Raw", "Other"] }, " must have exactly one output artifact. Given: 2."],
])("the action itself: %j is refused", (wrong, sentence) => {
  expect(withRaw(() => wrong)).toEqual(at(sentence));
});

test.each([
  [{ version: "${var.version}", category: "${var.category}" }],
  [{ outputArtifacts: ["${var.artifact}"] }],
  [{ outputArtifacts: Token.asList("${var.artifacts}"), inputArtifacts: Token.asList("${var.inputs}") }],
  [{ configuration: Token.asAny("${var.configuration}") }],
  [{ configuration: Token.asString("${var.configuration}") }],
])("the action itself: %j is left to Terraform", (unknown) => {
  expect(withRaw(() => unknown)).toBe("");
});

test.each(["ConnectionArn", "FullRepositoryId", "BranchName"])("its %s must be given", (key) => {
  expect(configured({ [key]: undefined })).toEqual(at(`.configuration.${key} must be given.`));
});

describe("the region of a source action", () => {
  const inRegion = (region: string, overridden?: string) => {
    const stack = newStack("eu-west-1");
    const pipeline = pipelineIn(stack, [actionIn(stack, { region })]);
    if (overridden !== undefined) pipeline.addOverride("region", overridden);
    return errorOn(stack);
  };

  test("must be that of the pipeline's provider", () => {
    expect(inRegion("eu-west-1")).toBe("");
    expect(inRegion("us-west-2")).toContain(
      'stage[0].action[0].region is "us-west-2", and the pipeline is in "eu-west-1": CodePipeline runs source actions only ' +
        "in the region of the pipeline. Leave region out.",
    );
  });

  test("must be that of the pipeline, where it has one of its own", () => {
    expect(inRegion("us-west-2", "us-west-2")).toBe("");
    expect(inRegion("eu-west-1", "us-west-2")).toContain('and the pipeline is in "us-west-2"');
  });

  test("is left to AWS where either is an expression", () => {
    expect(inRegion("${var.region}")).toBe("");
    expect(inRegion("us-west-2", "${var.region}")).toBe("");
  });
});

test("what is null is not given", () => {
  expect(configured({ BranchName: null })).toEqual(at(".configuration.BranchName must be given."));
});

test("an action without any configuration lacks all of it", () => {
  const error = withRaw(() => ({ configuration: undefined }));

  for (const key of ["ConnectionArn", "FullRepositoryId", "BranchName"]) expect(error).toContain(`.${key} must be`);
});

test.each([
  ["ConnectionArn", "arn:aws:s3:::docs", 'must be the ARN of a connection, of at most 256 characters, such as "'],
  ["ConnectionArn", `${ARN}${"0".repeat(257 - ARN.length)}`, "must be the ARN of a connection, of at most 256"],
  ["FullRepositoryId", "https://github.com/acme/docs", "must be the repository's path, 1 to 1000 characters"],
  ["FullRepositoryId", " ", "must be the repository's path"],
  ["FullRepositoryId", "acme/#{variables.name}", "must be the repository's path"],
  ["FullRepositoryId", "acme/*", "can't hold *: a source pulls one repository."],
  ["BranchName", "main\n", "can't hold control characters"],
  ["BranchName", "", 'must be 1 to 1000 characters long. Given: "".'],
  ["BranchName", "x".repeat(1001), "must be 1 to 1000 characters long"],
  ["BranchName", "#{variables.branch}", "can't hold a pipeline variable"],
  ["DetectChanges", "no", 'must be "true" or "false". Given: "no".'],
])("its %s %j is refused", (key, value, sentence) => {
  expect(configured({ [key]: value })).toEqual(at(`.configuration.${key} ${sentence}`));
});

test.each([
  ["ConnectionArn", `${ARN}${"0".repeat(256 - ARN.length)}`],
  ["ConnectionArn", ARN.replace("codestar-connections", "codeconnections")],
  ["FullRepositoryId", "group/subgroup/project"],
  ["BranchName", "x".repeat(1000)],
  ["OutputArtifactFormat", "CODEBUILD_CLONE_REF"],
  ["DetectChanges", "False"],
  ["DetectChanges", "${var.flag}"],
])("its %s %j is accepted", (key, value) => {
  expect(configured({ [key]: value })).toBe("");
});

test("what a SourceAction accepts for any provider is accepted in the pipeline too", () => {
  const given = [
    ...corpus.repository,
    "shop",
    "acme/shop ",
    "acme//shop",
    "acme/shop#main",
    "git@ssh.dev.azure.com:v3/a/b",
  ];
  const paths = [...given, ...fc.sample(stringsNear(given), { numRuns: 2000, seed: 1 })];
  const types = [undefined, ...providerTypes(() => true).map((value) => ProviderType.of(value))];
  const accepted = paths.filter((path) => types.some((type) => repositoryPath(type).must.accepts(path)));

  expect(accepted.length).toBeGreaterThan(500);
  expect(accepted.filter((path) => !anyRepositoryPath.must.accepts(path))).toEqual([]);
});

describe("two branches of one repository", () => {
  const two = (props: object) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [
      actionIn(stack),
      actionIn(stack, { actionName: "Other", branch: "develop", ...props }),
    ]);
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test("are refused when both detect changes", () => {
    expect(two({}).error).toEqual(
      problem(
        'the action "Source" and the action "Other" pull two branches of "acme/shop", and both detect changes: set',
      ),
    );
  });

  test.each([undefined, "True"])("are refused when a raw action detects changes, by AWS's default too: %s", (flag) => {
    const stack = newStack();
    const { action } = actionIn(stack);
    const configuration: { [key: string]: string } = { ...action.configuration };
    if (flag === undefined) delete configuration.DetectChanges;
    else configuration.DetectChanges = flag;
    const raw = {
      ...action,
      name: "Raw",
      outputArtifacts: ["Raw"],
      configuration: { ...configuration, BranchName: "x" },
    };
    pipelineIn(stack, [], { stage: [{ name: "Source", action: [action, raw] }, building()] });

    expect(errorOn(stack)).toEqual(problem('the action "Source" and the action "Raw" pull two branches'));
  });

  test.each([{ detectChanges: false }, { trigger: TRIGGER }])("are warned of otherwise: %j", (props) => {
    expect(two(props)).toEqual({
      error: "",
      warnings: [
        'the action "Source" and the action "Other" pull two branches of "acme/shop". If changes of both branches must ' +
          "start a pipeline, use one pipeline for each branch. [source-branches]",
      ],
    });
  });

  test.each([{ repository: "acme/other" }, { branch: "main" }, { branch: "${var.branch}" }])("are not: %j", (props) => {
    expect(two(props)).toEqual({ error: "", warnings: [] });
  });

  test("may be of one path through two connections", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b1a2f", "1d9c2b30"));
    pipelineIn(stack, [actionIn(stack), actionIn(stack, { connection, actionName: "Other", branch: "develop" })]);

    expect(errorOn(stack)).toBe("");
  });

  test("are refused when the repository is an expression, but it is the same one", () => {
    const repository = "${var.repository}";
    const stack = newStack();
    pipelineIn(stack, [
      actionIn(stack, { repository }),
      actionIn(stack, { repository, actionName: "Other", branch: "develop" }),
    ]);

    expect(errorOn(stack)).toEqual(
      problem('the action "Source" and the action "Other" pull two branches of "${var.repository}", and both detect'),
    );
  });

  test("may be of two repositories that are different expressions", () => {
    const stack = newStack();
    const sources = ["one", "other"].map((name) =>
      actionIn(stack, { actionName: name, branch: name, repository: `\${var.${name}}` }),
    );
    pipelineIn(stack, sources, {
      stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building("oneOutput")],
    });

    expect(errorOn(stack)).toBe("");
  });
});

describe("a setting of a source action", () => {
  const setting = (key: string, value: string | null = "x") => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)]);
    pipeline.addOverride(`stage.0.action.0.configuration.${key}`, value);
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test.each([
    ["Branchname", "BranchName"],
    ["DetectChange", "DetectChanges"],
    ["Branch", "BranchName"],
    ["PollForSourceChanges", "DetectChanges"],
    ["Owner", "FullRepositoryId, which holds the owner and the repository"],
    ["Repo", "FullRepositoryId, which holds the owner and the repository"],
    ["OAuthToken", "the connection, which takes the place of a token: leave OAuthToken out"],
  ])("can't be %s, which is misspelt or of another action", (key, meant) => {
    expect(setting(key)).toEqual({
      error: problem(
        `stage[0].action[0].configuration has "${key}", which an action on a connection does not have. Use ${meant}. ` +
          "[source-setting-name]",
      ),
      warnings: [],
    });
  });

  test("shows no value, since that may be a token", () => {
    expect(setting("OAuthToken", "ghp_secret").error).not.toContain("ghp_secret");
  });

  test("that is unlike any that is known is warned of: it may be newer than this library", () => {
    expect(setting("Shallow")).toEqual({
      error: "",
      warnings: [
        'stage[0].action[0].configuration has "Shallow", which an action on a connection does not have. It has: ' +
          "ConnectionArn, FullRepositoryId, BranchName, OutputArtifactFormat, DetectChanges. [source-setting-unknown]",
      ],
    });
  });

  test("may be null, which is no setting", () => {
    expect(setting("Owner", null)).toEqual({ error: "", warnings: [] });
  });
});
