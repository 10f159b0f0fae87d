import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../src/terraform/check";
import { newStack, synthesise } from "../support/synthesis";

test("a check renders its assertions under a unique name", () => {
  const synthesis = synthesise((stack) => {
    for (const id of ["One", "Two"]) {
      const check = new Check(new Construct(stack, id), "Check");
      check.assert("${true}", "never");
      check.assert("${var.x}", "sometimes");
    }
  });

  expect(Object.entries(synthesis.top("check"))).toEqual(
    ["One", "Two"].map((id) => [
      expect.stringMatching(new RegExp(`^${id}_Check_[0-9A-F]{8}$`)) as string,
      {
        assert: [
          { condition: "${true}", error_message: "never" },
          { condition: "${var.x}", error_message: "sometimes" },
        ],
      },
    ]),
  );
});

test("what a check reads is inside it, and is referred to by its name", () => {
  const synthesis = synthesise((stack) => {
    const check = new Check(stack, "Check");
    const read = check.read("aws_region", { provider: undefined });
    check.assert(read("id"), "x");
  });

  expect(synthesis.top("data")).toEqual({});
  expect(synthesis.top("check")).toEqual({
    Check: {
      data: { aws_region: { Check: {} } },
      assert: [{ condition: "${data.aws_region.Check.id}", error_message: "x" }],
    },
  });
});

describe("in Terraform's own language", () => {
  const hclOf = (stack: TerraformStack): string => {
    stack.prepareStack();
    return (stack.toHclTerraform() as { hcl: string }).hcl;
  };

  test("a check stands below what CDKTF renders, with its reading, its provider and its strings", () => {
    const stack = newStack();
    const west = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const check = new Check(stack, "Check");
    const read = check.read("aws_region", { name: 'a "quoted" \\ text', provider: west.fqn, endpoint: undefined });
    check.assert(read("id"), 'say "it"');

    expect(hclOf(stack).split(/\n(?=check )/)[1]).toBe(
      [
        'check "Check" {',
        '  data "aws_region" "Check" {',
        '    name = "a \\"quoted\\" \\\\ text"',
        "    provider = aws.west",
        "  }",
        "  assert {",
        '    condition = "${data.aws_region.Check.id}"',
        '    error_message = "say \\"it\\""',
        "  }",
        "}",
      ].join("\n"),
    );
  });

  test("checks are rendered once each, however often the stack is, and not when they were taken out", () => {
    const stack = newStack();
    for (const id of ["One", "Two", "Three"]) new Check(stack, id).assert("${true}", "say it");
    stack.node.tryRemoveChild("Two");

    hclOf(stack);
    expect(hclOf(stack).match(/^check "\w+" \{$/gm)).toEqual(['check "One" {', 'check "Three" {']);
  });
});
