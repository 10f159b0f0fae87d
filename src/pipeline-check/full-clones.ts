import { OutputFormat } from "../codepipeline/enums";
import { ACTION, BUILDS, CANNOT_BUILD } from "../codepipeline/limits";
import { isConnectionSource, labelOf, type ReadStage, typeOf } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";

/**
 * Full clones that are handed to an action which is known not to build, or of which that is not known.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
function clonesHandedTo(stages: readonly ReadStage[], types: (type: string) => boolean, sentence: string): string[] {
  const actions = stages.flatMap((stage) => stage.actions);
  const clones = actions
    .filter(
      (action) =>
        isConnectionSource(action) && action.setting("OutputArtifactFormat") === OutputFormat.CODEBUILD_CLONE_REF.value,
    )
    .flatMap(({ outputs }) => outputs);
  if (clones.length === 0) return [];
  return actions
    .filter((action) => {
      const type = typeOf(action);
      return type !== undefined && types(type);
    })
    .flatMap((action) =>
      action.inputs
        .filter((input) => clones.includes(input))
        .map(
          (input) =>
            `${labelOf(action)} (${action.provider ?? ""}) has the input artifact "${input}", which is a full clone; ` +
            sentence,
        ),
    );
}

/** Full clones in hands that are known not to build. */
function uselessClones(stages: readonly ReadStage[]): string[] {
  return clonesHandedTo(
    stages,
    (type) => CANNOT_BUILD.includes(type),
    "only CodeBuild can use a full clone. Set outputFormat of the source action to OutputFormat.CODE_ZIP, or give " +
      "this action the output of a CodeBuild action",
  );
}

/** Full clones in hands of which it is not known whether they build. */
export function doubtfulClones(stages: readonly ReadStage[]): string[] {
  return clonesHandedTo(
    stages,
    (type) => ![...BUILDS, ...CANNOT_BUILD].includes(type),
    "AWS documents only CodeBuild for full clones. If this action can't use one, set outputFormat of the source " +
      "action to OutputFormat.CODE_ZIP",
  );
}

/** What CodePipeline runs into with a full clone. */
export const FULL_CLONE_ERRORS: readonly PipelineRule[] = [
  {
    id: "clone-consumer",
    sentence: "a full clone is not handed to an action that can't build",
    see: ACTION,
    broken: ({ stages }) => uselessClones(stages),
  },
];
