/**
 * A pipeline that tests pull requests into `main`, when they are opened and at each new revision, and the branch itself
 * after the merge: one trigger with filters of both kinds.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/pull-requests.ts"`.
 */
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
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

class PullRequests extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const { artifactStore, pipelineRole, dependencies } = platform(this, "pull-requests");
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
      pipelineRoles: [pipelineRole.name],
    });
    new Codepipeline(this, "Pipeline", {
      name: "pull-requests",
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore,
      stage: [source.stage, build("pull-requests", source.outputArtifactName)],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...dependencies],
    });
  }
}

/** The stage that builds, in the project of the pipeline's name. */
function build(projectName: string, inputArtifact: string): CodepipelineStage {
  return {
    name: "Build",
    action: [
      {
        name: "Build",
        category: "Build",
        owner: "AWS",
        provider: "CodeBuild",
        version: "1",
        inputArtifacts: [inputArtifact],
        configuration: { ProjectName: projectName },
      },
    ],
  };
}

/** What your stack has already: a bucket for the artifacts, a CodeBuild project, and the roles of pipeline and build. */
function platform(scope: Construct, pipelineName: string) {
  const { accountId } = new DataAwsCallerIdentity(scope, "Account");
  const bucket = new S3Bucket(scope, "Artifacts", { bucketPrefix: "artifacts-", forceDestroy: true });
  const projectArn = `arn:aws:codebuild:*:${accountId}:project/${pipelineName}`;
  const pipelineRole = role(scope, "PipelineRole", `arn:aws:codepipeline:*:${accountId}:${pipelineName}`, accountId);
  const buildRole = role(scope, "BuildRole", projectArn, accountId);

  const bucketActions = ["s3:GetBucketVersioning", "s3:GetBucketLocation"];
  const artifactActions = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"];
  const storeArtifacts = [
    { Effect: "Allow", Action: bucketActions, Resource: bucket.arn },
    { Effect: "Allow", Action: artifactActions, Resource: `${bucket.arn}/*` },
  ];
  const dependencies = [
    allow(pipelineRole, [
      ...storeArtifacts,
      { Effect: "Allow", Action: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"], Resource: projectArn },
    ]),
    allow(buildRole, [
      ...storeArtifacts,
      {
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:*:${accountId}:log-group:/aws/codebuild/${pipelineName}*`,
      },
    ]),
  ];

  new CodebuildProject(scope, "Project", {
    name: pipelineName,
    serviceRole: buildRole.arn,
    // It runs the buildspec.yml in the repository.
    source: { type: "CODEPIPELINE" },
    artifacts: { type: "CODEPIPELINE" },
    environment: {
      type: "LINUX_CONTAINER",
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
    },
  });
  return { artifactStore: [{ location: bucket.bucket, type: "S3" }], pipelineRole, buildRole, dependencies };
}

/** A role that only CodePipeline or CodeBuild can take, and only for this pipeline or project. */
function role(scope: Construct, id: string, sourceArn: string, sourceAccount: string): IamRole {
  const service = sourceArn.split(":")[2] ?? "";
  return new IamRole(scope, id, {
    namePrefix: `${service}-`,
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: `${service}.amazonaws.com` },
          Action: "sts:AssumeRole",
          Condition: {
            ArnLike: { "aws:SourceArn": sourceArn },
            StringEquals: { "aws:SourceAccount": sourceAccount },
          },
        },
      ],
    }),
  });
}

function allow(to: IamRole, Statement: object[]): IamRolePolicy {
  return new IamRolePolicy(to, "Policy", {
    role: to.name,
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
}

const app = new App();
new PullRequests(app, "pull-requests");
app.synth();
