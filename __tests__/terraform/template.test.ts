import { parsed } from "../../src/terraform/template";

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
