/**
 * A connection of a tools account, shared with other accounts by AWS RAM, and the consumer's half: a pipeline of
 * another account that uses it by its ARN. Only connections of the newer family can be shared. A person activates the
 * connection in the tools account.
 *
 * The two stacks go through different accounts. Deploy `tools` first and write its `connection_arn` below; then deploy
 * `shop` with credentials of the other account.
 *
 * In a clone, run it with `npx cdktf deploy tools --app "node -r tsx/cjs examples/shared-connection.ts"`.
 */
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RamPrincipalAssociation } from "@cdktf/provider-aws/lib/ram-principal-association";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { RamResourceShare } from "@cdktf/provider-aws/lib/ram-resource-share";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, PipelineSource, ProviderType, ResourceFamily } from "cdktf-codestar-connections";

const [TOOLS, CONSUMER] = ["123456789012", "210987654321"];
const SHARED_ARN = `arn:aws:codeconnections:us-east-1:${TOOLS}:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c`;

class Tools extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1", allowedAccountIds: [TOOLS] });
    const connection = new Connection(this, "Bitbucket", {
      name: "company",
      providerType: ProviderType.BITBUCKET,
      resourceFamily: ResourceFamily.CODECONNECTIONS,
      outputPrefix: "",
    });
    const share = new RamResourceShare(this, "Share", {
      name: "company-connection",
      // Accounts of your AWS organisation only.
      allowExternalPrincipals: false,
    });
    new RamResourceAssociation(this, "Connection", {
      resourceShareArn: share.arn,
      resourceArn: connection.connectionArn,
    });
    new RamPrincipalAssociation(this, "Consumer", { resourceShareArn: share.arn, principal: CONSUMER });
  }
}

class Shop extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1", allowedAccountIds: [CONSUMER] });
    const { artifactStore, pipelineRole, dependencies } = platform(this, "shop");

    const connection = Connection.fromConnectionArn(this, "Company", SHARED_ARN);
    const source = new PipelineSource(this, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [pipelineRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "shop",
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore,
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...dependencies],
    });
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
new Tools(app, "tools");
new Shop(app, "shop");
app.synth();
