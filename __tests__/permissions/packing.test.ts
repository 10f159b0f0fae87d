import { type Access, isGuessed } from "../../src/permissions/connection-grant";
import { MANAGED_POLICY_SIZE } from "../../src/permissions/limits";
import { leastSize, pack, policySize } from "../../src/permissions/packing";
import { policyDocument } from "../../src/permissions/statement";
import { useConnections } from "../../src/permissions/use-connection-statements";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const access = (repository?: string, others: Partial<Access> = {}): Access => ({
  connectionArn: ARN,
  repository,
  branches: [],
  readOnly: false,
  ...others,
});
const fleet = (count: number): Access[] => Array.from({ length: count }, (_, index) => access(`acme/service-${index}`));
const documents = (accesses: readonly Access[]) =>
  pack(accesses, MANAGED_POLICY_SIZE).map((some) => policyDocument(useConnections(some)));

test("what fits into one policy is one policy", () => {
  expect(pack([access()], MANAGED_POLICY_SIZE)).toEqual([[access()]]);
});

test("what does not is divided in its order, every policy but the last as full as it can be", () => {
  const packed = pack(fleet(500), MANAGED_POLICY_SIZE);

  expect(packed.flat()).toEqual(fleet(500));
  expect(packed.length).toBeGreaterThan(2);
  packed.forEach((some, index) => {
    const next = packed[index + 1]?.[0];
    expect(policySize(some)).toBeLessThanOrEqual(MANAGED_POLICY_SIZE);
    if (next !== undefined) expect(policySize([...some, next])).toBeGreaterThan(MANAGED_POLICY_SIZE);
  });
});

test("a repository more changes one policy, or makes one, wherever the last one ends", () => {
  let before = documents(fleet(1));
  for (let count = 2; count <= 200; count++) {
    const after = documents(fleet(count));
    const changed = after.filter((document, index) => document !== before[index]);
    expect([count, changed.length]).toEqual([count, 1]);
    before = after;
  }
});

test("a grant on another connection, added at the end, changes one policy too", () => {
  const more = access("acme/site", { connectionArn: ARN.replace("0c8b", "ffff") });
  const [before, after] = [documents(fleet(250)), documents([...fleet(250), more])];

  expect(after.filter((document, index) => document !== before[index])).toHaveLength(1);
});

describe("the size", () => {
  test("of literals is that of the document", () => {
    const some = [access("acme/shop"), access("acme/site", { readOnly: true, branches: ["main", "release/*"] })];

    expect(policySize(some)).toBe(policyDocument(useConnections(some)).length);
  });

  test("counts the characters that the provider escapes as six", () => {
    expect(policySize([access("a&b/c")])).toBe(policySize([access("aXXXXXXb/c")]));
  });

  test("of an ARN that is an expression is that of the longest ARN", () => {
    const longest = `arn:aws-us-gov:codestar-connections:ap-northeast-1:123456789012:connection/${ARN.slice(-36)}`;

    expect(policySize([access("a/b", { connectionArn: "${x.y.arn}" })])).toBe(
      policySize([access("a/b", { connectionArn: longest })]),
    );
  });

  test("of another expression is that of a string of 140 characters, and at least that of a short one", () => {
    const [guessed, long] = [access("${var.x}", { branches: ["${var.y}"] }), access(`a/${"b".repeat(137)}*`)];

    expect(policySize([guessed])).toBe(policySize([{ ...long, branches: [`*${"b".repeat(139)}`] }]));
    expect(leastSize([guessed])).toBe(policySize([access("a/bcde*", { branches: ["abcdef*"] })]));
  });

  test("decides which policy a repository goes to, up to the last character", () => {
    const first = access("acme/shop");
    const limit = policySize([first, access("acme/site")]);

    expect(pack([first, access("acme/site")], limit)).toHaveLength(1);
    expect(pack([first, access("acme/site")], limit - 1)).toHaveLength(2);
  });

  test.each([
    [access("a/b"), false],
    [access("a/b", { connectionArn: "${x.y.arn}" }), false],
    [access("${var.x}"), true],
    [access("a/b", { branches: ["main", "${var.x}"] }), true],
  ])("of %j is guessed: %j", (some, guessed) => {
    expect(isGuessed(some)).toBe(guessed);
  });
});
