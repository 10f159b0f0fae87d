/**
 * The same journey in a real AWS account, which costs money: `npm run test:aws`. Up to PENDING it needs nobody; with
 * REPOSITORY it waits for a person to activate the connection, and goes on to the first run. It removes what it made.
 */
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { CdktfProject } from "../local-aws/terraform/cdktf-project";
import { findInstallation, terraformVersion } from "../local-aws/terraform/installation";
import { travel } from "./journey";
import { fail, hear, say, step, succeed } from "./screen";

const CLI = resolve("node_modules/.bin/cdktf");

const CONSENT = "I_PAY";

/** So long as a person may take to activate the connection. */
const PATIENCE_MS = 60 * 60_000;

const NOTE = `This makes a pipeline, a CodeBuild project, roles, policies, a bucket, a log group and a connection in the AWS
account of your credentials, and removes them at the end. Without a build it costs cents at most; a build costs what
CodeBuild takes for its minutes. See https://aws.amazon.com/codepipeline/pricing and https://aws.amazon.com/codebuild/pricing.

  ${CONSENT}=yes npm run test:aws                    up to PENDING
  ${CONSENT}=yes REPOSITORY=acme/shop npm run test:aws   on to the first run; the repository has a buildspec.yml

BRANCH (main), PROVIDER_TYPE (Bitbucket) and REGION (us-east-1) are as in the context of main.ts.`;

async function main(): Promise<void> {
  const { REPOSITORY, BRANCH = "main", PROVIDER_TYPE = "Bitbucket", REGION = "us-east-1" } = process.env;
  const terraform = terraformVersion();
  if (process.env[CONSENT] !== "yes" || "missing" in terraform) {
    fail("missing" in terraform ? terraform.missing : NOTE);
    return;
  }
  const name = `cdktf-test-${Date.now().toString(36)}`;
  const aws = Object.entries(process.env).filter((entry): entry is [string, string] => entry[0].startsWith("AWS_"));
  const project = new CdktfProject(await findInstallation(), Object.fromEntries(aws), {
    onLine: hear,
    timeout: PATIENCE_MS,
    context: {
      ...{ region: REGION, pipelineName: name, connectionName: name, providerType: PROVIDER_TYPE },
      ...{ repository: REPOSITORY ?? "acme/shop", branch: BRANCH },
    },
  });
  // Ctrl-C ends the command that runs, and with it the journey. What was made is removed all the same.
  process.on("SIGINT", () => undefined);
  try {
    await travel(project, {
      activation: "Activate the connection at the link above, and press Enter",
      activate: answered,
      endsPending: REPOSITORY === undefined,
    });
  } finally {
    const destroy = step("cdktf destroy", () => succeed(project.destroy()));
    await destroy.catch((error: unknown) => {
      say(`What was made is still there. Try again: (cd ${project.folder} && ${CLI} destroy)`);
      throw error;
    });
    say(`Nothing that is named ${name} is left.`);
    project.remove();
  }
}

async function answered(): Promise<undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question("");
  terminal.close();
}

main().catch((error: unknown) => {
  fail(error instanceof Error ? error.message : String(error));
});
