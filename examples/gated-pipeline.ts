/**
 * Shows a pipeline that is not created before a person has activated its connection: the first deploy makes the connection
 * and stops with the reminder as its error; after the activation, deploy again, and the pipeline is created. Until then no
 * plan of this stack passes, so the connection stands best in a small stack.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/gated-pipeline.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class GatedPipeline extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "gated" });
    const connection = new Connection(this, "Bitbucket", { name: "gated", providerType: ProviderType.BITBUCKET });

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [platform.pipelineRole.name],
      requireActivation: true,
    });
    new Codepipeline(this, "Pipeline", {
      name: "gated",
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
  new GatedPipeline(app, "gated-pipeline");
  app.synth();
}
