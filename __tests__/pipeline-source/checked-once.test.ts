import { TerraformVariable, Testing } from "cdktf";
import { Connection, ConnectionPolicy, PipelineSource, ProviderType, SourceAction } from "../../src";
import * as limits from "../../src/codepipeline/limits";
import { CONNECTION } from "../../src/connection/connection-base";
import { role } from "../../src/permissions/limits";
import type { Rule } from "../../src/validation/rule";
import { building, errorOn, pipelineIn } from "../support/pipelines";
import { newStack } from "../support/synthesis";

/** The repositories that the rule on their paths was applied to. */
const repositories: string[] = [];

jest.mock<object>("../../src/codepipeline/repository-path", () => {
  const actual = jest.requireActual<{ repositoryPath: (type: unknown) => Rule }>(
    "../../src/codepipeline/repository-path",
  );
  const counted = (rule: Rule): Rule => ({
    ...rule,
    must: {
      ...rule.must,
      accepts: (path) => {
        repositories.push(path);
        return rule.must.accepts(path);
      },
    },
  });
  return { ...actual, repositoryPath: (type: unknown) => counted(actual.repositoryPath(type)) };
});

/** How often each value was checked, from here on. */
function counting(): () => { [value: string]: number } {
  repositories.length = 0;
  const checks = {
    connection: jest.spyOn(CONNECTION, "includes"),
    branch: jest.spyOn(limits.branch.must, "accepts"),
    branchWithoutVariables: jest.spyOn(limits.noPipelineVariable.must, "accepts"),
    artifactName: jest.spyOn(limits.artifactName.must, "accepts"),
    role: jest.spyOn(role.must, "accepts"),
  };
  return () => {
    const counts = Object.entries(checks).map(([value, { mock }]) => [value, mock.calls.length] as const);
    return { repository: repositories.length, ...Object.fromEntries(counts) };
  };
}

afterEach(() => {
  jest.restoreAllMocks();
});

const ONCE = { connection: 1, repository: 1, branch: 1, branchWithoutVariables: 1, artifactName: 1, role: 1 };

const settings = (connection: Connection, more: object = {}) => ({
  ...{ connection, repository: "acme/shop", branch: "main", outputArtifactName: "Code" },
  ...more,
});

const connectionIn = (stack: ReturnType<typeof newStack>) =>
  new Connection(stack, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET });

test("what a source is given is checked once, though an action and a policy are made from it", () => {
  const stack = newStack();
  const connection = connectionIn(stack);
  const counts = counting();
  const source = new PipelineSource(stack, "Source", settings(connection, { pipelineRoles: ["pipeline"] }));
  expect(counts()).toEqual(ONCE);

  // The check of the whole pipeline reads what is rendered, whoever wrote it: the branch, and the path of any provider.
  pipelineIn(stack, [], { stage: [source.stage, building("Code")], dependsOn: source.dependencies });
  expect(errorOn(stack)).toBe("");
  const read = { branch: 2, branchWithoutVariables: 3, artifactName: 3 };
  expect(counts()).toEqual({ ...ONCE, ...read });
});

test("what a source action alone is given is checked once", () => {
  const connection = connectionIn(newStack());
  const counts = counting();
  new SourceAction(settings(connection));

  expect(counts()).toEqual({ ...ONCE, role: 0 });
});

test("the values of an additional action are checked once, when it is made", () => {
  const stack = newStack();
  const connection = connectionIn(stack);
  const docs = new SourceAction(settings(connection, { actionName: "Docs", outputArtifactName: "Docs" }));
  const counts = counting();
  new PipelineSource(stack, "Source", settings(connection, { pipelineRoles: ["pipeline"], additionalActions: [docs] }));

  // The action is known by its connection, among others.
  expect(counts()).toEqual({ ...ONCE, connection: expect.any(Number) as number });
});

test("what a policy is given is checked once, however many policies come of it", () => {
  const stack = newStack();
  const connection = connectionIn(stack);
  const counts = counting();
  const paths = Array.from({ length: 200 }, (_, index) => `acme/service-${index}`);
  const { policies } = new ConnectionPolicy(stack, "Policy", {
    grants: [{ connection, repositories: paths }],
    roles: ["pipeline"],
  });

  expect(policies).toHaveLength(2);
  expect(counts()).toMatchObject({ connection: 1, repository: 200, role: 1 });
});

test("an expression is checked by one precondition for each rule, in the whole stack", () => {
  const stack = newStack();
  const variable = (name: string) => new TerraformVariable(stack, name, { type: "string" }).stringValue;
  const connection = Connection.fromConnectionArn(stack, "Existing", variable("arn"));
  const source = new PipelineSource(stack, "Source", {
    ...{ connection, repository: variable("repository"), branch: variable("branch") },
    ...{ outputArtifactName: variable("artifact"), pipelineRoles: [variable("role")] },
  });
  pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: source.dependencies });

  const sentences = Testing.synth(stack, true).match(/"error_message": "[^"]*?: \S+ (must|can't)/g) ?? [];
  const properties = sentences.map((sentence) => sentence.replace(/^.*: (\S+) \S+$/, "$1"));
  expect(properties.sort()).toEqual([
    ...["branch", "branch", "connectionArn", "outputArtifactName", "pipelineRoles[0]", "repository"],
  ]);
});
