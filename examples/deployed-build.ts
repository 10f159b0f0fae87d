/**
 * Shows a pipeline that deploys what was built: the deploy action takes the build's artifact, and the commit that it was
 * built from becomes the folder that it is deployed to.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/deployed-build.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class DeployedBuild extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "deployed-build" });
    const connection = new Connection(this, "Bitbucket", {
      name: "deployed-build",
      providerType: ProviderType.BITBUCKET,
    });
    const website = new S3Bucket(this, "Website", { bucketPrefix: "website-", forceDestroy: true });

    const deployment = platform.pipelineRole.allow("Deploy", [
      { Action: ["s3:PutObject"], Resource: `${website.arn}/*` },
      { Action: ["s3:GetBucketLocation", "s3:GetBucketVersioning"], Resource: website.arn },
    ]);

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/website",
      branch: "main",
      pipelineRoles: [platform.pipelineRole.name],
    });
    const deploy: CodepipelineStage = {
      name: "Deploy",
      action: [
        {
          name: "Website",
          category: "Deploy",
          owner: "AWS",
          provider: "S3",
          version: "1",
          inputArtifacts: ["BuildOutput"],
          configuration: {
            BucketName: website.bucket,
            Extract: "true",
            ObjectKey: source.variables.commitId,
          },
        },
      ],
    };
    new Codepipeline(this, "Pipeline", {
      name: "deployed-build",
      roleArn: platform.pipelineRole.arn,
      pipelineType: "V2",
      artifactStore: platform.artifactStore,
      stage: [source.stage, platform.build([source.outputArtifactName]), deploy],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...platform.dependencies, deployment],
    });
  }
}

if (require.main === module) {
  const app = new App();
  new DeployedBuild(app, "deployed-build");
  app.synth();
}
