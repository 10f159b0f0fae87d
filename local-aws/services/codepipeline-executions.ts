import { randomUUID } from "node:crypto";
import type { Scope } from "../account";
import { AwsError } from "../aws-error";
import type { Operation } from "../service";
import { checked } from "../shapes";
import { isConnectionSource } from "./codepipeline-actions";
import { type ActionDeclaration, type PipelineDeclaration, shapes } from "./codepipeline-shapes";

interface Execution {
  readonly id: string;
  readonly pipeline: PipelineDeclaration;
  readonly triggerType: string;
  readonly startTime: number;
  lastUpdateTime: number;
  /** The source actions that failed, with the reason; the others wait. */
  failed: ReadonlyMap<string, string>;
}

/**
 * The executions of pipelines, as far as the connections decide them: a source action fails while its connection is not
 * `AVAILABLE`. No repository is ever fetched here, so an execution that does not fail stays `InProgress`.
 */
export class PipelineExecutions {
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  private readonly byPipeline = new Map<string, Execution[]>();

  public constructor(
    find: (name: string, scope: Scope) => { readonly arn: string; readonly declaration: PipelineDeclaration },
    private readonly connectionStatus: (arn: string) => string | undefined,
  ) {
    this.operations = {
      StartPipelineExecution: checked(shapes.named, ({ name }, scope) => {
        const { arn, declaration } = find(name, scope);
        return { pipelineExecutionId: this.start(arn, declaration, "StartPipelineExecution") };
      }),
      RetryStageExecution: checked(shapes.retry, ({ pipelineName, stageName, pipelineExecutionId }, scope) => {
        const { arn, declaration } = find(pipelineName, scope);
        const index = declaration.stages.findIndex(({ name }) => name === stageName);
        if (index < 0) throw new AwsError("StageNotFoundException", `Stage '${stageName}' was not found`);
        const execution = this.latest(arn);
        if (execution?.id !== pipelineExecutionId) {
          throw new AwsError(
            "NotLatestPipelineExecutionException",
            `${pipelineExecutionId} is not the latest execution`,
          );
        }
        if (index > 0 || execution.failed.size === 0) {
          throw new AwsError("StageNotRetryableException", `Stage '${stageName}' has not failed`);
        }
        execution.failed = this.failures(declaration);
        execution.lastUpdateTime = now();
        return { pipelineExecutionId };
      }),
      ListPipelineExecutions: checked(shapes.executions, ({ pipelineName }, scope) => ({
        pipelineExecutionSummaries: [...(this.byPipeline.get(find(pipelineName, scope).arn) ?? [])]
          .reverse()
          .map(summary),
      })),
      GetPipelineState: checked(shapes.named, ({ name }, scope) => {
        const { arn, declaration } = find(name, scope);
        const execution = this.latest(arn);
        return {
          pipelineName: name,
          pipelineVersion: declaration.version,
          stageStates: declaration.stages.map(({ name: stageName, actions }, index) => {
            // Nothing gets past the first stage.
            const here = index === 0 ? execution : undefined;
            return {
              stageName,
              inboundTransitionState: { enabled: true },
              actionStates: actions.map((action) => actionState(action, here)),
              latestExecution: here && { pipelineExecutionId: here.id, status: status(here) },
            };
          }),
        };
      }),
    };
  }

  public start(pipelineArn: string, pipeline: PipelineDeclaration, triggerType: string): string {
    const time = now();
    const failed = this.failures(pipeline);
    const execution = { id: randomUUID(), pipeline, triggerType, startTime: time, lastUpdateTime: time, failed };
    this.byPipeline.set(pipelineArn, [...(this.byPipeline.get(pipelineArn) ?? []), execution]);
    return execution.id;
  }

  public forget(pipelineArn: string): void {
    this.byPipeline.delete(pipelineArn);
  }

  private latest(pipelineArn: string): Execution | undefined {
    return this.byPipeline.get(pipelineArn)?.at(-1);
  }

  private failures({ stages }: PipelineDeclaration): ReadonlyMap<string, string> {
    return new Map(
      (stages[0]?.actions ?? [])
        .filter(isConnectionSource)
        .map(({ name, configuration }) => ({ name, connection: configuration?.ConnectionArn ?? "" }))
        .filter(({ connection }) => this.connectionStatus(connection) !== "AVAILABLE")
        .map(({ name, connection }) => [name, `Connection ${connection} is not available`]),
    );
  }
}

function status({ failed }: Execution): string {
  return failed.size > 0 ? "Failed" : "InProgress";
}

function summary(execution: Execution) {
  const { id, triggerType, startTime, lastUpdateTime, pipeline } = execution;
  return {
    pipelineExecutionId: id,
    status: status(execution),
    startTime,
    lastUpdateTime,
    trigger: { triggerType },
    executionMode: pipeline.executionMode,
  };
}

function actionState({ name }: ActionDeclaration, execution: Execution | undefined) {
  if (execution === undefined) return { actionName: name };
  const message = execution.failed.get(name);
  return {
    actionName: name,
    latestExecution: {
      status: message === undefined ? "InProgress" : "Failed",
      lastStatusChange: execution.lastUpdateTime,
      ...(message === undefined ? {} : { errorDetails: { code: "ConfigurationError", message } }),
    },
  };
}

function now(): number {
  return Date.now() / 1000;
}
