/**
 * Shows one connection for a whole company, in a stack of its own, and a pipeline in another stack and another region
 * that uses it: connections are global. CDKTF carries the ARN from one stack to the other and deploys them in order.
 *
 * Run it with `npx cdktf deploy '*' --app "node -r tsx/cjs examples/two-regions.ts"`.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, type IConnection, PipelineSource, ProviderType } from "cdktf-codestar-connections";
import { ServiceRole } from "../stacks/service-role";

/** Owns the connection, so its reminder is here too. */
export class SharedStack extends TerraformStack {
  public readonly connection: IConnection;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    this.connection = new Connection(this, "Bitbucket", {
      name: "company",
      providerType: ProviderType.BITBUCKET,
    });
  }
}

export class ShopStack extends TerraformStack {
  public constructor(scope: Construct, id: string, connection: IConnection) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const bucket = new S3Bucket(this, "Artifacts", { bucketPrefix: "shop-artifacts-" });
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const role = new ServiceRole(this, "PipelineRole", {
      namePrefix: "shop-pipeline-",
      description: "Runs the pipeline",
      service: "codepipeline.amazonaws.com",
      sourceArn: `arn:aws:codepipeline:eu-west-1:${accountId}:shop`,
      sourceAccount: accountId,
    });

    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [role.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "shop",
      roleArn: role.arn,
      pipelineType: "V2",
      artifactStore: [{ location: bucket.bucket, type: "S3" }],
      stage: [
        source.stage,
        {
          name: "Approve",
          action: [{ name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
        },
      ],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  }
}

if (require.main === module) {
  const app = new App();
  const { connection } = new SharedStack(app, "shared");
  new ShopStack(app, "shop", connection);
  app.synth();
}
