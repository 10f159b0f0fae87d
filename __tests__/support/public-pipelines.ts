import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import type { PipelineShape } from "./pipeline-shapes";
import { ARN } from "./pipelines";
import type { Block } from "./synthesis";

// Pipelines of other people, each with its address: those that the AWS provider is tested with, and those of users. Names
// and ids are replaced. What stands between the stages of a pipeline stands after them if Terraform makes it (`dynamic`),
// since Terraform's JSON has no place for it.

interface Variables {
  readonly [name: string]: unknown;
}

/** The first stage of a pipeline. */
interface SourceStage {
  readonly source: string;
  readonly variables?: Variables;
  /** What the pipeline has besides its stages. */
  readonly pipeline: object;
  /** The name of the first stage. */
  readonly stage: string;
  /** The first stage's actions, without what all actions on a connection share. */
  readonly actions: readonly Block[];
}

/** All of a pipeline. */
interface WholePipeline {
  readonly source: string;
  readonly variables?: Variables;
  readonly pipeline: PipelineShape;
}

/** A pipeline as it is put into a stack: its name and its variables are its own there. */
export interface PublicPipeline {
  readonly source: string;
  readonly name: string;
  readonly shape: PipelineShape;
  readonly declareVariables: (stack: TerraformStack) => void;
}

const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(__dirname, ...path), "utf8"));
const FIRST_STAGES = read("..", "e2e", "public-pipelines.json") as readonly SourceStage[];
const WHOLE = read("whole-pipelines.json") as readonly WholePipeline[];

const SHARED = { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" };
const APPROVE = { name: "Approve", category: "Approval", owner: "AWS", provider: "Manual", version: "1" };

const onConnection = (action: Block): Block => ({
  ...SHARED,
  ...action,
  configuration: { ConnectionArn: "${var.connection}", ...action.configuration } as Block,
});

function ofFirstStage({ source, variables, pipeline, stage, actions }: SourceStage): WholePipeline {
  const first = { name: stage, action: actions.map((each) => ("provider" in each ? each : onConnection(each))) };
  return {
    source: `${source} (first stage)`,
    variables: { connection: ARN, ...variables },
    pipeline: {
      role_arn: "arn:aws:iam::123456789012:role/pipeline",
      artifact_store: [{ location: "artifacts", type: "S3" }],
      ...pipeline,
      // Every pipeline must have a second stage.
      stage: [first, { name: "Approve", action: [APPROVE] }],
    },
  };
}

const named =
  (kind: string) =>
  ({ source, variables = {}, pipeline }: WholePipeline, index: number): PublicPipeline => {
    const name = `${kind}-${index}`;
    const shape = JSON.stringify({ ...pipeline, name }).replace(/\bvar\./g, `var.${name}-`);
    return {
      source,
      name,
      shape: JSON.parse(shape) as PipelineShape,
      declareVariables: (stack) => {
        for (const [variable, value] of Object.entries(variables)) {
          new TerraformVariable(stack, `${name}-${variable}`, { default: value });
        }
      },
    };
  };

/** All stages, actions and conditions of pipelines. */
export const WHOLE_PIPELINES: readonly PublicPipeline[] = WHOLE.map(named("whole"));

/** These, and pipelines of which only the first stage is theirs. */
export const PUBLIC_PIPELINES: readonly PublicPipeline[] = [
  ...FIRST_STAGES.map(ofFirstStage).map(named("first-stage")),
  ...WHOLE_PIPELINES,
];
