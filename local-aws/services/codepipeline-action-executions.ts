import { commitSummary, commitUrl, type Execution } from "./codepipeline-execution-shapes";
import { type SourceRun, useOf } from "./codepipeline-source-runs";
import type { GitProvider } from "./git-provider";

/** One run of a source action, as the list of them has it. */
export function detailOf(execution: Execution, run: SourceRun, region: string, provider: GitProvider) {
  const { action, error } = run;
  return {
    pipelineExecutionId: execution.id,
    actionExecutionId: run.id,
    pipelineVersion: execution.pipeline.version,
    stageName: execution.pipeline.stages[0]?.name,
    actionName: action.name,
    startTime: run.time,
    lastUpdateTime: run.time,
    status: error === undefined ? "Succeeded" : "Failed",
    input: {
      actionTypeId: action.actionTypeId,
      configuration: action.configuration,
      resolvedConfiguration: action.configuration,
      roleArn: action.roleArn,
      region: action.region ?? region,
      inputArtifacts: action.inputArtifacts,
      namespace: action.namespace,
    },
    output: error === undefined ? outputOf(run, region, provider) : failed(error),
  };
}

function outputOf(run: SourceRun, region: string, provider: GitProvider) {
  const { action, pulled } = run;
  const { connectionArn, repository, branch } = useOf(action);
  return {
    outputArtifacts: action.outputArtifacts,
    executionResult: {
      externalExecutionId: pulled?.id,
      externalExecutionSummary: commitSummary(run),
      externalExecutionUrl: commitUrl(run, region),
    },
    outputVariables: {
      AuthorDate: pulled?.authorDate,
      BranchName: provider.spelled(branch),
      CommitId: pulled?.id,
      CommitMessage: pulled?.message,
      ConnectionArn: connectionArn,
      FullRepositoryName: provider.spelled(repository),
      ProviderType: pulled?.providerType,
    },
  };
}

function failed(errorDetails: NonNullable<SourceRun["error"]>) {
  return {
    outputArtifacts: [],
    executionResult: { externalExecutionSummary: errorDetails.message, errorDetails },
    outputVariables: {},
  };
}
