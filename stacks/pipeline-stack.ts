import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Connection,
  ConnectionPolicy,
  type IConnection,
  PipelineSource,
  type PipelineSourceProps,
} from "cdktf-codestar-connections";
import { ArtifactBucket } from "./artifact-bucket";
import type { Configuration } from "./configuration";
import * as rules from "./library-rules";
import { build, runBuilds, storeArtifacts } from "./permissions";
import { ServiceRole } from "./service-role";
import { keepState } from "./state";

/** A complete pipeline for one repository: connection, artifact store, roles, build project, and the pipeline. */
export class PipelineStack extends TerraformStack {
  public constructor(
    scope: Construct,
    id: string,
    private readonly configuration: Configuration,
  ) {
    super(scope, id);
    const { region, pipelineName, repository, branch, outputFormat, scopeToRepository } = configuration;
    // The warning about an inactive connection is a `check` block.
    this.addOverride("terraform.required_version", ">= 1.5");
    keepState(this, pipelineName, region, configuration);
    new AwsProvider(this, "aws", { region });
    const { accountId } = new DataAwsCallerIdentity(this, "Account");
    const { partition } = new DataAwsPartition(this, "Partition");
    const arn = (service: string, resource: string): string =>
      `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

    // What a pipeline may be called is more than what its roles, its project and its bucket may.
    const plainName = new TerraformLocal(this, "PlainName", Fn.replace(pipelineName, "/[^0-9A-Za-z-]/", "-")).asString;
    const shortName = Fn.substr(plainName, 0, 20);
    const projectName = `build-${plainName}`;

    const bucket = new ArtifactBucket(this, "Artifacts", `artifacts-${Fn.lower(shortName)}-`);
    const logs = new CloudwatchLogGroup(this, "BuildLogs", {
      name: `/aws/codebuild/${projectName}`,
      retentionInDays: 30,
    });

    const pipelineRole = new ServiceRole(this, "PipelineRole", {
      namePrefix: `${shortName}-pipeline-`,
      description: "Runs the pipeline",
      service: "codepipeline.amazonaws.com",
      sourceArn: arn("codepipeline", pipelineName),
      sourceAccount: accountId,
    });
    const buildRole = new ServiceRole(this, "BuildRole", {
      namePrefix: `${shortName}-build-`,
      description: "Builds what the pipeline pulls",
      service: "codebuild.amazonaws.com",
      sourceArn: arn("codebuild", `project/${projectName}`),
      sourceAccount: accountId,
    });
    const permissions = [
      pipelineRole.allow("Pipeline", [
        ...storeArtifacts(bucket.bucketArn, accountId),
        ...runBuilds(arn("codebuild", `project/${projectName}`)),
      ]),
      buildRole.allow("Build", build(bucket.bucketArn, logs.arn, accountId)),
    ];

    const project = new CodebuildProject(this, "BuildProject", {
      name: projectName,
      serviceRole: buildRole.arn,
      source: { type: "CODEPIPELINE" },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        type: "LINUX_CONTAINER",
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/amazonlinux-x86_64-standard:5.0",
      },
      logsConfig: { cloudwatchLogs: { groupName: logs.name } },
    });

    const connection = this.connection();
    const roles = [pipelineRole.name];
    // The build only reads. What CodePipeline does with the connection is not documented to be reading alone.
    const limited = (): Partial<PipelineSourceProps> => ({
      policy: new ConnectionPolicy(this, "Pull", { grants: [{ connection, repositories: [repository] }], roles }),
      readOnly: true,
    });
    const source = new PipelineSource(this, "Source", {
      connection,
      repository,
      branch,
      outputFormat,
      buildRoles: [buildRole.name],
      ...(scopeToRepository ? limited() : { pipelineRoles: roles }),
    });

    const inspection = new rules.Inspection().value("pipelineName", pipelineName, rules.pipelineName).throwIfBroken(id);
    new Codepipeline(this, "Pipeline", {
      name: pipelineName,
      roleArn: pipelineRole.arn,
      pipelineType: "V2",
      artifactStore: [{ location: bucket.bucketName, type: "S3" }],
      stage: [
        source.stage,
        {
          name: "Build",
          action: [
            {
              name: "Build",
              category: "Build",
              owner: "AWS",
              provider: "CodeBuild",
              version: "1",
              inputArtifacts: [source.outputArtifactName],
              outputArtifacts: ["BuildOutput"],
              configuration: { ProjectName: project.name },
            },
          ],
        },
      ],
      trigger: source.triggers,
      dependsOn: [...source.dependencies, ...permissions, ...bucket.dependencies],
      lifecycle: inspection.lifecycle(this),
    });
  }

  private connection(): IConnection {
    const { connectionName: name = "", connectionArn, providerType, protectConnection } = this.configuration;
    const outputPrefix = "";
    if (connectionArn === undefined) {
      const preventDestroy = protectConnection;
      return new Connection(this, "Connection", { name, providerType, outputPrefix, preventDestroy });
    }
    // Without `readStatus`: if the connection is gone, the stack can be destroyed all the same.
    const reminder = { activationReminder: true, outputPrefix };
    return Connection.fromConnectionArn(this, "Connection", connectionArn, { providerType, ...reminder });
  }
}
