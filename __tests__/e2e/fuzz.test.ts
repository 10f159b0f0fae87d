import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import { EXISTING, make, type Program, programs } from "../support/programs";
import { newStack } from "../support/synthesis";
import { accountOfSuite, describeOnTerraform, projectOf } from "./on-terraform";

const WANTED = process.env.THOROUGH === "true" ? 400 : 100;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

describeOnTerraform(`generated programs that the library accepts (SEED=${SEED})`, () => {
  const account = accountOfSuite();

  test(`are accepted by Terraform too: ${WANTED} of them, validated and planned`, async () => {
    const existing = account().createByHand(EXISTING);
    const isAccepted = (program: Program): boolean => {
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
      .sample(programs, { numRuns: WANTED * 5, seed: SEED })
      .filter(isAccepted)
      .slice(0, WANTED);
    expect(accepted).toHaveLength(WANTED);

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
