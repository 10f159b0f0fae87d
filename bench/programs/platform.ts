/** What the pipelines of both programs stand on, written once: what differs between the programs is what is measured. */
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import type { CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";

/** What a program makes. */
export interface Shape {
  readonly pipelines: number;
  /** Each pipeline has a connection of its own; otherwise all share one. */
  readonly connectionEach?: boolean;
  /** Over how many stacks the pipelines are divided; one if it is not given. */
  readonly stacks?: number;
  /** The ids of the stack and of all in it are long, and no names are given that can be derived from them. */
  readonly longIds?: boolean;
}

/**
 * Builds, synthesises and writes the shape that the process was started with, and prints what the whole process took: the
 * processor time in microseconds and the largest memory in kilobytes. Without a shape, that is what the imports of the
 * program take.
 */
export function run(add: (stack: TerraformStack, shape: Shape) => void): void {
  const [json, outdir] = process.argv.slice(2);
  if (json !== undefined) {
    const shape = JSON.parse(json) as Shape;
    const app = new App({ outdir });
    const { stacks = 1 } = shape;
    for (let index = 0; index < stacks; index++) {
      const stack = new TerraformStack(app, idIn(shape, stacks === 1 ? "fleet" : `fleet-${index}`));
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      add(stack, { ...shape, pipelines: shape.pipelines / stacks });
    }
    app.synth();
  }
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ time: user + system, memory: process.resourceUsage().maxRSS }));
}

/** An id of about 200 characters, if the shape wants long ones. */
export function idIn({ longIds }: Shape, id: string): string {
  return longIds ? `${"long-".repeat(38)}${id}` : id;
}

/** What a pipeline needs whoever writes it: its role, and a build project with a role of its own. */
interface Platform {
  readonly role: IamRole;
  readonly build: CodebuildProject;
}

export function platform(stack: TerraformStack, shape: Shape, index: number): Platform {
  const role = new IamRole(stack, idIn(shape, `Role${index}`), {
    name: `pipeline-${index}`,
    assumeRolePolicy: trusting("codepipeline"),
  });
  const buildRole = new IamRole(stack, idIn(shape, `BuildRole${index}`), {
    name: `build-${index}`,
    assumeRolePolicy: trusting("codebuild"),
  });
  const build = new CodebuildProject(stack, idIn(shape, `Build${index}`), {
    name: `service-${index}`,
    serviceRole: buildRole.arn,
    source: { type: "CODEPIPELINE" },
    artifacts: { type: "CODEPIPELINE" },
    environment: {
      computeType: "BUILD_GENERAL1_SMALL",
      image: "aws/codebuild/standard:7.0",
      type: "LINUX_CONTAINER",
    },
  });
  return { role, build };
}

function trusting(service: string): string {
  const Principal = { Service: `${service}.amazonaws.com` };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }],
  });
}

/** Builds an artifact; `commit` is the output variable that tells the build which commit it is. */
export function buildStage({ build }: Platform, artifact: string, commit: string): CodepipelineStage {
  return {
    name: "Build",
    action: [
      {
        name: "Build",
        category: "Build",
        owner: "AWS",
        provider: "CodeBuild",
        version: "1",
        inputArtifacts: [artifact],
        configuration: { ProjectName: build.name, Commit: commit },
      },
    ],
  };
}
