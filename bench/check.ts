/**
 * The benchmark in a minute: whether both programs make the same, and whether the library costs about what it did. Run it
 * with `npm run bench:check`; `npm run bench` measures everything, and writes docs/benchmarks.md.
 */
import { compilePrograms, costOf, leastImports, ofBoth, ratioOf, sizeOf } from "./measure";
import type { Shape } from "./programs/platform";
import { provePlansAlike } from "./same-resources";
import { Verdicts } from "./targets";
import { validationShare } from "./validation";

const ROUNDS = 5;
const TRIES = 5;
/** Milliseconds that importing the library may take besides what a program by hand imports. */
const IMPORT = 25;

const HUNDRED: Shape = { pipelines: 100 };
const FEW: Shape = { pipelines: 3 };
/** As many as it takes to see what grows faster than it should. */
const MANY: Shape = { pipelines: 400, connectionEach: true };

async function check(): Promise<void> {
  const verdicts = new Verdicts();
  compilePrograms();
  for (const shape of [FEW, { ...FEW, connectionEach: true }, { ...FEW, stacks: 3 }]) await provePlansAlike(shape);
  console.log("Both programs plan the same resources.");

  verdicts.hold("importing the library", await importing(), "ms more than by hand", IMPORT);
  verdicts.hold("one pipeline, cold", await timeRatio({ pipelines: 1 }), "x", 1.2);
  const ratio = await timeRatio(HUNDRED);
  verdicts.hold("100 pipelines", ratio, "x", 1.2);
  verdicts.hold("JSON of 100 pipelines", sizeOf("ours", HUNDRED) / sizeOf("by-hand", HUNDRED), "x", 1.1);
  verdicts.hold("validation of 100 pipelines", (await validationShare(HUNDRED)) * ratio * 100, "% of by hand", 12);
  verdicts.hold("growth to 800 pipelines with a connection each", await growth(), "(1 is in proportion)", 1.05);
  verdicts.close();
}

/** Some milliseconds, to which all else that the machine does adds: it is measured again until it holds, or no more helps. */
async function importing(): Promise<number> {
  const [ours, byHand]: [number[], number[]] = [[], []];
  const difference = (): number => Math.min(...ours) - Math.min(...byHand);
  do {
    const least = await leastImports(ROUNDS);
    ours.push(least.ours.time);
    byHand.push(least.byHand.time);
  } while (difference() > IMPORT && ours.length < TRIES);
  return difference();
}

async function timeRatio(shape: Shape): Promise<number> {
  return ratioOf(await ofBoth(ROUNDS, { shape }), "time");
}

/** The power with which the time grows when there is twice as much. What one pipeline takes is mostly the start. */
async function growth(): Promise<number> {
  const of = async (pipelines: number) => (await costOf({ program: "ours", shape: { ...MANY, pipelines } })).time;
  const [one, many, twice] = [await of(1), await of(MANY.pipelines), await of(MANY.pipelines * 2)];
  return Math.log2((twice - one) / (many - one));
}

void check();
