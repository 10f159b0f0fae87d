import { Token } from "cdktf";
import { SOURCE_VARIABLES } from "../../src/codepipeline/limits";
import { actionIn, errorOn, pipelineIn, takes, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

/** What is said of a build with this setting. */
function using(value: string, namespace?: string, more: object = {}, props: object = {}, stageProps: object = {}) {
  const stack = newStack();
  const source = actionIn(stack, { variablesNamespace: namespace });
  const build = { ...takes("SourceOutput"), configuration: { ProjectName: "build", Commit: value }, ...more };
  const pipeline = pipelineIn(stack, [], {
    stage: [
      { name: "Source", action: [source.action] },
      { name: "Build", action: [build], ...stageProps },
    ],
    ...props,
  });
  return { error: errorOn(stack), warnings: warningsOf(pipeline) };
}

/** A rule of a condition with this setting. */
const rule = (value: string) => ({
  condition: {
    result: "FAIL",
    rule: [
      {
        name: "Check",
        configuration: { Variable: value, Value: "main", Operator: "EQ" },
        ruleTypeId: { category: "Rule", provider: "VariableCheck" },
      },
    ],
  },
});
const inRule = (kind: string, value: string) => using("none", "Shop", {}, {}, { [kind]: rule(value) });

describe("a variable", () => {
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
    ["of the execution", "#{codepipeline.PipelineExecutionId}", undefined, {}],
    ["of an action's own namespace", "#{Build.Tag}", undefined, { namespace: "Build" }],
    ["of another action, whatever it is called", "#{Build.commitid}", "Shop", { namespace: "Build" }],
    ["where a namespace is an expression", "#{Shop.CommitId}", "${var.namespace}", {}],
    ["that is none", "#{Shop}", undefined, {}],
  ])("%s is left alone", (_, value, namespace, more) => {
    expect(using(value, namespace, more)).toEqual({ error: "", warnings: [] });
  });

  test.each(["beforeEntry", "onSuccess", "onFailure"])("in a rule of %s is read like any other", (kind) => {
    expect(inRule(kind, "#{Shop.BranchName}").warnings).toEqual([]);
    expect(inRule(kind, "#{Other.BranchName}").warnings).toEqual([
      expect.stringContaining('the rule "Check" uses #{Other.BranchName}, but no action has the namespace "Other"'),
    ]);
  });
});

describe("a variable of a source", () => {
  test.each(SOURCE_VARIABLES)("may be %s", (name) => {
    expect(using(`#{Shop.${name}}`, "Shop").warnings).toEqual([]);
  });

  test("that a source does not have is warned of, with the one that was meant", () => {
    expect(using("#{Shop.CommitID} and #{Shop.Commit}", "Shop").warnings).toEqual(
      ["CommitID", "Commit"].map(
        (name) =>
          `the action "CodeBuild" uses #{Shop.${name}}, but AWS documents no variable "${name}" of a source action on a connection. Did ` +
          "you mean #{Shop.CommitId}? [variable-of-source]",
      ),
    );
  });

  test("that is like none of its variables is warned of, with all of them", () => {
    expect(using("#{Shop.Url}", "Shop").warnings).toEqual([
      'the action "CodeBuild" uses #{Shop.Url}, but AWS documents no variable "Url" of a source action on a connection. There are: ' +
        `${SOURCE_VARIABLES.join(", ")}. [variable-of-source]`,
    ]);
  });
});

describe("a variable of the pipeline", () => {
  const variable = (name: string) => ({ variable: [{ name, defaultValue: "a" }] });

  test("that it declares is left alone", () => {
    expect(using("#{variables.stage}", undefined, {}, variable("stage"))).toEqual({ error: "", warnings: [] });
  });

  test("that it does not declare is warned of, with the one that was meant", () => {
    expect(using("#{variables.stages}", undefined, {}, variable("stage")).warnings).toEqual([
      'the action "CodeBuild" uses #{variables.stages}, but the pipeline has no variable "stages": declare it in variable ' +
        "of the pipeline. Did you mean #{variables.stage}? [variable-declared]",
    ]);
    expect(using("#{variables.stage}").warnings).toHaveLength(1);
  });

  test.each([
    ["a name", variable("${var.name}")],
    ["the list", { variable: Token.asAny("${var.variables}") }],
  ])("may be one of those that are known at plan: %s", (_, props) => {
    expect(using("#{variables.stage}", undefined, {}, props).warnings).toEqual([]);
  });
});
