import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  Connection,
  type ConnectionGrant,
  ConnectionHost,
  ConnectionPolicy,
  type IConnection,
  ProviderType,
} from "../../src";
import { accessesOf } from "../../src/permissions/connection-grant";
import { MANAGED_POLICY_SIZE } from "../../src/permissions/limits";
import { pack, policySize } from "../../src/permissions/packing";
import { largest } from "../support/largest";
import { warningsOf } from "../support/pipelines";
import { messageOf, newStack, newStacks, synthesise, Synthesis, synthesisOf, testingApp } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

function policyWith(props: object): ConnectionPolicy {
  const stack = newStack();
  const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
  return new ConnectionPolicy(stack, "Policy", {
    grants: [{ connection }],
    roles: ["pipeline"],
    ...props,
  });
}

test("a minimal policy allows the use of exactly this connection, through both action prefixes, to the role", () => {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
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
      grants: [{ connection: first }, { connection: second }, { connection: first }],
      roles: ["pipeline", "build", "pipeline"],
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
    const { dependencies, policies } = new ConnectionPolicy(stack, "Policy", {
      grants: [{ connection }],
      roles: ["pipeline", "build"],
      inline: true,
    });
    expect(dependencies).toHaveLength(2);
    expect(policies).toEqual([]);
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
      new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: order([role.name, "build"]) });
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
    grants: [{ connection }],
    roles: [first.role.name, second.role.name, second.role.name],
  });

  app.synth();
  const synthesis = new Synthesis(readFileSync(join(app.outdir, "stacks/second/cdk.tf.json"), "utf8"));
  rmSync(app.outdir, { recursive: true });
  const attachments = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
  expect(attachments.map(({ role }) => String(role)).sort()).toEqual([
    "${aws_iam_role.Role.name}",
    "${data.terraform_remote_state.cross-stack-reference-input-first.outputs.cross-stack-output-aws_iam_roleRolename}",
  ]);
});

test("expressions that differ only in their punctuation are different roles", () => {
  const { dependencies } = policyWith({ roles: ["${var.roles[0]}", "${var.roles0}"] });

  expect(dependencies).toHaveLength(2);
});

test("the policy does not wait for another stack's checks, which have passed by then", () => {
  const app = testingApp();
  const [owner, user] = [new TerraformStack(app, "owner"), new TerraformStack(app, "user")];
  const connection = Connection.fromConnectionArn(owner, "Existing", "${var.arn}");
  new ConnectionPolicy(user, "Policy", { grants: [{ connection }], roles: ["pipeline"] });

  expect(new Synthesis(Testing.synth(user)).only("resource", "aws_iam_policy").depends_on).toBeUndefined();
});

test("the policy waits for the check of an ARN that is an expression", () => {
  const synthesis = synthesise((stack) => {
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    const connection = Connection.fromConnectionArn(stack, "Existing", arn);
    new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
  });

  expect(synthesis.only("resource", "aws_iam_policy").depends_on).toEqual(["data.aws_region.Existing_Guard_C5778798"]);
});

describe("a grant", () => {
  const documentWith = (grant: object) => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { providerType: ProviderType.BITBUCKET });
      new ConnectionPolicy(stack, "Policy", { grants: [{ connection, ...grant }], roles: ["pipeline"] });
    });
    return synthesis.only("resource", "aws_iam_policy");
  };
  const refusal = (grant: object) => {
    const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN, {
      providerType: ProviderType.BITBUCKET,
    });
    return messageOf(() => policyWith({ grants: [{ connection, ...grant }] }));
  };

  test("can be limited to repositories, branches and reading, by both prefixes", () => {
    const { policy, lifecycle } = documentWith({ repositories: ["acme/*"], branches: ["main"], readOnly: true });

    const { Statement } = JSON.parse(policy) as {
      Statement: { Action: string; Resource: string; Condition: object }[];
    };
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ["codeconnections:UseConnection", ARN],
      ["codestar-connections:UseConnection", ARN],
    ]);
    expect(Statement[1]?.Condition).toEqual({
      StringLikeIfExists: { "codestar-connections:FullRepositoryId": "acme/*" },
      StringEqualsIfExists: {
        "codestar-connections:BranchName": "main",
        "codestar-connections:ProviderPermissionsRequired": "read_only",
      },
      StringNotLike: { "codestar-connections:ProviderAction": ["Create*", "Delete*", "GitPush", "Update*"] },
    });
    expect(lifecycle).toBeUndefined();
  });

  test.each([
    [
      { repositories: [] },
      "grants[0].repositories must not be empty: to grant all repositories of the connection, leave repositories out.",
    ],
    [{ branches: [] }, "grants[0].branches must not be empty: to grant all branches, leave branches out."],
    [{ branches: ["\u0100"] }, "grants[0].branches[0] can't have double quotes"],
    [{ branches: ["v?"] }, "grants[0].branches[0] can't have double quotes, question marks"],
    [{ branches: [""] }, 'grants[0].branches[0] must be 1 to 1000 characters long. Given: "".'],
    [
      { branches: ["\u4e2d"] },
      "grants[0].branches[0] can't have double quotes, question marks, backslashes, control characters or",
    ],
    [{ branches: ['"'] }, "grants[0].branches[0] can't have double quotes"],
    [{ branches: ["a\nb"] }, "grants[0].branches[0] can't have double quotes"],
    [{ branches: ["a\\b"] }, "grants[0].branches[0] can't have double quotes"],
    [{ repositories: ['acme/"'] }, "grants[0].repositories[0] can't have double quotes"],
    [{ repositories: ["acme"] }, '. To grant all repositories, leave repositories out. Given: "acme".'],
    [{ repositories: ["https://bitbucket.org/acme/shop"] }, 'Did you mean "acme/shop"?'],
    [{ connection: undefined }, "grants[0].connection must be given"],
    [{ readOnly: "yes" }, "grants[0].readOnly must be a boolean"],
  ])("%j is refused", (grant, sentence) => {
    expect(refusal(grant)).toContain(sentence);
  });

  test.each([[{ branches: ["\u00ff b"] }], [{ branches: ["b".repeat(1000)] }], [{ repositories: ["acme/*"] }]])(
    "%j is accepted",
    (grant) => {
      expect(() => documentWith(grant)).not.toThrow();
    },
  );

  test("branches that no policy can hold are refused, together with more policies than a role takes", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const branches = [1, 2, 3].map((digit) => String(digit).repeat(1000));
    const grants = Array.from({ length: 11 }, (_, index) => ({ connection, repositories: [`a/${index}`], branches }));

    expect(messageOf(() => new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] }))).toMatch(
      /^stack\/Policy: 2 problems were found:\n {2}- grants: one repository .*\n {2}- roles: the role "pipeline" would have 11/,
    );
  });

  test("branches that no policy can hold are refused", () => {
    const branches = [1, 2, 3].map((digit) => String(digit).repeat(1000));

    expect(refusal({ branches })).toBe(
      "stack/Policy: grants: one repository and its branches take more than the 6144 characters of a policy: use patterns " +
        "with *, or several grants.",
    );
  });

  test("strings that are expressions are patterns, checked by Terraform together with the policy's size", () => {
    const { policy, lifecycle } = documentWith({ repositories: ["${var.repository}", '${var.map["shop"]}'] });

    expect(policy).toBe("${local.Policy_Document_589C8635}");
    expect(lifecycle.precondition).toHaveLength(5);
    expect(lifecycle.precondition[4]).toEqual({
      condition: '${length(replace(local.Policy_Document_589C8635, "/[<>&]/", "123456")) <= 6144}',
      error_message: expect.stringMatching(
        /^stack\/Policy: grants hold strings that make a policy longer than the 6144 /,
      ),
    });
  });
});

describe("a grant for CodeBuild's own source", () => {
  const granted = (limits: object) => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    return new ConnectionPolicy(stack, "Policy", {
      grants: [{ connection, codeBuildSource: true, ...limits }],
      roles: ["build"],
    });
  };

  test.each([
    ["repositories", { repositories: ["acme/shop"] }],
    ["branches", { branches: ["main"] }],
    ["readOnly", { readOnly: true }],
    ["repositories, branches, readOnly", { repositories: ["acme/shop"], branches: ["main"], readOnly: true }],
  ])("can't be limited by %s, since the token is not", (names, limits) => {
    expect(messageOf(() => granted(limits))).toBe(
      "stack/Policy: grants[0].codeBuildSource lets the role get a token of the connection, which reaches all that the " +
        `connection reaches: leave ${names} out, or set codeBuildSource to false.`,
    );
  });

  test.each([{}, { readOnly: false }, { codeBuildSource: false, readOnly: true }])("may have %j", (limits) => {
    expect(() => granted(limits)).not.toThrow();
  });
});

describe("a policy's description, path and tags", () => {
  test("are those of every managed policy", () => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      const settings = { description: "Pipelines", policyPath: "/pipelines/", tags: { team: "shop" } };
      new ConnectionPolicy(stack, "Policy", { grants: [fleet(connection, 200)], roles: ["pipeline"], ...settings });
    });

    for (const policy of Object.values(synthesis.blocks("resource", "aws_iam_policy"))) {
      expect(policy).toMatchObject({ description: "Pipelines", path: "/pipelines/", tags: { team: "shop" } });
    }
  });

  test.each(["/", "/a/", `/${"a".repeat(510)}/`])("the path %j is accepted", (path) => {
    expect(() => policyWith({ policyPath: path })).not.toThrow();
  });

  test.each([
    ["pipelines", "/pipelines/"],
    ["", "/"],
    ["/a b/", undefined],
    [`/${"a".repeat(511)}/`, undefined],
  ])("the path %j is refused", (path, meant) => {
    const message = messageOf(() => policyWith({ policyPath: path }));

    expect(message).toContain("policyPath must be");
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });

  test("a description of 1000 characters is accepted, and one of 1001 or beyond Latin-1 is refused", () => {
    expect(() => policyWith({ description: "d".repeat(1000) })).not.toThrow();
    expect(messageOf(() => policyWith({ description: "d".repeat(1001) }))).toContain(
      "description must be at most 1000",
    );
    expect(messageOf(() => policyWith({ description: "\u4e2d" }))).toContain("description must be at most 1000");
  });

  test("can't be given to inline policies", () => {
    const message = messageOf(() => policyWith({ inline: true, description: "d", policyPath: "/", tags: {} }));

    expect(message.match(/is for managed policies only: leave \w+ out, or set inline to false/g)).toHaveLength(3);
  });
});

function fleet(connection: IConnection, count: number, prefix = "service"): ConnectionGrant {
  return { connection, repositories: Array.from({ length: count }, (_, index) => `acme/${prefix}-${index}`) };
}

describe("many repositories", () => {
  test("are divided among managed policies, all attached to every role", () => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      const { policies, dependencies } = new ConnectionPolicy(stack, "Policy", {
        grants: [fleet(connection, 200)],
        roles: ["pipeline", "build"],
      });
      expect(policies).toHaveLength(2);
      expect(dependencies).toHaveLength(4);
    });

    const names = Object.keys(synthesis.blocks("resource", "aws_iam_policy"));
    expect(names.map((name) => name.replace(/_[0-9A-F]{8}$/, ""))).toEqual(["Policy", "Policy_Resource2"]);
    const attachments = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
    expect(attachments.map(({ role, policy_arn }) => `${String(role)} ${String(policy_arn)}`).sort()).toEqual(
      ["build", "pipeline"].flatMap((role) => names.map((name) => `${role} \${aws_iam_policy.${name}.arn}`)),
    );
  });

  test("that more than ten policies would hold are refused, with the count and the ways out", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const make = (id: string, count: number, props: object = {}) =>
      new ConnectionPolicy(stack, id, { grants: [fleet(connection, count)], roles: ["pipeline"], ...props });
    const most = largest((count) => pack(accessesOf([fleet(connection, count)]), MANAGED_POLICY_SIZE).length <= 10);

    expect(make("Ten", most).policies).toHaveLength(10);
    stack.node.tryRemoveChild("Ten");
    expect(messageOf(() => make("Eleven", most + 1))).toMatch(
      /^stack\/Eleven: roles: the role "pipeline" would have 11 managed policies from this library \(11 of stack\/Eleven\); the limit is 10\. Policies from other .* Choose one: \(1\) create one ConnectionPolicy .*managedPoliciesPerRole of a ConnectionPolicy \(https:/,
    );
    stack.node.tryRemoveChild("Eleven");
    // What else is wrong does not hide it.
    expect(messageOf(() => make("Wrong", most + 1, { policyPath: "pipelines" }))).toMatch(
      /^stack\/Wrong: 2 problems were found:\n {2}- policyPath must be .*\n {2}- roles: the role "pipeline" would have 11/,
    );
    stack.node.tryRemoveChild("Wrong");
    expect(make("Raised", most + 1, { managedPoliciesPerRole: 11 }).policies).toHaveLength(11);
  });

  test("that are too many for a role's inline policies are refused", () => {
    const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN);
    const inline = (count: number) => () => policyWith({ grants: [fleet(connection, count)], inline: true });
    const most = largest((count) => policySize(accessesOf([fleet(connection, count)])) <= 10_240);

    expect(inline(most)).not.toThrow();
    expect(messageOf(inline(most + 1))).toMatch(
      /^stack\/Policy: roles: the inline policies from this library on the role "pipeline" would have 102\d\d characters \(102\d\d of stack\/Policy\); the limit is 10240\. /,
    );
  });
});

describe("the policies of one role", () => {
  const role = (stack: TerraformStack) => new IamRole(stack, "Role", { assumeRolePolicy: "{}" });
  const add = (stack: TerraformStack, count: number, props: object = {}) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    for (let index = 1; index <= count; index++) {
      new ConnectionPolicy(stack, `Policy${index}`, { grants: [{ connection }], roles: ["pipeline"], ...props });
    }
  };

  test("are counted over all constructs of a stack", () => {
    expect(() => {
      add(newStack(), 10);
    }).not.toThrow();
    expect(
      messageOf(() => {
        add(newStack(), 11);
      }),
    ).toContain(
      'stack/Policy11: roles: the role "pipeline" would have 11 managed policies from this library ' +
        "(1 of stack/Policy1, 1 of stack/Policy2, 1 of stack/Policy3, the rest of 8 more); the limit is 10.",
    );
  });

  test("are counted for a role of this stack by its reference", () => {
    const stack = newStack();
    const { name } = role(stack);

    expect(
      messageOf(() => {
        add(stack, 11, { roles: [name] });
      }),
    ).toContain('the role "${aws_iam_role.Role.name}" would have 11');
  });

  test("of a role of this stack are counted over all providers", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const { name } = role(stack);
    add(stack, 10, { roles: [name] });
    const connection = Connection.fromConnectionArn(stack, "Another", ARN);

    expect(() => new ConnectionPolicy(stack, "West", { grants: [{ connection }], roles: [name], provider })).toThrow(
      /would have 11/,
    );
  });

  test("may be as many as the highest quota that one of them was told", () => {
    const stack = newStack();
    add(stack, 11, { managedPoliciesPerRole: 12 });
    const connection = Connection.fromConnectionArn(stack, "Another", ARN);
    const more = (id: string) => () =>
      new ConnectionPolicy(stack, id, { grants: [{ connection }], roles: ["pipeline"] });

    expect(more("Twelfth")).not.toThrow();
    expect(more("Thirteenth")).toThrow(/would have 13 managed policies .*; the limit is 12\./);
    expect(
      () => new ConnectionPolicy(stack, "Inline", { grants: [{ connection }], roles: ["pipeline"], inline: true }),
    ).not.toThrow();
  });

  test("are counted apart for inline ones, and for another provider", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    add(stack, 10);
    const connection = Connection.fromConnectionArn(stack, "Another", ARN);
    const more = (id: string, props: object) => () =>
      new ConnectionPolicy(stack, id, { grants: [{ connection }], roles: ["pipeline"], ...props });

    expect(more("Inline", { inline: true })).not.toThrow();
    expect(more("West", { provider })).not.toThrow();
    expect(more("Eleventh", {})).toThrow(/would have 11/);
  });

  test.each([1, 25])("can have a quota of %j", (managedPoliciesPerRole) => {
    expect(() => policyWith({ managedPoliciesPerRole })).not.toThrow();
  });

  test.each([0, 26, 1.5, "10"])("can't have a quota of %j", (managedPoliciesPerRole) => {
    expect(messageOf(() => policyWith({ managedPoliciesPerRole }))).toContain(
      "managedPoliciesPerRole must be a whole number from 1 to 25",
    );
  });
});

describe("roles", () => {
  const SENTENCE =
    "must be the name or the ARN of a role; a name is 1 to 64 characters long and has only A-Z, a-z, 0-9 and _ + = , . @ -";
  const ARN_OF = "arn:aws:iam::123456789012:role";
  const iamRole = (stack: TerraformStack, id = "Role") => new IamRole(stack, id, { assumeRolePolicy: "{}" });
  const attached = (roles: (stack: TerraformStack) => string[]) => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: roles(stack) });
    });
    const attachments = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
    const { lifecycle } = synthesis.only("resource", "aws_iam_policy");
    return { roles: attachments.map(({ role }) => String(role)).sort(), lifecycle: lifecycle as unknown };
  };

  test.each(["a", "a".repeat(64), "_+=,.@-"])("the name %j is accepted", (name) => {
    expect(attached(() => [name])).toEqual({ roles: [name], lifecycle: undefined });
  });

  test.each([
    [`${ARN_OF}/pipeline`, "pipeline"],
    [`${ARN_OF}/service/team/pipeline`, "pipeline"],
    [`${ARN_OF}/service-role/!~/_+=,.@-`, "_+=,.@-"],
    [`arn:aws-us-gov:iam::123456789012:role/${"a".repeat(64)}`, "a".repeat(64)],
  ])("the ARN %s is accepted, and the policy attached by the name in it", (arn, name) => {
    expect(attached(() => [arn])).toEqual({ roles: [name], lifecycle: undefined });
  });

  test.each([
    ["", undefined],
    ["a".repeat(65), undefined],
    ["my role", undefined],
    ["arn:aws:iam::123456789012:user/pipeline", undefined],
    ["arn:aws:iam::12345678901:role/pipeline", undefined],
    ["arn:aws:iam::123456789012:role/", undefined],
    ["arn:aws:iam::123456789012:role/my path/pipeline", undefined],
    [`arn:aws:iam::123456789012:role/${"a".repeat(65)}`, undefined],
    ["arn:aws:iam::123456789012:policy/pipeline", undefined],
    ["/service/pipeline", "pipeline"],
    [" pipeline", "pipeline"],
  ])("%j is refused", (role, meant) => {
    const message = messageOf(() => policyWith({ roles: ["pipeline", role] }));

    expect(message).toContain(`stack/Policy: roles[1] ${SENTENCE}. Given: `);
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });

  test("that are given by name and by ARN are one role", () => {
    expect(attached(() => ["pipeline", `${ARN_OF}/pipeline`, `${ARN_OF}/team/pipeline`]).roles).toEqual(["pipeline"]);
  });

  test.each(["name", "arn", "id"] as const)("of the program need no precondition by their %s", (attribute) => {
    const { roles, lifecycle } = attached((stack) => [iamRole(stack)[attribute]]);

    expect(lifecycle).toBeUndefined();
    expect(roles).toEqual([
      attribute === "arn" ? '${regex("[^/]*$", aws_iam_role.Role.arn)}' : `\${aws_iam_role.Role.${attribute}}`,
    ]);
  });

  test("of the program are each one role, whichever of its attributes are given", () => {
    for (const order of [(some: string[]) => some, (some: string[]) => some.reverse()]) {
      const { roles } = attached((stack) => {
        const [one, other] = [iamRole(stack, "One"), iamRole(stack, "Other")];
        return order([one.name, one.arn, one.id, "${aws_iam_role.One.arn}", other.arn, "${aws_iam_role.Other.name}"]);
      });

      expect(roles).toHaveLength(2);
    }
  });

  test("have one attachment of one name, by their name or by their ARN, so that Terraform keeps it", () => {
    const addresses = (["name", "arn", "id"] as const).map((attribute) => {
      const synthesis = synthesise((stack) => {
        const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
        const roles = [iamRole(stack)[attribute], attribute === "arn" ? `${ARN_OF}/team/build` : "build"];
        new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles });
      });
      return Object.keys(synthesis.blocks("resource", "aws_iam_role_policy_attachment"));
    });

    expect(addresses[1]).toEqual(addresses[0]);
    expect(addresses[2]).toEqual(addresses[0]);
  });

  test("of another stack are each one role too, whichever of its attributes are given, with no precondition", () => {
    const [owner, user] = newStacks("owner", "user");
    const [one, other] = [iamRole(owner, "One"), iamRole(owner, "Other")];
    const connection = Connection.fromConnectionArn(user, "Existing", ARN);
    new ConnectionPolicy(user, "Policy", { grants: [{ connection }], roles: [one.arn, one.name, one.id, other.arn] });

    const synthesis = synthesisOf(user);
    expect(Object.keys(synthesis.blocks("resource", "aws_iam_role_policy_attachment"))).toHaveLength(2);
    expect(synthesis.only("resource", "aws_iam_policy")).not.toHaveProperty("lifecycle");
  });

  test.each<[string, (stack: TerraformStack) => string, string]>([
    [
      "a policy's ARN",
      (stack) => new IamPolicy(stack, "Other", { policy: "{}" }).arn,
      "aws_iam_policy.Other.arn, which is the ARN of a policy",
    ],
    [
      "a connection's ARN",
      (stack) => new Connection(stack, "Own", { name: "own", providerType: ProviderType.GITHUB }).connectionArn,
      "arn of stack/Own/Resource, which is the ARN of a connection",
    ],
    [
      "a host's ARN",
      (stack) =>
        new ConnectionHost(stack, "Host", {
          ...{
            name: "host",
            providerType: ProviderType.GITLAB_SELF_MANAGED,
            providerEndpoint: "https://git.acme.example",
          },
        }).hostArn,
      "arn of stack/Host/Resource, which is the ARN of a host",
    ],
  ])("are not %s: that is an error at synthesis", (_, of, given) => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const make = (roles: string[]) => () => new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles });

    expect(messageOf(make([of(stack)]))).toBe(`stack/Policy: roles[0] ${SENTENCE}. Given: ${given}.`);
  });

  test("are not another stack's policy by its ARN either", () => {
    const [owner, user] = newStacks("owner", "user");
    const { arn } = new IamPolicy(owner, "Other", { policy: "{}" });
    const connection = Connection.fromConnectionArn(user, "Existing", ARN);

    expect(messageOf(() => new ConnectionPolicy(user, "Policy", { grants: [{ connection }], roles: [arn] }))).toMatch(
      /^user\/Policy: roles\[0\] must be the name or the ARN of a role; .*, which is the ARN of a policy\.$/,
    );
  });

  test("that are expressions are checked by Terraform, which takes the name out of an ARN", () => {
    const { roles, lifecycle } = attached(() => ["${var.role}"]);

    expect(roles).toEqual(['${regex("[^/]*$", var.role)}']);
    expect(lifecycle).toEqual({
      precondition: [
        {
          condition:
            '${can(regex("^([A-Za-z0-9_+=,.@-]{1,64}|arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([!-~]+/)?[A-Za-z0-9_+=,.@-]{1,64})$", var.role))}',
          error_message: `stack/Policy: roles[0] ${SENTENCE}.`,
        },
      ],
    });
  });

  test("that are one expression are one role", () => {
    expect(attached(() => ["${var.role}", "${var.role}", "${var.other}"]).roles).toEqual([
      '${regex("[^/]*$", var.other)}',
      '${regex("[^/]*$", var.role)}',
    ]);
  });

  test("are counted by the role and not by how it is given", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const { name, arn } = iamRole(stack);
    const make = (id: string, role: string) =>
      new ConnectionPolicy(stack, id, { grants: [{ connection }], roles: [role] });
    for (let index = 1; index <= 10; index++) {
      make(`Own${index}`, index % 2 === 0 ? name : arn);
      make(`Existing${index}`, index % 2 === 0 ? "pipeline" : `${ARN_OF}/pipeline`);
    }

    expect(() => make("Own11", arn)).toThrow(/the role "\$\{aws_iam_role\.Role\.name\}" would have 11/);
    expect(() => make("Existing11", `${ARN_OF}/team/pipeline`)).toThrow(/the role "pipeline" would have 11/);
  });

  test("and grants must not be empty", () => {
    expect(messageOf(() => policyWith({ roles: [], grants: [] }))).toBe(
      "stack/Policy: 2 problems were found:\n" +
        "  - grants must be a list of at least one object with connection. Given: [].\n" +
        "  - roles must not be empty.",
    );
  });

  test("are a list of a length known at synthesis, since each role needs an attachment of its own", () => {
    const roles = Token.asList("${var.role_names}");

    expect(messageOf(() => policyWith({ roles }))).toContain(
      "roles must be a list whose length is known at synthesis (the elements may be expressions)",
    );
  });
});

describe("a property", () => {
  const GRANT = "stack/Policy: grants[0]";

  test.each([
    ["repository", ["acme/shop"], `${GRANT}.repository is not a property. Did you mean grants[0].repositories?`],
    ["readonly", true, `${GRANT}.readonly is not a property. Did you mean grants[0].readOnly?`],
    ["branch", ["main"], `${GRANT}.branch is not a property. Did you mean grants[0].branches?`],
    [
      "tags",
      {},
      `${GRANT}.tags is not a property. There are: connection, repositories, branches, readOnly, codeBuildSource.`,
    ],
    [
      "scope",
      "x",
      `${GRANT}.scope is not a property. There are: connection, repositories, branches, readOnly, codeBuildSource.`,
    ],
  ])("%s of a grant is none, and refused: what was to be limited would be allowed", (name, value, message) => {
    const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN);

    expect(messageOf(() => policyWith({ grants: [{ connection, [name]: value }] }))).toBe(message);
  });

  test("that is none is refused in each grant, though two policies are given one", () => {
    const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN);
    const grant = { connection, readonly: true };

    for (let count = 0; count < 2; count++) {
      expect(messageOf(() => policyWith({ grants: [{ connection }, grant] }))).toBe(
        "stack/Policy: grants[1].readonly is not a property. Did you mean grants[1].readOnly?",
      );
    }
  });

  test("of the policy that is none of ours is warned of, and refused where it is misspelt", () => {
    const policy = policyWith({ path: "/pipelines/", namePrefix: "x" });

    const sentence = "is not a property here, so it has no effect.";
    expect(warningsOf(policy)).toEqual([`path ${sentence}`, `namePrefix ${sentence}`]);
    expect(messageOf(() => policyWith({ managedPolicesPerRole: 11 }))).toBe(
      "stack/Policy: managedPolicesPerRole is not a property. Did you mean managedPoliciesPerRole?",
    );
  });

  test("that is null is not given, in a grant too", () => {
    const make = (ofPolicy: object, ofGrant: object) =>
      synthesise((stack) => {
        const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
        const grants = [{ connection, ...ofGrant }];
        new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"], ...ofPolicy });
      }).json;
    const nothing = {
      ...{
        inline: null,
        managedPoliciesPerRole: null,
        description: null,
        policyPath: null,
        tags: null,
        provider: null,
      },
    };

    expect(make(nothing, { repositories: null, branches: null, readOnly: null })).toBe(make({}, {}));
    expect(messageOf(() => policyWith({ grants: [{ connection: null }], roles: [null] }))).toBe(
      "stack/Policy: 2 problems were found:\n" + "  - grants[0].connection must be given.\n  - roles[0] must be given.",
    );
    expect(messageOf(() => policyWith({ grants: null, roles: null }))).toBe(
      "stack/Policy: 2 problems were found:\n  - grants must be given.\n  - roles must be given.",
    );
  });

  test.each(["description", "policyPath"])("%s that Terraform finds to be null is left out", (property) => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
      const value = new TerraformVariable(stack, "value", { type: "string" }).stringValue;
      new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"], [property]: value });
    });

    const { lifecycle } = synthesis.only("resource", "aws_iam_policy");
    expect(lifecycle.precondition).toEqual([
      {
        condition: expect.stringMatching(/^\$\{\(var\.value == null \|\| .*\)\}$/) as string,
        error_message: expect.stringContaining(`stack/Policy: ${property} must be`) as string,
      },
    ]);
  });
});

test("two policies that are given one grant each allow it, and the grant stays as it was", () => {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const grant: ConnectionGrant = Object.freeze({
      connection,
      repositories: Object.freeze(["acme/shop"]) as string[],
    });
    for (const id of ["One", "Two"]) new ConnectionPolicy(stack, id, { grants: [grant, grant], roles: ["pipeline"] });
  });

  const documents = Object.values(synthesis.blocks("resource", "aws_iam_policy")).map(({ policy }) => String(policy));
  expect(documents).toHaveLength(2);
  expect(documents[0]).toContain("acme/shop");
  expect(documents[1]).toBe(documents[0]);
});
