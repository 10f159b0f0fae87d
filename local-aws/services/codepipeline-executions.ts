import { randomUUID } from "node:crypto";
import type { Scope } from "../account";
import { AwsError } from "../aws-error";
import { page } from "../pages";
import type { Operation } from "../service";
import { checked } from "../shapes";
import { detailOf, type Execution, lastRuns, stageStates, summaryOf } from "./codepipeline-execution-shapes";
import { type PipelineDeclaration, shapes } from "./codepipeline-shapes";
import { now, type SourceRuns } from "./codepipeline-source-runs";

/** The executions of pipelines, as far as their source stages: no repository is ever fetched, and nothing is built. */
export class PipelineExecutions {
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  private readonly byPipeline = new Map<string, Execution[]>();

  public constructor(
    find: (name: string, scope: Scope) => { readonly arn: string; readonly declaration: PipelineDeclaration },
    private readonly sources: SourceRuns,
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
        const names = failed.map(({ action }) => action.name);
        execution.runs.push(...this.sources.run(declaration, names));
        return { pipelineExecutionId };
      }),
      ListPipelineExecutions: checked(
        shapes.executions,
        ({ pipelineName, maxResults = 100, nextToken: token }, scope) => {
          const newestFirst = [...this.of(find(pipelineName, scope).arn)].reverse();
          const { items, nextToken } = page(newestFirst, maxResults, token, "InvalidNextTokenException");
          return { pipelineExecutionSummaries: items.map((each) => summaryOf(each, scope.region)), nextToken };
        },
      ),
      ListActionExecutions: checked(
        shapes.actionExecutions,
        ({ pipelineName, filter, maxResults = 100, nextToken: token }, scope) => {
          const newestFirst = [...this.of(find(pipelineName, scope).arn)]
            .filter(({ id }) => filter?.pipelineExecutionId === undefined || id === filter.pipelineExecutionId)
            .reverse()
            .flatMap((execution) => [...execution.runs].reverse().map((run) => ({ execution, run })));
          const { items, nextToken } = page(newestFirst, maxResults, token, "InvalidNextTokenException");
          const spelled = (name: string) => this.sources.spelled(name);
          const details = items.map(({ execution, run }) => detailOf(execution, run, scope.region, spelled));
          return { actionExecutionDetails: details, nextToken };
        },
      ),
      GetPipelineState: checked(shapes.named, ({ name }, scope) => {
        const { arn, declaration } = find(name, scope);
        const states = stageStates(declaration, this.of(arn).at(-1), scope.region);
        return { pipelineName: name, pipelineVersion: declaration.version, stageStates: states };
      }),
    };
  }

  public start(pipelineArn: string, pipeline: PipelineDeclaration, triggerType: string): string {
    const execution = { id: randomUUID(), pipeline, triggerType, startTime: now(), runs: this.sources.run(pipeline) };
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
