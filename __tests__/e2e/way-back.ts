import type { AwsEndpoint } from "../../local-aws";
import type { Fault } from "../../local-aws/faults";
import { ask } from "../../local-aws/made-by-calls";
import type { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import type { CommandResult, Stop } from "../../local-aws/terraform/command";
import { blocksOf, sectionOf, textOf } from "../support/documentation";

/** How a deploy ends too early: the caller is stopped while a call is under way, or the network loses the answer. */
export type Ending = "SIGINT" | "SIGKILL" | "lost answer";

/** What changes something; a deploy that is stopped at anything else is as one that is stopped at the change before. */
const CHANGES = /:(Create|Put|Attach|Delete|Detach|Update|Tag)/;

/** Runs a command of the CLI that ends too early, at its n-th change, which AWS makes all the same. */
export async function endedAt(
  account: AwsEndpoint,
  project: CdktfProject,
  command: "deploy" | "destroy",
  ending: Ending,
  n: number,
): Promise<CommandResult & { readonly action: string | undefined }> {
  let [changes, stop]: [number, Stop | undefined] = [0, undefined];
  let at: string | undefined;
  account.faults = ({ action }): Fault | undefined => {
    if (!CHANGES.test(action) || ++changes !== n) return undefined;
    at = action;
    if (ending !== "lost answer") stop?.(ending);
    return "lost answer";
  };
  const result = await project.interruptible(command, (given) => {
    stop = given;
  });
  account.faults = undefined;
  return { ...result, action: at };
}

const PAGE = "docs/troubleshooting.md";

export const TROUBLESHOOTING = textOf(PAGE);

const STEPS = sectionOf(PAGE, "After a deploy that was interrupted");

/** Follows the page from its first step on, until a deploy ends well, and tells what the deploys said. */
export async function followWayBack(project: CdktfProject): Promise<string> {
  expect(blocksOf(PAGE, STEPS).map(({ code }) => code)).toEqual([
    "npx cdktf deploy",
    "npx cdktf-codestar-connections doctor",
  ]);
  let said = "";
  // Terraform makes what is independent at the same time, and can stumble over one name after another.
  for (let round = 0; round < 3; round++) {
    const { exitCode, output } = await project.deploy();
    if (exitCode === 0) return said;
    said += output;
    await takeIn(project);
  }
  return fail(`The page does not lead to a deploy that ends well:\n${said}`);
}

/** Runs the lines that `doctor` prints for what the state does not know. */
export async function takeIn(project: CdktfProject): Promise<void> {
  const { output } = await project.command("doctor");
  const lines = [...output.matchAll(/take it in: (\(cd .*? && terraform import .*?\))\./g)].map(
    ([, line = ""]) => line,
  );
  if (lines.length === 0) fail(`doctor knows no way back:\n${output}`);
  for (const line of lines) {
    const imported = await project.shell(line);
    if (imported.exitCode !== 0) fail(`${line}\n${imported.output}`);
  }
}

/** Deletes what an earlier try left behind: what `doctor` names, and what the page tells to look for besides. */
export async function deleteLeftovers(account: AwsEndpoint, project: CdktfProject): Promise<void> {
  // A policy is named once no role has it any more.
  for (let named = await namedBy(project); named.length > 0; named = await namedBy(project)) {
    for (const { kind, name } of named) {
      if (kind === "role") deleteRole(account, name);
      else ask(account, "iam", "DeletePolicy", { PolicyArn: `arn:aws:iam::${account.accountId}:policy/${name}` });
    }
  }
  expect(STEPS).toContain("aws s3 ls");
  const { output: state } = await project.shell("cat terraform.*.tfstate");
  for (const arn of account.inventory().filter((line) => line.includes(":s3:::artifacts-"))) {
    const Bucket = arn.replace(/^.*:/, "");
    const request = { Key: "", query: {}, headers: {}, body: Buffer.from("") };
    if (!state.includes(`"${Bucket}"`)) ask(account, "s3", "DeleteBucket", { Bucket, ...request });
  }
}

async function namedBy(project: CdktfProject): Promise<{ readonly kind: string; readonly name: string }[]> {
  const { output } = await project.command("doctor");
  const named = output.matchAll(/The (role|policy) "(\S+)" is named as those of the stack/g);
  return Array.from(named, ([, kind = "", name = ""]) => ({ kind, name }));
}

/** As the console does it: with all that the role has. */
function deleteRole(account: AwsEndpoint, RoleName: string): void {
  const list = (operation: string) => ask(account, "iam", operation, { RoleName }) as { [list: string]: unknown };
  for (const PolicyName of list("ListRolePolicies").PolicyNames as string[]) {
    ask(account, "iam", "DeleteRolePolicy", { RoleName, PolicyName });
  }
  for (const { PolicyArn } of list("ListAttachedRolePolicies").AttachedPolicies as { PolicyArn: string }[]) {
    ask(account, "iam", "DetachRolePolicy", { RoleName, PolicyArn });
  }
  ask(account, "iam", "DeleteRole", { RoleName });
}

function fail(message: string): never {
  throw new Error(message);
}
