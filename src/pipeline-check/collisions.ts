import { isConnectionSource, known, labelOf, type ReadAction, type ReadStage, repeated } from "./pipeline-model";

/** Names that must differ among the actions of a stage, and of the whole pipeline. */
export function collisionsIn(stages: readonly ReadStage[]): string[] {
  const actions = stages.flatMap((stage) => stage.actions);
  const artifacts = actions.flatMap(({ outputs }) => outputs);
  const namespaces = known(actions.map(({ namespace }) => namespace));
  return [
    ...stages.flatMap((stage) =>
      repeated(known(stage.actions.map(({ name }) => name))).map(
        (name) =>
          `there is more than one action "${name}" in the stage "${stage.name ?? "?"}": give each its actionName`,
      ),
    ),
    ...repeated(artifacts).map((name) => `more than one action has the output artifact "${name}"`),
    ...repeated(namespaces).map((name) => `more than one action has the namespace "${name}"`),
    ...namespaces
      .filter((name) => artifacts.includes(name))
      .map((name) => `the namespace "${name}" is also the name of an artifact`),
  ];
}

/**
 * Two branches of one repository that both start the pipeline: only one of them would, and which is not certain.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export function branchesOfOneRepository(stages: readonly ReadStage[], detected: boolean): string[] {
  const sources = stages.flatMap(({ actions }) => actions).filter(isConnectionSource);
  return sources.flatMap((action, index) =>
    sources
      .slice(index + 1)
      .filter((other) => isOtherBranch(action, other) && (detects(action) && detects(other)) === detected)
      .map(
        (other) =>
          `${labelOf(action)} and ${labelOf(other)} pull two branches of "${action.rendered("FullRepositoryId") ?? ""}"` +
          (detected
            ? ", and both detect changes, but only one branch would start the pipeline: set detectChanges to false on one of them"
            : ", which CodePipeline does not support: only one branch starts the pipeline reliably"),
      ),
  );
}

function isOtherBranch(one: ReadAction, other: ReadAction): boolean {
  const isSame = (key: string): boolean => {
    const value = one.rendered(key);
    return value !== undefined && value === other.rendered(key);
  };
  const [branch, otherBranch] = [one.setting("BranchName"), other.setting("BranchName")];
  // Through another connection, the same path may be in another account of another provider.
  const isSameRepository = isSame("ConnectionArn") && isSame("FullRepositoryId");
  return isSameRepository && branch !== undefined && otherBranch !== undefined && branch !== otherBranch;
}

/** AWS's default is to detect changes. */
function detects({ configuration, setting }: ReadAction): boolean {
  return configuration.DetectChanges === undefined || setting("DetectChanges")?.toLowerCase() === "true";
}
