/**
 * A local AWS account to deploy one's own programs to, by hand, without an AWS account: `npm run local-aws`. It lasts
 * until Ctrl-C, and Enter does what a person does in the console.
 */
import { createInterface } from "node:readline";
import { AwsEndpoint } from "../local-aws";
import { findInstallation } from "../local-aws/terraform/installation";
import { fail, say } from "./screen";

async function main(): Promise<void> {
  const installation = await findInstallation();
  const endpoint = await AwsEndpoint.start();
  say(`A local AWS account ${endpoint.accountId}, empty. In the shell that deploys to it, run:`);
  say("");
  const environment: NodeJS.ProcessEnv = { ...installation.environment, ...endpoint.environment };
  for (const name of new Set([...Object.keys(process.env), ...Object.keys(environment)])) {
    const value = environment[name];
    if (value === undefined) say(`unset ${name}`);
    else if (value !== process.env[name]) say(`export ${name}='${value}'`);
  }
  say("");
  say(
    "Enter here activates every connection that is PENDING, as a person does in the console. Ctrl-C stops the account.",
  );
  const activated = (arn: string): string => {
    try {
      endpoint.activate(arn);
      return `Activated ${arn}`;
    } catch (error) {
      // Its host is not set up. The account must outlive that.
      return String(error);
    }
  };
  createInterface({ input: process.stdin }).on("line", () => {
    const { hosts, connections } = endpoint.services.codestarConnections.store;
    const pending = [...hosts.values(), ...connections.values()].filter(({ status }) => status === "PENDING");
    if (pending.length === 0) say("Nothing is PENDING.");
    for (const { arn } of pending) say(activated(arn));
  });
}

main().catch((error: unknown) => {
  fail(error instanceof Error ? error.message : String(error));
});
