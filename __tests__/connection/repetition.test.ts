import { type TerraformResource, TerraformIterator, type TerraformStack } from "cdktf";
import { Connection, ConnectionHost, ProviderType } from "../../src";
import { errorOn } from "../support/pipelines";
import { newStack } from "../support/synthesis";

const SENTENCE =
  "a connection or a host can't have count or for_each, since what refers to it names no instance: create one for each " +
  "value in a loop of your program.";

const MADE: readonly [string, (stack: TerraformStack) => TerraformResource][] = [
  ["connection", (stack) => new Connection(stack, "Made", { providerType: ProviderType.BITBUCKET }).resource],
  [
    "host",
    (stack) =>
      new ConnectionHost(stack, "Made", {
        providerType: ProviderType.GITLAB_SELF_MANAGED,
        providerEndpoint: "https://git.example.com",
      }).resource,
  ],
];

describe.each(MADE)("a %s", (_, made) => {
  test.each<[string, (resource: TerraformResource) => void]>([
    ["count", (resource) => (resource.count = 2)],
    ["forEach", (resource) => (resource.forEach = TerraformIterator.fromList(["a"]))],
    [
      "an overridden count",
      (resource) => {
        resource.addOverride("count", 2);
      },
    ],
    [
      "an overridden for_each",
      (resource) => {
        resource.addOverride("for_each", "${var.all}");
      },
    ],
  ])("can't have %s", (__, repeat) => {
    const stack = newStack();
    repeat(made(stack));

    expect(errorOn(stack)).toContain(`stack/Made: ${SENTENCE}`);
  });

  test("may have any other override", () => {
    const stack = newStack();
    made(stack).addOverride("lifecycle.ignore_changes", ["tags"]);

    expect(errorOn(stack)).toBe("");
  });
});
