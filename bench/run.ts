/**
 * What the library costs beside the same resources written by hand, and beside the AWS CDK. `npm run bench` runs it, which
 * takes about half an hour, and writes docs/benchmarks.md and its pictures.
 */
import { execFileSync } from "node:child_process";
import { AWS_CDK, compilePrograms, inTurn, leastImports, median, ofBoth, type Pair, ratioOf, sizeOf } from "./measure";
import type { Shape } from "./programs/platform";
import { provePlansAlike } from "./same-resources";
import { type Growth, type Report, type Row, writeReport } from "./report";
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

  const cold = await coldStarts();
  const imports = await leastImports(roundsOf(1));
  verdicts.hold("importing the library", imports.ours.time - imports.byHand.time, "ms more than by hand", 25);
  const grown = await growths();
  await holdValidation();
  await writeReport({ cold, imports, growths: grown, terraform: await terraform(), verdicts: verdicts.all });
  verdicts.close();
}

/** One pipeline, as a whole process; and a hundred with the AWS CDK. */
async function coldStarts(): Promise<Row[]> {
  const beside = (pipelines: number) => {
    const shape = { pipelines };
    return inTurn(roundsOf(pipelines), {
      ours: { program: "ours", shape },
      byHand: { program: "by-hand", shape },
      awsCdk: { program: "aws-cdk", shape },
    });
  };
  const compiled = await beside(1);
  const fromTypeScript = await ofBoth(roundsOf(1), { shape: { pipelines: 1 }, fromTypeScript: true });
  verdicts.hold("one pipeline, cold", ratioOf(compiled, "time"), "x", 1.2);
  return [
    { name: "1 pipeline, compiled", costs: compiled },
    { name: "1 pipeline, from TypeScript as cdktf.json runs it", costs: fromTypeScript },
    { name: "100 pipelines, compiled", costs: await beside(100) },
  ];
}

async function growths(): Promise<Growth[]> {
  const all: Growth[] = [];
  for (const { name, shape } of SHAPES) {
    const sizes = SIZES.filter((size) => size % (shape.stacks ?? 1) === 0);
    const rows = [];
    for (const pipelines of sizes) {
      const whole = { ...shape, pipelines };
      const costs = await ofBoth(roundsOf(pipelines), { shape: whole });
      const json = { ours: sizeOf("ours", whole), byHand: sizeOf("by-hand", whole) };
      console.log(`${name}, ${pipelines}: ${ratioOf(costs, "time").toFixed(2)} x`);
      rows.push({ pipelines, costs, json });
    }
    const exponent = exponentOf(
      rows.map(({ pipelines, costs }) => [pipelines, median(costs.map(({ ours }) => ours.time))]),
    );
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
async function holdValidation(): Promise<void> {
  const shape = { pipelines: 1000 };
  const shares = [];
  for (let round = 0; round < 3; round++) shares.push(await validationShare(shape));
  const costs = await ofBoth(3, { shape });
  const percent = median(shares) * ratioOf(costs, "time") * 100;
  verdicts.hold("validation of 1,000 pipelines", percent, "% of the time by hand", 12);
}

async function terraform(): Promise<Report["terraform"]> {
  const rows = [];
  for (const [pipelines, rounds, withApply] of [
    [1, 5, true],
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
    // Terraform runs on all processors, so whatever else the machine does adds to it.
    const of = (which: "ours" | "byHand", what: "plan" | "apply") =>
      Math.min(...taken.map((each) => each[which][what] ?? NaN));
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

void bench();
