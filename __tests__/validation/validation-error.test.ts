import { Token } from "cdktf";
import { given, ValidationError } from "../../src/validation/validation-error";

test("one problem stands in the line of the construct", () => {
  expect(new ValidationError("stack/A", ["name must be short."]).message).toBe("stack/A: name must be short.");
});

test("one problem with a warning is one problem still", () => {
  expect(new ValidationError("stack/A", ["name must be short."], ["nme has no effect."]).message).toBe(
    "stack/A: 1 problem was found:\n  - name must be short.\n  - Warning: nme has no effect.",
  );
});

test("several are counted, and have a line each", () => {
  expect(new ValidationError("stack/A", ["one.", "two."]).message).toBe(
    "stack/A: 2 problems were found:\n  - one.\n  - two.",
  );
});

test.each([
  ["a string", "shop", '"shop"'],
  ["an expression that is a string", Token.asString({ Ref: "shop" }), "an expression"],
  ["an expression of another kind", Token.asAny("${var.shop}"), "an expression"],
  ["a list", ["a", 1, null], '["a",1,null]'],
  ["a function, of which there is no JSON", () => 1, "function"],
  ["an object of a class", new Map(), "an object of the class Map"],
])("%s is shown as what it is", (_, value, shown) => {
  expect(given(value)).toBe(shown);
});

test("what is long is cut", () => {
  expect(given("x".repeat(119))).toBe(`"${"x".repeat(99)}… (119 characters)`);
  expect(given("x".repeat(118))).toBe(`"${"x".repeat(118)}"`);
});
