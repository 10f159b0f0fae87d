import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ActivationReminder, Connection, ConnectionHost, ProviderType, ResourceFamily } from "../../src";
import { messageOf, newStack, newStacks, synthesise, type Synthesis, synthesisOf } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const made = (stack: TerraformStack, id = "Bitbucket") =>
  new Connection(stack, id, { name: id, providerType: ProviderType.BITBUCKET });

test("a connection that is made here has its ARN, its status and the reminder as outputs, under unique names", () => {
  const synthesis = synthesise((stack) => new ActivationReminder(stack, "Reminder", { connection: made(stack) }));

  expect(Object.keys(synthesis.top("output"))).toEqual([
    expect.stringMatching(/^Reminder_activation_reminder_[0-9A-F]{8}$/),
    expect.stringMatching(/^Reminder_connection_arn_[0-9A-F]{8}$/),
    expect.stringMatching(/^Reminder_connection_status_[0-9A-F]{8}$/),
  ]);
});

test("a connection that is made here is not read once more", () => {
  const synthesis = synthesise((stack) => new ActivationReminder(stack, "Reminder", { connection: made(stack) }));

  expect(synthesis.top("data")).toEqual({});
});

test("the check asserts that the connection is AVAILABLE", () => {
  const synthesis = synthesise((stack) => new ActivationReminder(stack, "Reminder", { connection: made(stack) }));

  const [[name, check]] = Object.entries(synthesis.top("check")) as [[string, { assert: object[] }]];
  expect(name).toMatch(/^Reminder_Check_[0-9A-F]{8}$/);
  expect(check.assert).toEqual([
    {
      condition: '${(aws_codestarconnections_connection.Bitbucket_1DD0FC59.connection_status == "AVAILABLE")}',
      error_message: expect.stringContaining("aws_codestarconnections_connection.Bitbucket_1DD0FC59.name"),
    },
  ]);
});

test.each([
  [ProviderType.BITBUCKET, "install the\\n     Bitbucket app,", "Administer workspace"],
  [ProviderType.GITHUB, "install the\\n     GitHub app,", "an owner of the GitHub organization"],
  [ProviderType.GITLAB, "install the\\n     GitLab app,", "Owner role on the GitLab project"],
])("the steps for %s name its app and who may do it", (providerType, app, who) => {
  const synthesis = synthesise((stack) => {
    const connection = new Connection(stack, "Connection", { name: "x", providerType });
    new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
  });

  const { value } = synthesis.top("output").activation_reminder as { value: string };
  expect(value.replace(/", "/g, "")).toContain(app);
  expect(value).toContain(who);
});

test("whether there is a check is a flag", () => {
  const stack = newStack();

  expect(
    messageOf(() => new ActivationReminder(stack, "Reminder", { connection: made(stack), check: "no" as never })),
  ).toBe('stack/Reminder: check must be true or false. Given: "no".');
});

test("the check is left out on request, and then nothing is read for it", () => {
  const synthesis = synthesise((stack) => {
    new ActivationReminder(stack, "Made", { connection: made(stack), check: false });
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const reminder = new ActivationReminder(stack, "Existing-Reminder", { connection, check: false });
    expect(reminder.connectionStatusOutput).toBeUndefined();
  });

  expect(synthesis.top("check")).toEqual({});
  expect(Object.keys(synthesis.top("output"))).toHaveLength(5);
});

describe("a host", () => {
  const through = (stack: TerraformStack, resourceFamily: ResourceFamily, at: TerraformStack = stack) => {
    const host = new ConnectionHost(at, "Host", {
      providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
      providerEndpoint: "https://git.example.com",
      resourceFamily,
    });
    return new Connection(stack, "Connection", { host, resourceFamily });
  };
  const checkOf = (synthesis: Synthesis) =>
    Object.values(synthesis.top("check"))[0] as { assert: { condition: string }[] };

  test("that can tell its status is checked too, and comes first while it is not AVAILABLE", () => {
    const synthesis = synthesise((stack) => {
      const connection = through(stack, ResourceFamily.CODESTAR_CONNECTIONS);
      new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
    });

    expect(synthesis.top("output").activation_reminder?.value).toContain(
      "an administrator of the GitHub Enterprise Server",
    );
    expect(checkOf(synthesis).assert.map(({ condition }) => condition)).toEqual([
      expect.stringContaining(".connection_status == "),
      '${(aws_codestarconnections_host.Host_B4E45AD7.status == "AVAILABLE")}',
    ]);
    expect(synthesis.top("output").activation_reminder?.value).toMatch(
      /\(aws_codestarconnections_host\.Host_\w+\.status == "AVAILABLE"\) \? "" : join/,
    );
  });

  test("of the newer family can't, so it is not checked", () => {
    const synthesis = synthesise((stack) => {
      const connection = through(stack, ResourceFamily.CODECONNECTIONS);
      new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
    });

    expect(checkOf(synthesis).assert).toHaveLength(1);
    expect(synthesis.top("output").activation_reminder?.value).toContain("unless it is AVAILABLE");
  });

  test("of another stack would be as it was, so it is not checked either", () => {
    const [owner, user] = newStacks("owner", "user");
    const connection = through(user, ResourceFamily.CODESTAR_CONNECTIONS, owner);
    new ActivationReminder(user, "Reminder", { connection, outputPrefix: "" });

    const synthesis = synthesisOf(user);
    expect(checkOf(synthesis).assert).toHaveLength(1);
    expect(synthesis.top("output").activation_reminder?.value).toMatch(
      /First its host, ", "unless it is AVAILABLE", ":\\n \\"", data\.\S+_hostHost_\w+arn, /,
    );
  });
});

describe("output names", () => {
  test("a prefix fixes them", () => {
    const synthesis = synthesise((stack) => {
      new ActivationReminder(stack, "One", { connection: made(stack, "one"), outputPrefix: "" });
      new ActivationReminder(stack, "Two", { connection: made(stack, "two"), outputPrefix: "two_" });
    });

    expect(Object.keys(synthesis.top("output")).sort()).toEqual([
      "activation_reminder",
      "connection_arn",
      "connection_status",
      "two_activation_reminder",
      "two_connection_arn",
      "two_connection_status",
    ]);
  });

  test.each(["my prefix ", "1-", "-", "${var.prefix}"])("the prefix %j is refused", (outputPrefix) => {
    const stack = newStack();

    expect(messageOf(() => new ActivationReminder(stack, "One", { connection: made(stack), outputPrefix }))).toMatch(
      /^stack\/One: outputPrefix must be (empty, or begin with a letter or _|known at synthesis)/,
    );
  });

  test("two reminders of one name in a stack are refused", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        new ActivationReminder(stack, "One", { connection: made(stack, "one"), outputPrefix: "" });
        new ActivationReminder(stack, "Two", { connection: made(stack, "two"), outputPrefix: "" });
      }),
    );

    expect(message).toContain(
      '[stack/One] The stack has another output "connection_arn", at stack/Two/connection_arn: give another outputPrefix.',
    );
  });

  test("two that the user gives one name are refused too", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        for (const id of ["one", "two"]) {
          new ActivationReminder(stack, id.toUpperCase(), {
            connection: made(stack, id),
          }).connectionArnOutput.overrideLogicalId("arn");
        }
      }),
    );

    expect(message).toContain('The stack has another output "arn", at stack/TWO/connection_arn');
  });

  test("an output of the user's with the same name is refused too", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        new TerraformOutput(stack, "connection_status", { value: "mine", staticId: true });
        new ActivationReminder(stack, "One", { connection: made(stack), outputPrefix: "" });
      }),
    );

    expect(message).toContain('The stack has another output "connection_status", at stack/connection_status');
  });
});

describe("an existing connection", () => {
  test("has its status read inside the check only, so that a plan does not fail on it", () => {
    const synthesis = synthesise((stack) => {
      const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { provider });
      new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
    });

    expect(synthesis.top("data")).toEqual({});
    expect(Object.keys(synthesis.top("output"))).toEqual(["activation_reminder", "connection_arn"]);
    const [check] = Object.values(synthesis.top("check"));
    const [[name, data]] = Object.entries(check?.data.aws_codestarconnections_connection) as [[string, object]];
    expect(data).toEqual({ arn: ARN, provider: "aws.west" });
    expect(check?.assert[0].condition).toBe(
      `\${(data.aws_codestarconnections_connection.${name}.connection_status == "AVAILABLE")}`,
    );
  });

  test.each([
    ["made", (stack: TerraformStack) => made(stack)],
    ["read", (stack: TerraformStack) => Connection.fromConnectionArn(stack, "X", ARN, { readStatus: true })],
    ["found by its name", (stack: TerraformStack) => Connection.fromConnectionName(stack, "X", "mine")],
  ])("that is %s in another stack has its reminder there", (_, make) => {
    const [owner, user] = newStacks("owner", "user");

    expect(messageOf(() => new ActivationReminder(user, "Reminder", { connection: make(owner) }))).toBe(
      "user/Reminder: connection is in the stack owner, which alone can tell its status: make the reminder there.",
    );
  });

  test("of another stack is read through a provider of the reminder's own", () => {
    const [owner, user] = newStacks("owner", "user");
    const provider = new AwsProvider(owner, "west", { alias: "west", region: "us-west-2" });
    const existing = (id: string) => Connection.fromConnectionArn(owner, id, ARN, { provider });
    new ActivationReminder(user, "Default", { connection: existing("One") });
    new ActivationReminder(user, "Given", {
      connection: existing("Other"),
      provider: new AwsProvider(user, "far", { alias: "far", region: "us-west-2" }),
    });

    const checks = Object.values(synthesisOf(user).top("check"));
    const read = checks.flatMap(({ data }) => Object.values<object>(data.aws_codestarconnections_connection));
    expect(read).toEqual([{ arn: ARN }, { arn: ARN, provider: "aws.far" }]);
  });

  test("can't be read through another stack's provider", () => {
    const [owner, user] = newStacks("owner", "user");
    const provider = new AwsProvider(owner, "west", { alias: "west", region: "us-west-2" });
    const connection = Connection.fromConnectionArn(owner, "Existing", ARN, { provider });

    expect(messageOf(() => new ActivationReminder(user, "Reminder", { connection, provider }))).toBe(
      "user/Reminder: provider must be of the same stack, user. Given: owner/west, of the stack owner.",
    );
  });

  test("in error is not ours to replace", () => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true });
      new ActivationReminder(stack, "Existing-Reminder", { connection, outputPrefix: "existing_" });
      new ActivationReminder(stack, "Made-Reminder", { connection: made(stack), outputPrefix: "made_" });
    });

    const { existing_activation_reminder: existing, made_activation_reminder: own } = synthesis.top("output");
    expect(existing?.value).toContain("have it replaced where it");
    expect(existing?.value).not.toContain("-replace");
    expect(own?.value).toContain("replace it:\\n     terraform apply -replace=<address>");
  });

  test("has its status read and shown on request", () => {
    const synthesis = synthesise((stack) => {
      const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true });
      new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
    });

    expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ arn: ARN });
    expect(Object.values(synthesis.top("check"))[0]).not.toHaveProperty("data");
    expect(synthesis.top("output").connection_status?.value).toMatch(
      /^\$\{data\.aws_codestarconnections_connection\.\w+\.connection_status\}$/,
    );
  });
});

test("an existing connection that is found by its name has its status shown", () => {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionName(stack, "Existing", "MyConnection");
    new ActivationReminder(stack, "Reminder", { connection, outputPrefix: "" });
  });

  expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ name: "MyConnection" });
  expect(synthesis.top("output").connection_status?.value).toMatch(
    /^\$\{data\.aws_codestarconnections_connection\.\w+\.connection_status\}$/,
  );
});

describe("the reminder of a connection", () => {
  test("is refused when there is one already", () => {
    const stack = newStack();
    const connection = made(stack);
    ActivationReminder.of(connection);

    expect(messageOf(() => new ActivationReminder(stack, "Mine", { connection }))).toContain(
      "stack/Mine: connection has a reminder already, at stack/Bitbucket/ActivationReminder: make your own before",
    );
  });

  test("is made once, beside the connection", () => {
    const connection = made(newStack());

    expect(ActivationReminder.of(connection)).toBe(ActivationReminder.of(connection));
    expect(ActivationReminder.of(connection)?.node.path).toBe("stack/Bitbucket/ActivationReminder");
  });

  test("is made anew when the one it had was taken away", () => {
    const stack = newStack();
    const connection = made(stack);
    ActivationReminder.of(connection);
    connection.node.tryRemoveChild("ActivationReminder");

    const reminder = new ActivationReminder(stack, "Mine", { connection });
    expect(ActivationReminder.of(connection)).toBe(reminder);
  });

  test("is made anew when what it was in was taken away", () => {
    const stack = newStack();
    const connection = made(stack);
    new ActivationReminder(new Construct(stack, "Wrapper"), "Mine", { connection });
    stack.node.tryRemoveChild("Wrapper");

    expect(ActivationReminder.of(connection)?.node.path).toBe("stack/Bitbucket/ActivationReminder");
  });

  test.each([undefined, null, {}, "arn"])("of %j is refused", (connection) => {
    expect(messageOf(() => ActivationReminder.of(connection as never))).toMatch(
      /^ActivationReminder\.of: connection must be (given\.$|a connection: new Connection)/,
    );
  });

  test("is the one that exists", () => {
    const stack = newStack();
    const connection = made(stack);
    const reminder = new ActivationReminder(stack, "Mine", { connection });

    expect(ActivationReminder.of(connection)).toBe(reminder);
  });
});
