import { Connection } from "../../src";
import {
  actionIn,
  ARN,
  building,
  judged,
  pipelineIn,
  problem,
  takes,
  TRIGGER,
  verdictOn,
  warningsOf,
} from "../support/pipelines";
import { newStack } from "../support/synthesis";

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

  test.each([undefined, "True"])("are refused when a raw action detects changes, by AWS's default too: %s", (flag) => {
    const stack = newStack();
    const { action } = actionIn(stack);
    const configuration: { [key: string]: string } = { ...action.configuration };
    if (flag === undefined) delete configuration.DetectChanges;
    else configuration.DetectChanges = flag;
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
