import { TerraformVariable, Testing } from "cdktf";
import { asString } from "../../src/terraform/expression";
import { either, equals, parsed, quoted, quotedTemplate, template } from "../../src/terraform/template";
import { newStack } from "../support/synthesis";

describe("a template is taken apart:", () => {
  test.each<[string, string[], string[]]>([
    ["plain", ["plain"], []],
    ["", [""], []],
    ["${var.a}", ["", ""], ["${var.a}"]],
    ["a-${var.a}-b", ["a-", "-b"], ["${var.a}"]],
    ["${var.a}%{ if var.b }", ["", "", ""], ["${var.a}", "%{ if var.b }"]],
    ["$${var.a}", ["$${var.a}"], []],
    ["%%{ if }${var.a}", ["%%{ if }", ""], ["${var.a}"]],
    ["${merge({a = 1}, {b = {}})}}", ["", "}"], ["${merge({a = 1}, {b = {}})}"]],
    ['${"}"}', ["", ""], ['${"}"}']],
    ['${"\\"}"}x', ["", "x"], ['${"\\"}"}']],
    ['${lookup({}, "${each.key}", "}")}', ["", ""], ['${lookup({}, "${each.key}", "}")}']],
    ['${"$${"}x', ["", "x"], ['${"$${"}']],
  ])("%j", (text, literals, evaluated) => {
    expect(parsed(text)).toEqual({ literals, evaluated, isUnclosed: false });
  });
});

test.each(["${", "a${b", '${"}', '${"${"}', '${"%{"}', "${{}", "${var.a}%{ if"])("%j is not closed", (text) => {
  expect(parsed(text).isUnclosed).toBe(true);
});

test.each([
  ["plain", '"plain"'],
  ['a "word"', '"a \\"word\\""'],
  ["back\\slash", '"back\\\\slash"'],
  ["two\nlines\t", '"two\\nlines\\t"'],
  ["bell\b, feed\f", '"bell\\u0008, feed\\u000c"'],
  ["not\\back", '"not\\\\back"'],
  ["${var.x} %{if} $ % {", '"$${var.x} %%{if} $ % {"'],
])("%j is quoted as %s", (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

test.each([
  ["plain", '"plain"'],
  ['a "b" \\', '"a \\"b\\" \\\\"'],
  ['${f("x")}-"', '"${f("x")}-\\""'],
  ["%{if true}x%{endif}", '"%{if true}x%{endif}"'],
])("the template %s is quoted around what Terraform interprets", (template, expected) => {
  expect(quotedTemplate(template)).toBe(expected);
});

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
