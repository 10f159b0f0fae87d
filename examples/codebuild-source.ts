/**
 * CodeBuild pulls by itself, without a pipeline: a project whose source is the repository, and a webhook that starts
 * it. Its role needs more than that of a pipeline, a token of the connection: `codeBuildSource`.
 *
 * The connection must be activated before the project can have its webhook, so the project waits for it: deploy again
 * after the activation.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/codebuild-source.ts"`.
 */
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { CodebuildWebhook } from "@cdktf/provider-aws/lib/codebuild-webhook";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ActivationGate, Connection, ConnectionPolicy, ProviderType } from "cdktf-codestar-connections";

class CodeBuildSource extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const connection = new Connection(this, "GitHub", { name: "codebuild", providerType: ProviderType.GITHUB });
    const role = new IamRole(this, "BuildRole", {
      namePrefix: "codebuild-",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "codebuild.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              ArnEquals: { "aws:SourceArn": `arn:aws:codebuild:us-east-1:${accountId}:project/codebuild-source` },
            },
          },
        ],
      }),
    });
    const logs = new IamRolePolicy(this, "Logs", {
      role: role.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `arn:aws:logs:us-east-1:${accountId}:log-group:/aws/codebuild/codebuild-source*`,
          },
        ],
      }),
    });
    const policy = new ConnectionPolicy(this, "Policy", {
      grants: [{ connection, codeBuildSource: true }],
      roles: [role.name],
    });
    const gate = new ActivationGate(this, "Gate", { connection });

    const project = new CodebuildProject(this, "Project", {
      name: "codebuild-source",
      serviceRole: role.arn,
      source: {
        type: "GITHUB",
        location: "https://github.com/acme/shop.git",
        auth: { type: "CODECONNECTIONS", resource: connection.connectionArn },
      },
      artifacts: { type: "NO_ARTIFACTS" },
      environment: {
        type: "LINUX_CONTAINER",
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      },
      dependsOn: [...policy.dependencies, ...gate.dependencies, logs],
    });
    new CodebuildWebhook(this, "Webhook", {
      projectName: project.name,
      filterGroup: [
        {
          filter: [
            { type: "EVENT", pattern: "PUSH" },
            { type: "HEAD_REF", pattern: "^refs/heads/main$" },
          ],
        },
      ],
    });
  }
}

const app = new App();
new CodeBuildSource(app, "codebuild-source");
app.synth();
