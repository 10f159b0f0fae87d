/**
 * Many repositories, each with a pipeline, that share one role and one connection. A role takes ten managed policies,
 * so the pipelines share the permission too: one policy, which is divided when it grows too long for IAM. Each pipeline
 * may read the repositories that are listed, and no other one of the workspace.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/fleet.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionPolicy, PipelineSource, ProviderType } from "cdktf-codestar-connections";

/** New ones are best added at the end: then only the last of the policies changes. */
const SERVICES = [
  ...["basket", "billing", "catalogue", "checkout", "customers", "delivery"],
  ...["inventory", "pricing", "returns", "reviews", "search", "vouchers"],
];

class Fleet extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const { artifactStore, pipelineRole, dependencies } = platform(this, "fleet-*");
    const connection = new Connection(this, "Bitbucket", { name: "fleet", providerType: ProviderType.BITBUCKET });

    const policy = new ConnectionPolicy(this, "Policy", {
      grants: [{ connection, repositories: SERVICES.map((service) => `acme/${service}`), readOnly: true }],
      roles: [pipelineRole.name],
      policyPath: "/pipelines/",
    });
    for (const service of SERVICES) {
      const source = new PipelineSource(this, `Source-${service}`, {
        connection,
        repository: `acme/${service}`,
        branch: "main",
        policy,
      });
      new Codepipeline(this, `Pipeline-${service}`, {
        name: `fleet-${service}`,
        roleArn: pipelineRole.arn,
        pipelineType: "V2",
        artifactStore,
        stage: [source.stage, APPROVE],
        trigger: source.triggers,
        dependsOn: [...source.dependencies, ...dependencies],
      });
    }
  }
}

/** The second stage, which every pipeline must have. Put your build in its place. */
const APPROVE: CodepipelineStage = {
  name: "Approve",
  action: [{ name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
};

/** What your stack has already: a bucket for the artifacts, and the role of the pipeline. */
function platform(scope: Construct, pipelineName: string) {
  const { accountId } = new DataAwsCallerIdentity(scope, "Account");
  const bucket = new S3Bucket(scope, "Artifacts", { bucketPrefix: "artifacts-", forceDestroy: true });
  const pipelineRole = new IamRole(scope, "PipelineRole", {
    namePrefix: "pipeline-",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "codepipeline.amazonaws.com" },
          Action: "sts:AssumeRole",
          // Only for this pipeline.
          Condition: {
            ArnLike: { "aws:SourceArn": `arn:aws:codepipeline:*:${accountId}:${pipelineName}` },
            StringEquals: { "aws:SourceAccount": accountId },
          },
        },
      ],
    }),
  });
  const storeArtifacts = new IamRolePolicy(scope, "StoreArtifacts", {
    role: pipelineRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetBucketVersioning", "s3:GetBucketLocation"], Resource: bucket.arn },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
          Resource: `${bucket.arn}/*`,
        },
      ],
    }),
  });
  return { artifactStore: [{ location: bucket.bucket, type: "S3" }], pipelineRole, dependencies: [storeArtifacts] };
}

const app = new App();
new Fleet(app, "fleet");
app.synth();
