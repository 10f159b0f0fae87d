/**
 * Shows a full clone: the build gets the repository with its history, tags and symbolic links, where a ZIP has the files
 * of one commit only. CodeBuild clones it itself, so the build's role is named and gets the permission too.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/full-clone.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, OutputFormat, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class FullClone extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "full-clone" });
    const connection = new Connection(this, "Bitbucket", { name: "full-clone", providerType: ProviderType.BITBUCKET });

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
      pipelineRoles: [platform.pipelineRole.name],
      buildRoles: [platform.buildRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "full-clone",
      roleArn: platform.pipelineRole.arn,
      pipelineType: "V2",
      artifactStore: platform.artifactStore,
      stage: [source.stage, platform.build([source.outputArtifactName])],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...platform.dependencies],
    });
  }
}

if (require.main === module) {
  const app = new App();
  new FullClone(app, "full-clone");
  app.synth();
}
