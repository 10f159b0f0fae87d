import type { CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { Token } from "cdktf";
import { actionIn, building, judged, problem, takes } from "../support/pipelines";
import { newStack } from "../support/synthesis";

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
