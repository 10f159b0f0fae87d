import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  type ConnectionProps,
  PipelineSource,
  ProviderType,
  ResourceFamily,
} from "../../src";
import { messageOf, newStack, newStacks, synthesise, type Synthesis, synthesisOf } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const made = (stack: TerraformStack, id = "Bitbucket", props: ConnectionProps = {}) =>
  new Connection(stack, id, { name: id, providerType: ProviderType.BITBUCKET, ...props });

describe("a connection that is made here, without any pipeline,", () => {
  test("has its ARN, its status and the reminder as outputs, under unique names", () => {
    const synthesis = synthesise((stack) => made(stack));

    expect(Object.keys(synthesis.top("output"))).toEqual([
      expect.stringMatching(/^Bitbucket_ActivationReminder_activation_reminder_[0-9A-F]{8}$/),
      expect.stringMatching(/^Bitbucket_ActivationReminder_connection_arn_[0-9A-F]{8}$/),
      expect.stringMatching(/^Bitbucket_ActivationReminder_connection_status_[0-9A-F]{8}$/),
    ]);
  });

  test("has a check that asserts that it is AVAILABLE", () => {
    const synthesis = synthesise((stack) => made(stack));

    const [[name, check]] = Object.entries(synthesis.top("check")) as [[string, { assert: object[] }]];
    expect(name).toMatch(/^Bitbucket_ActivationReminder_Check_[0-9A-F]{8}$/);
    expect(check.assert).toEqual([
      {
        condition: '${aws_codestarconnections_connection.Bitbucket_1DD0FC59.connection_status == "AVAILABLE"}',
        error_message: expect.stringContaining(
          'Connection \\"${aws_codestarconnections_connection.Bitbucket_1DD0FC59.name}\\" is ',
        ),
      },
    ]);
  });

  test("is not read once more", () => {
    const synthesis = synthesise((stack) => made(stack));

    expect(synthesis.top("data")).toEqual({});
  });

  test("gets nothing more from what uses it", () => {
    const using = (stack: TerraformStack, connection: Connection): void => {
      const settings = { connection, repository: "acme/shop", branch: "main" };
      new PipelineSource(stack, "Source", { ...settings, pipelineRoles: ["pipeline"] });
      new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
    };
    const alone = synthesise((stack) => made(stack));
    const used = synthesise((stack) => {
      using(stack, made(stack));
    });

    for (const kind of ["output", "check", "locals"]) expect(used.top(kind)).toEqual(alone.top(kind));
  });

  test("is all the same after other connections, with their reminders and without", () => {
    const alone = synthesise((stack) => made(stack));
    const among = synthesise((stack) => {
      made(stack, "Before");
      made(stack, "Silent", { activationReminder: false });
      made(stack);
      made(stack, "After");
    });

    for (const kind of ["output", "check", "locals"]) {
      expect(among.top(kind)).toMatchObject(alone.top(kind));
      expect(Object.keys(among.top(kind))).toHaveLength(3 * Object.keys(alone.top(kind)).length);
    }
  });
});

test.each([
  [ProviderType.BITBUCKET, "install the\\n     Bitbucket app,", "Administer workspace"],
  [ProviderType.GITHUB, "install the\\n     GitHub app,", "an owner of the GitHub organization"],
  [ProviderType.GITLAB, "install the\\n     GitLab app,", "Owner role on the GitLab project"],
])("the steps for %s name its app and who may do it", (providerType, app, who) => {
  const synthesis = synthesise((stack) => made(stack, "Connection", { providerType, outputPrefix: "" }));

  const { value } = synthesis.top("output").activation_reminder as { value: string };
  expect(value).toContain(app);
  expect(value).toContain(who);
});

describe("whether there is a reminder", () => {
  const MAKERS: readonly (readonly [string, (stack: TerraformStack, props: object) => unknown])[] = [
    ["made here", (stack, props) => made(stack, "Connection", props)],
    ["found by its name", (stack, props) => Connection.fromConnectionName(stack, "Connection", "mine", props)],
    [
      "known by its ARN, and read,",
      (stack, props) => Connection.fromConnectionArn(stack, "Connection", ARN, { readStatus: true, ...props }),
    ],
  ];
  const unread = (props: object = {}) =>
    synthesise((stack) => Connection.fromConnectionArn(stack, "Connection", ARN, props));

  test.each(MAKERS)("of a connection that is %s is a flag", (_, make) => {
    expect(messageOf(() => make(newStack(), { activationReminder: "no" }))).toBe(
      'stack/Connection: activationReminder must be a boolean (true or false), known at synthesis. Given: "no".',
    );
  });

  test.each(MAKERS)(
    "is up to the one who makes a connection that is %s: there is, unless it is turned off",
    (_, make) => {
      for (const props of [{}, { activationReminder: true }, { activationReminder: null }]) {
        const synthesis = synthesise((stack) => make(stack, props));
        expect(Object.keys(synthesis.top("check"))).toHaveLength(1);
        expect(Object.keys(synthesis.top("output"))).toHaveLength(3);
      }

      const synthesis = synthesise((stack) => make(stack, { activationReminder: false }));
      for (const kind of ["check", "output", "locals"]) expect(synthesis.top(kind)).toEqual({});
    },
  );

  test("of a connection that is not read is asked for", () => {
    for (const synthesis of [unread(), unread({ activationReminder: null }), unread({ readStatus: false })]) {
      for (const kind of ["check", "output", "locals", "data"]) expect(synthesis.top(kind)).toEqual({});
    }

    const synthesis = unread({ activationReminder: true, readStatus: false });
    expect(Object.keys(synthesis.top("check"))).toHaveLength(1);
    expect(Object.keys(synthesis.top("output"))).toHaveLength(2);
  });

  test("does not change what is read of a connection", () => {
    const synthesis = unread({ activationReminder: false, readStatus: true });

    expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ arn: ARN });
  });

  test.each(MAKERS)("decides whether a connection that is %s may have names for outputs", (_, make) => {
    const props = { activationReminder: false, outputPrefix: "" };

    expect(messageOf(() => make(newStack(), props))).toBe(
      "stack/Connection: outputPrefix needs the activation reminder, because it names the outputs of the reminder: set " +
        "activationReminder to true, or leave outputPrefix out.",
    );
  });

  test("decides so for a connection that is not read, and was not asked to remind", () => {
    expect(messageOf(() => unread({ outputPrefix: "shop_" }))).toContain(
      "stack/Connection: outputPrefix needs the activation reminder, because it names the outputs of the reminder",
    );
  });
});

describe("a host", () => {
  const through = (stack: TerraformStack, resourceFamily: ResourceFamily, at: TerraformStack = stack) => {
    const host = new ConnectionHost(at, "Host", {
      providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
      providerEndpoint: "https://git.example.com",
      resourceFamily,
    });
    return new Connection(stack, "Connection", { host, resourceFamily, outputPrefix: "" });
  };
  const checkOf = (synthesis: Synthesis) =>
    Object.values(synthesis.top("check"))[0] as { assert: { condition: string }[] };

  test("that can tell its status is checked too, and comes first while it is not AVAILABLE", () => {
    const synthesis = synthesise((stack) => through(stack, ResourceFamily.CODESTAR_CONNECTIONS));

    expect(synthesis.top("output").activation_reminder?.value).toContain(
      "an administrator of the GitHub Enterprise Server",
    );
    expect(checkOf(synthesis).assert.map(({ condition }) => condition)).toEqual([
      expect.stringContaining(".connection_status == "),
      '${aws_codestarconnections_host.Host_B4E45AD7.status == "AVAILABLE"}',
    ]);
    expect(synthesis.top("output").activation_reminder?.value).toContain(
      '${aws_codestarconnections_host.Host_B4E45AD7.status == "AVAILABLE" ? "" : "  0. First its host, which is ' +
        "${aws_codestarconnections_host.Host_B4E45AD7.status}:",
    );
  });

  test("of the newer family can't, so it is not checked", () => {
    const synthesis = synthesise((stack) => through(stack, ResourceFamily.CODECONNECTIONS));

    expect(checkOf(synthesis).assert).toHaveLength(1);
    expect(synthesis.top("output").activation_reminder?.value).toContain("unless it is AVAILABLE");
  });

  test("of another stack would be as it was, so it is not checked either", () => {
    const [owner, user] = newStacks("owner", "user");
    through(user, ResourceFamily.CODESTAR_CONNECTIONS, owner);

    const synthesis = synthesisOf(user);
    expect(checkOf(synthesis).assert).toHaveLength(1);
    expect(synthesis.top("output").activation_reminder?.value).toMatch(
      /First its host, unless it is AVAILABLE:\\n \\"\$\{data\.\S+_hostHost_\w+arn\}\\"/,
    );
  });
});

describe("output names", () => {
  test("a prefix fixes them", () => {
    const synthesis = synthesise((stack) => {
      made(stack, "one", { outputPrefix: "" });
      made(stack, "two", { outputPrefix: "two_" });
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
    expect(messageOf(() => made(newStack(), "One", { outputPrefix }))).toMatch(
      /^stack\/One: outputPrefix must be (empty, or begin with a letter or _|known at synthesis)/,
    );
  });

  test("two reminders of one name in a stack are refused", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        made(stack, "One", { outputPrefix: "" });
        made(stack, "Two", { outputPrefix: "" });
      }),
    );

    expect(message).toContain(
      'stack/One/ActivationReminder/connection_arn: the stack has another output "connection_arn", at ' +
        "stack/Two/ActivationReminder/connection_arn: give the connection another outputPrefix.",
    );
  });

  test("two that the user gives one name are refused too", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        for (const id of ["One", "Two"]) {
          const { node } = made(stack, id, { outputPrefix: `${id}_` });
          const output = node.findChild("ActivationReminder").node.findChild("connection_arn");
          (output as TerraformOutput).overrideLogicalId("arn");
        }
      }),
    );

    expect(message).toContain(
      'the stack has another output "arn", at stack/Two/ActivationReminder/connection_arn: give',
    );
  });

  test("an output of the user's with the same name is refused too", () => {
    const message = messageOf(() =>
      synthesise((stack) => {
        new TerraformOutput(stack, "connection_status", { value: "mine", staticId: true });
        made(stack, "One", { outputPrefix: "" });
      }),
    );

    expect(message).toContain('the stack has another output "connection_status", at stack/connection_status: give');
  });

  test("those of a connection that was taken out are free again", () => {
    const synthesis = synthesise((stack) => {
      made(stack, "One", { outputPrefix: "" });
      stack.node.tryRemoveChild("One");
      made(stack, "Two", { outputPrefix: "" });
    });

    expect(Object.keys(synthesis.top("output"))).toEqual([
      "activation_reminder",
      "connection_arn",
      "connection_status",
    ]);
  });

  test("are free in another stack", () => {
    const stacks = newStacks("owner", "user");
    for (const stack of stacks) made(stack, "One", { outputPrefix: "" });

    for (const stack of stacks) {
      expect(Object.keys(synthesisOf(stack).top("output"))).toEqual(
        expect.arrayContaining(["activation_reminder", "connection_arn", "connection_status"]),
      );
    }
  });
});

describe("an existing connection", () => {
  test("that is not read has its status read inside the check only, so that a plan does not fail on it", () => {
    const synthesis = synthesise((stack) => {
      const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
      const settings = { provider, activationReminder: true, outputPrefix: "" };
      Connection.fromConnectionArn(stack, "Existing", ARN, settings);
    });

    expect(synthesis.top("data")).toEqual({});
    expect(Object.keys(synthesis.top("output"))).toEqual(["activation_reminder", "connection_arn"]);
    const [check] = Object.values(synthesis.top("check"));
    const [[name, data]] = Object.entries(check?.data.aws_codestarconnections_connection) as [[string, object]];
    expect(data).toEqual({ arn: ARN, provider: "aws.west" });
    expect(check?.assert[0].condition).toBe(
      `\${data.aws_codestarconnections_connection.${name}.connection_status == "AVAILABLE"}`,
    );
  });

  test("in error is not ours to replace", () => {
    const synthesis = synthesise((stack) => {
      Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true, outputPrefix: "existing_" });
      made(stack, "Bitbucket", { outputPrefix: "made_" });
    });

    const { existing_activation_reminder: existing, made_activation_reminder: own } = synthesis.top("output");
    expect(existing?.value).toContain("have it replaced where it");
    expect(existing?.value).not.toContain("-replace");
    expect(own?.value).toContain("-replace=aws_codestarconnections_connection.Bitbucket_");
  });

  test("in error that is made here is replaced by its address, which can be overridden", () => {
    const synthesis = synthesise((stack) => {
      made(stack, "Shop", { outputPrefix: "" }).resource.overrideLogicalId("shop");
    });

    expect(synthesis.top("output").activation_reminder?.value).toContain(
      "2. If that does not help, in the folder of the stack, which\\n     is in cdktf.out/stacks, run\\n " +
        "terraform apply -replace=aws_codestarconnections_connection.shop\\n",
    );
  });

  test("in error that is protected is to be set free first", () => {
    const synthesis = synthesise((stack) => made(stack, "Shop", { outputPrefix: "", preventDestroy: true }));

    expect(synthesis.top("output").activation_reminder?.value).toContain(
      "2. If that does not help, set preventDestroy to false and\\n     deploy. Then, in the folder of the stack, which",
    );
  });

  test.each([
    ["given as an expression", { name: "${var.name}" }, true],
    ["given with a control character", { name: "shop\u0007" }, true],
    ["given, and known", { name: "shop" }, false],
    ["derived from the path", { name: undefined }, false],
  ])("shows its name without control characters where it is %s", (_, props, isReplaced) => {
    const synthesis = synthesise((stack) => made(stack, "Shop", { outputPrefix: "", ...props }));
    const output: { value?: string } | undefined = synthesis.top("output").activation_reminder;

    expect(output?.value?.includes("local.Shop_ActivationReminder_Name_")).toBe(isReplaced);
    expect(JSON.stringify(synthesis.top("locals")).includes("[[:cntrl:]]")).toBe(isReplaced);
  });

  test("has its status read and shown on request", () => {
    const synthesis = synthesise((stack) =>
      Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true, outputPrefix: "" }),
    );

    expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ arn: ARN });
    expect(Object.values(synthesis.top("check"))[0]).not.toHaveProperty("data");
    expect(synthesis.top("output").connection_status?.value).toMatch(
      /^\$\{data\.aws_codestarconnections_connection\.\w+\.connection_status\}$/,
    );
  });

  test("that is found by its name has its status shown", () => {
    const synthesis = synthesise((stack) =>
      Connection.fromConnectionName(stack, "Existing", "MyConnection", { outputPrefix: "" }),
    );

    expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ name: "MyConnection" });
    expect(synthesis.top("output").connection_status?.value).toMatch(
      /^\$\{data\.aws_codestarconnections_connection\.\w+\.connection_status\}$/,
    );
  });

  test("that is used in another stack has its reminder in its own only", () => {
    const [owner, user] = newStacks("owner", "user");
    const connection = Connection.fromConnectionArn(owner, "Existing", ARN, { activationReminder: true });
    const settings = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
    new PipelineSource(user, "Source", settings);

    expect(synthesisOf(user).top("check")).toEqual({});
    expect(Object.keys(synthesisOf(owner).top("check"))).toHaveLength(1);
  });
});
