import { AwsProvider, type AwsProviderConfig } from "@cdktf/provider-aws/lib/provider";
import type { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Connection, PipelineSource, ProviderType } from "../../src";
import { errorOn } from "../support/pipelines";
import { messageOf, newStack, synthesise, Synthesis, testingApp } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const existingIn = (stack: TerraformStack, arn: string) => Connection.fromConnectionArn(stack, "Existing", arn);
const existing = (arn: string) => existingIn(newStack(), arn);

test("an existing connection creates and reads nothing", () => {
  const synthesis = synthesise((stack) => Connection.fromConnectionArn(stack, "Existing", ARN));

  expect(synthesis.top("resource")).toEqual({});
  expect(synthesis.top("data")).toEqual({});
});

test("what is known of it is told", () => {
  const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType: ProviderType.GITLAB });

  expect(connection.connectionArn).toBe(ARN);
  expect(connection.providerType).toBe(ProviderType.GITLAB);
  expect(connection.connectionStatus).toBeUndefined();
});

describe("reading its status", () => {
  test("is done on request, with its provider", () => {
    const synthesis = synthesise((stack) => {
      const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true, provider });
      expect(connection.connectionStatus).toEqual(expect.any(String));
      expect(connection.connectionName).toEqual(expect.any(String));
      expect(connection.connectionArn).toBe(ARN);
    });

    expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ arn: ARN, provider: "aws.west" });
  });

  test("checks an ARN that is an expression, and whatever uses the connection waits for it", () => {
    const synthesis = synthesise((stack) => {
      const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
      const { dependencies } = Connection.fromConnectionArn(stack, "Existing", arn, { readStatus: true });
      expect(dependencies).toMatchObject([{ terraformResourceType: "aws_codestarconnections_connection" }]);
    });

    expect(synthesis.top("data").aws_region).toBeUndefined();
    expect(synthesis.only("data", "aws_codestarconnections_connection").lifecycle.precondition).toEqual([
      expect.objectContaining({
        error_message: expect.stringContaining("stack/Existing: connectionArn must be the ARN") as string,
      }),
    ]);
  });

  test("is asked for by true or false", () => {
    const options = { readStatus: "yes" as unknown as boolean };

    expect(messageOf(() => Connection.fromConnectionArn(newStack(), "Existing", ARN, options))).toBe(
      'stack/Existing: readStatus must be a boolean (true or false), known at synthesis. Given: "yes".',
    );
  });
});

describe("a codestar-connections ARN of an account that the provider is not bound to", () => {
  const NEWER = ARN.replace("codestar-connections", "codeconnections");
  const goingThrough = (provider: AwsProviderConfig, arn: string) => {
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aws", { region: "us-east-1", ...provider });
    const connection = Connection.fromConnectionArn(stack, "Existing", arn);
    // When the stack is complete; CDKTF itself renders no provider whose accounts are null.
    const [problem] = connection.node.validate();
    if (problem !== undefined) throw new Error(problem);
    return connection;
  };
  const boundTo = (allowedAccountIds: string[], arn: string) => goingThrough({ allowedAccountIds }, arn);
  const as = (...accounts: string[]) => accounts.map((account) => ({ roleArn: `arn:aws:iam::${account}:role/deploy` }));

  test("is refused, since it can't be shared", () => {
    expect(messageOf(() => boundTo(["111111111111", "222222222222"], ARN))).toContain(
      "connectionArn must be in an account of the provider (111111111111, 222222222222): " +
        "a connection or host with a codestar-connections ARN can't be shared with other accounts. " +
        `Use a connection or host of such an account, or another provider. Given: "${ARN}".`,
    );
  });

  test("is refused when the provider takes a role in another account by a web identity", () => {
    const provider = { assumeRoleWithWebIdentity: as("111111111111") };

    expect(messageOf(() => goingThrough(provider, ARN))).toContain("(111111111111)");
  });

  test.each([[undefined], [[]], [["${var.account}"]], [["111111111111", "123456789012"]]])(
    "is refused when the provider takes a role in another account (%j)",
    (allowed) => {
      const provider = { assumeRole: as("123456789012", "111111111111"), allowedAccountIds: allowed };

      expect(messageOf(() => goingThrough(provider, ARN))).toContain(
        "connectionArn must be in an account of the provider (111111111111)",
      );
    },
  );

  test.each([
    ["whose last role is in its account", { assumeRole: as("111111111111", "123456789012") }],
    ["whose role is an expression", { assumeRole: [{ roleArn: "${var.role}" }] }],
    ["that takes its own role", { assumeRole: [{ sessionName: "deploy" }] }],
    [
      "whose role is an expression, whatever it allows",
      { assumeRole: [{ roleArn: "${var.role}" }], allowedAccountIds: ["111111111111"] },
    ],
    [
      "that allows another too, and whose role is in its account",
      { assumeRole: as("123456789012"), allowedAccountIds: ["111111111111", "123456789012"] },
    ],
    ["that takes no role", { assumeRole: [] }],
    ["that names no account where accounts are named", { allowedAccountIds: [""] }],
    ["whose accounts are no pattern", { allowedAccountIds: ["("] }],
    ["whose accounts are null", { allowedAccountIds: null as unknown as string[] }],
    ["whose region is null, and so the environment's", { region: null as unknown as string }],
  ])("is accepted by a provider %s", (_, provider) => {
    expect(() => goingThrough(provider, ARN)).not.toThrow();
  });

  test.each([
    ["of one of the accounts", ["111111111111", "123456789012"], ARN],
    ["of the newer service, which shares", ["111111111111"], NEWER],
    ["when the provider is bound to none", [], ARN],
    ["when an account is an expression", ["111111111111", "${var.account}"], ARN],
    ["when the accounts are an expression", Token.asList("${var.accounts}"), ARN],
  ])("is accepted %s", (_, accounts, arn) => {
    expect(() => boundTo(accounts, arn)).not.toThrow();
  });

  test("is refused when it is the connection's own provider that is not bound to it", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "there", { alias: "there", allowedAccountIds: ["111111111111"] });

    Connection.fromConnectionArn(stack, "Existing", ARN, { provider });

    expect(errorOn(stack)).toContain("connectionArn must be in an account of the provider (111111111111)");
  });

  test("is left to Terraform when the ARN is an expression", () => {
    const [guard] = boundTo(["111111111111"], "${var.arn}").dependencies as DataAwsRegion[];

    expect(guard?.lifecycle?.precondition).toHaveLength(2);
  });

  test("is refused too when the provider is made after it", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    Connection.fromConnectionArn(stack, "Existing", ARN);
    new AwsProvider(stack, "aws", { region: "us-east-1", allowedAccountIds: ["111111111111"] });

    expect(messageOf(() => Testing.synth(stack, true))).toContain(
      "[stack/Existing] connectionArn must be in an account",
    );
  });
});

test("a provider type that is a string is refused", () => {
  const options = { providerType: "GitHub" as unknown as ProviderType };

  expect(messageOf(() => Connection.fromConnectionArn(newStack(), "Existing", ARN, options))).toBe(
    "stack/Existing: providerType must be a ProviderType: ProviderType.BITBUCKET, ProviderType.GITHUB, " +
      "ProviderType.GITLAB, ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED, " +
      'ProviderType.AZURE_DEVOPS. Given: "GitHub". Did you mean ProviderType.GITHUB?',
  );
});

test("an ARN that differs between the instances of a resource is refused, with advice for a connection", () => {
  expect(messageOf(() => Connection.fromConnectionArn(newStack(), "Existing", "${each.value}"))).toBe(
    "stack/Existing: connectionArn can't use count or each: only the resource with count or for_each knows their value. " +
      "Create one connection for each value in a loop of your program.",
  );
});

test("its provider makes the guard, and is told to whatever reads it", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    expect(Connection.fromConnectionArn(stack, "Existing", arn, { provider }).provider).toBe(provider);
  });

  expect(synthesis.only("data", "aws_region").provider).toBe("aws.west");
});

describe("used in another stack", () => {
  const used = (arn: string, accounts: string[]) => {
    const owner = newStack();
    const connection = Connection.fromConnectionArn(owner, "Existing", arn);
    const user = new TerraformStack(owner.node.root, "user");
    new AwsProvider(user, "aws", { region: "us-east-1", allowedAccountIds: accounts });
    const source = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
    new PipelineSource(user, "Source", source);
    return user;
  };
  const SENTENCE = "must be in an account of the provider (111111111111)";

  test("a codestar-connections ARN of another account is refused", () => {
    expect(messageOf(() => used(ARN, ["111111111111"]))).toMatch(
      new RegExp(`^user/Source: connection ${SENTENCE.replace(/[()]/g, "\\$&")}: .* Given: "${ARN}"\\.$`),
    );
  });

  test.each([
    ["of its account", ARN, ["123456789012"]],
    ["of the newer service", ARN.replace("codestar-connections", "codeconnections"), ["111111111111"]],
    ["whose user names no account", ARN, []],
  ])("one %s is accepted", (_, arn, accounts) => {
    expect(() => used(arn, accounts)).not.toThrow();
  });

  test("one of the own stack is not checked again", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aws", { region: "us-east-1", allowedAccountIds: ["123456789012"] });
    const connection = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
    const source = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
    new PipelineSource(stack, "Source", source);

    expect(Testing.synth(stack, true)).not.toContain("precondition");
  });

  test("one that is an expression is checked before the permission is made", () => {
    const policy = new Synthesis(Testing.synth(used("${var.arn}", ["111111111111"]), true)).only(
      "resource",
      "aws_iam_policy",
    );

    expect(policy.lifecycle.precondition).toMatchObject([
      { error_message: expect.stringContaining(`user/Source: connection ${SENTENCE}`) as string },
    ]);
  });
});

describe("the ARN", () => {
  test.each([
    ARN,
    "arn:aws:codeconnections:eu-west-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c",
    "arn:aws-us-gov:codestar-connections:us-gov-east-1:123456789012:connection/aEXAMPLE-8aad-4d5d-8878-dfcab0b1441f",
  ])("%s is accepted", (arn) => {
    expect(() => existing(arn)).not.toThrow();
  });

  test.each([
    ["empty", ""],
    ["of another service", ARN.replace("codestar-connections", "codecommit")],
    ["without a partition", ARN.replace("arn:aws", "arn")],
    ["with a short account", ARN.replace("123456789012", "12345678901")],
    ["of a host", ARN.replace("connection/", "host/")],
    ["without an id", ARN.replace(/[^/]*$/, "")],
    ["of the newer family, without a region", "arn:aws:codeconnections::123456789012:connection/0c8b1a2f"],
    ["with a line after it", `${ARN}\n`],
    ["with a word before it", `the ${ARN}`],
  ])("one %s is refused", (_, arn) => {
    expect(messageOf(() => existing(arn))).toContain("stack/Existing: connectionArn must be the ARN of a connection");
  });

  test("one that was pasted with something around it is recognised", () => {
    expect(messageOf(() => existing(` ${ARN}\n`))).toContain(`Did you mean "${ARN}"?`);
  });

  test("one with an expression in it is read by another stack through a local", () => {
    const stack = newStack();
    const account = new TerraformVariable(stack, "account", { type: "string" }).stringValue;
    const { connectionArn } = existingIn(stack, ARN.replace("123456789012", account));

    expect(Token.isUnresolved(connectionArn)).toBe(true);
    expect(Testing.synth(stack, true)).toMatch(/"Existing_Arn_[0-9A-F]{8}": "arn:aws:[^"]*\$\{var\.account\}:/);
  });

  test("one that is a reference typed by hand is read by another stack through a local too", () => {
    const stack = newStack();
    new TerraformVariable(stack, "arn", { type: "string" });
    const { connectionArn } = existingIn(stack, "${var.arn}");
    const other = new TerraformStack(stack.node.root, "other");
    new TerraformOutput(other, "arn", { value: connectionArn });

    // Makes what carries values from one stack to another.
    for (const each of [stack, other]) each.prepareStack();

    expect(Testing.synth(other, true)).toMatch(/"\$\{data\.terraform_remote_state\.[^"]*local/);
    expect(Testing.synth(stack, true)).toContain('"Existing_Arn_');
  });

  test("an expression is checked by a guard that whatever uses the connection waits for", () => {
    const synthesis = synthesise((stack) => {
      const variable = new TerraformVariable(stack, "arn", { type: "string" });
      const { dependencies } = Connection.fromConnectionArn(stack, "Existing", variable.stringValue);
      expect(dependencies).toHaveLength(1);
    });

    const [precondition] = synthesis.only("data", "aws_region").lifecycle.precondition;
    expect(precondition.condition).toContain("can(regex(");
    expect(precondition.condition).toContain("var.arn");
    expect(precondition.error_message).toMatch(/^stack\/Existing: connectionArn must be the ARN of a connection/);
  });
});

test("a reminder without the status names it by its ARN, since its name is not known", () => {
  const { json } = synthesise((stack) =>
    Connection.fromConnectionArn(stack, "Existing", ARN, { activationReminder: true, outputPrefix: "" }),
  );
  const { output } = JSON.parse(json) as { output: { activation_reminder: { value: string } } };

  expect(output.activation_reminder.value).toContain(`Connection \\"${ARN}\\"\\nis not made here`);
});
