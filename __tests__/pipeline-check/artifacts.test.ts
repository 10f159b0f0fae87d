import { Token } from "cdktf";
import { actionIn, building, errorOn, pipelineIn, takes } from "../support/pipelines";
import { newStack } from "../support/synthesis";

/** What the synthesis says of a pipeline whose source hands over the artifact SourceOutput, and of what follows. */
function errorWith(...stages: readonly object[]): string {
  const stack = newStack();
  pipelineIn(stack, [], { stage: [{ name: "Source", action: [actionIn(stack).action] }, ...stages] });
  return errorOn(stack);
}

/** An action that takes an artifact, and hands one over. */
const step = (input: string, output: string, more: object = {}) => ({
  ...takes(input, "Build", "CodeBuild", `Make${output}`),
  outputArtifacts: [output],
  ...more,
});

const deploying = (input: string) => ({ name: "Deploy", action: [takes(input, "Deploy", "S3")] });

describe("an input artifact", () => {
  test("that no action hands over is refused, with the one that was meant", () => {
    expect(errorWith(building("SourceOuput"))).toContain(
      'stack/Pipeline: the action "CodeBuild" takes the artifact "SourceOuput", which no action before it hands over. Did ' +
        'you mean "SourceOutput"?',
    );
  });

  test("that is unlike any other is refused with those that there are", () => {
    expect(errorWith({ name: "Build", action: [step("SourceOutput", "App")] }, deploying("Site"))).toContain(
      'the action "S3" takes the artifact "Site", which no action before it hands over. There are: "SourceOutput", "App".',
    );
  });

  test("may be handed over by an action whose artifacts are an expression, beside one whose are known", () => {
    const known = step("SourceOutput", "App");
    const unknown = step("SourceOutput", "", { name: "Other", outputArtifacts: Token.asList("${var.artifacts}") });

    expect(errorWith({ name: "Build", action: [known, unknown] }, deploying("Site"))).toBe("");
  });

  test("is handed over by any earlier stage", () => {
    expect(errorWith({ name: "Make", action: [step("SourceOutput", "App")] }, building(), deploying("App"))).toBe("");
  });

  test("is not handed over by a later stage, nor by the action itself", () => {
    const late = 'takes the artifact "App", which no action before it hands over';

    expect(errorWith(deploying("App"), { name: "Build", action: [step("SourceOutput", "App")] })).toContain(late);
    expect(errorWith({ name: "Build", action: [step("App", "App")] })).toContain(late);
  });

  test.each([
    ["a lower run order of its stage", 1, 2, true],
    ["a lower run order, where its own is the default", undefined, 2, true],
    ["the same run order", 2, 2, false],
    ["a higher run order", 3, 2, false],
  ])("is handed over by %s, or not", (_, first, second, isFine) => {
    const error = errorWith({
      name: "Build",
      action: [step("SourceOutput", "App", { runOrder: first }), step("App", "Site", { runOrder: second })],
    });

    expect(error === "").toBe(isFine);
  });

  test("may be handed over by an action whose run order is an expression", () => {
    const runOrder = Token.asNumber("${var.order}");

    expect(errorWith({ name: "Build", action: [step("SourceOutput", "App", { runOrder }), step("App", "Site")] })).toBe(
      "",
    );
  });

  test.each([
    ["an artifact", { outputArtifacts: ["${var.artifact}"] }],
    ["all artifacts", { outputArtifacts: Token.asList("${var.artifacts}") }],
  ])("may be the one of an action before it that has an expression for %s", (_, more) => {
    expect(errorWith({ name: "Build", action: [step("SourceOutput", "App", more)] }, deploying("Site"))).toBe("");
  });

  test("may be of a stage or an action that is an expression", () => {
    const action = Token.asAny("${var.action}");

    expect(errorWith({ name: "Build", action: [action] }, deploying("Site"))).toBe("");
    expect(errorWith(Token.asAny("${var.stage}") as object, deploying("Site"))).toBe("");
  });

  test("with an empty name, which the provider drops, is none", () => {
    const empty = { ...takes("SourceOutput"), inputArtifacts: ["SourceOutput", ""], outputArtifacts: [""] };

    expect(errorWith({ name: "Build", action: [empty] })).toBe("");
  });

  test("that is an expression is left to AWS", () => {
    expect(errorWith(building("${var.artifact}"))).toBe("");
  });
});

test("what an action of commands hands over counts, which the newest bindings write in another form", () => {
  const stack = newStack();
  const commands = { ...takes("SourceOutput", "Compute", "Commands"), configuration: {} };
  const pipeline = pipelineIn(stack, [], {
    stage: [
      { name: "Source", action: [actionIn(stack).action] },
      { name: "Compute", action: [commands] },
      deploying("Site"),
    ],
  });
  pipeline.addOverride("stage.1.action.0.output_artifacts_for_compute_action", [{ name: "Site", files: ["*"] }]);

  expect(errorOn(stack)).toBe("");
});

describe("an input artifact of a condition", () => {
  const condition = (input: string) => ({
    condition: {
      result: "FAIL",
      rule: [{ name: "Check", inputArtifacts: [input], ruleTypeId: { category: "Rule", provider: "LambdaInvoke" } }],
    },
  });
  const withCondition = (kind: string, input: string) =>
    errorWith({ name: "Build", action: [step("SourceOutput", "App")], [kind]: condition(input) });

  test.each([
    ["beforeEntry", "SourceOutput", true],
    ["beforeEntry", "App", false],
    ["onSuccess", "SourceOutput", true],
    ["onSuccess", "App", true],
    ["onSuccess", "Site", false],
    ["onFailure", "App", true],
    ["onFailure", "Site", false],
  ])("in %s can be %s: %s", (kind, input, isFine) => {
    const error = withCondition(kind, input);

    expect(error === "").toBe(isFine);
    expect(error.includes(`the rule "Check" takes the artifact "${input}", which no action before it hands over`)).toBe(
      !isFine,
    );
  });

  test("that is misspelt is refused with those that there are, and the one that was meant", () => {
    expect(withCondition("onSuccess", "SourceOuput")).toContain(
      'There are: "SourceOutput", "App". Did you mean "SourceOutput"?',
    );
  });

  test("may be of an action of the stage that is an expression", () => {
    const action = Token.asAny("${var.action}");

    expect(errorWith({ name: "Build", action: [action], onSuccess: condition("Site") })).toBe("");
  });
});

describe("the count of artifacts", () => {
  const five = ["A", "B", "C", "D", "E"];
  const taking = (inputs: readonly string[], outputs: readonly string[], more: object) =>
    errorWith(
      { name: "Make", action: five.map((name) => step("SourceOutput", name)) },
      { name: "Make2", action: [step("SourceOutput", "F")] },
      {
        name: "Check",
        action: [
          {
            ...takes("A"),
            configuration: { PrimarySource: "A" },
            inputArtifacts: inputs,
            outputArtifacts: outputs,
            ...more,
          },
        ],
      },
    );

  test.each([
    ["AWS/Build/CodeBuild", 0, 0, "take 1 to 5 input artifacts. Given: 0"],
    ["AWS/Build/CodeBuild", 1, 0, ""],
    ["AWS/Test/CodeBuild", 5, 5, ""],
    ["AWS/Build/CodeBuild", 6, 0, "take 1 to 5 input artifacts. Given: 6"],
    ["AWS/Build/CodeBuild", 1, 6, "hand over 0 to 5 output artifacts. Given: 6"],
    ["AWS/Deploy/S3", 0, 0, "take exactly 1 input artifact. Given: 0"],
    ["AWS/Deploy/S3", 1, 0, ""],
    ["AWS/Deploy/S3", 2, 0, "take exactly 1 input artifact. Given: 2"],
    ["AWS/Deploy/ECS", 1, 1, "hand over no output artifacts. Given: 1"],
    ["AWS/Deploy/CloudFormation", 6, 1, ""],
    ["AWS/Deploy/CloudFormation", 0, 2, "hand over 0 to 1 output artifact. Given: 2"],
    ["AWS/Approval/Manual", 0, 0, ""],
    ["AWS/Approval/Manual", 1, 0, "take no input artifacts. Given: 1"],
    ["AWS/Invoke/Lambda", 0, 0, ""],
    ["AWS/Deploy/CodeDeployToECS", 6, 6, ""],
    ["Custom/Deploy/S3", 2, 2, ""],
  ])("of %s: %i and %i", (type, inputs, outputs, sentence) => {
    const [owner, category, provider = ""] = type.split("/");
    const error = taking([...five, "F"].slice(0, inputs), ["U", "V", "W", "X", "Y", "Z"].slice(0, outputs), {
      ...{ owner, category, provider, name: "It" },
    });

    if (sentence === "") expect(error).toBe("");
    else expect(error).toContain(`stack/Pipeline: the action "It" (${provider}) must ${sentence}. [artifact-count]`);
  });

  test("is left alone in another version, where it is an expression, and of artifacts without a name", () => {
    expect(taking(["A", "B"], [], { category: "Deploy", provider: "S3", version: "2" })).toBe("");
    expect(taking(Token.asList("${var.inputs}"), [], { category: "Deploy", provider: "S3" })).toBe("");
    expect(taking(["A", ""], [""], { category: "Deploy", provider: "S3" })).toBe("");
  });
});

describe("the PrimarySource of a build", () => {
  const build = (PrimarySource: string | null | undefined, inputArtifacts: readonly string[], more: object = {}) =>
    errorWith(
      { name: "Make", action: [step("SourceOutput", "App"), step("SourceOutput", "Site", { name: "Other" })] },
      { name: "Build", action: [{ ...takes("App"), inputArtifacts, configuration: { PrimarySource }, ...more }] },
    );

  test.each([
    ["missing with one input artifact", undefined, ["App"]],
    ["one of several input artifacts", "Site", ["App", "Site"]],
    ["an expression", "${var.primary}", ["App", "Site"]],
    ["anything, where an input artifact is an expression", "Code", ["App", "${var.input}"]],
  ])("can be %s", (_, primary, inputs) => {
    expect(build(primary, inputs)).toBe("");
  });

  test.each([undefined, null])("must be given with several input artifacts, and is not with %s", (primary) => {
    expect(build(primary, ["App", "Site"])).toContain(
      'stack/Pipeline: the action "CodeBuild" has 2 input artifacts, so its configuration must have PrimarySource, which ' +
        'is one of them: "App", "Site". [primary-source]',
    );
  });

  test("must be one of them", () => {
    expect(build("app", ["App", "Site"])).toContain('Given: "app". Did you mean "App"? [primary-source]');
  });

  test("may be missing in a configuration that is an expression, and in other actions", () => {
    const configuration = Token.asStringMap("${var.configuration}");
    const category = { category: "Deploy", provider: "CloudFormation" };

    expect(build(undefined, ["App", "Site"], { configuration })).toBe("");
    expect(build(undefined, ["App", "Site"], category)).toBe("");
  });
});
