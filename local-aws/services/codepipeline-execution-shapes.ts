import type { PipelineDeclaration } from "./codepipeline-shapes";
import { type SourceRun, type SourceRuns, useOf } from "./codepipeline-source-runs";

/** One execution of a pipeline. */
export interface Execution {
  readonly id: string;
  readonly pipeline: PipelineDeclaration;
  readonly triggerType: string;
  readonly startTime: number;
  /** What its source actions did, in the order of time: one that was retried is there more than once. */
  readonly runs: SourceRun[];
}

/** The last run of each source action. */
export function lastRuns({ runs }: Execution): readonly SourceRun[] {
  return [...new Map(runs.map((run) => [run.action.name, run])).values()];
}

/** Nothing is built here: an execution that does not fail in its first stage stays in its second one. */
export function statusOf(execution: Execution): "Failed" | "InProgress" {
  return lastRuns(execution).some(({ error }) => error !== undefined) ? "Failed" : "InProgress";
}

export function summaryOf(execution: Execution, region: string) {
  const { id, triggerType, startTime, pipeline, runs } = execution;
  const failed = lastRuns(execution).find(({ error }) => error !== undefined);
  return {
    ...{ pipelineExecutionId: id, status: statusOf(execution), startTime, executionMode: pipeline.executionMode },
    lastUpdateTime: runs.at(-1)?.time ?? startTime,
    trigger: { triggerType },
    ...(failed === undefined ? {} : { statusSummary: failed.error?.message }),
    sourceRevisions: lastRuns(execution).flatMap((run) =>
      run.commit === undefined
        ? []
        : {
            ...{ actionName: run.action.name, revisionId: run.commit, revisionSummary: "A commit" },
            revisionUrl: commitUrl(run, region),
          },
    ),
  };
}

/** The states of a pipeline's stages. */
export function stageStates(pipeline: PipelineDeclaration, execution: Execution | undefined, region: string) {
  const hasFailed = execution !== undefined && statusOf(execution) === "Failed";
  return pipeline.stages.map(({ name: stageName, actions }, index) => {
    const isReached = execution !== undefined && (index === 0 || (index === 1 && !hasFailed));
    const status = index === 0 ? (hasFailed ? "Failed" : "Succeeded") : "InProgress";
    return {
      ...{ stageName, inboundTransitionState: { enabled: true } },
      actionStates: actions.map(({ name: actionName }) => {
        const run = execution && lastRuns(execution).find(({ action }) => action.name === actionName);
        return run === undefined ? { actionName } : { actionName, latestExecution: actionExecution(run, region) };
      }),
      ...(isReached ? { latestExecution: { pipelineExecutionId: execution.id, status } } : {}),
    };
  });
}

function actionExecution(run: SourceRun, region: string) {
  const { id: actionExecutionId, time: lastStatusChange, error: errorDetails, commit } = run;
  if (errorDetails !== undefined) return { actionExecutionId, status: "Failed", lastStatusChange, errorDetails };
  return {
    ...{ actionExecutionId, status: "Succeeded", lastStatusChange, summary: "A commit", externalExecutionId: commit },
    externalExecutionUrl: commitUrl(run, region),
  };
}

/** One run of a source action, as the list of them has it. */
export function detailOf(execution: Execution, run: SourceRun, region: string, spelled: SourceRuns["spelled"]) {
  const { action, error: errorDetails, commit } = run;
  const { connectionArn, repository, branch } = useOf(action);
  return {
    ...{ pipelineExecutionId: execution.id, actionExecutionId: run.id, pipelineVersion: execution.pipeline.version },
    ...{ stageName: execution.pipeline.stages[0]?.name, actionName: action.name },
    ...{ startTime: run.time, lastUpdateTime: run.time, status: errorDetails === undefined ? "Succeeded" : "Failed" },
    input: {
      ...{ actionTypeId: action.actionTypeId, configuration: action.configuration, inputArtifacts: [] },
      ...{ resolvedConfiguration: action.configuration, namespace: action.namespace, region },
    },
    output:
      errorDetails === undefined
        ? {
            outputArtifacts: action.outputArtifacts,
            executionResult: {
              ...{ externalExecutionId: commit, externalExecutionSummary: "A commit" },
              externalExecutionUrl: commitUrl(run, region),
            },
            outputVariables: {
              ...{
                BranchName: spelled(branch),
                CommitId: commit,
                CommitMessage: "A commit",
                ConnectionArn: connectionArn,
              },
              FullRepositoryName: spelled(repository),
            },
          }
        : { executionResult: { externalExecutionSummary: errorDetails.message, errorDetails } },
  };
}

function commitUrl({ action, commit = "" }: SourceRun, region: string): string {
  const { connectionArn, repository } = useOf(action);
  return `https://${region}.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=${connectionArn}&referenceType=COMMIT&FullRepositoryId=${repository}&Commit=${commit}`;
}
