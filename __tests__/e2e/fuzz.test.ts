import { type TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { ValidationError } from "../../src/validation/validation-error";
import { EXISTING, make } from "../support/program-making";
import { type Program, programs } from "../support/programs";
import { faultsOf } from "../support/structure";
import { newStack } from "../support/synthesis";
import { accountOfSuite, describeOnTerraform, projectOf } from "./on-terraform";

const THOROUGH = process.env.THOROUGH === "true";
const PROGRAMS = THOROUGH ? 10_000 : 300;
/** How many of the accepted programs Terraform plans. */
const PLANNED = THOROUGH ? 400 : 50;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);
/** In milliseconds; a program takes about five. */
const PATIENCE = 5000;

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

/** What becomes of a program: it is `accepted`, or `refused` with one of our errors, or something else happened. */
function verdictOn(program: Program): string {
  const started = performance.now();
  const stack: TerraformStack = newStack();
  let json: string;
  try {
    make(new Construct(stack, "Program"), program, ARN);
    json = Testing.synth(stack, true);
  } catch (error) {
    if (error instanceof ValidationError || isOurs(error as Error)) return "refused";
    return String((error as Error).stack);
  }
  if (performance.now() - started > PATIENCE) return `took ${performance.now() - started} ms`;
  const faults = faultsOf(json);
  return faults.length === 0 ? "accepted" : faults.join("\n");
}

/** What the validations of a stack say, each in its own line. */
function isOurs({ message }: Error): boolean {
  const [head = "", ...problems] = message
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("If you wish to ignore these validations"));
  return (
    head.startsWith("Validation failed with the following errors:") &&
    problems.every((line) => /^\s*\[stack/.test(line))
  );
}

test(`any program is accepted and sound, or refused with our error (SEED=${SEED})`, () => {
  const verdicts = new Map<string, number>();
  for (const program of fc.sample(programs, { numRuns: PROGRAMS, seed: SEED })) {
    const verdict = verdictOn(program);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }
  const { accepted = 0, refused = 0, ...others } = Object.fromEntries(verdicts);
  if (THOROUGH) console.log(`SEED=${SEED}: ${accepted} accepted, ${refused} refused`);

  expect(others).toEqual({});
  expect(accepted / PROGRAMS).toBeGreaterThanOrEqual(0.3);
  expect(accepted / PROGRAMS).toBeLessThanOrEqual(0.7);
});

describeOnTerraform(`generated programs that the library accepts (SEED=${SEED})`, () => {
  const account = accountOfSuite();

  test(`are accepted by Terraform too: ${PLANNED} of them, validated and planned`, async () => {
    const existing = account().createByHand(EXISTING);
    const isAccepted = (program: Program): boolean => {
      // Another name than this connection's is one that Terraform does not find.
      if (program.twist?.at === "name") return false;
      try {
        const stack = newStack();
        make(new Construct(stack, "Program"), program, existing);
        Testing.synth(stack, true);
        return true;
      } catch {
        return false;
      }
    };
    const accepted = fc
      .sample(programs, { numRuns: PLANNED * 5, seed: SEED })
      .filter(isAccepted)
      .slice(0, PLANNED);
    expect(accepted).toHaveLength(PLANNED);

    const stack: TerraformStack = newStack();
    accepted.forEach((program, index) => {
      make(new Construct(stack, `P${index}`), program, existing);
    });
    const project = await projectOf(stack, account());

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const { exitCode, output } = await project.plan();
    expect([exitCode, output.match(/Error: [\s\S]{0,500}/g) ?? []]).toEqual([0, []]);
    project.remove();
  });
});
