import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const TIMEOUT = 60_000;

/**
 * What expressions in a stack's JSON are, by `terraform console` in the stack's folder. Nothing for what is not known yet, or
 * where Terraform can't say.
 */
export async function evaluate(
  folder: string,
  expressions: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const isLiteral = (expression: string) => !expression.includes("${");
  const asked = expressions.filter((expression) => !isLiteral(expression));
  const answers = asked.length === 0 ? [] : await answersOf(folder, asked);
  return expressions.map((expression) =>
    isLiteral(expression) ? expression : stringIn(answers[asked.indexOf(expression)] ?? ""),
  );
}

async function answersOf(folder: string, expressions: readonly string[]): Promise<readonly string[]> {
  const child = spawn("terraform", ["console"], {
    ...{ cwd: folder, timeout: TIMEOUT, stdio: ["pipe", "pipe", "ignore"] },
  });
  const failed = once(child, "error").then(() => "");
  // One line each: JSON has its line breaks and quotes escaped.
  const lines = expressions.map((expression) => `jsonencode("${expression.replace(/\n/g, "\\n")}")`);
  child.stdin.on("error", () => undefined).end(`${lines.join("\n")}\n`);
  return (await Promise.race([failed, text(child.stdout)])).split("\n");
}

/** `"\"shop\""` is the string that Terraform shows for the JSON of a string. */
function stringIn(answer: string): string | undefined {
  try {
    const value: unknown = JSON.parse(JSON.parse(answer) as string);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
