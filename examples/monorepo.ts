/**
 * Shows one repository with several services, and a pipeline for each: file paths in the filters of the triggers start
 * only the pipeline whose service has changed. CodePipeline looks at the first 100 changed files of a push, and the first
 * push of a new branch starts nothing.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/monorepo.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, GitPushFilter, PipelineSource, ProviderType, Trigger } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class Monorepo extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "monorepo-*" });
    const connection = new Connection(this, "Bitbucket", { name: "monorepo", providerType: ProviderType.BITBUCKET });

    for (const service of ["cart", "catalogue"]) {
      const source = new PipelineSource(this, `Source-${service}`, {
        connection,
        repository: "acme/shop",
        branch: "main",
        trigger: Trigger.onPush(
          GitPushFilter.branches(
            { includes: ["main"] },
            { filePaths: { includes: [`services/${service}/**`, "shared/**"], excludes: ["**/*.md"] } },
          ),
        ),
        pipelineRoles: [platform.pipelineRole.name],
      });
      new Codepipeline(this, `Pipeline-${service}`, {
        name: `monorepo-${service}`,
        roleArn: platform.pipelineRole.arn,
        pipelineType: "V2",
        artifactStore: platform.artifactStore,
        stage: [source.stage, platform.build([source.outputArtifactName])],
        trigger: source.triggers,
        dependsOn: [...source.dependencies, ...platform.dependencies],
      });
    }
  }
}

if (require.main === module) {
  const app = new App();
  new Monorepo(app, "monorepo");
  app.synth();
}
