import { setTimeout } from "node:timers/promises";
import type { CdktfProject } from "../local-aws/terraform/cdktf-project";
import { show, showDeploy, showOutput, step, succeed } from "./screen";

/** So long that the command has looked at the connection once. */
const LOOK_MS = 2_000;

/** How an account differs from another, for the journey. */
export interface Journey {
  /** What stands in the step in which a person activates the connection. */
  readonly activation: string;
  /** Does what the person does, or lets the person do it. */
  readonly activate: (arn: string) => Promise<undefined>;
  /** Whether it ends while the connection is pending. */
  readonly endsPending?: boolean;
}

/** From nothing to a pipeline that its repository starts: deploy, activation, first run, and a deploy that says so. */
export async function travel(project: CdktfProject, { activation, activate, endsPending }: Journey): Promise<void> {
  const doctor = () => project.command("doctor");
  const deploy = () => succeed(project.deploy());
  showDeploy(await step("cdktf deploy", deploy));
  show(project.outputs());
  showOutput(await step("npx cdktf-codestar-connections doctor", doctor));
  if (endsPending) return;

  const { connection_arn: arn = "" } = project.outputs();
  const waiting = succeed(project.command("wait", "--start", "--yes"));
  await step("npx cdktf-codestar-connections wait --start --yes, in the background", () =>
    setTimeout(LOOK_MS, undefined),
  );
  await step(activation, () => activate(arn));
  showOutput(await step("The command notices, and gets the pipeline going", () => waiting));
  showOutput(await step("npx cdktf-codestar-connections doctor", () => succeed(doctor())));

  showDeploy(await step("cdktf deploy", deploy));
  show(project.outputs());
}
