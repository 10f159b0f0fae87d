import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { derivedName } from "../../src/connection/names";
import { BYTES, CHARACTERS } from "../../src/validation/constraint";
import { testingApp } from "../support/synthesis";

/** The name of the construct with this path. */
function nameOf(path: string, longest = 32, unit = CHARACTERS): string {
  const [stack = "", ...ids] = path.split("/");
  let scope: Construct = new TerraformStack(testingApp(), stack);
  for (const id of ids) scope = new Construct(scope, id);
  return derivedName(scope, longest, unit);
}

test.each([
  ["shop/Bitbucket", "shop-Bitbucket"],
  ["shop/Sources/Bitbucket", "shop-Sources-Bitbucket"],
  ["shop/Größe_1.2", "shop-Größe_1.2"],
  ["shop/e\u0301", "shop-\u00e9"],
  [`shop/${"x".repeat(27)}`, `shop-${"x".repeat(27)}`],
])("%s fits, so it is readable as a whole: %s", (path, name) => {
  expect(nameOf(path)).toBe(name);
});

test.each([
  ["is too long", `shop/${"x".repeat(28)}`, `shop-${"x".repeat(18)}-`],
  ["is too long, counted in characters", `shop/${"𝒳".repeat(28)}`, `shop-${"𝒳".repeat(18)}-`],
  ["has the joining character in it", "shop-prod/Bitbucket", "shop-prod-Bitbucket-"],
  ["has a template in it", "shop/${x}", "shop--x--"],
])("a path that %s ends with a hash", (_, path, beginning) => {
  const name = nameOf(path);

  expect(name.slice(0, -8)).toBe(beginning);
  expect(name.slice(-8)).toMatch(/^[0-9a-f]{8}$/);
  expect(Array.from(name).length).toBeLessThanOrEqual(32);
});

test("paths that would read alike have different names", () => {
  const names = ["a-b/c", "a/b-c", "a/b/c", `a/${"x".repeat(40)}1`, `a/${"x".repeat(40)}2`].map((path) => nameOf(path));

  expect(new Set(names).size).toBe(5);
});

test("a longer name is cut later", () => {
  expect(nameOf(`shop/${"x".repeat(59)}`, 64)).toBe(`shop-${"x".repeat(59)}`);
  expect(Array.from(nameOf(`shop/${"x".repeat(60)}`, 64))).toHaveLength(64);
});

test("a name is cut where the unit of its length says", () => {
  expect(nameOf(`shop/${"\u00e9".repeat(13)}x`, 32, BYTES)).toBe(`shop-${"\u00e9".repeat(13)}x`);
  expect(nameOf(`shop/${"\u00e9".repeat(14)}`, 32, BYTES)).toMatch(/^shop-\u00e9{9}-[0-9a-f]{8}$/);
});

test("other constructs that come and go change nothing", () => {
  const alone = new Construct(new TerraformStack(testingApp(), "shop"), "Bitbucket-2");
  const crowd = new TerraformStack(testingApp(), "shop");
  new Construct(crowd, "Before");
  const among = new Construct(crowd, "Bitbucket-2");
  new Construct(crowd, "After");

  expect(derivedName(among, 32, CHARACTERS)).toBe(derivedName(alone, 32, CHARACTERS));
});
