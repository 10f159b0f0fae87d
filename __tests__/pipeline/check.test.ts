import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection, GitPushFilter, OutputFormat, PipelineSource, SourceAction, Trigger } from "../../src";
import { messageOf, newStack } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const TRIGGER = Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }));

/** An action of AWS that takes artifacts. */
const takes = (input: string, category = "Build", provider = "CodeBuild", name = provider) => ({
  name,
  category,
  owner: "AWS",
  provider,
  version: "1",
  inputArtifacts: [input],
});
const building = (input = "SourceOutput"): CodepipelineStage => ({ name: "Build", action: [takes(input)] });

const actionIn = (stack: TerraformStack, props: object = {}) =>
  new SourceAction({
    connection:
      (stack.node.tryFindChild("Existing") as ReturnType<typeof Connection.fromConnectionArn> | undefined) ??
      Connection.fromConnectionArn(stack, "Existing", ARN),
    repository: "acme/shop",
    branch: "main",
    ...props,
  });

/** A pipeline that starts with these actions; more may be changed about it. */
function pipelineIn(scope: Construct, sources: readonly SourceAction[], props: object = {}): Codepipeline {
  return new Codepipeline(scope, "Pipeline", {
    name: "shop",
    roleArn: "arn:aws:iam::123456789012:role/pipeline",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    pipelineType: "V2",
    stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building()],
    trigger: sources.flatMap(({ trigger }) => trigger ?? []),
    ...props,
  });
}

/** What the synthesis of a stack says of the pipeline; nothing when it is content. */
function verdictOn(stack: TerraformStack): string {
  try {
    Testing.synth(stack, true);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

const warningsOf = (construct: IConstruct): unknown[] =>
  construct.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

/** The verdict on a pipeline with one source action, and its warnings. */
function judged(source: object, props: object = {}): { verdict: string; warnings: unknown[] } {
  const stack = newStack();
  const pipeline = pipelineIn(stack, [actionIn(stack, source)], props);
  return { verdict: verdictOn(stack), warnings: warningsOf(pipeline) };
}

const problem = (sentence: string): unknown => expect.stringContaining(`[stack] stack/Pipeline: ${sentence}`);

test("a sound pipeline is left alone", () => {
  expect(judged({ trigger: TRIGGER })).toEqual({ verdict: "", warnings: [] });
});

describe("triggers", () => {
  test.each([["V1"], [undefined]])("on a pipeline of type %s are refused", (pipelineType) => {
    expect(judged({ trigger: TRIGGER }, { pipelineType }).verdict).toEqual(
      problem('triggers need pipelineType "V2". It is "V1", which is also the default.'),
    );
  });

  test("on a pipeline of a type that only Terraform knows are left to it", () => {
    expect(judged({ trigger: TRIGGER }, { pipelineType: "${var.type}" }).verdict).toBe("");
  });

  const rawOn = (...sourceActionNames: string[]) =>
    sourceActionNames.map((sourceActionName) => ({
      providerType: "CodeStarSourceConnection",
      gitConfiguration: { sourceActionName, push: [{ branches: { includes: ["x"] } }] },
    }));

  test("on an action that is not there are refused, and the one that was meant is guessed", () => {
    expect(judged({ detectChanges: false }, { trigger: rawOn("source") }).verdict).toEqual(
      problem(
        'a trigger is on "source", which is no source action on a connection. There are: "Source". Did you mean "Source"?',
      ),
    );
    expect(judged({ detectChanges: false }, { trigger: rawOn("CodeBuild") }).verdict).toEqual(
      problem('a trigger is on "CodeBuild", which is no source action on a connection. There are: "Source".'),
    );
  });

  test.each([
    ["a trigger's action", {}, rawOn("${var.name}")],
    ["a source action", { actionName: "${var.name}" }, rawOn("Library")],
  ])("are left to Terraform when only it knows the name of %s", (_, source, trigger) => {
    expect(judged({ ...source, detectChanges: false }, { trigger }).verdict).toBe("");
  });

  test("are left to Terraform when only it knows one of the actions, or the triggers", () => {
    const stack = newStack();
    const source = actionIn(stack).action;
    const other = { ...source, name: "Library", outputArtifacts: ["Other"], provider: "${var.provider}" };
    for (const action of [other, Token.asAny("${var.action}") as unknown as typeof other]) {
      const stage = [{ name: "Source", action: [source, action] }, building()];
      expect(judged({}, { stage, trigger: rawOn("Library") }).verdict).toBe("");
    }
    expect(judged({}, { pipelineType: "V1", trigger: Token.asAny("${var.triggers}") }).verdict).toBe("");
  });

  test.each(["action", "stage"])("are left to Terraform when it makes the %s itself", (kind) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: rawOn("Other") });
    const dynamic = { [kind]: { for_each: "${var.names}", content: { name: "${each.value}" } } };
    pipeline.addOverride(kind === "action" ? "stage.0.dynamic" : "dynamic", dynamic);

    expect(verdictOn(stack)).toBe("");
  });

  test("are read when one stands alone, and a type of null is the default", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: undefined });
    pipeline.addOverride("trigger", { git_configuration: { source_action_name: "Sorce" } });
    pipeline.addOverride("pipeline_type", null);

    expect(verdictOn(stack)).toEqual(problem('triggers need pipelineType "V2"'));
    expect(verdictOn(stack)).toEqual(problem('a trigger is on "Sorce", which is no source action'));
  });

  test("that are not given to the pipeline are missed", () => {
    const missed = [
      'the source action "Source" has a trigger that the pipeline has not, so no change starts it: give the source\'s ' +
        "triggers to trigger.",
    ];

    expect(judged({ trigger: TRIGGER }, { trigger: [] })).toEqual({ verdict: "", warnings: missed });
    expect(judged({ trigger: TRIGGER }, { trigger: undefined }).warnings).toEqual(missed);
  });

  test("that Terraform makes itself are not missed", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], { trigger: [] });
    pipeline.addOverride("dynamic", { trigger: { for_each: "${var.triggers}", content: {} } });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["whose list only Terraform knows", {}, Token.asAny("${var.triggers}")],
    ["on an action that only Terraform knows", {}, rawOn("${var.name}")],
    ["on an action whose name only Terraform knows", { actionName: "${var.name}" }, []],
  ])("%s are not missed", (_, source, trigger) => {
    expect(judged({ ...source, trigger: TRIGGER }, { trigger })).toEqual({ verdict: "", warnings: [] });
  });

  test.each([
    [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }, true],
    [{ tags: { includes: ["v*"] }, filePaths: { includes: ["src/**"] } }, true],
    [{ tags: { includes: ["v*"] } }, false],
    [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }, false],
  ])("with a raw filter %j are warned of: %s", (push, isWarned) => {
    const gitConfiguration = { sourceActionName: "Source", push: [push] };
    const trigger = [{ providerType: "CodeStarSourceConnection", gitConfiguration }];

    expect(judged({ detectChanges: false }, { trigger })).toEqual({
      verdict: "",
      warnings: isWarned
        ? [
            'the trigger on "Source" has tags together with branches or file paths in one filter, which AWS has refused: ' +
              "write a filter for each.",
          ]
        : [],
    });
  });

  test("two on one action are refused", () => {
    expect(judged({ detectChanges: false }, { trigger: rawOn("Source", "Source") }).verdict).toEqual(
      problem('the source action "Source" has more than one trigger: give it one with all filters.'),
    );
  });

  test.each([
    [50, ""],
    [51, problem("a pipeline can have up to 50 triggers. Given: 51.")],
  ])("%d of them: %s", (count, expected) => {
    const stack = newStack();
    const names = Array.from({ length: count }, (_, index) => `Source${index}`);
    const sources = names.map((actionName) => actionIn(stack, { actionName, trigger: TRIGGER }));
    pipelineIn(stack, sources, {
      stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building("Source0Output")],
    });

    expect(verdictOn(stack)).toEqual(expected);
  });

  test("beside change detection are warned of", () => {
    expect(judged({ trigger: TRIGGER, detectChanges: true })).toEqual({
      verdict: "",
      warnings: ['the action "Source" has a trigger and detects changes too: set detectChanges to false.'],
    });
    expect(judged({ trigger: TRIGGER, detectChanges: true, actionName: "${var.name}" }).warnings).toEqual([]);
    expect(judged({ trigger: TRIGGER, detectChanges: Token.asAny("${var.flag}") }).warnings).toEqual([]);
  });
});

describe("stages", () => {
  const withStages = (...stage: CodepipelineStage[]) => judged({}, { stage }).verdict;
  const source = () => actionIn(newStack()).action;

  test("the first may have no other action than source actions", () => {
    const verdict = withStages({ name: "Source", action: [source(), takes("SourceOutput")] }, building());

    expect(verdict).toEqual(
      problem('the action "CodeBuild" is no source action, but in the first stage, which can have no other.'),
    );
  });

  test("no other may have a source action", () => {
    const other = actionIn(newStack(), { actionName: "Late" }).action;

    expect(withStages({ name: "Source", action: [source()] }, { name: "Build", action: [other] })).toEqual(
      problem('the action "Late" is a source action in the stage "Build": only the first stage can have one.'),
    );
  });

  test("have names of their own", () => {
    expect(withStages({ name: "Build", action: [source()] }, building())).toEqual(
      problem('there is more than one stage "Build".'),
    );
  });

  const stages = (count: number) =>
    Array.from({ length: count - 1 }, (_, index): CodepipelineStage => ({ ...building(), name: `Build${index}` }));

  test.each([2, 50])("may be %i", (count) => {
    expect(withStages({ name: "Source", action: [source()] }, ...stages(count))).toBe("");
  });

  test.each([1, 51])("can't be %i", (count) => {
    expect(withStages({ name: "Source", action: [source()] }, ...stages(count))).toEqual(
      problem(`a pipeline must have 2 to 50 stages. Given: ${count}.`),
    );
  });

  test("that only Terraform knows are left to it", () => {
    expect(judged({}, { stage: Token.asAny("${var.stages}") }).verdict).toBe("");
    expect(withStages({ name: "${var.first}", action: [source()] }, { ...building(), name: "${var.first}" })).toBe("");
    const unknown = { ...takes("SourceOutput"), category: "${var.category}" };
    expect(withStages({ name: "Source", action: [source(), unknown] }, building())).toBe("");
  });
});

describe("names in the whole pipeline", () => {
  const second = (props: object) => ({
    stage: [
      { name: "Source", action: [actionIn(newStack(), { namespace: "Shop" }).action] },
      { name: "Build", action: [{ ...takes("SourceOutput"), ...props }] },
    ],
  });

  test.each([
    [{ outputArtifacts: ["SourceOutput"] }, 'more than one action has the output artifact "SourceOutput".'],
    [{ namespace: "Shop" }, 'more than one action has the namespace "Shop".'],
    [{ namespace: "SourceOutput" }, 'the namespace "SourceOutput" is also the name of an artifact.'],
    [{ outputArtifacts: ["Shop"] }, 'the namespace "Shop" is also the name of an artifact.'],
  ])("that collide are refused: %j", (props, sentence) => {
    expect(judged({}, second(props)).verdict).toEqual(problem(sentence));
  });

  test.each([[{ outputArtifacts: ["BuildOutput"], namespace: "Build", name: "Source" }], [{ namespace: "${var.x}" }]])(
    "that differ are accepted: %j",
    (props) => {
      expect(judged({}, second(props)).verdict).toBe("");
    },
  );

  test("a namespace that somebody asked for is one of them", () => {
    const stack = newStack();
    const source = actionIn(stack);
    pipelineIn(stack, [source], {
      stage: [
        { name: "Source", action: [source.action] },
        { name: "Build", action: [{ ...takes("SourceOutput"), namespace: "SourceVariables" }] },
      ],
    });
    expect(verdictOn(stack)).toBe("");
    expect(source.variables.commitId).toBeDefined();

    expect(verdictOn(stack)).toEqual(problem('more than one action has the namespace "SourceVariables".'));
  });
});

describe("a variable in an action's configuration", () => {
  const using = (value: string, namespace?: string, more: object = {}) => {
    const stack = newStack();
    const source = actionIn(stack, { namespace });
    const build = { ...takes("SourceOutput"), configuration: { ProjectName: "build", Commit: value }, ...more };
    const pipeline = pipelineIn(stack, [], {
      stage: [
        { name: "Source", action: [source.action] },
        { name: "Build", action: [build] },
      ],
    });
    return { verdict: verdictOn(stack), warnings: warningsOf(pipeline) };
  };

  test("of a namespace that no action has is warned of", () => {
    expect(using("at #{SourceVariables.CommitId}")).toEqual({
      verdict: "",
      warnings: [
        'the action "CodeBuild" uses #{SourceVariables.CommitId}, but no action has the namespace "SourceVariables": use ' +
          "variables of the source, such as source.variables.commitId, or give the action its namespace.",
      ],
    });
  });

  test("of a namespace that an action may have which only Terraform knows is left alone", () => {
    const stack = newStack();
    const build = { ...takes("SourceOutput"), configuration: { Commit: "#{Unknown.CommitId}" } };
    const pipeline = pipelineIn(stack, [], {
      stage: [
        { name: "Source", action: [actionIn(stack).action] },
        { name: "Build", action: [build, Token.asAny("${var.action}")] },
      ],
    });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["of a namespace that is there", "#{Shop.CommitId}", "Shop", {}],
    ["of the pipeline", "#{variables.stage}", undefined, {}],
    ["of the execution", "#{codepipeline.PipelineExecutionId}", undefined, {}],
    ["of an action's own namespace", "#{Build.Tag}", undefined, { namespace: "Build" }],
    ["where only Terraform knows a namespace", "#{Shop.CommitId}", "${var.namespace}", {}],
    ["that is none", "#{Shop}", undefined, {}],
  ])("%s is left alone", (_, value, namespace, more) => {
    expect(using(value, namespace, more)).toEqual({ verdict: "", warnings: [] });
  });
});

describe("two branches of one repository", () => {
  const two = (props: object) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [
      actionIn(stack),
      actionIn(stack, { actionName: "Other", branch: "develop", ...props }),
    ]);
    return { verdict: verdictOn(stack), warnings: warningsOf(pipeline) };
  };

  test("are refused when both detect changes", () => {
    expect(two({}).verdict).toEqual(
      problem(
        'the action "Source" and the action "Other" pull two branches of "acme/shop", and both detect changes, but',
      ),
    );
  });

  test("are refused when a raw action says nothing of changes, which AWS then detects", () => {
    const stack = newStack();
    const { action } = actionIn(stack);
    const configuration = { ...action.configuration };
    delete configuration.DetectChanges;
    const raw = {
      ...action,
      name: "Raw",
      outputArtifacts: ["Raw"],
      configuration: { ...configuration, BranchName: "x" },
    };
    pipelineIn(stack, [], { stage: [{ name: "Source", action: [action, raw] }, building()] });

    expect(verdictOn(stack)).toEqual(problem('the action "Source" and the action "Raw" pull two branches'));
  });

  test.each([{ detectChanges: false }, { trigger: TRIGGER }])("are warned of otherwise: %j", (props) => {
    expect(two(props)).toEqual({
      verdict: "",
      warnings: [
        'the action "Source" and the action "Other" pull two branches of "acme/shop", which CodePipeline does not ' +
          "support: only one branch starts the pipeline reliably.",
      ],
    });
  });

  test.each([{ repository: "acme/other" }, { branch: "main" }, { branch: "${var.branch}" }])("are not: %j", (props) => {
    expect(two(props)).toEqual({ verdict: "", warnings: [] });
  });

  test("may be of one path through two connections", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b1a2f", "1d9c2b30"));
    pipelineIn(stack, [actionIn(stack), actionIn(stack, { connection, actionName: "Other", branch: "develop" })]);

    expect(verdictOn(stack)).toBe("");
  });

  test("are refused when only Terraform knows the repository, but it is the same", () => {
    const repository = "${var.repository}";
    const stack = newStack();
    pipelineIn(stack, [
      actionIn(stack, { repository }),
      actionIn(stack, { repository, actionName: "Other", branch: "develop" }),
    ]);

    expect(verdictOn(stack)).toEqual(
      problem('the action "Source" and the action "Other" pull two branches of "${var.repository}", and both detect'),
    );
  });

  test("may be of two repositories that only Terraform knows", () => {
    const stack = newStack();
    const sources = ["one", "other"].map((name) =>
      actionIn(stack, { actionName: name, branch: name, repository: `\${var.${name}}` }),
    );
    pipelineIn(stack, sources, {
      stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building("oneOutput")],
    });

    expect(verdictOn(stack)).toBe("");
  });
});

describe("a full clone", () => {
  const clone = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };
  const handedTo = (
    category: string,
    provider: string,
    input = "SourceOutput",
    format: object = clone,
    owner = "AWS",
  ) => {
    const stack = newStack();
    const source = actionIn(stack, format);
    const pipeline = pipelineIn(stack, [source], {
      stage: [
        { name: "Source", action: [source.action] },
        { name: "Use", action: [{ ...takes(input, category, provider), owner }] },
      ],
    });
    return { verdict: verdictOn(stack), warnings: warningsOf(pipeline) };
  };

  test.each([
    ["Build", "CodeBuild"],
    ["Test", "CodeBuild"],
    ["${var.category}", "S3"],
    ["Deploy", "${var.provider}"],
  ])("is taken by %s %s", (category, provider) => {
    expect(handedTo(category, provider)).toEqual({ verdict: "", warnings: [] });
  });

  test.each(["S3", "CloudFormation", "CodeDeploy", "CodeDeployToECS", "ECS", "ElasticBeanstalk", "AppConfig"])(
    "is no use to %s",
    (provider) => {
      expect(handedTo("Deploy", provider).verdict).toEqual(
        problem(
          `the action "${provider}" (${provider}) takes the full clone "SourceOutput", which only CodeBuild can follow: ` +
            "use OutputFormat.CODE_ZIP, or hand it what a build made.",
        ),
      );
    },
  );

  test.each([
    ["Compute", "Commands"],
    ["Invoke", "Lambda"],
    ["Build", "Jenkins"],
  ])("is warned of in the hands of %s %s, which is not known to build", (category, provider) => {
    expect(handedTo(category, provider)).toEqual({
      verdict: "",
      warnings: [
        `the action "${provider}" (${provider}) takes the full clone "SourceOutput", which only CodeBuild is documented to follow.`,
      ],
    });
  });

  test.each([
    ["Deploy", "S3", "Custom"],
    ["Deploy", "EKS", "ThirdParty"],
    ["Build", "CodeBuild", "Custom"],
  ])("is warned of in the hands of somebody's own %s %s (%s)", (category, provider, owner) => {
    const { verdict, warnings } = handedTo(category, provider, "SourceOutput", clone, owner);

    expect([verdict, warnings]).toEqual([
      "",
      [expect.stringContaining("which only CodeBuild is documented to follow")],
    ]);
  });

  test("is not what another artifact is, nor is a ZIP, nor a format that only Terraform knows", () => {
    const fine = { verdict: "", warnings: [] };

    expect(handedTo("Deploy", "S3", "BuildOutput")).toEqual(fine);
    expect(handedTo("Deploy", "S3", "SourceOutput", {})).toEqual(fine);
    expect(handedTo("Deploy", "S3", "SourceOutput", { outputFormat: "${var.format}" })).toEqual(fine);
    expect(handedTo("Deploy", "S3", "${var.artifact}")).toEqual(fine);
  });
});

describe("a pipeline that has the stage of a PipelineSource", () => {
  const sourceIn = (stack: TerraformStack, id = "Source") =>
    new PipelineSource(stack, id, {
      connection:
        (stack.node.tryFindChild("Existing") as ReturnType<typeof Connection.fromConnectionArn> | undefined) ??
        Connection.fromConnectionArn(stack, "Existing", ARN),
      repository: "acme/shop",
      branch: "${var.branch}",
      pipelineRoleNames: ["pipeline", id],
    });
  const WARNING =
    "it has the source stage of stack/Source, but does not wait for what that needs, so its first run can come before the " +
    "permission: give the source's dependencies to dependsOn.";

  test("and waits for its dependencies is left alone", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: source.dependencies });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["for none of them", () => ({})],
    ["for some of them", (source: PipelineSource) => ({ dependsOn: source.dependencies.slice(1) })],
  ])("and waits %s is warned of, once", (_, waiting) => {
    const stack = newStack();
    const source = sourceIn(stack);
    // A copy of the stage, with more in it, is the stage still.
    const stage = { ...source.stage, onFailure: { result: "ROLLBACK" } };
    const pipeline = pipelineIn(stack, [], { stage: [stage, building()], ...waiting(source) });

    expect([verdictOn(stack), verdictOn(stack), warningsOf(pipeline)]).toEqual(["", "", [WARNING]]);
  });

  test("and waits for another source that looks the same is warned of its own", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const twin = sourceIn(stack, "Twin");
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: twin.dependencies });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", [WARNING]]);
  });

  test("and waits for what waits for its dependencies is left alone", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const pause = new DataAwsRegion(stack, "Pause", { dependsOn: source.dependencies });
    const then = new DataAwsRegion(stack, "Then", { dependsOn: [pause] });
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: [then] });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("is not one that pulls the same with an action of its own", () => {
    const stack = newStack();
    sourceIn(stack);
    const same = actionIn(stack, { branch: "${var.branch}" });
    const pipeline = pipelineIn(stack, [same]);

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("is not one that has another source action", () => {
    const stack = newStack();
    sourceIn(stack);
    const pipeline = pipelineIn(stack, [actionIn(stack, { branch: "develop" })]);

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("in another stack can't wait, so it is not warned of", () => {
    const stack = newStack();
    const other = new TerraformStack(stack.node.root, "other");
    const source = sourceIn(stack);
    const pipeline = pipelineIn(other, [], { stage: [source.stage, building()], pipelineType: "V1", trigger: [{}] });

    // It is looked at, all the same.
    expect(verdictOn(other)).toContain("triggers need pipelineType");
    expect(warningsOf(pipeline)).toEqual([]);
  });
});

describe("what is looked at", () => {
  const BAD = { pipelineType: "V1" };

  test("is a pipeline anywhere in the tree", () => {
    const stack = newStack();
    const source = actionIn(stack, { trigger: TRIGGER });
    pipelineIn(new Construct(new Construct(stack, "Team"), "Shop"), [source], BAD);

    expect(verdictOn(stack)).toContain("[stack] stack/Team/Shop/Pipeline: triggers need pipelineType");
  });

  test("is what it renders, overrides included", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], BAD);
    pipeline.addOverride("pipeline_type", "V2");
    expect(verdictOn(stack)).toBe("");

    pipeline.addOverride("stage.1.action.0.namespace", "SourceOutput");
    expect(verdictOn(stack)).toEqual(problem('the namespace "SourceOutput" is also the name of an artifact.'));
  });

  test("is a pipeline from another copy of the provider's bindings too", () => {
    const stack = newStack();
    const { constructor: copy } = pipelineIn(newStack(), []);
    const source = actionIn(stack, { trigger: TRIGGER });
    const pipeline = pipelineIn(stack, [source], BAD);
    Object.setPrototypeOf(pipeline, Object.create(Object.getPrototypeOf(pipeline) as object) as object);

    expect(pipeline.constructor).toBe(copy);
    expect(verdictOn(stack)).toContain("triggers need pipelineType");
  });

  test("is a raw action on a connection beside ours too, but no pipeline that pulls from elsewhere", () => {
    const stack = newStack();
    actionIn(stack);
    const raw = actionIn(stack).action;
    new Codepipeline(stack, "Elsewhere", {
      name: "elsewhere",
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [
        {
          name: "Same",
          action: [
            { ...raw, provider: "CodeCommit" },
            { ...raw, owner: "Custom" },
          ],
        },
        { ...building(), name: "Same" },
      ],
    });
    expect(verdictOn(stack)).toBe("");

    pipelineIn(stack, [], {
      stage: [
        { name: "Same", action: [{ ...raw }] },
        { ...building(), name: "Same" },
      ],
    });
    expect(verdictOn(stack)).toEqual(problem('there is more than one stage "Same".'));
  });

  test("is all that is wrong, at once", () => {
    const stack = newStack();
    const source = actionIn(stack, { trigger: TRIGGER, namespace: "SourceOutput" });
    pipelineIn(stack, [source], BAD);

    expect(messageOf(() => Testing.synth(stack, true)).match(/stack\/Pipeline: /g)).toHaveLength(2);
  });
});

describe("an app of several stacks", () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "app-"));
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });
  const stackIn = (app: App, id: string) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return stack;
  };

  const synthesised = (app: App) =>
    messageOf(() => {
      app.synth();
    });

  test("has the pipelines of a later stack than the source's checked", () => {
    const app = new App({ outdir });
    const [owner, user] = [stackIn(app, "owner"), stackIn(app, "user")];
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });

    expect(synthesised(app)).toContain("[user] user/Pipeline: triggers need pipelineType");
  });

  test("has the warnings of an earlier stack in the manifest too", () => {
    const app = new App({ outdir });
    const [user, owner] = [stackIn(app, "user"), stackIn(app, "owner")];
    const pipeline = pipelineIn(user, [actionIn(owner, { trigger: TRIGGER, detectChanges: true })]);
    app.synth();

    expect(readFileSync(join(outdir, "manifest.json"), "utf8")).toContain("has a trigger and detects changes too");
    expect(warningsOf(pipeline)).toHaveLength(1);
  });

  test("has the pipelines of an earlier stack checked", () => {
    const app = new App({ outdir });
    const [user, owner] = [stackIn(app, "user"), stackIn(app, "owner")];
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });

    expect(synthesised(app)).toContain("user/Pipeline: triggers need pipelineType");
  });

  test("has its warnings in the manifest", () => {
    const app = new App({ outdir });
    const owner = stackIn(app, "owner");
    const user = stackIn(app, "user");
    pipelineIn(user, [actionIn(owner, { trigger: TRIGGER, detectChanges: true })]);
    app.synth();

    const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
      stacks: { [name: string]: { annotations: { message: string; constructPath: string }[] } };
    };
    expect(manifest.stacks.user?.annotations).toMatchObject([
      {
        constructPath: "user/Pipeline",
        message: expect.stringContaining("has a trigger and detects changes too") as string,
      },
    ]);
  });

  test("has each pipeline read once more than the synthesis itself reads it", () => {
    const readings = (watched: boolean): number => {
      const app = new App({ outdir });
      const stack = stackIn(app, "owner");
      stackIn(app, "other");
      const { action } = actionIn(newStack());
      if (watched) actionIn(stack);
      const pipeline = pipelineIn(stack, [], { stage: [{ name: "Source", action: [action] }, building()] });
      const reading = jest.spyOn(pipeline, "toTerraform");
      app.synth();
      return reading.mock.calls.length;
    };

    expect(readings(true)).toBe(readings(false) + 1);
  });

  test("has the pipelines of a stack inside another checked by that stack", () => {
    const app = new App({ outdir });
    const outer = stackIn(app, "outer");
    const inner = new TerraformStack(outer, "inner");
    new AwsProvider(inner, "aws", { region: "us-east-1" });
    pipelineIn(inner, [actionIn(outer, { trigger: TRIGGER })], { pipelineType: "V1" });

    const said = synthesised(app);
    expect(said).toContain("[outer/inner] outer/inner/Pipeline: triggers need pipelineType");
    expect(said.match(/triggers need pipelineType/g)).toHaveLength(1);
  });

  test("says each mistake once", () => {
    const app = new App({ outdir });
    const owner = stackIn(app, "owner");
    pipelineIn(owner, [actionIn(owner, { trigger: TRIGGER })], { pipelineType: "V1" });
    stackIn(app, "other");

    expect(synthesised(app).match(/triggers need pipelineType/g)).toHaveLength(1);
  });
});
