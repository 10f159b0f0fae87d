import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ActivationGate, Connection, PipelineSource, ProviderType, SourceAction } from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

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
      condition: '${(self.connection_status == "AVAILABLE")}',
      error_message: expect.stringMatching(
        /ACTION REQUIRED: connection .* is ", self\.connection_status, ";\\npipelines that use it fail/,
      ),
    },
  ]);
});

test("a gate goes through the provider that it is given", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    new ActivationGate(stack, "Gate", { connection: Connection.fromConnectionArn(stack, "Existing", ARN), provider });
  });

  expect(synthesis.only("data", "aws_codestarconnections_connection").provider).toBe("aws.west");
});

test("a gate without a connection is refused", () => {
  expect(messageOf(() => new ActivationGate(newStack(), "Gate", {} as never))).toContain(
    "stack/Gate: connection must be a connection",
  );
});

test("a source that requires activation has one gate for each of its connections", () => {
  const synthesis = synthesise((stack) => {
    const settings = { repository: "acme/shop", branch: "main" };
    const [first, second] = ["First", "Second"].map((id) =>
      Connection.fromConnectionArn(stack, id, ARN.replace("0c8b", id === "First" ? "1111" : "2222")),
    ) as [ReturnType<typeof Connection.fromConnectionArn>, ReturnType<typeof Connection.fromConnectionArn>];
    const source = new PipelineSource(stack, "Source", {
      ...{ ...settings, connection: first, pipelineRoleNames: ["pipeline"], requireActivation: true },
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
