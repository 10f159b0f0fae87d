import type { ActionDeclaration, PipelineDeclaration } from "./codepipeline-shapes";
import { type SourceRun, useOf } from "./codepipeline-source-runs";

/** One execution of a pipeline. */
export interface Execution {
  readonly id: string;
  readonly pipeline: PipelineDeclaration;
  readonly trigger: Trigger;
  readonly startTime: number;
  /** What its source actions did, in the order of time: one that was retried is there more than once. */
  readonly runs: SourceRun[];
}

/** What started an execution, and who or which connection that was. */
export interface Trigger {
  readonly triggerType: "CreatePipeline" | "StartPipelineExecution" | "WebhookV2";
  readonly triggerDetail: string;
}

/** The last run of each source action. */
export function lastRuns({ runs }: Execution): readonly SourceRun[] {
  return [...new Map(runs.map((run) => [run.action.name, run])).values()];
}

function hasFailed(execution: Execution): boolean {
  return lastRuns(execution).some(({ error }) => error !== undefined);
}

/**
 * Nothing is built here: an execution that does not fail in its first stage waits in its second one, until a newer one gets
 * there. `executions` are those of the pipeline, the oldest first.
 */
function statusOf(execution: Execution, executions: readonly Execution[]): "Failed" | "InProgress" | "Superseded" {
  if (hasFailed(execution)) return "Failed";
  const isSuperseded =
    execution.pipeline.executionMode === "SUPERSEDED" &&
    executions.slice(executions.indexOf(execution) + 1).some((newer) => !hasFailed(newer));
  return isSuperseded ? "Superseded" : "InProgress";
}

/** One execution, as the list of them has it. */
export function summaryOf(execution: Execution, executions: readonly Execution[], region: string) {
  const { id, trigger, startTime, pipeline, runs } = execution;
  const failed = lastRuns(execution).find(({ error }) => error !== undefined);
  return {
    pipelineExecutionId: id,
    status: statusOf(execution, executions),
    statusSummary: failed?.error?.message,
    startTime,
    lastUpdateTime: runs.at(-1)?.time ?? startTime,
    sourceRevisions: lastRuns(execution).flatMap((run) =>
      run.pulled === undefined
        ? []
        : {
            actionName: run.action.name,
            revisionId: run.pulled.id,
            revisionSummary: commitSummary(run),
            revisionUrl: commitUrl(run, region),
          },
    ),
    trigger,
    executionMode: pipeline.executionMode,
    executionType: "STANDARD",
  };
}

/** The states of a pipeline's stages: what was last in each. */
export function stageStates(pipeline: PipelineDeclaration, executions: readonly Execution[], region: string) {
  const last = executions.at(-1);
  const lastPast = executions.findLast((execution) => !hasFailed(execution));
  const latest = [
    last && { pipelineExecutionId: last.id, status: hasFailed(last) ? "Failed" : "Succeeded" },
    lastPast && { pipelineExecutionId: lastPast.id, status: "InProgress" },
  ];
  return pipeline.stages.map(({ name: stageName, actions }, index) => ({
    stageName,
    inboundTransitionState: { enabled: true },
    actionStates: actions.map((action) =>
      index === 0 ? sourceState(action, last, region) : { actionName: action.name },
    ),
    latestExecution: latest[index],
  }));
}

function sourceState(action: ActionDeclaration, execution: Execution | undefined, region: string) {
  const run = execution && lastRuns(execution).find((each) => each.action.name === action.name);
  if (run === undefined) return { actionName: action.name };
  const { id: actionExecutionId, time: lastStatusChange, error: errorDetails, pulled } = run;
  const entityUrl = referenceUrl(run.action, region, "BRANCH", `Branch=${useOf(run.action).branch}`);
  if (pulled === undefined) {
    const latestExecution = { actionExecutionId, status: "Failed", lastStatusChange, errorDetails };
    return { actionName: action.name, latestExecution, entityUrl };
  }
  return {
    actionName: action.name,
    currentRevision: { revisionId: pulled.id },
    latestExecution: {
      actionExecutionId,
      status: "Succeeded",
      summary: commitSummary(run),
      lastStatusChange,
      externalExecutionId: pulled.id,
    },
    entityUrl,
    revisionUrl: commitUrl(run, region),
  };
}

/** What AWS tells of a commit besides its id. */
export function commitSummary({ pulled }: SourceRun): string {
  return JSON.stringify({ ProviderType: pulled?.providerType, CommitMessage: pulled?.message });
}

export function commitUrl({ action, pulled }: SourceRun, region: string): string {
  return referenceUrl(action, region, "COMMIT", `Commit=${pulled?.id ?? ""}`);
}

function referenceUrl(action: ActionDeclaration, region: string, type: "BRANCH" | "COMMIT", reference: string): string {
  const { connectionArn, repository } = useOf(action);
  return (
    `https://${region}.console.aws.amazon.com/codesuite/settings/connections/redirect` +
    `?connectionArn=${connectionArn}&referenceType=${type}&FullRepositoryId=${repository}&${reference}`
  );
}
