/**
 * The whole journey, on this machine and without an AWS account: `cdktf deploy` of main.ts with the real CLI, the real
 * Terraform and the real AWS provider, and the command of this package, against a local AWS endpoint. Run it with
 * `npm run demo`.
 */
import { AwsEndpoint } from "../local-aws";
import { CdktfProject } from "../local-aws/terraform/cdktf-project";
import { findInstallation, terraformVersion } from "../local-aws/terraform/installation";
import { travel } from "./journey";
import { fail, hear, say, step, succeed } from "./screen";

async function main(): Promise<void> {
  const terraform = terraformVersion();
  if ("missing" in terraform) {
    fail(terraform.missing);
    return;
  }
  const installation = await findInstallation();
  const endpoint = await AwsEndpoint.start();
  say(`Terraform ${terraform.version}, with providers from ${installation.says}.`);
  say(`A local AWS account ${endpoint.accountId}, empty, at ${endpoint.url}.`);

  const project = new CdktfProject(installation, endpoint.environment, { onLine: hear });
  try {
    await travel(project, {
      activation: "A person activates the connection in the console (here, the local account does)",
      activate: (arn) => {
        endpoint.activate(arn);
        return Promise.resolve(undefined);
      },
    });
    await step("cdktf destroy", () => succeed(project.destroy()));
    const left = endpoint.inventory();
    say(`Left behind in the account: ${left.length === 0 ? "nothing." : left.join(", ")}`);
    if (left.length > 0) fail("The destroy is not complete.");
    if (endpoint.unknownOperations.length > 0) {
      fail(`The local endpoint does not know: ${endpoint.unknownOperations.join(", ")}`);
    }
  } finally {
    project.remove();
    await endpoint.stop();
  }
}

main().catch((error: unknown) => {
  fail(error instanceof Error ? error.message : String(error));
});
