import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Token } from "cdktf";
import { OutputFormat } from "../../src";
import { actionIn, building, checked, pipelineIn, takes, errorOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

describe("a variable in an action's configuration", () => {
  const using = (value: string, namespace?: string, more: object = {}) => {
    const stack = newStack();
    const source = actionIn(stack, { variablesNamespace: namespace });
    const build = { ...takes("SourceOutput"), configuration: { ProjectName: "build", Commit: value }, ...more };
    const pipeline = pipelineIn(stack, [], {
      stage: [
        { name: "Source", action: [source.action] },
        { name: "Build", action: [build] },
      ],
    });
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test("of a namespace that no action has is warned of", () => {
    expect(using("at #{SourceVariables.CommitId}")).toEqual({
      error: "",
      warnings: [
        'the action "CodeBuild" uses #{SourceVariables.CommitId}, but no action has the namespace "SourceVariables": use ' +
          "variables of the source, such as source.variables.commitId, or give the action its namespace. [variable-namespace]",
      ],
    });
  });

  test("is left alone where an action that is an expression may have the namespace", () => {
    const stack = newStack();
    const build = { ...takes("SourceOutput"), configuration: { Commit: "#{Unknown.CommitId}" } };
    const pipeline = pipelineIn(stack, [], {
      stage: [
        { name: "Source", action: [actionIn(stack).action] },
        { name: "Build", action: [build, Token.asAny("${var.action}")] },
      ],
    });

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["of a namespace that is there", "#{Shop.CommitId}", "Shop", {}],
    ["of the pipeline", "#{variables.stage}", undefined, {}],
    ["of the execution", "#{codepipeline.PipelineExecutionId}", undefined, {}],
    ["of an action's own namespace", "#{Build.Tag}", undefined, { namespace: "Build" }],
    ["where a namespace is an expression", "#{Shop.CommitId}", "${var.namespace}", {}],
    ["that is none", "#{Shop}", undefined, {}],
  ])("%s is left alone", (_, value, namespace, more) => {
    expect(using(value, namespace, more)).toEqual({ error: "", warnings: [] });
  });
});

describe("the region that a pipeline is given", () => {
  const inRegion = (region: string) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)]);
    pipeline.addOverride("region", region);
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test.each(["ap-east-1", "us_east_1"])("can't be %s, where CodePipeline can't use connections", (region) => {
    expect(inRegion(region).error).toContain(
      `stack/Pipeline: region must be a region where CodePipeline can use connections. Given: "${region}". If AWS has ` +
        'added the region since, use PipelineCheck.of(pipeline).lowerToWarning("pipeline-region"). [pipeline-region]',
    );
  });

  test.each(["eu-west-1", "${var.region}"])("%s is left alone", (region) => {
    expect(inRegion(region)).toEqual({ error: "", warnings: [] });
  });
});

describe("the output format of a source action", () => {
  const format = (value: string) => checked({ outputFormat: OutputFormat.of(value) });

  test("that is unknown is warned of, since it may be newer than this library", () => {
    expect(format("code-zip")).toEqual({
      error: "",
      warnings: [
        "stage[0].action[0].configuration.OutputArtifactFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF, as far as " +
          'this library knows. Given: "code-zip". Did you mean "CODE_ZIP"? [source-output-format]',
      ],
    });
  });

  test("that is unknown is warned of in an action that somebody wrote by hand too", () => {
    const { error, warnings } = checked({}, (first: { name: string; action: CodepipelineStageAction[] }) => {
      const [own] = first.action as [CodepipelineStageAction];
      const configuration = { ...own.configuration, OutputArtifactFormat: "ZIP" };
      return { stage: [{ ...first, action: [{ ...own, configuration }] }, building()] };
    });

    expect([error, warnings]).toEqual([
      "",
      [
        "stage[0].action[0].configuration.OutputArtifactFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF, as far as " +
          'this library knows. Given: "ZIP". [source-output-format]',
      ],
    ]);
  });

  test.each(["CODE_ZIP", "CODEBUILD_CLONE_REF", "${var.format}"])("%s is not warned of", (value) => {
    expect(format(value)).toEqual({ error: "", warnings: [] });
  });
});
