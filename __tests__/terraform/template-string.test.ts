import { TerraformVariable, Testing } from "cdktf";
import { asString, either, equals, template } from "../../src/terraform/template-string";
import { newStack } from "../support/synthesis";

/** What a string of the program is rendered as. */
function rendered(value: string): unknown {
  const stack = newStack();
  for (const name of ["name", "status"]) new TerraformVariable(stack, name, { type: "string" });
  stack.addOverride("output.it.value", value);
  const { output } = JSON.parse(Testing.synth(stack)) as { output: { it: { value: unknown } } };
  return output.it.value;
}

const NAME = "${var.name}";

test.each([
  ["a literal", template`a ${"b"} c`, '"a b c"'],
  ["nothing", template`${""}`, '""'],
  ["an expression", template`a ${NAME} c`, '"a ${var.name} c"'],
  ["an expression with more around it", template`a ${`"${NAME}"-`} c`, '"a \\"${var.name}\\"- c"'],
  ["what Terraform would interpret", template`a \${x} %{ if } c`, '"a $${x} %%{ if } c"'],
  ["quotes and lines", template`a "b"\n${'"\n'}`, '"a \\"b\\"\\n\\"\\n"'],
  ["another string", template`a ${template`b ${NAME}`} c`, '"a b ${var.name} c"'],
  [
    "one of two strings",
    template`a ${either(equals("${var.status}", "x"), template`b`, template`${NAME}`)} c`,
    '"a ${var.status == "x" ? "b" : "${var.name}"} c"',
  ],
])("a string with %s in it is one quoted string", (_, expression, expected) => {
  expect(rendered(asString(expression))).toBe(`\${${expected}}`);
});

test("one of two strings within one of two is told by a chain of conditions", () => {
  const inner = either(equals("${var.status}", "b"), template`second`, template`third`);

  expect(rendered(asString(either(equals("${var.status}", 'a"'), template`first`, inner)))).toBe(
    '${var.status == "a\\"" ? "first" : var.status == "b" ? "second" : "third"}',
  );
});
