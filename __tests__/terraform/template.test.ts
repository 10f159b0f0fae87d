import { parsed, quoted, quotedTemplate } from "../../src/terraform/template";

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
