import { quoted, quotedTemplate } from "../../src/terraform/template";

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
