import { Token } from "cdktf";
import { judged, problem, takes } from "../support/pipelines";

/** A second stage in somebody else's hands. */
const second =
  (action: object, stage: object = {}) =>
  (first: object) => ({
    stage: [first, { name: "Build", action: [{ ...takes("SourceOutput"), ...action }], ...stage }],
  });

const NAME = "must be 1 to 100 of the characters A-Z, a-z, 0-9 and . @ - _";

describe("the name", () => {
  test("of a pipeline is judged", () => {
    expect(judged({}, { name: "shop of acme" }).verdict).toEqual(
      problem(`name ${NAME}. Given: "shop of acme". Did you mean "shop-of-acme"?`),
    );
  });

  test("of another stage, and of its action, are judged together", () => {
    const { verdict } = judged({}, second({ name: "Build/1" }, { name: "" }));

    expect(verdict).toEqual(problem(`stage[1].name ${NAME}. Given: "".`));
    expect(verdict).toEqual(problem(`stage[1].action[0].name ${NAME}. Given: "Build/1". Did you mean "Build-1"?`));
  });

  test.each(["x".repeat(100), "a.b@c-d_E9", "${var.name}"])("%j is accepted", (name) => {
    expect(judged({}, second({ name }, { name })).verdict).toBe("");
  });

  test("of 101 characters is refused", () => {
    expect(judged({}, { name: "x".repeat(101) }).verdict).toEqual(problem(`name ${NAME}`));
  });
});

test.each([
  ["a.b", false],
  ["x".repeat(101), false],
  ["x".repeat(100), true],
  ["a@b-c_d", true],
])("the namespace %j: accepted %s", (namespace, isAccepted) => {
  expect(judged({}, second({ namespace })).verdict).toEqual(
    isAccepted ? "" : problem("stage[1].action[0].namespace must be 1 to 100 of the characters"),
  );
});

describe("an artifact's name", () => {
  test.each(["inputArtifacts", "outputArtifacts"])("is judged in the %s", (list) => {
    expect(judged({}, second({ [list]: ["fine", "not.fine"] })).verdict).toEqual(
      problem(
        `stage[1].action[0].${list} must be 1 to 100 of the characters A-Z, a-z, 0-9 and - _. Given: "not.fine".`,
      ),
    );
  });

  test("that only Terraform knows is left to it", () => {
    expect(judged({}, second({ inputArtifacts: ["${var.artifact}"] })).verdict).toBe("");
  });
});

test.each([
  [0, false],
  [1, true],
  [999, true],
  [1000, false],
  [1.5, false],
])("the runOrder %s: accepted %s", (runOrder, isAccepted) => {
  expect(judged({}, second({ runOrder })).verdict).toEqual(
    isAccepted ? "" : problem(`stage[1].action[0].runOrder must be a whole number from 1 to 999. Given: ${runOrder}.`),
  );
});

test("a runOrder in a text is a number for Terraform", () => {
  expect(judged({}, second({ runOrder: "${var.order}" })).verdict).toBe("");
  expect(judged({}, second({ runOrder: Token.asNumber("${var.order}") })).verdict).toBe("");
});
