/** Runs the programs, each time in a process of its own, and takes what they cost. */
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

/** The AWS CDK has packages of its own, which only the whole benchmark installs. */
export const AWS_CDK = join(__dirname, "aws-cdk");

/** In milliseconds: several times what the largest shape may take, also on a machine that is busy. */
const PATIENCE = 240_000;

export type Program = "ours" | "by-hand" | "aws-cdk";

/** A program, by the name of its file, and what it makes; without a shape, it only imports. */
export interface Run {
  readonly program: Program;
  readonly shape?: Shape;
  readonly nodeOptions?: readonly string[];
  /** As `cdktf.json` runs it: the source, by tsx. */
  readonly fromTypeScript?: boolean;
}

/** The processor time of a whole process in milliseconds, and its largest memory in megabytes. */
export interface Cost {
  readonly time: number;
  readonly memory: number;
}

/** Compiles the programs, so that no runner of TypeScript is measured with them. */
export function compilePrograms(): void {
  rmSync(COMPILED, { recursive: true, force: true });
  mkdirSync(COMPILED, { recursive: true });
  for (const file of readdirSync(SOURCES)) {
    // The programs name the package, as its users do; here it is installed nowhere.
    const source = readFileSync(join(SOURCES, file), "utf8").replace(
      '"cdktf-codestar-connections"',
      JSON.stringify(LIBRARY),
    );
    writeFileSync(join(COMPILED, file), source);
    writeFileSync(join(COMPILED, file.replace(/ts$/, "js")), compiled(source));
  }
  const awsCdk = join(COMPILED, "aws-cdk.js");
  writeFileSync(awsCdk, compiled(readFileSync(join(AWS_CDK, "pipelines.ts"), "utf8")));
}

function compiled(source: string): string {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  return transpileModule(source, { compilerOptions }).outputText;
}

/** What a run costs; endless if it does not end in time. */
export async function costOf({ program, shape, nodeOptions = [], fromTypeScript = false }: Run): Promise<Cost> {
  const given = shape === undefined ? [] : [JSON.stringify(shape), outdirOf(program, shape)];
  const runner = fromTypeScript ? ["-r", require.resolve("tsx/cjs")] : [];
  const command = [...nodeOptions, ...runner, join(COMPILED, `${program}.${fromTypeScript ? "ts" : "js"}`), ...given];
  // The AWS CDK is found beside its program only.
  const env = { ...process.env, NODE_PATH: program === "aws-cdk" ? join(AWS_CDK, "node_modules") : "" };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { timeout: PATIENCE, env });
    const { time, memory } = JSON.parse(stdout) as Cost;
    return { time: time / 1000, memory: memory / 1024 };
  } catch (error) {
    if ((error as { killed?: boolean }).killed) return { time: Infinity, memory: Infinity };
    throw error;
  }
}

/** The stacks that a program that ran has written. */
export function writtenBy(program: Program, shape: Shape): string[] {
  const folder = join(outdirOf(program, shape), "stacks");
  return readdirSync(folder).map((stack) => readFileSync(join(folder, stack, "cdk.tf.json"), "utf8"));
}

/** The size of all that a program has written, in kilobytes. */
export function sizeOf(program: Program, shape: Shape): number {
  return writtenBy(program, shape).join("").length / 1024;
}

/** Runs of different shapes may write at the same time. */
function outdirOf(program: string, shape: Shape): string {
  return join(COMPILED, `${program}${JSON.stringify(shape).replace(/\W+/g, "-")}`);
}

/** Takes the costs of some runs one after the other, and again, so that what else the machine does meets all of them. */
export async function inTurn<Name extends string>(
  rounds: number,
  runs: { readonly [name in Name]: Run },
): Promise<{ readonly [name in Name]: Cost }[]> {
  const taken: { [name in Name]: Cost }[] = [];
  for (let round = 0; round < rounds; round++) {
    const costs: [string, Cost][] = [];
    for (const [name, run] of Object.entries<Run>(runs)) costs.push([name, await costOf(run)]);
    taken.push(Object.fromEntries(costs) as { [name in Name]: Cost });
    // What did not end in time won't the next time.
    if (costs.some(([, { time }]) => time === Infinity)) break;
  }
  return taken;
}

/** What a cdktf program costs, and the one by hand beside it. */
export interface Pair<Of = Cost> {
  readonly ours: Of;
  readonly byHand: Of;
}

/** The costs of both cdktf programs, in turn. */
export function ofBoth(rounds: number, how: Omit<Run, "program"> = {}): Promise<Pair[]> {
  return inTurn(rounds, { ours: { program: "ours", ...how }, byHand: { program: "by-hand", ...how } });
}

/** How many times as much as by hand it takes: the median of the rounds' own ratios. */
export function ratioOf(costs: readonly Pair[], of: keyof Cost): number {
  return median(costs.map(({ ours, byHand }) => ours[of] / byHand[of]));
}

/** The least that the imports take: some milliseconds among hundreds, and all that disturbs a run adds to it. */
export async function leastImports(rounds: number): Promise<Pair> {
  const taken = await ofBoth(rounds);
  const least = (of: keyof Pair): Cost => ({
    time: Math.min(...taken.map((each) => each[of].time)),
    memory: Math.min(...taken.map((each) => each[of].memory)),
  });
  return { ours: least("ours"), byHand: least("byHand") };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
