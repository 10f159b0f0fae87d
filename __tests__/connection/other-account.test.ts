import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Connection, PipelineSource, type PipelineSourceProps, SourceAction } from "../../src";
import { building, errorOn, pipelineIn, warningsOf } from "../support/pipelines";
import { testingApp } from "../support/synthesis";

const [OURS, THEIRS] = ["123456789012", "210987654321"];
const ARN = `arn:aws:codestar-connections:us-east-1:${THEIRS}:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c`;
const roleOf = (account: string): string => `arn:aws:iam::${account}:role/pull`;
const WARNING =
  "connectionArn is of another account than the provider, and a connection with a codestar-connections ARN can't be " +
  "shared. A source action uses it with a role of its own (roleArn). With a role of that account this is reported to work " +
  "(https://github.com/aws/aws-cdk/issues/14355), and AWS does not document it.";

/** A stack of our account, and a connection of theirs. */
function theirs(provider: "first" | "last" = "first") {
  const stack = new TerraformStack(testingApp(), "stack");
  const bind = () => new AwsProvider(stack, "aws", { region: "us-east-1", allowedAccountIds: [OURS] });
  if (provider === "first") bind();
  const connection = Connection.fromConnectionArn(stack, "Theirs", ARN);
  if (provider === "last") bind();
  return { stack, connection };
}

const PULL = { repository: "acme/shop", branch: "main" };

test.each([
  ["is known at plan", "${var.role}"],
  ["has a name that is known at plan", `arn:aws:iam::${THEIRS}:role/\${var.role}`],
])("a role that %s may be of that account, so it is a warning", (_, roleArn) => {
  const { stack, connection } = theirs();
  pipelineIn(stack, [new SourceAction({ connection, ...PULL, roleArn })]);

  expect(errorOn(stack)).toBe("");
  expect(warningsOf(connection)).toEqual([WARNING]);
});

test.each(["first", "last"] as const)(
  "a connection of another account, used with a role of that account, is warned of once (the provider is made %s)",
  (provider) => {
    const { stack, connection } = theirs(provider);
    pipelineIn(stack, [new SourceAction({ connection, ...PULL, roleArn: roleOf(THEIRS) })]);

    expect(errorOn(stack)).toBe("");
    expect(errorOn(stack)).toBe("");
    expect(warningsOf(connection)).toEqual([WARNING]);
  },
);

test("a source takes it too, in its first action and in another one", () => {
  const { stack, connection } = theirs();
  const theirRole = { connection, ...PULL, roleArn: roleOf(THEIRS) };
  const docs = new SourceAction({ ...theirRole, actionName: "Docs" });
  const props: PipelineSourceProps = { ...theirRole, createPolicy: false, additionalActions: [docs] };

  expect(() => new PipelineSource(stack, "Source", props)).not.toThrow();
  expect(errorOn(stack)).toBe("");
  expect(warningsOf(connection)).toEqual([WARNING]);
});

test("a second pipeline, that runs in that account, needs no such role", () => {
  const { stack, connection } = theirs();
  const provider = new AwsProvider(stack, "second", { alias: "theirs", allowedAccountIds: [THEIRS] });
  const source = (id: string, props: object) => new PipelineSource(stack, id, { connection, ...PULL, ...props });
  source("First", { roleArn: roleOf(THEIRS), createPolicy: false });
  source("Second", { pipelineRoles: ["pipeline"], provider });

  expect(errorOn(stack)).toBe("");
  expect(warningsOf(connection)).toEqual([WARNING]);
});

test("an ARN that is known at plan must be of the account of the source's provider, whatever role pulls", () => {
  const stack = new TerraformStack(testingApp(), "stack");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const provider = new AwsProvider(stack, "ours", { alias: "ours", region: "us-east-1", allowedAccountIds: [OURS] });
  const connection = Connection.fromConnectionArn(stack, "Known", "${var.arn}");
  const roleArn = "${var.role}";
  new PipelineSource(stack, "Source", { connection, ...PULL, roleArn, createPolicy: false, provider });

  expect(Testing.synth(stack, true)).toContain("stack/Source: connection must be in an account");
});

test("a reference that was typed by hand may be to a role of any stack", () => {
  const { stack, connection } = theirs();
  new IamRole(stack, "pull", { assumeRolePolicy: "{}" }).overrideLogicalId("pull");
  pipelineIn(stack, [new SourceAction({ connection, ...PULL, roleArn: "${aws_iam_role.pull.arn}" })]);

  expect(errorOn(stack)).toBe("");
});

test.each<[string, string[] | undefined, string[]]>([
  ["the provider of the pipeline, it is an error", undefined, ["connectionArn must be in an account"]],
  ["a provider of that account, it is a warning", [THEIRS], []],
])("with a role of the program through %s", (_, allowedAccountIds, problems) => {
  const { stack, connection } = theirs();
  const provider = allowedAccountIds && new AwsProvider(stack, "theirs", { alias: "theirs", allowedAccountIds });
  const { arn: roleArn } = new IamRole(stack, "Pull", { assumeRolePolicy: "{}", provider });
  pipelineIn(stack, [new SourceAction({ connection, ...PULL, roleArn })]);

  expect(errorOn(stack)).toMatch(new RegExp(problems[0] ?? "^$"));
  expect(warningsOf(connection)).toHaveLength(1 - problems.length);
});

test.each([
  ["no role", undefined],
  ["a role of the pipeline's account", roleOf(OURS)],
  ["a role of the pipeline's account, with a name that is known at plan", `arn:aws:iam::${OURS}:role/\${var.role}`],
])("with %s it is an error", (_, roleArn) => {
  const { stack, connection } = theirs();
  const action = new SourceAction({ connection, ...PULL, roleArn });
  pipelineIn(stack, [action], { stage: [{ name: "Source", action: [action.action] }, building()] });

  expect(errorOn(stack)).toContain(
    `[stack/Theirs] connectionArn must be in an account of the provider (${OURS}): a connection or host with`,
  );
});
