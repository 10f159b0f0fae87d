/** What Terraform takes for what the programs make, on the local endpoint. */
import { AwsEndpoint } from "../local-aws";
import { TerraformProject } from "../local-aws/terraform";
import { type Program, writtenBy } from "./measure";
import type { Shape } from "./programs/platform";

/** The processor time of Terraform and its provider, in milliseconds. */
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
    const plan = await timeOf(project, "plan");
    return withApply ? { plan, apply: await timeOf(project, "apply -auto-approve") } : { plan };
  } finally {
    project.remove();
    await account.stop();
  }
}

/** The shell tells last what its children have taken, and theirs: `1m2.03s 0m4.05s`. */
const CHILDREN = /(\d+)m([\d.]+)s (\d+)m([\d.]+)s\s*$/;

async function timeOf(project: TerraformProject, command: string): Promise<number> {
  const { exitCode, output } = await project.shell(`terraform ${command} -input=false -no-color && times`);
  const [, ...parts] = CHILDREN.exec(output) ?? [];
  if (exitCode !== 0 || parts.length === 0) throw new Error(`Terraform failed:\n${output}`);
  const [minutes = 0, seconds = 0, systemMinutes = 0, systemSeconds = 0] = parts.map(Number);
  return ((minutes + systemMinutes) * 60 + seconds + systemSeconds) * 1000;
}
