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
