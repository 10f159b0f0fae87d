import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import { FirstPipeline } from "../../examples/first-pipeline";
import { Synthesis, testingApp } from "../support/synthesis";

const textOf = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");

test("the README shows what the example does", () => {
  const [, body = ""] =
    /\/\/ begin: README\.md\n([\s\S]*?)\n *\/\/ end: README\.md/.exec(textOf("examples/first-pipeline.ts")) ?? [];
  const [, snippet = ""] = /```ts\n([\s\S]*?)\n```/.exec(textOf("README.md")) ?? [];

  expect(body.split("\n").length).toBeGreaterThan(10);
  expect(
    snippet
      .split(/^import .*\n/m)
      .join("")
      .trim(),
  ).toBe(body.replace(/^ {4}/gm, "").trim());
});

test("the build takes what the source hands over, after its permission", () => {
  const synthesis = new Synthesis(Testing.synth(new FirstPipeline(testingApp(), "first-pipeline"), true));
  const { stage, depends_on } = synthesis.only("resource", "aws_codepipeline");

  expect(stage[1].action[0].input_artifacts).toEqual(stage[0].action[0].output_artifacts);
  expect(depends_on).toEqual([expect.stringMatching(/^aws_iam_role_policy_attachment\.Source_Policy_/)]);
});
