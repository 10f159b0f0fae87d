/**
 * What the stacks of the other examples have already, before the library comes: an artifact bucket, the roles of a
 * pipeline and of a build with what these two need in general, and a CodeBuild project.
 */
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import type { CodepipelineArtifactStore, CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { build, runBuilds, storeArtifacts } from "../stacks/permissions";
import { ServiceRole } from "../stacks/service-role";

export interface PlatformProps {
  /** The name of the pipeline, or what the names of several begin with and a `*`. */
  readonly pipelineName: string;
}

export class Platform extends Construct {
  public readonly artifactStore: CodepipelineArtifactStore[];
  public readonly pipelineRole: ServiceRole;
  public readonly buildRole: ServiceRole;
  /** What must exist before a pipeline runs. */
  public readonly dependencies: ITerraformDependable[];
  private readonly project: CodebuildProject;

  public constructor(scope: Construct, id: string, { pipelineName }: PlatformProps) {
    super(scope, id);
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${accountId}:${resource}`;
    const { bucket, arn: bucketArn } = new S3Bucket(this, "Artifacts", {
      bucketPrefix: "artifacts-",
      forceDestroy: true,
    });
    this.artifactStore = [{ location: bucket, type: "S3" }];

    const projectName = pipelineName.replace("*", "build");
    this.pipelineRole = new ServiceRole(this, "PipelineRole", {
      namePrefix: "example-pipeline-",
      description: "Runs the pipeline",
      service: "codepipeline.amazonaws.com",
      sourceArn: arn("codepipeline", pipelineName),
      sourceAccount: accountId,
    });
    this.buildRole = new ServiceRole(this, "BuildRole", {
      namePrefix: "example-build-",
      description: "Builds what the pipeline pulls",
      service: "codebuild.amazonaws.com",
      sourceArn: arn("codebuild", `project/${projectName}`),
      sourceAccount: accountId,
    });
    this.dependencies = [
      this.pipelineRole.allow("Pipeline", [
        ...storeArtifacts(bucketArn, accountId),
        ...runBuilds(arn("codebuild", `project/${projectName}`)),
      ]),
      this.buildRole.allow(
        "Build",
        build(bucketArn, arn("logs", `log-group:/aws/codebuild/${projectName}`), accountId),
      ),
    ];
    this.project = new CodebuildProject(this, "Project", {
      name: projectName,
      serviceRole: this.buildRole.arn,
      source: { type: "CODEPIPELINE" },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      },
    });
  }

  /** A stage that builds what these artifacts hold, the first of them first. */
  public build(inputArtifacts: string[], configuration: { [key: string]: string } = {}): CodepipelineStage {
    const [primary = ""] = inputArtifacts;
    return {
      name: "Build",
      action: [
        {
          name: "Build",
          category: "Build",
          owner: "AWS",
          provider: "CodeBuild",
          version: "1",
          inputArtifacts,
          outputArtifacts: ["BuildOutput"],
          configuration: {
            ProjectName: this.project.name,
            // CodeBuild asks which of several is the one with the build specification.
            ...(inputArtifacts.length > 1 && { PrimarySource: primary }),
            ...configuration,
          },
        },
      ],
    };
  }
}
