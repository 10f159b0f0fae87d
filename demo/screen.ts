import type { CommandResult } from "../local-aws/terraform/command";

/** One line for the reader. */
export function say(line: string): void {
  console.log(line);
}

let steps = 0;

/** Does one step, says how long it took, and ends the journey with the command's output when it fails. */
export async function step(title: string, action: () => Promise<CommandResult> | undefined): Promise<void> {
  process.stdout.write(`\n${++steps}. ${title} … `);
  const started = Date.now();
  const result = await action();
  if (result !== undefined && result.exitCode !== 0) {
    say(`failed.\n\n${result.output}`);
    throw new Error(`${title} failed.`);
  }
  say(`done in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
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
