import type { CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { type TerraformStack, Testing } from "cdktf";
import { AwsEndpoint } from "../../local-aws";
import { TerraformProject } from "../../local-aws/terraform";
import { findInstallation, terraformVersion } from "../../local-aws/terraform/installation";

const terraform = terraformVersion();

/**
 * A suite that needs the real Terraform. Where there is none its tests are reported as skipped, by name; with `CI=true`
 * that is a failure.
 */
export function describeOnTerraform(name: string, suite: () => void): void {
  if (!("missing" in terraform)) describe(name, suite);
  else if (process.env.CI === "true") {
    test(name, () => {
      throw new Error(terraform.missing);
    });
  } else describe.skip(name, suite);
}

/** One AWS account for a suite; at its end, an operation that the endpoint did not know fails the suite. */
export function accountOfSuite(): () => AwsEndpoint {
  let endpoint: AwsEndpoint | undefined;
  beforeAll(async () => {
    const { says } = await findInstallation();
    process.stderr.write(`Terraform gets its providers from ${says}.\n`);
    endpoint = await AwsEndpoint.start();
  });
  afterAll(async () => {
    const unknown = endpoint?.unknownOperations ?? [];
    await endpoint?.stop();
    if (unknown.length > 0) throw new Error(`The local endpoint does not know:\n  ${unknown.join("\n  ")}`);
  });
  return () => {
    if (endpoint === undefined) throw new Error("The account exists only while the suite runs.");
    return endpoint;
  };
}

/** A stack, synthesised with validations on, in a Terraform project whose AWS account is the endpoint. */
export function projectOf(stack: TerraformStack, endpoint: AwsEndpoint): Promise<TerraformProject> {
  return TerraformProject.create(Testing.synth(stack, true), endpoint.environment);
}

/** The trust policy of a role that pipelines run as. */
export const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** A role that neither Terraform nor this project made. */
export function makeRoleElsewhere(account: AwsEndpoint, name: string): void {
  account.services.iam.operations.CreateRole?.(
    { RoleName: name, AssumeRolePolicyDocument: TRUST },
    { accountId: account.accountId, region: "us-east-1" },
  );
}

/** The second stage that every pipeline must have, with nothing to build. */
export const APPROVE: CodepipelineStage = {
  name: "Approve",
  action: [{ name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
};

/** Terraform's output without its frames and line breaks, so that a sentence can be found in it. */
export function sentences(output: string): string {
  return output.replace(/^[│╷╵ ]+/gm, "").replace(/\s+/g, " ");
}
