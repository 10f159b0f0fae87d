import { Token } from "cdktf";
import { actionIn, pipelineIn, takes, verdictOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

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
