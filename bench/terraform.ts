/** What Terraform takes for what the programs make, on the local endpoint. */
import { AwsEndpoint } from "../local-aws";
import { TerraformProject } from "../local-aws/terraform";
import { type Program, writtenBy } from "./measure";
import type { Shape } from "./programs/platform";

/** In milliseconds, by the clock: Terraform's providers are processes of their own. */
export interface TerraformTimes {
  readonly plan: number;
  readonly apply?: number;
}

/** Plans what a program has written, and applies it if wanted. */
export async function terraformTimes(program: Program, shape: Shape, withApply: boolean): Promise<TerraformTimes> {
  const account = await AwsEndpoint.start();
  const [stack = ""] = writtenBy(program, shape);
  const project = await TerraformProject.create(stack, account.environment);
  try {
    const plan = await clocked(() => project.plan());
    return withApply ? { plan, apply: await clocked(() => project.apply()) } : { plan };
  } finally {
    project.remove();
    await account.stop();
  }
}

async function clocked(
  command: () => Promise<{ readonly exitCode: number; readonly output: string }>,
): Promise<number> {
  const start = performance.now();
  const { exitCode, output } = await command();
  if (exitCode !== 0) throw new Error(`Terraform failed:\n${output}`);
  return performance.now() - start;
}
