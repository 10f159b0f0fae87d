import { OutputFormat } from "../../src";
import { actionIn, pipelineIn, problem, takes, errorOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

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
        { name: "Build", action: [{ ...takes("SourceOutput"), outputArtifacts: ["BuildOutput"] }] },
        { name: "Use", action: [{ ...takes(input, category, provider), owner }] },
      ],
    });
    return { error: errorOn(stack), warnings: warningsOf(pipeline) };
  };

  test.each([
    ["Build", "CodeBuild"],
    ["Test", "CodeBuild"],
    ["${var.category}", "S3"],
    ["Deploy", "${var.provider}"],
  ])("is taken by %s %s", (category, provider) => {
    expect(handedTo(category, provider)).toEqual({ error: "", warnings: [] });
  });

  test.each(["S3", "CloudFormation", "CodeDeploy", "CodeDeployToECS", "ECS", "ElasticBeanstalk", "AppConfig"])(
    "is no use to %s",
    (provider) => {
      expect(handedTo("Deploy", provider).error).toEqual(
        problem(
          `the action "${provider}" (${provider}) has the input artifact "SourceOutput", which is a full clone; only ` +
            "CodeBuild can use a full clone. Set outputFormat of the source action to OutputFormat.CODE_ZIP, or give " +
            "this action the output of a CodeBuild action.",
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
      error: "",
      warnings: [
        `the action "${provider}" (${provider}) has the input artifact "SourceOutput", which is a full clone; AWS ` +
          "documents only CodeBuild for full clones. If this action can't use one, set outputFormat of the source " +
          "action to OutputFormat.CODE_ZIP. [clone-consumer-unknown]",
      ],
    });
  });

  test.each([
    ["Deploy", "S3", "Custom"],
    ["Deploy", "EKS", "ThirdParty"],
    ["Build", "CodeBuild", "Custom"],
  ])("is warned of in the hands of somebody's own %s %s (%s)", (category, provider, owner) => {
    const { error, warnings } = handedTo(category, provider, "SourceOutput", clone, owner);

    expect([error, warnings]).toEqual(["", [expect.stringContaining("AWS documents only CodeBuild for full clones")]]);
  });

  test("is not what another artifact is, nor is a ZIP, nor a format that is an expression", () => {
    const fine = { error: "", warnings: [] };

    expect(handedTo("Deploy", "S3", "BuildOutput")).toEqual(fine);
    expect(handedTo("Deploy", "S3", "SourceOutput", {})).toEqual(fine);
    expect(handedTo("Deploy", "S3", "SourceOutput", { outputFormat: OutputFormat.of("${var.format}") })).toEqual(fine);
    expect(handedTo("Deploy", "S3", "${var.artifact}")).toEqual(fine);
  });
});
