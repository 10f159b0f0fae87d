/**
 * A fleet that is divided over stacks, each with a state of its own, so that no plan gets slow. The connection, the
 * roles and the permission are in one stack; each team's pipelines are in another, which depends on it.
 *
 * In a clone, run it with `npx cdktf deploy '*' --app "node -r tsx/cjs examples/fleet-over-stacks.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionPolicy, PipelineSource, ProviderType } from "cdktf-codestar-connections";

const TEAMS = { orders: ["basket", "checkout"], catalogue: ["pricing", "search"] };

/** What all teams share. The policy allows all repositories of the workspace, so that a new one changes nothing here. */
class Shared extends TerraformStack {
  public readonly connection: Connection;
  public readonly policy: ConnectionPolicy;
  public readonly platform: ReturnType<typeof platform>;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    this.platform = platform(this, "team-*");
    this.connection = new Connection(this, "Bitbucket", { name: "company", providerType: ProviderType.BITBUCKET });
    this.policy = new ConnectionPolicy(this, "Policy", {
      grants: [{ connection: this.connection, repositories: ["acme/*"] }],
      roles: [this.platform.pipelineRole.name],
    });
  }
}

class Team extends TerraformStack {
  public constructor(scope: Construct, id: string, { connection, policy, platform }: Shared, services: string[]) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    for (const service of services) {
      const source = new PipelineSource(this, `Source-${service}`, {
        connection,
        repository: `acme/${service}`,
        branch: "main",
        policy,
      });
      new Codepipeline(this, `Pipeline-${service}`, {
        name: `${id}-${service}`,
        roleArn: platform.pipelineRole.arn,
        pipelineType: "V2",
        artifactStore: platform.artifactStore,
        stage: [source.stage, APPROVE],
        trigger: source.triggers,
        dependsOn: source.dependencies,
      });
    }
  }
}

/** The second stage, which every pipeline must have. Put your build in its place. */
const APPROVE: CodepipelineStage = {
  name: "Approve",
  action: [{ name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
};

/** What your stack has already: a bucket for the artifacts, and the role of the pipeline. */
function platform(scope: Construct, pipelineName: string) {
  const { accountId } = new DataAwsCallerIdentity(scope, "Account");
  const bucket = new S3Bucket(scope, "Artifacts", { bucketPrefix: "artifacts-", forceDestroy: true });
  const pipelineRole = new IamRole(scope, "PipelineRole", {
    namePrefix: "pipeline-",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "codepipeline.amazonaws.com" },
          Action: "sts:AssumeRole",
          // Only for this pipeline.
          Condition: {
            ArnLike: { "aws:SourceArn": `arn:aws:codepipeline:*:${accountId}:${pipelineName}` },
            StringEquals: { "aws:SourceAccount": accountId },
          },
        },
      ],
    }),
  });
  const storeArtifacts = new IamRolePolicy(scope, "StoreArtifacts", {
    role: pipelineRole.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["s3:GetBucketVersioning", "s3:GetBucketLocation"], Resource: bucket.arn },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
          Resource: `${bucket.arn}/*`,
        },
      ],
    }),
  });
  return { artifactStore: [{ location: bucket.bucket, type: "S3" }], pipelineRole, dependencies: [storeArtifacts] };
}

const app = new App();
const shared = new Shared(app, "shared");
for (const [team, services] of Object.entries(TEAMS)) new Team(app, `team-${team}`, shared, services);
app.synth();
