import {
  Codepipeline,
  type CodepipelineStage,
  type CodepipelineStageAction,
} from "@cdktf/provider-aws/lib/codepipeline";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { Connection, GitPushFilter, SourceAction, Trigger } from "../../src";
import { newStack } from "./synthesis";

export const ARN =
  "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
export const TRIGGER = Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }));

/** An action of AWS that takes artifacts. */
export const takes = (input: string, category = "Build", provider = "CodeBuild", name = provider) => ({
  name,
  category,
  owner: "AWS",
  provider,
  version: "1",
  inputArtifacts: [input],
});
export const building = (input = "SourceOutput"): CodepipelineStage => ({ name: "Build", action: [takes(input)] });

export const actionIn = (stack: TerraformStack, props: object = {}) =>
  new SourceAction({
    connection:
      (stack.node.tryFindChild("Existing") as ReturnType<typeof Connection.fromConnectionArn> | undefined) ??
      Connection.fromConnectionArn(stack, "Existing", ARN),
    repository: "acme/shop",
    branch: "main",
    ...props,
  });

/** A pipeline that starts with these actions; more may be changed about it. */
export function pipelineIn(scope: Construct, sources: readonly SourceAction[], props: object = {}): Codepipeline {
  return new Codepipeline(scope, "Pipeline", {
    name: "shop",
    roleArn: "arn:aws:iam::123456789012:role/pipeline",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    pipelineType: "V2",
    stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building()],
    trigger: sources.flatMap(({ trigger }) => trigger ?? []),
    ...props,
  });
}

/** What the synthesis of a stack says of the pipeline; nothing when it is content. */
export function errorOn(stack: TerraformStack): string {
  try {
    Testing.synth(stack, true);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

export const warningsOf = (construct: IConstruct): unknown[] =>
  construct.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

/** The error on a pipeline with one source action, and its warnings; more may be changed about it. */
export function checked(
  source: object,
  props: object | ((first: { name: string; action: CodepipelineStageAction[] }) => object) = {},
): { error: string; warnings: unknown[] } {
  const stack = newStack();
  const own = actionIn(stack, source);
  const changed: unknown = typeof props === "function" ? props({ name: "Source", action: [own.action] }) : props;
  const pipeline = pipelineIn(stack, [own], changed as object);
  return { error: errorOn(stack), warnings: warningsOf(pipeline) };
}

export const problem = (sentence: string): unknown => expect.stringContaining(`[stack] stack/Pipeline: ${sentence}`);
