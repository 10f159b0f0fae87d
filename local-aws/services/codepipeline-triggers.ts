import { AwsError } from "../aws-error";
import { isConnectionSource } from "./codepipeline-actions";
import type { ActionDeclaration, PipelineDeclaration, TriggerDeclaration } from "./codepipeline-shapes";

/** Refuses triggers that AWS refuses. */
export function checkTriggers({ pipelineType, stages, triggers = [] }: PipelineDeclaration): void {
  if (triggers.length > 0 && pipelineType !== "V2") {
    throw refusal("Triggers can only be specified for pipelines of type V2");
  }
  const sources = (stages[0]?.actions ?? []).filter(isConnectionSource).map(({ name }) => name);
  const seen = new Set<string>();
  for (const { gitConfiguration } of triggers) {
    const { sourceActionName, push = [], pullRequest = [] } = gitConfiguration;
    if (!sources.includes(sourceActionName)) {
      throw refusal(
        `The source action '${sourceActionName}' of a trigger is not a connection source action of the pipeline`,
      );
    }
    if (seen.has(sourceActionName)) {
      throw refusal(`There can be only one trigger for each source action: '${sourceActionName}' has more`);
    }
    seen.add(sourceActionName);
    // Documented combinations of a filter: tags, or branches, or branches with file paths.
    const valid =
      push.every(({ tags, branches, filePaths }) =>
        tags === undefined ? branches !== undefined : branches === undefined && filePaths === undefined,
      ) && pullRequest.every(({ branches }) => branches !== undefined);
    if (!valid) {
      throw refusal(
        "The trigger configuration for the source action is not valid. Make sure to choose valid filter combinations.",
      );
    }
  }
}

/** With change detection on, AWS adds a trigger on the branch to each source action that has none. */
export function withDefaultTriggers({
  pipelineType,
  stages,
  triggers = [],
}: PipelineDeclaration): readonly TriggerDeclaration[] {
  if (pipelineType !== "V2") return triggers;
  const added = (stages[0]?.actions ?? [])
    .filter((action) => isConnectionSource(action) && action.configuration?.DetectChanges !== "false")
    .filter(({ name }) => !triggers.some(({ gitConfiguration }) => gitConfiguration.sourceActionName === name))
    .map(defaultTrigger);
  return [...triggers, ...added];
}

function defaultTrigger({ name, configuration }: ActionDeclaration): TriggerDeclaration {
  return {
    providerType: "CodeStarSourceConnection",
    gitConfiguration: {
      sourceActionName: name,
      push: [{ branches: { includes: [configuration?.BranchName ?? ""] } }],
    },
  };
}

function refusal(message: string): AwsError {
  return new AwsError("InvalidStructureException", message);
}
