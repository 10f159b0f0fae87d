/**
 * Shows many repositories, each with a pipeline, that share one role and one connection. A role takes ten managed
 * policies, so the pipelines share the permission too: one policy, which is divided when it grows too long for IAM. Each
 * pipeline may read the repositories that are listed, and no other one of the workspace.
 *
 * Run it with `npx cdktf deploy --app "node -r tsx/cjs examples/fleet.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionPolicy, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { Platform } from "./platform";

/** New ones are best added at the end: then only the last of the policies changes. */
const SERVICES = [
  ...["basket", "billing", "catalogue", "checkout", "customers", "delivery"],
  ...["inventory", "pricing", "returns", "reviews", "search", "vouchers"],
];

export class Fleet extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const platform = new Platform(this, "Platform", { pipelineName: "fleet-*" });
    const connection = new Connection(this, "Bitbucket", { name: "fleet", providerType: ProviderType.BITBUCKET });

    const policy = new ConnectionPolicy(this, "Policy", {
      grants: [{ connection, repositories: SERVICES.map((service) => `acme/${service}`), readOnly: true }],
      roles: [platform.pipelineRole.name],
      policyPath: "/pipelines/",
    });
    for (const service of SERVICES) {
      const source = new PipelineSource(this, `Source-${service}`, {
        connection,
        repository: `acme/${service}`,
        branch: "main",
        policy,
      });
      new Codepipeline(this, `Pipeline-${service}`, {
        name: `fleet-${service}`,
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
  new Fleet(app, "fleet");
  app.synth();
}
