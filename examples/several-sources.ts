/**
 * Shows a stage with several source actions: an application in Bitbucket, and the library that it is built with in
 * GitHub. A change of either starts the pipeline, and the build takes both. Each action has a name of its own, from which
 * the names of its artifact and of its variables come.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/several-sources.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType, SourceAction } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class SeveralSources extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "several-sources" });
    const connection = new Connection(this, "Bitbucket", {
      name: "several-bitbucket",
      providerType: ProviderType.BITBUCKET,
    });
    const github = new Connection(this, "GitHub", { name: "several-github", providerType: ProviderType.GITHUB });

    const library = new SourceAction({
      connection: github,
      repository: "acme/library",
      branch: "main",
      actionName: "Library",
    });
    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      actionName: "Shop",
      additionalActions: [library],
      pipelineRoles: [platform.pipelineRole.name],
    });
    const build = platform.build([source.outputArtifactName, library.outputArtifactName], {
      EnvironmentVariables: JSON.stringify([
        { name: "SHOP_COMMIT", value: source.variables.commitId },
        { name: "LIBRARY_COMMIT", value: library.variables.commitId },
      ]),
    });
    new Codepipeline(this, "Pipeline", {
      name: "several-sources",
      roleArn: platform.pipelineRole.arn,
      pipelineType: "V2",
      artifactStore: platform.artifactStore,
      stage: [source.stage, build],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...platform.dependencies],
    });
  }
}

if (require.main === module) {
  const app = new App();
  new SeveralSources(app, "several-sources");
  app.synth();
}
