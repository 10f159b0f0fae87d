import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  PipelineSource,
  ProviderType,
} from "../../src";

const build: CodepipelineStage = {
  name: "Build",
  action: [{ name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
};

/** What a stack has already, of which the snippets of the documentation take what they name. Each is made when it is asked for. */
export function settingIn(stack: TerraformStack) {
  const made = new Map<string, unknown>();
  const once = <Value>(name: string, make: () => Value): Value => {
    if (!made.has(name)) made.set(name, make());
    return made.get(name) as Value;
  };
  const roleOf = (id: string, service: string) =>
    once(id, () => {
      const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }];
      return new IamRole(stack, id, { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    });
  const connectionOf = (id: string, providerType: ProviderType) =>
    once(id, () => new Connection(stack, id, { name: id.toLowerCase(), providerType }));
  return {
    get connection() {
      return connectionOf("SettingConnection", ProviderType.BITBUCKET);
    },
    get bitbucket() {
      return connectionOf("SettingBitbucket", ProviderType.BITBUCKET);
    },
    get github() {
      return connectionOf("SettingGithub", ProviderType.GITHUB);
    },
    get host() {
      const [providerType, providerEndpoint] = [ProviderType.GITLAB_SELF_MANAGED, "https://git.example.com"];
      return once(
        "Host",
        () => new ConnectionHost(stack, "SettingHost", { name: "git", providerType, providerEndpoint }),
      );
    },
    get pipelineRole() {
      return roleOf("SettingPipelineRole", "codepipeline.amazonaws.com");
    },
    get buildRole() {
      return roleOf("SettingBuildRole", "codebuild.amazonaws.com");
    },
    get bucket() {
      return once("Bucket", () => new S3Bucket(stack, "SettingBucket", { bucketPrefix: "artifacts-" }));
    },
    get artifactStore() {
      return [{ location: this.bucket.bucket, type: "S3" }];
    },
    get policy() {
      const { connection, pipelineRole } = this;
      const grants = [{ connection }];
      return once("Policy", () => new ConnectionPolicy(stack, "SettingPolicy", { grants, roles: [pipelineRole.name] }));
    },
    get source() {
      const { connection, pipelineRole } = this;
      const props = { connection, repository: "acme/shop", branch: "main", pipelineRoles: [pipelineRole.name] };
      return once("Source", () => new PipelineSource(stack, "SettingSource", props));
    },
    get pipeline() {
      const { artifactStore, pipelineRole, source } = this;
      return once("Pipeline", () => {
        const [stage, dependsOn] = [[source.stage, build], source.dependencies];
        const props = { artifactStore, stage, dependsOn, trigger: source.triggers, pipelineType: "V2" };
        return new Codepipeline(stack, "SettingPipeline", { name: "shop", roleArn: pipelineRole.arn, ...props });
      });
    },
    get project() {
      return once("Project", () => {
        const environment = {
          type: "LINUX_CONTAINER",
          image: "aws/codebuild/standard:7.0",
          computeType: "BUILD_GENERAL1_SMALL",
        };
        const [source, artifacts] = [{ type: "CODEPIPELINE" }, { type: "CODEPIPELINE" }];
        const serviceRole = this.buildRole.arn;
        return new CodebuildProject(stack, "SettingProject", {
          name: "shop",
          serviceRole,
          source,
          artifacts,
          environment,
        });
      });
    },
    get logs() {
      return once("Logs", () => new CloudwatchLogGroup(stack, "SettingLogs", { name: "shop" }));
    },
    get variable() {
      return once("Variable", () => new TerraformVariable(stack, "setting", { type: "string", default: "Bitbucket" }));
    },
    get handwritten() {
      const pulls = { ConnectionArn: this.connection.connectionArn, FullRepositoryId: "acme/shop", BranchName: "main" };
      return {
        ...{ name: "Pull", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
        ...{ outputArtifacts: ["App"], configuration: pulls },
      };
    },
    build,
    pushFilter: GitPushFilter.branches({ includes: ["main"] }),
    pullRequestFilter: GitPullRequestFilter.branches({ includes: ["main"] }),
  };
}

export const SETTING = [
  ...["connection", "bitbucket", "github", "host", "pipelineRole", "buildRole", "bucket", "artifactStore", "policy"],
  ...["source", "pipeline", "project", "logs", "variable", "build", "pushFilter", "pullRequestFilter"],
  ...["handwritten"],
];
