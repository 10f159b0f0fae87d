import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { Connection, ConnectionHost, ConnectionPolicy, PipelineSource, ProviderType } from "../../src";
import { messageOf, newStack, newStacks } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";

type Make = (stack: TerraformStack, provider: TerraformProvider) => unknown;

const BITBUCKET = { providerType: ProviderType.BITBUCKET };
const HOST = { providerType: ProviderType.GITHUB_ENTERPRISE_SERVER, providerEndpoint: "https://git.example.com" };

const CONSTRUCTS: readonly (readonly [string, Make])[] = [
  ["a connection", (stack, provider) => new Connection(stack, "Made", { ...BITBUCKET, provider })],
  ["a connection by ARN", (stack, provider) => Connection.fromConnectionArn(stack, "Made", ARN, { provider })],
  ["a connection by name", (stack, provider) => Connection.fromConnectionName(stack, "Made", "x", { provider })],
  ["a host", (stack, provider) => new ConnectionHost(stack, "Made", { ...HOST, provider })],
  ["a host by ARN", (stack, provider) => ConnectionHost.fromHostArn(stack, "Made", HOST_ARN, { provider })],
  [
    "a policy",
    (stack, provider) => {
      const connection = new Connection(stack, "Bitbucket", BITBUCKET);
      return new ConnectionPolicy(stack, "Made", { grants: [{ connection }], roles: ["pipeline"], provider });
    },
  ],
  [
    "a source",
    (stack, provider) => {
      const connection = new Connection(stack, "Bitbucket", BITBUCKET);
      const settings = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
      return new PipelineSource(stack, "Made", { ...settings, provider });
    },
  ],
];

describe.each(CONSTRUCTS)("%s", (_, make) => {
  test("takes a provider of its own stack", () => {
    const stack = newStack();

    expect(() => make(stack, new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" }))).not.toThrow();
  });

  test("refuses a provider of another stack, which its own has nothing of", () => {
    const [own, other] = newStacks("own", "other");
    const provider = new AwsProvider(other, "west", { alias: "west", region: "us-west-2" });

    expect(messageOf(() => make(own, provider))).toBe(
      "own/Made: provider must be in the stack own. Given: other/west, in the stack other.",
    );
  });
});
