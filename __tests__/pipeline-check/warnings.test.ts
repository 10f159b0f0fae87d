import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { OutputFormat } from "../../src";
import { actionIn, building, checked, pipelineIn, errorOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

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
