/**
 * A pipeline that is not created before a person has activated its connection: the first deploy makes the connection
 * and stops with the reminder as its error; after the activation, deploy again, and the pipeline is created. Until then
 * no plan of this stack passes, so the connection stands best in a small stack.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/gated-pipeline.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType } from "cdktf-codestar-connections";

class GatedPipeline extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const { artifactStore, pipelineRole, dependencies } = platform(this, "gated");
    const connection = new Connection(this, "Bitbucket", { name: "gated", providerType: ProviderType.BITBUCKET });
    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [pipelineRole.name],
      requireActivation: true,
    });
    new Codepipeline(this, "Pipeline", {
      name: "gated",
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore,
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...dependencies],
    });
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
new GatedPipeline(app, "gated-pipeline");
app.synth();
