/**
 * Shows a pipeline that tests pull requests into `main`, when they are opened and at each new revision, and the branch
 * itself after the merge: one trigger with filters of both kinds.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/pull-requests.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Connection,
  GitPullRequestFilter,
  GitPushFilter,
  PipelineSource,
  ProviderType,
  PullRequestEvent,
  Trigger,
} from "cdktf-codestar-connections";
import { Platform } from "./platform";

export class PullRequests extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "pull-requests" });
    const connection = new Connection(this, "GitHub", { name: "pull-requests", providerType: ProviderType.GITHUB });

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      trigger: Trigger.onPushOrPullRequest(
        [GitPushFilter.branches({ includes: ["main"] })],
        [
          GitPullRequestFilter.branches(
            { includes: ["main"] },
            { events: [PullRequestEvent.OPEN, PullRequestEvent.UPDATED] },
          ),
        ],
      ),
      pipelineRoles: [platform.pipelineRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "pull-requests",
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
  new PullRequests(app, "pull-requests");
  app.synth();
}
