import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformStack } from "cdktf";
import { Connection, PipelineSource } from "../../src";
import { actionIn, ARN, building, pipelineIn, errorOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

describe("a pipeline that has the stage of a PipelineSource", () => {
  const sourceIn = (stack: TerraformStack, id = "Source") =>
    new PipelineSource(stack, id, {
      connection:
        (stack.node.tryFindChild("Existing") as ReturnType<typeof Connection.fromConnectionArn> | undefined) ??
        Connection.fromConnectionArn(stack, "Existing", ARN),
      repository: "acme/shop",
      branch: "${var.branch}",
      pipelineRoles: ["pipeline", id],
    });
  const WARNING =
    "the pipeline has the source stage of stack/Source, but not the dependencies of this source, so the first run can " +
    "start before the permission and the checks are there: add `dependsOn: source.dependencies`. [source-dependencies]";

  test("and waits for its dependencies is left alone", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: source.dependencies });

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
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

    expect([errorOn(stack), errorOn(stack), warningsOf(pipeline)]).toEqual(["", "", [WARNING]]);
  });

  test("and waits for another source that looks the same is warned of its own", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const twin = sourceIn(stack, "Twin");
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: twin.dependencies });

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", [WARNING]]);
  });

  test("and waits for what waits for its dependencies is left alone", () => {
    const stack = newStack();
    const source = sourceIn(stack);
    const pause = new DataAwsRegion(stack, "Pause", { dependsOn: source.dependencies });
    const then = new DataAwsRegion(stack, "Then", { dependsOn: [pause] });
    const pipeline = pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: [then] });

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("is not one that pulls the same with an action of its own", () => {
    const stack = newStack();
    sourceIn(stack);
    const same = actionIn(stack, { branch: "${var.branch}" });
    const pipeline = pipelineIn(stack, [same]);

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("is not one that has another source action", () => {
    const stack = newStack();
    sourceIn(stack);
    const pipeline = pipelineIn(stack, [actionIn(stack, { branch: "develop" })]);

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test("in another stack can't wait, so it is not warned of", () => {
    const stack = newStack();
    const other = new TerraformStack(stack.node.root, "other");
    const source = sourceIn(stack);
    const pipeline = pipelineIn(other, [], { stage: [source.stage, building()], pipelineType: "V1", trigger: [{}] });

    // It is looked at, all the same.
    expect(errorOn(other)).toContain("a pipeline with triggers must have pipelineType");
    expect(warningsOf(pipeline)).toEqual([]);
  });
});
