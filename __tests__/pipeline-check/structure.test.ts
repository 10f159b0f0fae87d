import type { CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Token } from "cdktf";
import {
  actionIn,
  building,
  checked,
  errorOn,
  pipelineIn,
  problem,
  takes,
  TRIGGER,
  warningsOf,
} from "../support/pipelines";
import { newStack, testingApp } from "../support/synthesis";

describe("stages", () => {
  const withStages = (...stage: CodepipelineStage[]) => checked({}, { stage }).error;
  const source = () => actionIn(newStack()).action;

  test("the first may have no other action than source actions", () => {
    const error = withStages({ name: "Source", action: [source(), takes("SourceOutput")] }, building());

    expect(error).toEqual(
      problem(
        'the action "CodeBuild" is in the first stage, which can have only source actions: move it to a later stage.',
      ),
    );
  });

  test("the first may have a source action whose category is wrong, which is all that is said of it", () => {
    const wrong = withStages({ name: "Source", action: [{ ...source(), category: "Build" }] }, building());

    expect(wrong).toEqual(problem('stage[0].action[0].category must be "Source". Given: "Build".'));
  });

  test("no other may have a source action, whatever its category", () => {
    const late = { ...actionIn(newStack(), { actionName: "Late" }).action, category: "Build" };
    const error = withStages({ name: "Source", action: [source()] }, { name: "Build", action: [late] });

    expect(error).toContain('the action "Late" is a source action in the stage "Build"');
    expect(error).toContain('stage[1].action[0].category must be "Source"');
  });

  test("no other may have a source action", () => {
    const other = actionIn(newStack(), { actionName: "Late" }).action;

    expect(withStages({ name: "Source", action: [source()] }, { name: "Build", action: [other] })).toEqual(
      problem('the action "Late" is a source action in the stage "Build": only the first stage can have one.'),
    );
  });

  test("have names of their own", () => {
    expect(withStages({ name: "Build", action: [source()] }, building())).toEqual(
      problem('more than one stage has the name "Build": give each stage a different name.'),
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

  test("that are expressions, or have expressions in them, are left to Terraform", () => {
    expect(checked({}, { stage: Token.asAny("${var.stages}") }).error).toBe("");
    expect(withStages({ name: "${var.first}", action: [source()] }, { ...building(), name: "${var.first}" })).toBe("");
    const unknown = { ...takes("SourceOutput"), category: "${var.category}", runOrder: 2 };
    expect(withStages({ name: "Source", action: [source(), unknown] }, building())).toBe("");
  });
});

describe("names in the whole pipeline", () => {
  const secondWith = (props: object) => ({
    stage: [
      { name: "Source", action: [actionIn(newStack(), { variablesNamespace: "Shop" }).action] },
      { name: "Build", action: [{ ...takes("SourceOutput"), ...props }] },
    ],
  });

  test.each([
    [
      { outputArtifacts: ["SourceOutput"] },
      'more than one action has the output artifact "SourceOutput": give each action a different one (outputArtifactName of a SourceAction).',
    ],
    [
      { namespace: "Shop" },
      'more than one action has the namespace "Shop": give each action a different one (variablesNamespace of a SourceAction).',
    ],
    [
      { namespace: "SourceOutput" },
      '"SourceOutput" is both a namespace and the name of an artifact: change one of them.',
    ],
    [{ outputArtifacts: ["Shop"] }, '"Shop" is both a namespace and the name of an artifact: change one of them.'],
  ])("that collide are refused: %j", (props, sentence) => {
    expect(checked({}, secondWith(props)).error).toEqual(problem(sentence));
  });

  test.each([[{ outputArtifacts: ["BuildOutput"], namespace: "Build", name: "Source" }], [{ namespace: "${var.x}" }]])(
    "that differ are accepted: %j",
    (props) => {
      expect(checked({}, secondWith(props)).error).toBe("");
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
    expect(errorOn(stack)).toBe("");
    expect(source.variables.commitId).toBeDefined();

    expect(errorOn(stack)).toEqual(
      problem(
        'more than one action has the namespace "SourceVariables": give each action a different one (variablesNamespace of a SourceAction).',
      ),
    );
  });
});

/** A second stage in somebody else's hands. */
const second =
  (action: object, stage: object = {}) =>
  (first: object) => ({
    stage: [first, { name: "Build", action: [{ ...takes("SourceOutput"), ...action }], ...stage }],
  });

const NAME = "must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and . @ - _";

describe("the name", () => {
  test("of a pipeline is checked", () => {
    expect(checked({}, { name: "shop of acme" }).error).toEqual(
      problem(`name ${NAME}. Given: "shop of acme". Did you mean "shop-of-acme"?`),
    );
  });

  test("of another stage, and of its action, are checked together", () => {
    const { error } = checked({}, second({ name: "Build/1" }, { name: "" }));

    expect(error).toEqual(problem(`stage[1].name ${NAME}. Given: "".`));
    expect(error).toEqual(problem(`stage[1].action[0].name ${NAME}. Given: "Build/1". Did you mean "Build-1"?`));
  });

  test.each(["x".repeat(100), "a.b@c-d_E9", "${var.name}"])("%j is accepted", (name) => {
    expect(checked({}, second({ name }, { name })).error).toBe("");
  });

  test("of 101 characters is refused", () => {
    expect(checked({}, { name: "x".repeat(101) }).error).toEqual(problem(`name ${NAME}`));
  });
});

test.each([
  ["a.b", false],
  ["x".repeat(101), false],
  ["x".repeat(100), true],
  ["a@b-c_d", true],
])("the namespace %j: accepted %s", (namespace, isAccepted) => {
  expect(checked({}, second({ namespace })).error).toEqual(
    isAccepted ? "" : problem("stage[1].action[0].namespace must be 1 to 100 characters long and have only"),
  );
});

describe("an artifact's name", () => {
  test.each(["inputArtifacts", "outputArtifacts"])("is checked in the %s", (list) => {
    expect(checked({}, second({ [list]: ["fine", "not.fine"] })).error).toEqual(
      problem(
        `stage[1].action[0].${list} must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and - _. Given: "not.fine".`,
      ),
    );
  });

  test("that is an expression is left to Terraform", () => {
    expect(checked({}, second({ inputArtifacts: ["${var.artifact}"] })).error).toBe("");
  });
});

test.each([
  [0, false],
  [1, true],
  [999, true],
  [1000, false],
  [1.5, false],
])("the runOrder %s: accepted %s", (runOrder, isAccepted) => {
  expect(checked({}, second({ runOrder })).error).toEqual(
    isAccepted ? "" : problem(`stage[1].action[0].runOrder must be a whole number from 1 to 999. Given: ${runOrder}.`),
  );
});

test("a runOrder in a string is a number for Terraform", () => {
  expect(checked({}, second({ runOrder: "${var.order}" })).error).toBe("");
  expect(checked({}, second({ runOrder: Token.asNumber("${var.order}") })).error).toBe("");
});

describe("a stage without an action, or with too many", () => {
  const stages = (...stage: readonly unknown[]) =>
    checked({}, (first) => ({ stage: [first, building(), ...stage] })).error;

  test("is refused without one", () => {
    expect(stages({ name: "Deploy", action: [] })).toEqual(
      problem('the stage "Deploy" has no action: a stage must have one. [stage-actions]'),
    );
  });

  test.each([
    [100, ""],
    [101, problem('the stage "Deploy" must have at most 100 actions. Given: 101. [stage-actions]')],
  ])("has at most 100: %d", (count, error) => {
    const action = Array.from({ length: count }, (_, index) =>
      takes("SourceOutput", "Lambda", "Invoke", `Run${index}`),
    );
    expect(stages({ name: "Deploy", action })).toEqual(error);
  });

  test("counts an action whose name is known at plan", () => {
    const action = Array.from({ length: 101 }, (_, index) =>
      takes("SourceOutput", "Lambda", "Invoke", index === 0 ? "${var.name}" : `Run${index}`),
    );
    expect(stages({ name: "Deploy", action })).toContain("at most 100 actions. Given: 101.");
  });

  test("may have actions that are known at plan", () => {
    expect(stages({ name: "Deploy", action: Token.asAny("${var.actions}") })).toBe("");
  });
});

describe("an override", () => {
  const overridden = (path: string, value: unknown) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)]);
    pipeline.addOverride(path, value);
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test("that takes all stages away leaves nothing to check", () => {
    expect(overridden("stage", null)).toEqual({ error: "", warnings: [] });
  });

  test("that makes stages leaves open which is the first", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)]);
    const run = { name: "Run", category: "Invoke", owner: "AWS", provider: "Lambda", version: "1" };
    pipeline.addOverride("stage.0.action.1", run);
    expect(errorOn(stack)).toContain("is in the first stage, which can have only source actions");
    pipeline.addOverride("dynamic", { stage: { for_each: "${var.stages}", content: {} } });
    expect(errorOn(stack)).toBe("");
  });

  test("that takes the actions of a stage away is read like any other", () => {
    expect(overridden("stage.1.action", null).error).toContain('the stage "Build" has no action');
  });

  test("that leaves nothing in a stage is read as Terraform reads it: as a stage with nothing in it", () => {
    expect(overridden("stage.1", null).error).toContain("stage[1] has no action");
  });

  test("that takes the triggers away is read like any other", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })]);
    pipeline.addOverride("trigger", null);

    expect(errorOn(stack)).toBe("");
    expect(warningsOf(pipeline)).toEqual([expect.stringContaining("was not given this trigger")]);
  });

  test("that puts another source in the place of one with a trigger takes its warning along", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], { trigger: [] });
    pipeline.addOverride("stage.0.action.0.name", "Other");

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });
});

describe("artifact stores", () => {
  const store = (region?: string) => ({ location: `artifacts-${region ?? ""}`, type: "S3", region });
  const stores = (...regions: readonly (string | undefined)[]) =>
    checked({}, { artifactStore: regions.map(store) }).error;

  test.each([
    ["one without a region", [undefined]],
    ["one in each of two regions, of which one is the pipeline's", ["us-east-1", "eu-west-1"]],
    ["one in a region that is an expression", ["${var.region}", "eu-west-1"]],
  ])("can be %s", (_, regions) => {
    expect(stores(...regions)).toBe("");
  });

  test("need a region each, where there are several", () => {
    expect(stores("us-east-1", undefined)).toEqual(
      problem(
        "artifactStore[1].region must be given, because the pipeline has 2 artifact stores. [artifact-store-regions]",
      ),
    );
  });

  test("have no region, where there is one", () => {
    expect(stores("us-east-1")).toEqual(
      problem('the only artifactStore has the region "us-east-1": leave region out, or give a store for each region.'),
    );
  });

  test("can't be two of one region", () => {
    expect(stores("us-east-1", "us-east-1")).toEqual(
      problem('more than one artifactStore has the region "us-east-1".'),
    );
  });

  test("need one in the region of the pipeline", () => {
    expect(stores("eu-west-1", "eu-west-2")).toEqual(
      problem(
        'no artifactStore is in the region of the pipeline, which is "us-east-1". There are: "eu-west-1", "eu-west-2".',
      ),
    );
  });

  test("may be anywhere, where the region of the pipeline is not known", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aws", { region: "${var.region}" });
    pipelineIn(stack, [actionIn(stack)], { artifactStore: ["eu-west-1", "eu-west-2"].map(store) });

    expect(errorOn(stack)).toBe("");
  });
});
