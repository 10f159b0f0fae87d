/**
 * A message when a source stage is red: EventBridge hears of it, and a topic of SNS tells whoever subscribes. So a
 * connection that has lost its activation is noticed.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/failed-source.ts"`.
 */
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType } from "cdktf-codestar-connections";

class FailedSource extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const { artifactStore, pipelineRole, dependencies } = platform(this, "failed-source");
    const connection = new Connection(this, "Bitbucket", {
      name: "failed-source",
      providerType: ProviderType.BITBUCKET,
    });
    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [pipelineRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "failed-source",
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore,
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...dependencies],
    });

    const topic = new SnsTopic(this, "Topic", { name: "failed-source" });
    const rule = new CloudwatchEventRule(this, "Failed", {
      description: "The source stage of a pipeline has failed",
      eventPattern: JSON.stringify({
        source: ["aws.codepipeline"],
        "detail-type": ["CodePipeline Action Execution State Change"],
        detail: { state: ["FAILED"], type: { category: ["Source"] }, pipeline: ["failed-source"] },
      }),
    });
    new SnsTopicPolicy(this, "TopicPolicy", {
      arn: topic.arn,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
          },
        ],
      }),
    });
    new CloudwatchEventTarget(this, "Target", {
      rule: rule.name,
      arn: topic.arn,
      inputTransformer: {
        inputPaths: {
          pipeline: "$.detail.pipeline",
          action: "$.detail.action",
          summary: "$.detail.execution-result.external-execution-summary",
        },
        inputTemplate: '"<action> of the pipeline <pipeline> has failed: <summary>"',
      },
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
new FailedSource(app, "failed-source");
app.synth();
