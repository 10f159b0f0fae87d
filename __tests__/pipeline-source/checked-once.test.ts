import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Connection, ConnectionPolicy, type IConnection, PipelineSource, ProviderType, SourceAction } from "../../src";
import * as limits from "../../src/codepipeline/limits";
import { CONNECTION } from "../../src/connection/connection-base";
import { role } from "../../src/permissions/limits";
import type { Rule } from "../../src/validation/rule";
import { ARN, building, errorOn, pipelineIn } from "../support/pipelines";
import { newStack, testingApp } from "../support/synthesis";

/** The repositories that the rule on their paths was applied to. */
const repositories: string[] = [];
/** The ARNs that the rule on their accounts was applied to. */
const arns: string[] = [];

jest.mock<object>("../../src/codepipeline/repository-path", () => {
  const actual = jest.requireActual<{ repositoryPath: (type: unknown) => Rule }>(
    "../../src/codepipeline/repository-path",
  );
  const note = (path: string) => repositories.push(path);
  return { ...actual, repositoryPath: (type: unknown) => noted(actual.repositoryPath(type), note) };
});

jest.mock<object>("../../src/connection/limits", () => {
  const actual = jest.requireActual<{ arnOfAccounts: (accounts: unknown) => Rule[] }>("../../src/connection/limits");
  const note = (arn: string) => arns.push(arn);
  return { ...actual, arnOfAccounts: (all: unknown) => actual.arnOfAccounts(all).map((rule) => noted(rule, note)) };
});

/** A rule that notes what it is applied to. */
function noted(rule: Rule, note: (value: string) => unknown): Rule {
  const accepts = (value: string): boolean => {
    note(value);
    return rule.must.accepts(value);
  };
  return { ...rule, must: { ...rule.must, accepts } };
}

/** How often each value was checked, from here on. */
function counting(): () => { [value: string]: number } {
  repositories.length = 0;
  arns.length = 0;
  const checks = {
    connection: jest.spyOn(CONNECTION, "includes"),
    branch: jest.spyOn(limits.branch.must, "accepts"),
    branchWithoutVariables: jest.spyOn(limits.noPipelineVariable.must, "accepts"),
    artifactName: jest.spyOn(limits.artifactName.must, "accepts"),
    role: jest.spyOn(role.must, "accepts"),
  };
  return () => {
    const counts = Object.entries(checks).map(([value, { mock }]) => [value, mock.calls.length] as const);
    return { repository: repositories.length, account: arns.length, ...Object.fromEntries(counts) };
  };
}

afterEach(() => {
  jest.restoreAllMocks();
});

/** Each value once; the account of a connection where the provider is bound to accounts. */
const ONCE = {
  connection: 1,
  repository: 1,
  branch: 1,
  branchWithoutVariables: 1,
  artifactName: 1,
  role: 1,
  account: 0,
};

const settings = (connection: IConnection, more: object = {}) => ({
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

const variableIn = (stack: TerraformStack, name: string) =>
  new TerraformVariable(stack, name, { type: "string" }).stringValue;

/** The properties that a stack has preconditions on, as often as it has them. */
function preconditionedIn(stack: TerraformStack): string[] {
  const sentences = Testing.synth(stack, true).match(/"error_message": "[^"]*?: \S+ (must|can't)/g) ?? [];
  return sentences.map((sentence) => sentence.replace(/^.*: (\S+) \S+$/, "$1")).sort();
}

test("an expression is checked by one precondition for each rule, in the whole stack", () => {
  const stack = newStack();
  const variable = (name: string) => variableIn(stack, name);
  const connection = Connection.fromConnectionArn(stack, "Existing", variable("arn"));
  const source = new PipelineSource(stack, "Source", {
    ...{ connection, repository: variable("repository"), branch: variable("branch") },
    ...{ outputArtifactName: variable("artifact"), pipelineRoles: [variable("role")] },
  });
  pipelineIn(stack, [], { stage: [source.stage, building()], dependsOn: source.dependencies });

  expect(preconditionedIn(stack)).toEqual([
    ...["branch", "branch", "branch", "connectionArn", "outputArtifactName", "pipelineRoles[0]"],
    ...["repository", "repository"],
  ]);
});

describe("where the provider is bound to accounts,", () => {
  const BOUND = { region: "us-east-1", allowedAccountIds: ["123456789012"] };
  // Whether it is a connection at all is asked once more, before its ARN is read.
  const ONCE_EACH = { ...ONCE, account: 1, connection: expect.any(Number) as number };

  const emptyStack = () => new TerraformStack(testingApp(), "stack");
  const existingIn = (stack: TerraformStack, arn = ARN) => Connection.fromConnectionArn(stack, "Existing", arn);
  const sourceIn = (stack: TerraformStack, connection: IConnection, more: object = {}) =>
    new PipelineSource(stack, "Source", settings(connection, { pipelineRoles: ["pipeline"], ...more }));
  /** A provider that is not the one which the connections of the stack go through. */
  const another = (stack: TerraformStack) => new AwsProvider(stack, "bound", { alias: "bound", ...BOUND });

  test("a connection that the source goes to through the same provider is checked once, where it is named", () => {
    const stack = emptyStack();
    new AwsProvider(stack, "aws", BOUND);
    const counts = counting();
    sourceIn(stack, existingIn(stack));
    expect(counts()).toMatchObject({ account: 0 });

    expect(errorOn(stack)).toBe("");
    expect(counts()).toEqual(ONCE_EACH);
  });

  test("what a source is given is checked once, with a connection that goes through another provider", () => {
    const stack = newStack();
    const connection = existingIn(stack);
    const counts = counting();
    sourceIn(stack, connection, { provider: another(stack) });

    expect(errorOn(stack)).toBe("");
    expect(counts()).toEqual(ONCE_EACH);
  });

  test("what a source is given is checked once, though the provider is known only when the stack is complete", () => {
    const connection = existingIn(newStack());
    const stack = emptyStack();
    const counts = counting();
    sourceIn(stack, connection);
    new AwsProvider(stack, "aws", BOUND);
    expect(counts()).toEqual({ ...ONCE, account: 0 });

    expect(errorOn(stack)).toBe("");
    expect(counts()).toEqual(ONCE_EACH);
  });

  test("the connection of each source action is checked once", () => {
    const stack = newStack();
    const other = ARN.replace("0c8b1a2f", "1d9c2b3a");
    const docs = new SourceAction(
      settings(Connection.fromConnectionArn(stack, "Other", other), { actionName: "Docs", outputArtifactName: "Docs" }),
    );
    const connection = existingIn(stack);
    const counts = counting();
    sourceIn(stack, connection, { additionalActions: [docs], provider: another(stack) });

    expect(counts()).toEqual({ ...ONCE_EACH, account: 2 });
    expect(arns).toEqual([ARN, other]);
  });

  test("what a policy is given is checked once, however many policies come of it", () => {
    const stack = newStack();
    const connection = existingIn(stack);
    const counts = counting();
    const repositories = Array.from({ length: 200 }, (_, index) => `acme/service-${index}`);
    const { policies } = new ConnectionPolicy(stack, "Policy", {
      ...{ grants: [{ connection, repositories }], roles: ["pipeline"], provider: another(stack) },
    });

    expect(policies).toHaveLength(2);
    expect(counts()).toMatchObject({ repository: 200, role: 1, account: 1 });
  });

  test("an ARN that is an expression is checked by one precondition for each rule, in the whole stack", () => {
    const stack = newStack();
    const source = sourceIn(stack, existingIn(stack, variableIn(stack, "arn")), { provider: another(stack) });
    pipelineIn(stack, [], { stage: [source.stage, building("Code")], dependsOn: source.dependencies });

    expect(preconditionedIn(stack)).toEqual(["connection", "connectionArn"]);
  });
});
