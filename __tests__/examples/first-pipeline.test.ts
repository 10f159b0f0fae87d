import { readFileSync } from "node:fs";
import { join } from "node:path";

const textOf = (file: string) => readFileSync(join(__dirname, "../..", file), "utf8");

test("the README shows what the example does", () => {
  const [, body = ""] =
    /\/\/ The README shows what follows …\n([\s\S]*?)\n *\/\/ … up to here\./.exec(
      textOf("examples/first-pipeline.ts"),
    ) ?? [];
  const [, snippet = ""] = /```ts\n([\s\S]*?)\n```/.exec(textOf("README.md")) ?? [];

  expect(body.split("\n").length).toBeGreaterThan(10);
  expect(
    snippet
      .split(/^import .*\n/m)
      .join("")
      .trim(),
  ).toBe(body.replace(/^ {4}/gm, "").trim());
});
