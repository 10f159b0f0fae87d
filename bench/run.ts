/**
 * What the library costs beside the same resources written by hand, each time as the processor time of whole processes, and
 * what it may cost. Run it with `npm run bench`; it fails when a target is missed.
 */
import { compilePrograms, inTurn, median, writtenBy } from "./measure";
import type { Shape } from "./programs/platform";
import { provePlansAlike } from "./same-resources";
import { validationShare } from "./validation";

const ROUNDS = 5;
/** Small runs are over soon, and what disturbs one is much beside it. */
const SMALL_ROUNDS = 11;
/** With large ones it is the other way round. */
const LARGE_ROUNDS = 3;

const FLEET: Shape = { pipelines: 1000 };
const FLEET_OF_CONNECTIONS: Shape = { pipelines: 1000, connectionEach: true };
/** As many as it takes to tell one from another. */
const FEW: Shape = { pipelines: 3 };
const FEW_OF_CONNECTIONS: Shape = { pipelines: 3, connectionEach: true };

/** On a busy machine the same program takes up to half as much again: what is within that is told, and no more. */
const NOISE = 1.5;

const missed: string[] = [];

async function bench(): Promise<void> {
  compilePrograms();
  for (const shape of [FEW, FEW_OF_CONNECTIONS]) await provePlansAlike(shape);
  console.log("Both programs plan the same resources.");
  await onImport();
  // Two at a time, so that the machine is as busy at each run as at the others.
  const [ratio] = await Promise.all([onOneConnection(), onManyConnections()]);
  await onValidation(ratio);
  if (missed.length === 0) return;
  console.log(`Missed by more than noise:\n${missed.join("\n")}`);
  process.exitCode = 1;
}

/** Some milliseconds among hundreds: alone, and the least that each takes, since all that disturbs a run adds to it. */
async function onImport(): Promise<void> {
  const imports = await ofBoth(SMALL_ROUNDS, undefined);
  const least = (times: readonly number[]): number => Math.min(...times);
  const more = least(imports.map(({ ours }) => ours)) - least(imports.map(({ byHand }) => byHand));
  hold("importing the library", more, "ms more than by hand", 30);
}

/** @returns how many times as long as by hand 1,000 pipelines take */
async function onOneConnection(): Promise<number> {
  compare("one pipeline, cold", await ofBoth(SMALL_ROUNDS, { pipelines: 1 }), 1.2);
  compare("100 pipelines", await ofBoth(ROUNDS, { pipelines: 100 }));
  const ratio = compare("1,000 pipelines", await ofBoth(ROUNDS, FLEET), 1.3);
  hold("JSON of 1,000 pipelines", sizeRatio(FLEET), "x", 1.12);
  return ratio;
}

/** Alone: beside another process, what looks through much memory takes longer, and that is the check of whole pipelines. */
async function onValidation(ratio: number): Promise<void> {
  const shares = [];
  for (let round = 0; round < LARGE_ROUNDS; round++) shares.push(await validationShare(FLEET));
  hold("validation of 1,000 pipelines", median(shares) * ratio * 100, "% of the time by hand", 12);
}

async function onManyConnections(): Promise<void> {
  hold("JSON of a few pipelines, a connection each", sizeRatio(FEW_OF_CONNECTIONS), "x");
  await grow("1,000 pipelines, a connection each", FLEET_OF_CONNECTIONS);
  await grow("500 of them with long ids", { ...FLEET_OF_CONNECTIONS, pipelines: 500, longIds: true });
}

/** Compares a shape, and holds down the power with which our time grows when there is twice as much of it. */
async function grow(what: string, shape: Shape): Promise<void> {
  const program = "ours";
  const taken = await inTurn(LARGE_ROUNDS, {
    one: { program, shape: { ...shape, pipelines: 1 } },
    byHand: { program: "by-hand", shape },
    ours: { program, shape },
    twice: { program, shape: { ...shape, pipelines: shape.pipelines * 2 } },
  });
  compare(what, taken);
  // What one pipeline takes is mostly the start, which does not grow.
  const powers = taken.map(({ one, ours, twice }) => Math.log2((twice - one) / (ours - one)));
  hold(`growth from ${what}, to twice as many`, median(powers), "(1 is in proportion)", 1.15);
}

/** The times of both programs. */
interface Times {
  readonly ours: number;
  readonly byHand: number;
}

function ofBoth(rounds: number, shape: Shape | undefined): Promise<Times[]> {
  return inTurn(rounds, { ours: { program: "ours", shape }, byHand: { program: "by-hand", shape } });
}

/** How many times as long as by hand it takes. */
function compare(what: string, taken: readonly Times[], limit?: number): number {
  const [ours, byHand] = [taken.map((times) => times.ours), taken.map((times) => times.byHand)].map(median);
  const ratio = median(taken.map((times) => times.ours / times.byHand));
  hold(what, ratio, `x (${ours?.toFixed(0)} ms beside ${byHand?.toFixed(0)} ms)`, limit);
  return ratio;
}

function sizeRatio(shape: Shape): number {
  return writtenBy("ours", shape).length / writtenBy("by-hand", shape).length;
}

/** Says a figure, and holds it to its target if it has one. */
function hold(what: string, figure: number, unit: string, limit?: number): void {
  const target = limit === undefined ? "" : `, target ${limit}`;
  const isOver = limit !== undefined && figure > limit;
  console.log(`${what}: ${figure.toFixed(2)} ${unit}${target}${isOver ? " (missed)" : ""}`);
  // What is not a number was not measured.
  if (limit !== undefined && !(figure <= limit * NOISE)) missed.push(`${what}: ${figure.toFixed(2)} ${unit}${target}`);
}

void bench();
