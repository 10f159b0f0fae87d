/**
 * Shows how the parts compose into a stack that already has a role, a bucket and a build project: a Bitbucket
 * repository starts a pipeline. The README shows the middle of it.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/first-pipeline.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { ServiceRole } from "../stacks/service-role";

export class FirstPipeline extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const bucket = new S3Bucket(this, "Artifacts", { bucketPrefix: "shop-artifacts-" });
    // Your role has more already: access to the bucket, codebuild:StartBuild, codebuild:BatchGetBuilds (stacks/permissions.ts).
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const pipelineRole = new ServiceRole(this, "PipelineRole", {
      namePrefix: "shop-pipeline-",
      description: "Runs the pipeline",
      service: "codepipeline.amazonaws.com",
      sourceArn: `arn:aws:codepipeline:eu-west-1:${accountId}:shop`,
      sourceAccount: accountId,
    });

    // begin: README.md
    const connection = new Connection(this, "Bitbucket", {
      name: "MyConnection",
      providerType: ProviderType.BITBUCKET,
    });

    const source = new PipelineSource(this, "Source", {
      connection, // or Connection.fromConnectionArn(this, "Existing", "arn:…")
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [pipelineRole.name],
    });

    new Codepipeline(this, "Pipeline", {
      name: "shop",
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore: [{ location: bucket.bucket, type: "S3" }],
      stage: [source.stage, build(source.outputArtifactName)],
      trigger: source.triggers,
      dependsOn: source.dependencies, // the permission is there before the pipeline, and goes after it
    });
    // end: README.md
  }
}

/** A stage that builds what the source stage pulled, with a CodeBuild project that exists. */
function build(inputArtifact: string): CodepipelineStage {
  return {
    name: "Build",
    action: [
      {
        name: "Build",
        category: "Build",
        owner: "AWS",
        provider: "CodeBuild",
        version: "1",
        inputArtifacts: [inputArtifact],
        configuration: { ProjectName: "shop" },
      },
    ],
  };
}

if (require.main === module) {
  const app = new App();
  new FirstPipeline(app, "first-pipeline");
  app.synth();
}
