import { randomUUID } from "node:crypto";
import { callerArn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { page } from "../pages";
import type { Operation } from "../service";
import { checked } from "../shapes";
import { detailOf } from "./codepipeline-action-executions";
import { type Execution, lastRuns, stageStates, summaryOf, type Trigger } from "./codepipeline-execution-shapes";
import { type PipelineDeclaration, shapes } from "./codepipeline-shapes";
import { now, type SourceRuns } from "./codepipeline-source-runs";
import type { GitProvider } from "./git-provider";

/** The executions of pipelines, as far as their source stages: no repository is ever fetched, and nothing is built. */
export class PipelineExecutions {
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  private readonly byPipeline = new Map<string, Execution[]>();

  public constructor(
    find: (name: string, scope: Scope) => { readonly arn: string; readonly declaration: PipelineDeclaration },
    private readonly sources: SourceRuns,
    provider: GitProvider,
  ) {
    this.operations = {
      StartPipelineExecution: checked(shapes.named, ({ name }, scope) => {
        const { arn, declaration } = find(name, scope);
        const trigger = { triggerType: "StartPipelineExecution", triggerDetail: callerArn(scope) } as const;
        return { pipelineExecutionId: this.start(arn, declaration, trigger) };
      }),
      RetryStageExecution: checked(
        shapes.retry,
        ({ pipelineName, stageName, retryMode, pipelineExecutionId }, scope) => {
          const { arn, declaration } = find(pipelineName, scope);
          const index = declaration.stages.findIndex(({ name }) => name === stageName);
          if (index < 0) throw new AwsError("StageNotFoundException", `Stage '${stageName}' was not found`);
          const execution = this.of(arn).at(-1);
          if (execution?.id !== pipelineExecutionId) {
            throw new AwsError(
              "NotLatestPipelineExecutionException",
              `${pipelineExecutionId} is not the latest execution`,
            );
          }
          const failed = lastRuns(execution).filter(({ error }) => error !== undefined);
          if (index > 0 || failed.length === 0) {
            throw new AwsError("StageNotRetryableException", `Stage '${stageName}' has not failed`);
          }
          const names = retryMode === "ALL_ACTIONS" ? undefined : failed.map(({ action }) => action.name);
          execution.runs.push(...this.sources.run(declaration, names));
          return { pipelineExecutionId };
        },
      ),
      ListPipelineExecutions: checked(
        shapes.executions,
        ({ pipelineName, maxResults = 100, nextToken: token }, scope) => {
          const executions = this.of(find(pipelineName, scope).arn);
          const { items, nextToken } = page([...executions].reverse(), maxResults, token, "InvalidNextTokenException");
          const summaries = items.map((each) => summaryOf(each, executions, scope.region));
          return { pipelineExecutionSummaries: summaries, nextToken };
        },
      ),
      ListActionExecutions: checked(
        shapes.actionExecutions,
        ({ pipelineName, filter, maxResults = 100, nextToken: token }, scope) => {
          const { pipelineExecutionId: only } = filter ?? {};
          const executions = this.of(find(pipelineName, scope).arn).filter(({ id }) => (only ?? id) === id);
          if (only !== undefined && executions.length === 0) {
            throw new AwsError("PipelineExecutionNotFoundException", `${only} is no execution of ${pipelineName}`);
          }
          const newestFirst = executions
            .flatMap((execution) => execution.runs.map((run) => ({ execution, run })))
            .reverse();
          const { items, nextToken } = page(newestFirst, maxResults, token, "InvalidNextTokenException");
          const details = items.map(({ execution, run }) => detailOf(execution, run, scope.region, provider));
          return { actionExecutionDetails: details, nextToken };
        },
      ),
      GetPipelineState: checked(shapes.named, ({ name }, scope) => {
        const { arn, declaration } = find(name, scope);
        const states = stageStates(declaration, this.of(arn), scope.region);
        return { pipelineName: name, pipelineVersion: declaration.version, stageStates: states };
      }),
    };
  }

  public start(pipelineArn: string, pipeline: PipelineDeclaration, trigger: Trigger): string {
    const execution = { id: randomUUID(), pipeline, trigger, startTime: now(), runs: this.sources.run(pipeline) };
    this.byPipeline.set(pipelineArn, [...this.of(pipelineArn), execution]);
    return execution.id;
  }

  public forget(pipelineArn: string): void {
    this.byPipeline.delete(pipelineArn);
  }

  private of(pipelineArn: string): readonly Execution[] {
    return this.byPipeline.get(pipelineArn) ?? [];
  }
}
