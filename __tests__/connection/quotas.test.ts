import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionHost, ProviderType } from "../../src";
import { newStack } from "../support/synthesis";

const made = {
  connections: (stack: TerraformStack, id: string, provider?: TerraformProvider): Construct =>
    new Connection(stack, id, { providerType: ProviderType.BITBUCKET, provider }),
  hosts: (stack: TerraformStack, id: string, provider?: TerraformProvider): Construct =>
    new ConnectionHost(stack, id, {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      provider,
    }),
};

const warningsOf = ({ node }: Construct): unknown[] =>
  node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

describe.each([
  ["connections", 250],
  ["hosts", 50],
] as const)("an account's quota of %s", (kind, most) => {
  const make = made[kind];
  const fill = (stack: TerraformStack): Construct[] =>
    Array.from({ length: most }, (_, index) => make(stack, `Made${index}`));

  test("is warned of by the first one too many", () => {
    const stack = newStack();

    expect(fill(stack).flatMap(warningsOf)).toEqual([]);
    expect(warningsOf(make(stack, "More"))).toEqual([
      `an account can have ${most} ${kind} in a region, and this is one more ` +
        "(https://docs.aws.amazon.com/dtconsole/latest/userguide/limits-connections.html).",
    ]);
  });

  test("does not count what was taken out", () => {
    const stack = newStack();
    fill(stack);
    stack.node.tryRemoveChild("Made0");

    expect(warningsOf(make(stack, "Instead"))).toEqual([]);
    expect(warningsOf(make(stack, "More"))).toHaveLength(1);
  });

  test("is another one with another provider, or in another stack", () => {
    const stack = newStack();
    fill(stack);

    const west = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    expect(warningsOf(make(stack, "West", west))).toEqual([]);
    expect(warningsOf(make(newStack(), "Other"))).toEqual([]);
  });
});
