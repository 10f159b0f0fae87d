/**
 * The same pipelines with the AWS CDK, as its users write them. It makes CloudFormation, so it can't be the same resources:
 * its pipelines have a role for each of their actions too. A stack of CloudFormation holds 500 resources, so a large shape
 * is divided over as many stacks as it takes.
 */
import { App, Stack } from "aws-cdk-lib";
import { BuildEnvironmentVariableType, LinuxBuildImage, PipelineProject } from "aws-cdk-lib/aws-codebuild";
import { Artifact, Pipeline, PipelineType } from "aws-cdk-lib/aws-codepipeline";
import { CodeBuildAction, CodeStarConnectionsSourceAction } from "aws-cdk-lib/aws-codepipeline-actions";
import { CfnConnection } from "aws-cdk-lib/aws-codestarconnections";
import { Bucket } from "aws-cdk-lib/aws-s3";

/** So many that none of the stacks gets more than 500 resources. */
const PIPELINES_IN_A_STACK = 40;

const [json, outdir] = process.argv.slice(2);
if (json !== undefined) {
  const { pipelines } = JSON.parse(json) as { readonly pipelines: number };
  const app = new App({ outdir });
  for (let first = 0; first < pipelines; first += PIPELINES_IN_A_STACK) {
    const stack = new Stack(app, `fleet-${first}`, { env: { region: "us-east-1" } });
    const artifactBucket = Bucket.fromBucketName(stack, "Artifacts", "artifacts");
    const connection = new CfnConnection(stack, "Bitbucket", {
      connectionName: `fleet-${first}`,
      providerType: "Bitbucket",
    });
    for (let index = first; index < Math.min(pipelines, first + PIPELINES_IN_A_STACK); index++) {
      add(stack, index, artifactBucket, connection.attrConnectionArn);
    }
  }
  app.synth();
}
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ time: user + system, memory: process.resourceUsage().maxRSS }));

function add(
  stack: Stack,
  index: number,
  artifactBucket: ReturnType<typeof Bucket.fromBucketName>,
  connectionArn: string,
) {
  const [output, name] = [new Artifact(), `service-${index}`];
  const source = new CodeStarConnectionsSourceAction({
    ...{ actionName: "Source", connectionArn, owner: "acme", repo: name, branch: "main", output },
    variablesNamespace: "SourceVariables",
    triggerOnPush: false,
  });
  const project = new PipelineProject(stack, `Build${index}`, {
    projectName: name,
    environment: { buildImage: LinuxBuildImage.STANDARD_7_0 },
  });
  const commit = { type: BuildEnvironmentVariableType.PLAINTEXT, value: source.variables.commitId };
  const build = new CodeBuildAction({
    ...{ actionName: "Build", input: output, project, environmentVariables: { COMMIT: commit } },
  });
  new Pipeline(stack, `Pipeline${index}`, {
    ...{ pipelineName: name, artifactBucket, pipelineType: PipelineType.V2 },
    stages: [
      { stageName: "Source", actions: [source] },
      { stageName: "Build", actions: [build] },
    ],
    triggers: [
      {
        providerType: "CodeStarSourceConnection" as never,
        gitConfiguration: {
          sourceAction: source,
          pushFilter: [{ branchesIncludes: ["main"], filePathsIncludes: ["src/**"] }],
        },
      },
    ],
  });
}
