/**
 * What the library costs beside the same resources written by hand, and beside the AWS CDK. `npm run bench` runs it, which
 * takes about half an hour, and writes docs/benchmarks.md and its pictures.
 */
import { execFileSync } from "node:child_process";
import { AWS_CDK, compilePrograms, type Cost, inTurn, median, sizeOf } from "./measure";
import type { Shape } from "./programs/platform";
import { provePlansAlike } from "./same-resources";
import { type Growth, type Pair, type Report, type Row, writeReport } from "./report";
import { Verdicts } from "./targets";
import { type TerraformTimes, terraformTimes } from "./terraform";
import { validationShare } from "./validation";

/** Small runs are over soon, and what disturbs one is much beside it; with large ones it is the other way round. */
const roundsOf = (pipelines: number): number => (pipelines <= 10 ? 11 : pipelines <= 1000 ? 5 : 3);

const SIZES = [1, 10, 100, 1000, 3000];

const SHAPES: readonly { readonly name: string; readonly shape: Omit<Shape, "pipelines"> }[] = [
  { name: "one connection, one stack", shape: {} },
  { name: "one connection in each of 20 stacks", shape: { stacks: 20 } },
  { name: "a connection with its reminder for each", shape: { connectionEach: true } },
];

const verdicts = new Verdicts();

async function bench(): Promise<void> {
  execFileSync("npm", ["ci", "--prefix", AWS_CDK, "--no-audit", "--no-fund"], { stdio: "inherit" });
  compilePrograms();
  for (const { shape } of SHAPES) await provePlansAlike({ ...shape, pipelines: shape.stacks ?? 3 });

  const report: Report = {
    cold: await coldStarts(),
    imports: await imports(),
    growths: await growths(),
    validation: await validation(),
    terraform: await terraform(),
    verdicts: verdicts.all,
  };
  await writeReport(report);
  verdicts.close();
}

/** One pipeline, as a whole process; and a hundred with the AWS CDK. */
async function coldStarts(): Promise<Row[]> {
  const shape = { pipelines: 1 };
  const compiled = await inTurn(roundsOf(1), {
    ours: { program: "ours", shape },
    byHand: { program: "by-hand", shape },
    awsCdk: { program: "aws-cdk", shape },
  });
  const fromTypeScript = await inTurn(roundsOf(1), {
    ours: { program: "ours", shape, fromTypeScript: true },
    byHand: { program: "by-hand", shape, fromTypeScript: true },
  });
  const hundred = { pipelines: 100 };
  const ofHundred = await inTurn(roundsOf(100), {
    ours: { program: "ours", shape: hundred },
    byHand: { program: "by-hand", shape: hundred },
    awsCdk: { program: "aws-cdk", shape: hundred },
  });
  verdicts.hold("one pipeline, cold", ratioOf(compiled, "time"), "x", 1.2);
  return [
    { name: "1 pipeline, compiled", costs: compiled },
    { name: "1 pipeline, from TypeScript as cdktf.json runs it", costs: fromTypeScript },
    { name: "100 pipelines, compiled", costs: ofHundred },
  ];
}

/** The least that each takes: some milliseconds among hundreds, and all that disturbs a run adds to it. */
async function imports(): Promise<Pair> {
  const taken = await inTurn(roundsOf(1), { ours: { program: "ours" }, byHand: { program: "by-hand" } });
  const least = (of: (each: Pair) => Cost): Cost => ({
    time: Math.min(...taken.map((each) => of(each).time)),
    memory: Math.min(...taken.map((each) => of(each).memory)),
  });
  const [ours, byHand] = [least((each) => each.ours), least((each) => each.byHand)];
  verdicts.hold("importing the library", ours.time - byHand.time, "ms more than by hand", 25);
  return { ours, byHand };
}

async function growths(): Promise<Growth[]> {
  const all: Growth[] = [];
  for (const { name, shape } of SHAPES) {
    const sizes = SIZES.filter((size) => size % (shape.stacks ?? 1) === 0);
    const rows = [];
    for (const pipelines of sizes) {
      const whole = { ...shape, pipelines };
      const costs = await inTurn(roundsOf(pipelines), {
        ours: { program: "ours", shape: whole },
        byHand: { program: "by-hand", shape: whole },
      });
      const json = { ours: sizeOf("ours", whole), byHand: sizeOf("by-hand", whole) };
      console.log(`${name}, ${pipelines}: ${ratioOf(costs, "time").toFixed(2)} x`);
      rows.push({ pipelines, costs, json });
    }
    const exponent = exponentOf(rows.map(({ pipelines, costs }) => [pipelines, medianOf(costs, "ours", "time")]));
    verdicts.hold(`growth, ${name}`, exponent, "(1 is in proportion)", 1.05);
    all.push({ name, rows, exponent });
  }
  const thousand = all[0]?.rows.find(({ pipelines }) => pipelines === 1000);
  if (thousand === undefined) throw new Error("The shape that the targets are for was not measured.");
  verdicts.hold("1,000 pipelines, time", ratioOf(thousand.costs, "time"), "x", 1.2);
  verdicts.hold("1,000 pipelines, memory", ratioOf(thousand.costs, "memory"), "x", 1.1);
  verdicts.hold("1,000 pipelines, JSON", thousand.json.ours / thousand.json.byHand, "x", 1.1);
  return all;
}

/** The power with which the time grows from 100 pipelines to the most, without the start, which does not grow. */
function exponentOf(points: readonly (readonly [pipelines: number, time: number])[]): number {
  const at = (pipelines: number): number => points.find(([each]) => each === pipelines)?.[1] ?? NaN;
  const [first = NaN] = points.map(([, time]) => time);
  const start = points[0]?.[0] === 100 ? 0 : first;
  return Math.log((at(3000) - start) / (at(100) - start)) / Math.log(30);
}

/** What of the time by hand the validation of 1,000 pipelines takes, in percent. */
async function validation(): Promise<number> {
  const shape = { pipelines: 1000 };
  const shares = [];
  for (let round = 0; round < 3; round++) shares.push(await validationShare(shape));
  const costs = await inTurn(3, { ours: { program: "ours", shape }, byHand: { program: "by-hand", shape } });
  const percent = median(shares) * ratioOf(costs, "time") * 100;
  verdicts.hold("validation of 1,000 pipelines", percent, "% of the time by hand", 12);
  return percent;
}

async function terraform(): Promise<Report["terraform"]> {
  const rows = [];
  for (const [pipelines, rounds, withApply] of [
    [1, 3, true],
    [100, 3, true],
    [1000, 3, false],
  ] as const) {
    const shape = { pipelines };
    const taken: Pair<TerraformTimes>[] = [];
    for (let round = 0; round < rounds; round++) {
      taken.push({
        ours: await terraformTimes("ours", shape, withApply),
        byHand: await terraformTimes("by-hand", shape, withApply),
      });
    }
    const of = (which: "ours" | "byHand", what: "plan" | "apply") =>
      median(taken.map((each) => each[which][what] ?? NaN));
    const row = {
      pipelines,
      plan: { ours: of("ours", "plan"), byHand: of("byHand", "plan") },
      apply: withApply ? { ours: of("ours", "apply"), byHand: of("byHand", "apply") } : undefined,
    };
    verdicts.hold(`terraform plan of ${pipelines}`, row.plan.ours / row.plan.byHand, "x", 1.05);
    rows.push(row);
  }
  return rows;
}

function medianOf<Name extends string>(
  costs: readonly { readonly [name in Name]: Cost }[],
  name: Name,
  of: keyof Cost,
) {
  return median(costs.map((each) => each[name][of]));
}

/** How many times as much as by hand it takes: the median of the rounds' own ratios. */
function ratioOf(costs: readonly Pair[], of: keyof Cost): number {
  return median(costs.map(({ ours, byHand }) => ours[of] / byHand[of]));
}

void bench();
