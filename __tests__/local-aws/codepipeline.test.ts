import { AwsEndpoint } from "../../local-aws";
import { callJson } from "./json-client";

const ROLE = "arn:aws:iam::123456789012:role/pipeline";
const CONNECTION = "arn:aws:codeconnections:eu-west-1:123456789012:connection/00000000-0000-0000-0000-000000000000";
const CONFIGURATION = {
  ConnectionArn: CONNECTION,
  FullRepositoryId: "acme/shop",
  BranchName: "main",
  DetectChanges: "false",
};

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
  jest.spyOn(endpoint.services.iam, "roleExists").mockImplementation((arn) => arn === ROLE);
});
afterEach(() => endpoint.stop());

const call = (operation: string, input: object, region?: string) =>
  callJson(endpoint, "codepipeline", operation, input, region);

const actionType = (category: string, provider: string) => ({ category, owner: "AWS", provider, version: "1" });

const source = (changes: object = {}) => ({
  name: "Source",
  actionTypeId: actionType("Source", "CodeStarSourceConnection"),
  outputArtifacts: [{ name: "SourceOutput" }],
  configuration: CONFIGURATION,
  ...changes,
});

const build = (changes: object = {}) => ({
  name: "Build",
  actionTypeId: actionType("Build", "CodeBuild"),
  inputArtifacts: [{ name: "SourceOutput" }],
  configuration: { ProjectName: "shop" },
  ...changes,
});

const stages = (...actions: object[][]) =>
  actions.map((inStage, index) => ({ name: `Stage${index + 1}`, actions: inStage }));

const pipeline = (changes: object = {}) => ({
  name: "shop",
  roleArn: ROLE,
  pipelineType: "V2",
  artifactStore: { type: "S3", location: "shop-artifacts" },
  stages: stages([source()], [build()]),
  ...changes,
});

const configured = (changes: object) =>
  pipeline({ stages: stages([source({ configuration: { ...CONFIGURATION, ...changes } })], [build()]) });

const trigger = (git: object) => ({
  providerType: "CodeStarSourceConnection",
  gitConfiguration: { sourceActionName: "Source", ...git },
});
const triggered = (...git: object[]) => pipeline({ triggers: git.map(trigger) });
const branches = { includes: ["main"] };

/** A pipeline whose build stage has conditions, and hands over an artifact. */
const conditional = (conditions: object, pipelineType = "V2") => {
  const [first, second] = stages([source()], [build({ outputArtifacts: [{ name: "App" }] })]);
  return pipeline({ pipelineType, stages: [first, { ...second, ...conditions }] });
};
const ruleOn = (artifact: string) => ({
  conditions: [
    {
      result: "FAIL",
      rules: [
        {
          name: "Check",
          ruleTypeId: { category: "Rule", owner: "AWS", provider: "LambdaInvoke", version: "1" },
          inputArtifacts: [{ name: artifact }],
        },
      ],
    },
  ],
});
const commands = build({ name: "Echo", actionTypeId: actionType("Compute", "Commands"), configuration: {} });

const STRUCTURE = "InvalidStructureException";
const STAGE = "InvalidStageDeclarationException";
const ACTION = "InvalidActionDeclarationException";
const VALIDATION = "ValidationException";

test.each<[string, object, string, RegExp]>([
  ["a name with a space", pipeline({ name: "my shop" }), VALIDATION, /'pipeline.name'.*pattern: \[A-Za-z0-9.@/],
  ["a name of 101 characters", pipeline({ name: "p".repeat(101) }), VALIDATION, /less than or equal to 100/],
  ["a role that is none", pipeline({ roleArn: "arn:aws:iam::123456789012:user/me" }), VALIDATION, /'pipeline.roleArn'/],
  [
    "a role that does not exist",
    pipeline({ roleArn: `${ROLE}s` }),
    STRUCTURE,
    /not authorized to perform AssumeRole on role/,
  ],
  ["no artifact store", pipeline({ artifactStore: undefined }), STRUCTURE, /artifactStore/],
  ["one stage", pipeline({ stages: stages([source()]) }), STRUCTURE, /minimum of 2 stages/],
  [
    "51 stages",
    pipeline({ stages: stages([source()], ...Array.from({ length: 50 }, () => [build()])) }),
    "LimitExceededException",
    /51 stages/,
  ],
  [
    "two stages of one name",
    pipeline({ stages: [...stages([source()]), ...stages([build()])] }),
    STAGE,
    /'Stage1' must be unique/,
  ],
  ["a stage without actions", pipeline({ stages: stages([source()], []) }), STAGE, /at least one action/],
  [
    "two actions of one name",
    pipeline({ stages: stages([source()], [build(), build()]) }),
    STAGE,
    /Action name 'Build' must be unique/,
  ],
  [
    "a first stage with a build",
    pipeline({ stages: stages([source(), build()], [build()]) }),
    STRUCTURE,
    /only contains source actions/,
  ],
  [
    "a source in a later stage",
    pipeline({ stages: stages([source()], [source({ name: "Late", outputArtifacts: [{ name: "Late" }] })]) }),
    STRUCTURE,
    /first stage only/,
  ],
  [
    "two outputs of one name",
    pipeline({ stages: stages([source(), source({ name: "Other" })], [build()]) }),
    ACTION,
    /Output Artifact Bundle name must be unique.*SourceOutput/,
  ],
  [
    "an unknown input",
    pipeline({ stages: stages([source()], [build({ inputArtifacts: [{ name: "Nothing" }] })]) }),
    ACTION,
    /Input Artifact Bundle Nothing in action Build/,
  ],
  [
    "an input of the same run order",
    pipeline({
      stages: stages(
        [source()],
        [build({ outputArtifacts: [{ name: "Built" }] }), build({ name: "Next", inputArtifacts: [{ name: "Built" }] })],
      ),
    }),
    ACTION,
    /Built in action Next/,
  ],
  [
    "a namespace used twice",
    pipeline({ stages: stages([source({ namespace: "N" })], [build({ namespace: "N" })]) }),
    ACTION,
    /Namespaces must be unique/,
  ],
  [
    "a namespace that is an artifact",
    pipeline({ stages: stages([source({ namespace: "SourceOutput" })], [build()]) }),
    ACTION,
    /name of an artifact/,
  ],
  [
    "a run order of 1000",
    pipeline({ stages: stages([source({ runOrder: 1000 })], [build()]) }),
    VALIDATION,
    /'pipeline.stages.1.member.actions.1.member.runOrder'.*999/,
  ],
  [
    "an artifact name with a dot",
    pipeline({ stages: stages([source({ outputArtifacts: [{ name: "a.b" }] })], [build()]) }),
    VALIDATION,
    /outputArtifacts.1.member.name/,
  ],
  [
    "a source with an input",
    pipeline({ stages: stages([source({ inputArtifacts: [{ name: "SourceOutput" }] })], [build()]) }),
    ACTION,
    /declares 1 input artifacts which is more than the maximum count \(0\)/,
  ],
  [
    "a source without an output",
    pipeline({ stages: stages([source({ outputArtifacts: [] })], [build()]) }),
    ACTION,
    /declares 0 output artifacts which is less than the minimum count \(1\)/,
  ],
  [
    "an unknown action type",
    pipeline({ stages: stages([source({ actionTypeId: actionType("Source", "Bitbucket") })], [build()]) }),
    ACTION,
    /is not available in region 'EU_WEST_1'/,
  ],
  [
    "a full clone for S3",
    pipeline({
      stages: stages(
        [source({ configuration: { ...CONFIGURATION, OutputArtifactFormat: "CODEBUILD_CLONE_REF" } })],
        [build({ actionTypeId: actionType("Deploy", "S3"), configuration: { BucketName: "b", Extract: "true" } })],
      ),
    }),
    ACTION,
    /CODEBUILD_CLONE_REF/,
  ],
  ["no branch", configured({ BranchName: undefined }), ACTION, /missing required configuration 'BranchName'/],
  [
    "an empty branch",
    configured({ BranchName: "" }),
    VALIDATION,
    /configuration' failed to satisfy constraint: Map value/,
  ],
  [
    "a branch of 1001 characters",
    configured({ BranchName: "b".repeat(1001) }),
    VALIDATION,
    /less than or equal to 1000, .*greater than or equal to 1\]/,
  ],
  ["an unknown configuration key", configured({ Branch: "main" }), ACTION, /unknown configuration 'Branch'/],
  ["an ARN of something else", configured({ ConnectionArn: ROLE }), ACTION, /'ConnectionArn'/],
  ["an unknown output format", configured({ OutputArtifactFormat: "ZIP" }), ACTION, /'OutputArtifactFormat'/],
  ["an unknown change detection", configured({ DetectChanges: "yes" }), ACTION, /'DetectChanges'/],
  ["triggers on V1", { ...triggered({ push: [{ branches }] }), pipelineType: "V1" }, STRUCTURE, /type V2/],
  ["a parallel V1", pipeline({ pipelineType: "V1", executionMode: "PARALLEL" }), STRUCTURE, /SUPERSEDED/],
  ["variables on V1", pipeline({ pipelineType: "V1", variables: [{ name: "stage" }] }), STRUCTURE, /Variables/],
  ["conditions on V1", conditional({ onFailure: { result: "ROLLBACK" } }, "V1"), STAGE, /conditions/],
  ["Commands on V1", pipeline({ pipelineType: "V1", stages: stages([source()], [commands]) }), ACTION, /Commands/],
  ["a condition on an artifact of its own stage, before it", conditional({ beforeEntry: ruleOn("App") }), STAGE, /App/],
  ["a condition on an artifact that is nowhere", conditional({ onSuccess: ruleOn("Site") }), STAGE, /Site/],
  ["a condition of no rule", conditional({ onSuccess: { conditions: [{ rules: [] }] } }), VALIDATION, /onSuccess/],
  [
    "a build of several sources without its primary one",
    pipeline({
      stages: stages(
        [source(), source({ name: "Docs", outputArtifacts: [{ name: "Docs" }] })],
        [build({ inputArtifacts: [{ name: "SourceOutput" }, { name: "Docs" }] })],
      ),
    }),
    ACTION,
    /PrimarySource/,
  ],
  [
    "a trigger of another provider",
    pipeline({ triggers: [{ ...trigger({}), providerType: "GitHub" }] }),
    VALIDATION,
    /enum value set: \[CodeStarSourceConnection\]/,
  ],
  [
    "a trigger without a configuration",
    pipeline({ triggers: [{ providerType: "CodeStarSourceConnection" }] }),
    VALIDATION,
    /gitConfiguration'.*not be null/,
  ],
  ["a trigger of no source action", triggered({ sourceActionName: "Build" }), STRUCTURE, /'Build'/],
  [
    "two triggers of one source action",
    triggered({ push: [{ branches }] }, { pullRequest: [{ branches }] }),
    STRUCTURE,
    /only one trigger/,
  ],
  ["tags with branches", triggered({ push: [{ tags: branches, branches }] }), STRUCTURE, /valid filter combinations/],
  ["file paths alone", triggered({ push: [{ filePaths: branches }] }), STRUCTURE, /valid filter combinations/],
  ["no push filter", triggered({ push: [] }), VALIDATION, /push'.*greater than or equal to 1/],
  [
    "four push filters",
    triggered({ push: Array.from({ length: 4 }, () => ({ branches })) }),
    VALIDATION,
    /push'.*less than or equal to 3/,
  ],
  [
    "an unknown event",
    triggered({ pullRequest: [{ events: ["MERGED"], branches }] }),
    VALIDATION,
    /\[OPEN, UPDATED, CLOSED\]/,
  ],
  [
    "nine patterns",
    triggered({ push: [{ branches: { includes: Array.from({ length: 9 }, () => "b") } }] }),
    VALIDATION,
    /includes'.*less than or equal to 8/,
  ],
  [
    "a pattern of 256 characters",
    triggered({ push: [{ branches: { excludes: ["b".repeat(256)] } }] }),
    VALIDATION,
    /excludes.1.member'.*255/,
  ],
])("%s is refused", async (_case, wanted, code, message) => {
  const answer = await call("CreatePipeline", { pipeline: wanted });
  expect({ code: answer.code, message: answer.message }).toEqual({
    code,
    message: expect.stringMatching(message) as string,
  });
  expect(endpoint.inventory()).toEqual([]);
});

test.each<[string, object, string]>([
  ["a reserved tag", { pipeline: pipeline(), tags: [{ key: "AWS:mine", value: "" }] }, "InvalidTagsException"],
  [
    "51 tags",
    { pipeline: pipeline(), tags: Array.from({ length: 51 }, (_, index) => ({ key: `k${index}`, value: "" })) },
    "TooManyTagsException",
  ],
])("%s is refused", async (_case, input, code) => {
  expect((await call("CreatePipeline", input)).code).toBe(code);
  expect(endpoint.inventory()).toEqual([]);
});

test.each(["ap-east-1", "cn-north-1", "us-gov-west-1"])("%s has no connection action", async (region) => {
  expect(await call("CreatePipeline", { pipeline: pipeline() }, region)).toMatchObject({ code: ACTION });
});

test.each([
  ["before its stage, on a source", { beforeEntry: ruleOn("SourceOutput") }],
  ["after its stage, on what that made", { onSuccess: ruleOn("App"), onFailure: ruleOn("App") }],
])("a condition can be %s", async (_, conditions) => {
  expect((await call("CreatePipeline", { pipeline: conditional(conditions) })).code).toBeUndefined();
});

test("a pipeline is kept with its defaults, and its name is taken", async () => {
  const plain = pipeline({ pipelineType: undefined });
  expect((await call("CreatePipeline", { pipeline: plain })).code).toBeUndefined();
  expect((await call("CreatePipeline", { pipeline: plain })).code).toBe("PipelineNameInUseException");
  await call("UpdatePipeline", { pipeline: configured({ DetectChanges: undefined }) });
  expect((await call("GetPipeline", { name: "shop" })).output).toMatchObject({
    pipeline: {
      version: 2,
      executionMode: "SUPERSEDED",
      // What AWS adds when change detection is left on.
      triggers: [trigger({ push: [{ branches }] })],
    },
  });
  await call("DeletePipeline", { name: "shop" });
  expect((await call("GetPipeline", { name: "shop" })).code).toBe("PipelineNotFoundException");
  expect((await call("UpdatePipeline", { pipeline: plain })).code).toBe("PipelineNotFoundException");
});
