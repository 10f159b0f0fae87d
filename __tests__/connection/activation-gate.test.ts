import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { ActivationGate, Connection, ConnectionHost, PipelineSource, ProviderType, SourceAction } from "../../src";
import { messageOf, newStack, newStacks, synthesise, synthesisOf } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

test("a gate reads the connection, and fails with the reminder while it is not AVAILABLE", () => {
  const synthesis = synthesise((stack) => {
    const connection = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
    new ActivationGate(stack, "Gate", { connection });
  });

  const { arn, lifecycle } = synthesis.only("data", "aws_codestarconnections_connection");
  expect(arn).toBe("${aws_codestarconnections_connection.Bitbucket_1DD0FC59.arn}");
  expect(lifecycle.postcondition).toEqual([
    {
      condition: '${self.connection_status == "AVAILABLE"}',
      error_message: expect.stringMatching(
        /ACTION REQUIRED: connection .* is \$\{self\.connection_status\};\\npipelines that use it fail/,
      ),
    },
  ]);
});

describe("the provider of a gate", () => {
  const west = (stack: TerraformStack, id = "west") => new AwsProvider(stack, id, { alias: id, region: "us-west-2" });
  const existing = (stack: TerraformStack, provider?: TerraformProvider) =>
    Connection.fromConnectionArn(stack, "Existing", ARN, { provider });

  test("is the connection's", () => {
    const synthesis = synthesise((stack) => {
      new ActivationGate(stack, "Gate", { connection: existing(stack, west(stack)) });
    });

    expect(synthesis.only("data", "aws_codestarconnections_connection").provider).toBe("aws.west");
  });

  test("is the one that it is given", () => {
    const synthesis = synthesise((stack) => {
      const connection = existing(stack, west(stack));
      new ActivationGate(stack, "Gate", { connection, provider: west(stack, "other") });
    });

    expect(synthesis.only("data", "aws_codestarconnections_connection").provider).toBe("aws.other");
  });

  test("is the default one in another stack than the connection's", () => {
    const [owner, user] = newStacks("owner", "user");
    new ActivationGate(user, "Gate", { connection: existing(owner, west(owner)) });

    const { provider } = synthesisOf(user).only("data", "aws_codestarconnections_connection");
    expect(provider).toBeUndefined();
  });

  test("can't be another stack's", () => {
    const [owner, user] = newStacks("owner", "user");
    const connection = existing(owner, west(owner));

    expect(messageOf(() => new ActivationGate(user, "Gate", { connection, provider: connection.provider }))).toBe(
      "user/Gate: provider must be in the stack user. Given: owner/west, in the stack owner.",
    );
  });

  test.each([
    ["of a connection that is made here, is the one that made it", false, undefined, undefined],
    ["of a connection that is made with another provider, is that one", false, "far", "aws.far"],
    ["of a connection that only its ARN is known of, is the source's", true, undefined, "aws.west"],
  ])("that a source makes, %s", (_, byArn, alias, expected) => {
    const synthesis = synthesise((stack) => {
      const provider = alias === undefined ? undefined : west(stack, alias);
      new PipelineSource(stack, "Source", {
        connection: byArn
          ? existing(stack, provider)
          : new Connection(stack, "Made", { providerType: ProviderType.BITBUCKET, provider }),
        ...{ repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"], requireActivation: true },
        provider: west(stack),
      });
    });

    expect(synthesis.only("data", "aws_codestarconnections_connection").provider).toBe(expected);
  });
});

test("a gate that a source makes in another stack than the connection's goes through the source's provider", () => {
  const [owner, user] = newStacks("owner", "user");
  new PipelineSource(user, "Source", {
    connection: new Connection(owner, "Made", { providerType: ProviderType.BITBUCKET }),
    ...{ repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"], requireActivation: true },
    provider: new AwsProvider(user, "far", { alias: "far", region: "us-west-2" }),
  });

  expect(synthesisOf(user).only("data", "aws_codestarconnections_connection").provider).toBe("aws.far");
});

test("a gate in another stack than the host's does not show what the host's status was", () => {
  const [owner, user] = newStacks("owner", "user");
  const host = new ConnectionHost(owner, "Host", {
    providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
    providerEndpoint: "https://git.example.com",
  });
  new ActivationGate(user, "Gate", { connection: new Connection(owner, "Connection", { host }) });

  const { lifecycle } = synthesisOf(user).only("data", "aws_codestarconnections_connection");
  const { error_message: message } = lifecycle.postcondition[0];
  expect(message).toMatch(/First its host, unless it is AVAILABLE:\\n \\"\$\{data\.\S+arn\}\\"/);
  expect(message).toContain("have it replaced where it");
});

test("a gate without a connection is refused", () => {
  expect(messageOf(() => new ActivationGate(newStack(), "Gate", {} as never))).toContain(
    "stack/Gate: connection must be given",
  );
});

test("a source that requires activation has one gate for each of its connections", () => {
  const synthesis = synthesise((stack) => {
    const settings = { repository: "acme/shop", branch: "main" };
    const [first, second] = ["First", "Second"].map((id) =>
      Connection.fromConnectionArn(stack, id, ARN.replace("0c8b", id === "First" ? "1111" : "2222")),
    ) as [ReturnType<typeof Connection.fromConnectionArn>, ReturnType<typeof Connection.fromConnectionArn>];
    const source = new PipelineSource(stack, "Source", {
      ...{ ...settings, connection: first, pipelineRoles: ["pipeline"], requireActivation: true },
      provider: new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" }),
      additionalActions: [
        new SourceAction({ ...settings, repository: "acme/docs", connection: second, actionName: "Docs" }),
        new SourceAction({ ...settings, repository: "acme/site", connection: first, actionName: "Site" }),
      ],
    });
    expect(source.dependencies).toHaveLength(3);
  });

  const gates = Object.values(synthesis.blocks("data", "aws_codestarconnections_connection"));
  expect(gates.map(({ provider }) => String(provider))).toEqual(["aws.west", "aws.west"]);
});
