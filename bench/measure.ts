/** Runs the two programs, each time in a process of its own, and takes what they cost. */
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import type { Shape } from "./programs/platform";

/** What `npm run build` makes of the sources: what the library's users run. */
export const LIBRARY = join(__dirname, "..", "lib");

const SOURCES = join(__dirname, "programs");
export const COMPILED = join(__dirname, "..", "dist", "bench");

/** In milliseconds: several times what the largest shape may take, also on a machine that is busy. */
const PATIENCE = 90_000;

/** A program, by the name of its file, and what it makes; without a shape, it only imports. */
export interface Run {
  readonly program: "ours" | "by-hand";
  readonly shape?: Shape;
  readonly nodeOptions?: readonly string[];
}

/** Compiles the programs, so that no runner of TypeScript is measured with them. */
export function compilePrograms(): void {
  rmSync(COMPILED, { recursive: true, force: true });
  mkdirSync(COMPILED, { recursive: true });
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  for (const file of readdirSync(SOURCES)) {
    const { outputText } = transpileModule(readFileSync(join(SOURCES, file), "utf8"), { compilerOptions });
    // The programs name the package, as its users do; here it is installed nowhere.
    const program = outputText.replace('"cdktf-codestar-connections"', JSON.stringify(LIBRARY));
    writeFileSync(join(COMPILED, file.replace(/ts$/, "js")), program);
  }
}

/** The processor time of a whole process, in milliseconds; endless if it does not end in time. */
export async function timeOf({ program, shape, nodeOptions = [] }: Run): Promise<number> {
  const given = shape === undefined ? [] : [JSON.stringify(shape), outdirOf(program, shape)];
  const command = [...nodeOptions, join(COMPILED, `${program}.js`), ...given];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: PATIENCE });
    return Number(stdout) / 1000;
  } catch (error) {
    if ((error as { killed?: boolean }).killed) return Infinity;
    throw error;
  }
}

/** What a program that ran has written. */
export function writtenBy(program: Run["program"], shape: Shape): string {
  return readFileSync(join(outdirOf(program, shape), "stacks", "fleet", "cdk.tf.json"), "utf8");
}

/** Runs of different shapes may write at the same time. */
function outdirOf(program: string, shape: Shape): string {
  return join(COMPILED, `${program}${JSON.stringify(shape).replace(/\W+/g, "-")}`);
}

/** Takes the times of some runs one after the other, and again, so that what else the machine does meets all of them. */
export async function inTurn<Name extends string>(
  rounds: number,
  runs: { readonly [name in Name]: Run },
): Promise<{ readonly [name in Name]: number }[]> {
  const taken: { [name in Name]: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const times: [string, number][] = [];
    for (const [name, run] of Object.entries<Run>(runs)) times.push([name, await timeOf(run)]);
    taken.push(Object.fromEntries(times) as { [name in Name]: number });
    // What did not end in time won't the next time.
    if (times.some(([, time]) => time === Infinity)) break;
  }
  return taken;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
