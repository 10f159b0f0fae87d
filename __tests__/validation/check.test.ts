import { Construct } from "constructs";
import { Check } from "../../src/validation/check";
import { synthesise } from "../support/synthesis";

test("a check renders its assertions under a unique name", () => {
  const synthesis = synthesise((stack) => {
    for (const id of ["One", "Two"]) {
      const check = new Check(new Construct(stack, id), "Check");
      check.assert("${true}", "never");
      check.assert("${var.x}", "sometimes");
    }
  });

  expect(Object.entries(synthesis.top("check"))).toEqual(
    ["One", "Two"].map((id) => [
      expect.stringMatching(new RegExp(`^${id}_Check_[0-9A-F]{8}$`)) as string,
      {
        assert: [
          { condition: "${true}", error_message: "never" },
          { condition: "${var.x}", error_message: "sometimes" },
        ],
      },
    ]),
  );
});

test("what a check reads is inside it, and is referred to by its name", () => {
  const synthesis = synthesise((stack) => {
    const check = new Check(stack, "Check");
    const read = check.read("aws_region", { provider: undefined });
    check.assert(read("id"), "x");
  });

  expect(synthesis.top("data")).toEqual({});
  expect(synthesis.top("check")).toEqual({
    Check: {
      data: { aws_region: { Check: {} } },
      assert: [{ condition: "${data.aws_region.Check.id}", error_message: "x" }],
    },
  });
});
