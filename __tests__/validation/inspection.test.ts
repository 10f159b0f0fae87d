import {
  DefaultTokenResolver,
  Fn,
  Lazy,
  type Precondition,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  Tokenization,
} from "cdktf";
import { characters, noneOf } from "../../src/validation/constraint";
import { Inspection } from "../../src/validation/inspection";
import type { Treatment } from "../../src/validation/precondition";
import type { Rule } from "../../src/validation/rule";
import { messageOf, testingApp } from "../support/synthesis";

const short: Rule = { must: characters(1, 3), sentence: "must be short", see: "", meant: (given) => given.slice(0, 3) };
const notBad: Rule = { must: noneOf(["bad"]), sentence: "must not be bad", see: "" };

/** A value as it is rendered in a stack. */
const renderedIn = (scope: TerraformStack, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });

const problemsOf = (value: unknown) => new Inspection().value("name", value, short, notBad).problems;

test("a guess is one that all rules accept", () => {
  expect(problemsOf("abcd")).toEqual(['name must be short. Given: "abcd". Did you mean "abc"?']);
  expect(problemsOf("badly")).toEqual(['name must be short. Given: "badly".']);
});

describe("a template", () => {
  test.each(["${", "a${b", "%{ if", "${var.x}${", "${a}\n%{ if b", '${"${"}', '${"}'])(
    "that is not closed, such as %j, is refused",
    (value) => {
      expect(problemsOf(value)).toEqual([
        `name has "\${" or "%{" without the closing "}": add the "}", or write "$\${" or "%%{" to get these characters literally. Given: ${JSON.stringify(value)}.`,
      ]);
    },
  );

  test.each(["${var.x}", "$${", "$$${{", "%%{ if", "a$${b", "${var.x}$${", '${"}"}', "%{ if true }x%{ endif }"])(
    "that is closed, or none at all, such as %j, is left to Terraform",
    (value) => {
      expect(problemsOf(value)).toEqual([]);
    },
  );
});

describe("a whole number", () => {
  const problemsIn = (value: unknown) =>
    new Inspection().wholeNumber("order", value, { min: 1, max: 9, see: "" }).problems;

  test.each([undefined, 1, 9, Token.asNumber("${var.order}")])("may be %s", (value) => {
    expect(problemsIn(value)).toEqual([]);
  });

  test.each([0, 10, 1.5, NaN, "1", null])("can't be %s", (value) => {
    expect(problemsIn(value)).toEqual([expect.stringContaining("order must be a whole number from 1 to 9. Given: ")]);
  });

  const conditionOn = (treatment: Treatment): unknown => {
    const stack = new TerraformStack(testingApp(), "stack");
    const order = new TerraformVariable(stack, "order", { type: "number" }).numberValue;
    const inspection = new Inspection(stack).wholeNumber("order", order, { min: 1, max: 9, see: "" }, treatment);
    const [precondition] = renderedIn(stack, inspection.lifecycle(stack)?.precondition) as [Precondition];
    return precondition.condition as unknown;
  };

  test("that is an expression is checked by Terraform", () => {
    expect(conditionOn({})).toMatch(/^\$\{try\(floor\((\S+)\) == \1 && \1 >= 1 && \1 <= 9, false\)\}$/);
  });

  test("that may be left out is checked unless it is null", () => {
    expect(conditionOn({ orNull: true })).toMatch(
      /^\$\{\((\S+) == null \|\| try\(floor\(\1\) == \1 && .*, false\)\)\}$/,
    );
  });
});

describe("a map of strings", () => {
  const problemsIn = (value: unknown) => new Inspection().stringMap("tags", value).problems;

  test.each([{}, { a: "b" }, { a: null }, { "${var.k}": "${var.v}" }, Fn.merge([{ a: "b" }])])("may be %j", (value) => {
    expect(problemsIn(value)).toEqual([]);
  });

  test.each<[unknown, string]>([
    [1, 'tags must be a map of strings, such as { Team: "shop" }. Given: 1.'],
    [{ a: 1 }, 'tags must be a map of strings, such as { Team: "shop" }. Given: {"a":1}.'],
    ["${", 'tags has "${" or "%{" without the closing "}"'],
    [{ a: "${" }, 'tags.a has "${" or "%{" without the closing "}"'],
    [{ "${": "a" }, 'a key of tags has "${" or "%{" without the closing "}"'],
  ])("can't be %j", (value, sentence) => {
    expect(problemsIn(value)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe("a literal", () => {
  test("that keeps the rules has no problems", () => {
    expect(problemsOf("abc")).toEqual([]);
  });

  test("that was not given breaks no rule, unless it is required", () => {
    expect(problemsOf(undefined)).toEqual([]);
    expect(new Inspection().required("name", undefined, short).problems).toEqual(["name must be given."]);
  });

  test("is said to break the first rule that it breaks, with what was given and what was meant", () => {
    expect(problemsOf("abcd")).toEqual(['name must be short. Given: "abcd". Did you mean "abc"?']);
    expect(problemsOf("bad")).toEqual(['name must not be bad. Given: "bad".']);
  });

  test("is given no guess that would be refused", () => {
    expect(problemsOf("")).toEqual(['name must be short. Given: "".']);
  });

  test.each([[5], [null], [true], [["a"]]])("that is %j is no string", (value) => {
    expect(problemsOf(value)).toEqual([`name must be a string. Given: ${JSON.stringify(value)}.`]);
  });

  test("is checked as Terraform will hand it on, in Unicode's composed form", () => {
    expect(problemsOf("e\u0301".repeat(3))).toEqual([]);
  });
});

describe("a list", () => {
  const problemsIn = (values: unknown) =>
    new Inspection().list("ids", values, { min: 1, max: 2, see: "" }, short).problems;

  test.each([[undefined], [["a"]], [["a", "b"]], [["a", "${var.b}"]], [Token.asList("${var.ids}")]])(
    "%j is accepted",
    (values) => {
      expect(problemsIn(values)).toEqual([]);
    },
  );

  test.each([
    ["a", ['ids must be a list of 1 to 2 elements. Given: "a".']],
    [[], ["ids must have 1 to 2 elements. Given: 0."]],
    [["a", "b", "c"], ["ids must have 1 to 2 elements. Given: 3."]],
    [["a", "long"], ['ids[1] must be short. Given: "long". Did you mean "lon"?']],
  ])("%j is refused", (values, problems) => {
    expect(problemsIn(values)).toEqual(problems);
  });

  test.each([
    ["a function of Terraform gives as a string", () => Fn.concat([["a"], ["b"]]) as unknown],
    [
      "a variable has as its value",
      (stack: TerraformStack) => new TerraformVariable(stack, "ids", { type: "list(string)" }).value as unknown,
    ],
  ])("that %s is checked by Terraform too", (_, values) => {
    const stack = new TerraformStack(testingApp(), "stack");
    const inspection = new Inspection().list("ids", values(stack), { min: 1, max: 2, see: "" }, short);

    expect(inspection.problems).toEqual([]);
    expect(JSON.stringify(renderedIn(stack, inspection.lifecycle(stack)))).toContain(
      "stack: ids must have 1 to 2 elements",
    );
  });

  test("that is a string with an expression is not hidden, since no element of a list is a secret", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    const inspection = new Inspection(stack).list("ids", "${concat(var.a, var.b)}", { min: 1, max: 2, see: "" }, short);
    inspection.lifecycle(stack);

    expect(Testing.synth(stack)).not.toContain("sensitive(");
  });

  const CHECK =
    "try(length(local.Given-ids) >= 1 && length(local.Given-ids) <= 2 && " +
    'alltrue([for element in local.Given-ids : can(regex("^[\\\\s\\\\S]{1,3}$", element))]), false)';

  test.each<[string, Treatment, string]>([
    ["", {}, `\${${CHECK}}`],
    [", unless it is null where it may be left out", { orNull: true }, `\${(local.Given-ids == null || ${CHECK})}`],
  ])(
    "that is an expression is checked by Terraform, its length and each element of it%s",
    (_, treatment, condition) => {
      const stack = new TerraformStack(testingApp(), "stack");
      const ids = new TerraformVariable(stack, "ids", { type: "list(string)" }).listValue;
      const inspection = new Inspection(stack).list("ids", ids, { min: 1, max: 2, see: "" }, short, treatment);

      expect(renderedIn(stack, inspection.lifecycle(stack))).toEqual({
        precondition: [
          { condition, error_message: "stack: ids must have 1 to 2 elements, and each of them must be short." },
        ],
      });
    },
  );
});

test("the lifecycle has what was asked for, with conditions and without", () => {
  const stack = new TerraformStack(testingApp(), "stack");
  const open = () => new Inspection().value("name", "${var.name}", short);

  expect(new Inspection().lifecycle(stack)).toBeUndefined();
  expect(new Inspection().lifecycle(stack, { preventDestroy: false })).toBeUndefined();
  expect(new Inspection().lifecycle(stack, { preventDestroy: true })).toEqual({ preventDestroy: true });
  expect(renderedIn(stack, open().lifecycle(stack, { preventDestroy: true }))).toMatchObject({
    preventDestroy: true,
    precondition: [{ error_message: "stack: name must be short." }],
  });
});

describe("an error", () => {
  test("is thrown only when something is wrong", () => {
    expect(() => new Inspection().value("name", "abc", short).throwIfBroken("stack/Thing")).not.toThrow();
  });

  test("says where, and all problems of all that was included", () => {
    const inner = new Inspection().value("name", "abcd", short);
    const outer = new Inspection().fact("Something must hold", false).include(inner);

    expect(messageOf(() => outer.throwIfBroken("stack/Thing"))).toBe(
      "stack/Thing: 2 problems were found:\n" +
        "  - Something must hold.\n" +
        '  - name must be short. Given: "abcd". Did you mean "abc"?',
    );
  });

  test("is recognisable by its name", () => {
    expect(() => new Inspection().fact("It must hold", false).throwIfBroken("x")).toThrow(
      expect.objectContaining({ name: "ValidationError" }) as Error,
    );
  });
});

describe("an expression", () => {
  const preconditionsOf = (value: (stack: TerraformStack) => string) => {
    const stack = new TerraformStack(testingApp(), "stack");
    const inspection = new Inspection().value("name", value(stack), short, notBad);
    expect(inspection.problems).toEqual([]);
    stack.addOverride("conditions", inspection.lifecycle(stack)?.precondition);
    const { locals, conditions } = JSON.parse(Testing.synth(stack)) as { locals?: object; conditions: object[] };
    return { locals: Object.values(locals ?? {}) as unknown[], conditions };
  };

  test("that is one reference is asked about as it is, once a rule", () => {
    const { locals, conditions } = preconditionsOf((stack) => new TerraformVariable(stack, "name", {}).stringValue);

    expect(locals).toEqual([]);
    expect(conditions).toEqual([
      { condition: '${can(regex("^[\\\\s\\\\S]{1,3}$", var.name))}', error_message: "stack: name must be short." },
      { condition: '${!try(contains(["bad"], var.name), false)}', error_message: "stack: name must not be bad." },
    ]);
  });

  test.each([
    [
      "a lazy literal",
      (stack: TerraformStack) => Lazy.stringValue({ produce: () => (expect(stack).toBeDefined(), "abc") }),
    ],
    ["an escaped template", () => "$${each.key}"],
    ["a lazy mixture", () => Lazy.stringValue({ produce: () => "${var.a}/${var.b}" })],
    ["a function", () => Fn.join("-", ["a", "${var.b}"])],
  ])("that is %s goes through a local too", (_, value) => {
    const { locals, conditions } = preconditionsOf(value);

    expect(locals).toHaveLength(1);
    expect(JSON.stringify(conditions)).toContain("local.Given-name");
  });

  test.each([
    ["x-${count.index}", '"x-${count.index}"'],
    ['a "b" ${each.value} $${c}', '"a \\"b\\" ${each.value} $${c}"'],
    ["${each.key}", "each.key"],
    ['"${lookup({a = "}"}, each.key)}', '"\\"${lookup({a = "}"}, each.key)}"'],
    ['${lookup({}, "${each.key}", "c")}', '"${lookup({}, "${each.key}", "c")}"'],
  ])("that differs between a resource's instances is asked about inside of it: %s", (value, asked) => {
    const { locals, conditions } = preconditionsOf(() => value);

    expect(locals).toEqual([]);
    expect(conditions[0]).toMatchObject({ condition: `\${can(regex("^[\\\\s\\\\S]{1,3}$", ${asked}))}` });
  });

  test("that is a reference typed by hand is asked about as it is", () => {
    expect(preconditionsOf(() => '${var.names["a"].first}').conditions[0]).toMatchObject({
      condition: expect.stringContaining('var.names["a"].first))'),
    });
  });

  test.each([
    [
      "mixed with something else",
      (stack: TerraformStack) => `"a\\${new TerraformVariable(stack, "name", {}).stringValue}`,
    ],
    ["typed by hand", () => '"a\\${var.name}'],
    ["a template directive", () => '"a\\%{if true}x%{endif}'],
  ])("that is %s goes through a local, which Terraform reads as it reads the property", (_, value) => {
    const { locals, conditions } = preconditionsOf(value);

    expect(locals).toEqual([expect.stringMatching(/^"a\\/)]);
    expect(JSON.stringify(conditions)).toContain("local.Given-name");
  });
});

describe("a list", () => {
  test("has each element checked", () => {
    expect(new Inspection().each("names", ["abc", "abcd"], short).problems).toEqual([
      'names[1] must be short. Given: "abcd". Did you mean "abc"?',
    ]);
  });

  test("has an element that is missing told", () => {
    expect(new Inspection().each("names", ["abc", undefined], short).problems).toEqual(["names[1] must be given."]);
  });

  test.each(["abc", 5, { 0: "abc" }])("is not %j", (value) => {
    expect(new Inspection().each("names", value, short).problems).toEqual([
      "names must be a list whose length is known at synthesis (the elements may be expressions). " +
        `Given: ${JSON.stringify(value)}.`,
    ]);
  });

  test("that must not be empty is told so", () => {
    expect(new Inspection().notEmpty("names", []).problems).toEqual(["names must not be empty."]);
    expect(new Inspection().notEmpty("names", [], ": left out, it is all").problems).toEqual([
      "names must not be empty: left out, it is all.",
    ]);
    expect(new Inspection().given("names", undefined).problems).toEqual(["names must be given."]);
    expect(new Inspection().notEmpty("names", undefined).notEmpty("names", ["abc"]).problems).toEqual([]);
  });
});

test("a warning without a place in the tree is left out, and throws nothing", () => {
  expect(() => new Inspection().doubt("nme has no effect").throwIfBroken("cdktf.json")).not.toThrow();
});
