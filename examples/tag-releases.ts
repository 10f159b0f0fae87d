/**
 * Shows releases by tags: the pipeline starts when a tag such as v1.2.3 is pushed, and not at a release candidate's. The
 * branch serves manual starts only.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/tag-releases.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, GitPushFilter, PipelineSource, ProviderType, Trigger } from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class TagReleases extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "tag-releases" });
    const connection = new Connection(this, "GitLab", { name: "tag-releases", providerType: ProviderType.GITLAB });

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/web/shop",
      branch: "main",
      trigger: Trigger.onPush(GitPushFilter.tags({ includes: ["v*"], excludes: ["*-rc*"] })),
      pipelineRoles: [platform.pipelineRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "tag-releases",
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
  new TagReleases(app, "tag-releases");
  app.synth();
}
