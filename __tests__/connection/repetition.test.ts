import { type TerraformResource, TerraformIterator } from "cdktf";
import { Connection, ProviderType } from "../../src";
import { errorOn } from "../support/pipelines";
import { newStack } from "../support/synthesis";

const made = (options: object = {}) => {
  const stack = newStack();
  const { resource } = new Connection(stack, "Made", { providerType: ProviderType.BITBUCKET, ...options });
  return { stack, resource };
};

const REPEATED: readonly [string, (resource: TerraformResource) => unknown][] = [
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
];

test.each(REPEATED)("a connection with %s can't have the reminder", (_, repeat) => {
  const { stack, resource } = made();
  repeat(resource);

  expect(errorOn(stack)).toContain(
    "[stack/Made] a connection with count or for_each can't have the activation reminder, whose outputs are for one " +
      "connection: create one connection for each value in a loop of your program, or set activationReminder to false.",
  );
});

test.each(REPEATED)("a connection with %s may have no reminder", (_, repeat) => {
  const { stack, resource } = made({ activationReminder: false });
  repeat(resource);

  expect(errorOn(stack)).toBe("");
});

test("a connection with the reminder may have any other override", () => {
  const { stack, resource } = made();
  resource.addOverride("lifecycle.ignore_changes", ["tags"]);

  expect(errorOn(stack)).toBe("");
});
