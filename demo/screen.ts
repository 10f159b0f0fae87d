import { clearLine, cursorTo } from "node:readline";
import type { CommandResult } from "../local-aws/terraform/command";

/** One line for the reader. */
export function say(line: string): void {
  console.log(line);
}

const TICK_MS = 200;

let steps = 0;

/** What the running step is at. */
let latest = "";

/** Hears what a command says, and keeps what is worth to be shown while it works. */
export function hear(line: string): void {
  const [, what] =
    /((?:data\.)?aws_\w+\.\S+: (?:Still )?(?:Reading|Creating|Modifying|Destroying|Creation|Destruction).*?)(?: \[.*)?$/.exec(
      line,
    ) ?? [];
  if (what !== undefined) latest = what;
}

/** Does one step, with a clock, says how long it took, and ends the journey with the command's output when it fails. */
export async function step<T extends CommandResult | undefined>(title: string, action: () => Promise<T>): Promise<T> {
  const begin = Date.now();
  const seconds = () => ((Date.now() - begin) / 1000).toFixed(0);
  const head = `${++steps}. ${title} … `;
  latest = "";
  const stop = moving(() => `${head}${seconds()} s  ${latest}`);
  if (!process.stdout.isTTY) process.stdout.write(`\n${head}`);
  const result = await action().finally(stop);
  if (process.stdout.isTTY) process.stdout.write(`\n${head}`);
  say(`done in ${seconds()} s.`);
  return result;
}

/** A line that is drawn again and again in a terminal, until it is taken away. */
function moving(line: () => string): () => void {
  const { stdout } = process;
  if (!stdout.isTTY) return () => undefined;
  const draw = (text: string) => {
    cursorTo(stdout, 0);
    clearLine(stdout, 0);
    stdout.write(text);
  };
  const timer = setInterval(() => {
    draw(line().slice(0, stdout.columns - 1));
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    draw("");
  };
}

/** A command whose failure ends the journey. */
export async function succeed(command: Promise<CommandResult>): Promise<CommandResult> {
  const result = await command;
  if (result.exitCode !== 0) throw new Error(`It failed.\n\n${result.output}`);
  return result;
}

/** The resources that a deploy made, and its warnings. */
export function showDeploy({ output }: CommandResult): void {
  const made = new Map<string, number>();
  for (const [, type = ""] of output.matchAll(/(aws_\w+)\.\S+: Creation complete/g)) {
    made.set(type, (made.get(type) ?? 0) + 1);
  }
  if (made.size > 0) say("   Terraform made:");
  for (const [type, count] of made) say(`     ${count} ${type}`);
  for (const [, warning = ""] of output.matchAll(/Warning: Check block assertion failed\n([^╵]*)/g)) {
    // The sentence stands last, below what it was found in.
    const [sentence] = warning
      .replace(/^[│ ]+/gm, "")
      .trim()
      .split(/\n{2,}/)
      .slice(-1);
    say(`   Terraform warns: ${sentence?.replace(/\n/g, "\n     ") ?? ""}`);
  }
}

/** What a command said, below the step that ran it. */
export function showOutput({ output }: CommandResult): void {
  for (const line of output.trimEnd().split("\n")) say(`   ${line}`);
}

/** Outputs as `cdktf deploy` names them, the longest last, indented below the step that made them. */
export function show(outputs: { readonly [name: string]: string }): void {
  const byLength = Object.entries(outputs).sort(([, one], [, other]) => one.length - other.length);
  for (const [name, value] of byLength) say(`   ${name} = ${value.replace(/\n/g, "\n   ")}`);
}

/** Says why the journey can't go on. */
export function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
