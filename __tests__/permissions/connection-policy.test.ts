import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Connection, ConnectionPolicy, ProviderType } from "../../src";
import { messageOf, newStack, synthesise, Synthesis } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

function policyWith(props: object): ConnectionPolicy {
  const stack = newStack();
  const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
  return new ConnectionPolicy(stack, "Policy", {
    connections: [connection],
    roleNames: ["pipeline"],
    ...props,
  });
}

test("a minimal policy allows the use of exactly this connection, through both action prefixes, to the role", () => {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    new ConnectionPolicy(stack, "Policy", { connections: [connection], roleNames: ["pipeline"] });
  });

  const { policy, depends_on } = synthesis.only("resource", "aws_iam_policy");
  expect(depends_on).toBeUndefined();
  expect(JSON.parse(policy)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
        Resource: [ARN],
      },
    ],
  });
  expect(synthesis.only("resource", "aws_iam_role_policy_attachment")).toEqual({
    role: "pipeline",
    policy_arn: "${aws_iam_policy.Policy_23B91518.arn}",
  });
});

test("a policy serves several connections and roles, each named once", () => {
  const synthesis = synthesise((stack) => {
    const first = Connection.fromConnectionArn(stack, "First", ARN);
    const second = new Connection(stack, "Second", { name: "two", providerType: ProviderType.GITHUB });
    new ConnectionPolicy(stack, "Policy", {
      connections: [first, second, first],
      roleNames: ["pipeline", "build", "pipeline"],
      provider: new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" }),
    });
  });

  const { policy, provider } = synthesis.only("resource", "aws_iam_policy");
  expect(JSON.parse(policy).Statement[0].Resource).toEqual([
    ARN,
    "${aws_codestarconnections_connection.Second_394350F9.arn}",
  ]);
  const attachments = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
  expect(attachments.map(({ role }) => String(role)).sort()).toEqual(["build", "pipeline"]);
  expect([provider, ...attachments.map((attachment) => String(attachment.provider))]).toEqual([
    "aws.west",
    "aws.west",
    "aws.west",
  ]);
});

test("inline policies are written into the roles, and nothing is attached", () => {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const { dependencies, resource } = new ConnectionPolicy(stack, "Policy", {
      connections: [connection],
      roleNames: ["pipeline", "build"],
      inline: true,
    });
    expect(dependencies).toHaveLength(2);
    expect(resource).toBeUndefined();
  });

  const inline = Object.values(synthesis.blocks("resource", "aws_iam_role_policy"));
  expect(inline.map(({ role }) => String(role)).sort()).toEqual(["build", "pipeline"]);
  expect(JSON.parse(inline[0]?.policy).Statement[0].Resource).toEqual([ARN]);
  expect(synthesis.top("resource")).not.toHaveProperty("aws_iam_policy");
});

describe("an attachment follows its role and not its place in the list", () => {
  const attachments = (order: (names: string[]) => string[]) => {
    const synthesis = synthesise((stack) => {
      const role = new IamRole(stack, "Role", { assumeRolePolicy: "{}" });
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      new ConnectionPolicy(stack, "Policy", { connections: [connection], roleNames: order([role.name, "build"]) });
    });
    const blocks = Object.entries(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
    return new Map(blocks.map(([name, { role }]) => [String(role), name]));
  };

  test("when roles change places", () => {
    expect(attachments((names) => names.reverse())).toEqual(attachments((names) => names));
  });

  test("when another role goes", () => {
    expect(attachments((names) => names.slice(1)).get("build")).toBe(attachments((names) => names).get("build"));
  });
});

test("roles of two stacks that have one local name each get the permission", () => {
  const app = Testing.app();
  const [first, second] = ["first", "second"].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return { stack, role: new IamRole(stack, "Role", { assumeRolePolicy: "{}" }) };
  }) as [{ stack: TerraformStack; role: IamRole }, { stack: TerraformStack; role: IamRole }];
  const connection = Connection.fromConnectionArn(second.stack, "Existing", ARN);
  new ConnectionPolicy(second.stack, "Policy", {
    connections: [connection],
    roleNames: [first.role.name, second.role.name, second.role.name],
  });

  app.synth();
  const synthesis = new Synthesis(readFileSync(join(app.outdir, "stacks/second/cdk.tf.json"), "utf8"));
  const attachments = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
  expect(attachments.map(({ role }) => String(role)).sort()).toEqual([
    "${aws_iam_role.Role.name}",
    "${data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-aws_iam_roleRolename}",
  ]);
});

test("expressions that differ only in their punctuation are different roles", () => {
  const { dependencies } = policyWith({ roleNames: ["${var.roles[0]}", "${var.roles0}"] });

  expect(dependencies).toHaveLength(2);
});

test("the policy does not wait for another stack's checks, which have passed by then", () => {
  const app = Testing.app();
  const [owner, user] = [new TerraformStack(app, "owner"), new TerraformStack(app, "user")];
  const connection = Connection.fromConnectionArn(owner, "Existing", "${var.arn}");
  new ConnectionPolicy(user, "Policy", { connections: [connection], roleNames: ["pipeline"] });

  expect(new Synthesis(Testing.synth(user)).only("resource", "aws_iam_policy").depends_on).toBeUndefined();
});

test("the policy waits for the check of an ARN that only Terraform knows", () => {
  const synthesis = synthesise((stack) => {
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    const connection = Connection.fromConnectionArn(stack, "Existing", arn);
    new ConnectionPolicy(stack, "Policy", { connections: [connection], roleNames: ["pipeline"] });
  });

  expect(synthesis.only("resource", "aws_iam_policy").depends_on).toEqual(["data.aws_region.Existing_Guard_C5778798"]);
});

describe("role names", () => {
  test.each(["a", "a".repeat(64), "_+=,.@-"])("%j is accepted", (name) => {
    expect(() => policyWith({ roleNames: [name] })).not.toThrow();
  });

  test.each([
    ["", undefined],
    ["a".repeat(65), undefined],
    ["my role", undefined],
    ["arn:aws:iam::123456789012:role/service/pipeline", "pipeline"],
  ])("%j is refused", (name, meant) => {
    const message = messageOf(() => policyWith({ roleNames: ["pipeline", name] }));

    expect(message).toContain("stack/Policy: roleNames[1] must be the name of a role, not its ARN");
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });

  test("a name that only Terraform knows is checked by Terraform", () => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      new ConnectionPolicy(stack, "Policy", { connections: [connection], roleNames: ["${var.role}"] });
    });

    expect(synthesis.only("resource", "aws_iam_policy").lifecycle.precondition).toEqual([
      {
        condition: '${can(regex("^[A-Za-z0-9_+=,.@-]{1,64}$", var.role))}',
        error_message: expect.stringMatching(/^stack\/Policy: roleNames\[0\] must be the name of a role, not its ARN/),
      },
    ]);
  });

  test("no role and no connection are refused", () => {
    expect(messageOf(() => policyWith({ roleNames: [], connections: [] }))).toBe(
      "stack/Policy: 2 problems were found:\n" +
        "  - connections must be a list of at least one connection: " +
        "new Connection(…), Connection.fromConnectionArn(…) or fromConnectionName(…). Given: [].\n" +
        "  - roleNames must not be empty.",
    );
  });

  test("a list that only Terraform knows is refused, since each role needs an attachment of its own", () => {
    const roleNames = Token.asList("${var.role_names}");

    expect(messageOf(() => policyWith({ roleNames }))).toContain(
      "roleNames must be a list of a length known at synthesis; its elements may be expressions",
    );
  });
});
