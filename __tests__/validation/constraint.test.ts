import {
  all,
  bytes,
  characters,
  matching,
  noneOf,
  oneOf,
  orNull,
  where,
  without,
} from "../../src/validation/constraint";

describe("matching", () => {
  const constraint = matching("^[a-z]+$");

  test("accepts what matches and nothing else", () => {
    expect(constraint.accepts("abc")).toBe(true);
    expect(constraint.accepts("abc\n")).toBe(false);
  });

  test("asks Terraform the same", () => {
    expect(constraint.condition("var.x")).toBe('can(regex("^[a-z]+$", var.x))');
  });
});

test("without is the opposite of matching", () => {
  expect(without("b").accepts("abc")).toBe(false);
  expect(without("b").accepts("ac")).toBe(true);
  expect(without("b").condition("var.x")).toBe('!can(regex("b", var.x))');
});

describe("where", () => {
  const constraint = where("^arn:", matching("^arn:aws:"));

  test.each([
    ["arn:aws:x", true],
    ["arn:other:x", false],
    ["x", true],
  ])("checks only what it is about: %j %s", (text, accepted) => {
    expect(constraint.accepts(text)).toBe(accepted);
  });

  test("asks Terraform the same", () => {
    expect(constraint.condition("var.x")).toBe('(!can(regex("^arn:", var.x)) || can(regex("^arn:aws:", var.x)))');
  });
});

describe("characters", () => {
  test.each([
    ["", false],
    ["a", true],
    ["ab", true],
    ["abc", false],
    ["💡💡", true],
    ["a\n", true],
  ])("1 to 2 of them: %j %s", (text, accepted) => {
    expect(characters(1, 2).accepts(text)).toBe(accepted);
  });
});

describe("more characters than a pattern can count", () => {
  test.each([
    ["x", false],
    ["x".repeat(2), true],
    ["💡".repeat(1001), true],
    ["x".repeat(1002), false],
  ])("2 to 1001 of them: %#", (text, accepted) => {
    expect(characters(2, 1001).accepts(text)).toBe(accepted);
  });

  test("are counted by Terraform one by one", () => {
    expect(characters(1, 1000).condition("var.x")).toBe('can(regex("^[\\\\s\\\\S]{1,1000}$", var.x))');
    expect(characters(2, 1001).condition("var.x")).toBe(
      'try(length(regexall("[\\\\s\\\\S]", var.x)) >= 2 && length(regexall("[\\\\s\\\\S]", var.x)) <= 1001, false)',
    );
  });
});

describe("bytes", () => {
  test.each([
    ["", false],
    ["a", true],
    ["\u00e9\u00e9a", true],
    ["\u00e9\u00e9\u00e9", false],
    ["\u{1f4a1}a", true],
    ["\u{1f4a1}aa", false],
  ])("1 to 5 of them: %j %s", (text, accepted) => {
    expect(bytes(1, 5).accepts(text)).toBe(accepted);
  });

  test("are counted by Terraform in their base64 form", () => {
    expect(bytes(1, 5).condition("var.x")).toBe(
      'try(length(replace(base64encode(var.x), "=", "")) >= 2 && length(replace(base64encode(var.x), "=", "")) <= 7, false)',
    );
  });
});

describe("lists", () => {
  test("one of them", () => {
    expect(oneOf(["a", "b"]).accepts("b")).toBe(true);
    expect(oneOf(["a", "b"]).accepts("B")).toBe(false);
    expect(oneOf(["a", "b"]).condition("var.x")).toBe('try(contains(["a", "b"], var.x), false)');
  });

  test("none of them", () => {
    expect(noneOf(["a", "b"]).accepts("b")).toBe(false);
    expect(noneOf(["a", "b"]).accepts("c")).toBe(true);
    expect(noneOf(["a", "b"]).condition("var.x")).toBe('!try(contains(["a", "b"], var.x), false)');
  });
});

test("orNull lets Terraform find no value", () => {
  const constraint = orNull(characters(1, 2));

  expect(constraint.accepts("")).toBe(false);
  expect(constraint.accepts("a")).toBe(true);
  expect(constraint.condition("var.x")).toBe('(var.x == null || can(regex("^[\\\\s\\\\S]{1,2}$", var.x)))');
});

test("all of them", () => {
  const constraint = all(characters(1, 3), without("b"));

  expect(constraint.accepts("abc")).toBe(false);
  expect(constraint.accepts("aaaa")).toBe(false);
  expect(constraint.accepts("aaa")).toBe(true);
  expect(constraint.condition("x")).toBe('(can(regex("^[\\\\s\\\\S]{1,3}$", x)) && !can(regex("b", x)))');
});
