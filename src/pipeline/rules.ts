import { nearest } from "../validation/nearest";
import { doubtfulClones, uselessClones } from "./clones";
import { branchesOfOneRepository, collisionsIn } from "./collisions";
import { isConnectionSource, known, labelOf, type ReadPipeline, repeated } from "./reading";
import { variablesOfNoNamespace } from "./variables";

/** What is wrong with a pipeline as a whole, in sentences without their full stops. */
type PipelineRule = (pipeline: ReadPipeline) => readonly string[];

const MOST_TRIGGERS = 50;

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html */
const triggersNeedV2: PipelineRule = ({ type, triggers }) =>
  triggers.length > 0 && type !== undefined && type !== "V2"
    ? [`triggers need pipelineType "V2". It is "${type}"${type === "V1" ? ", which is also the default" : ""}`]
    : [];

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html */
const triggersAreFew: PipelineRule = ({ triggers }) =>
  triggers.length > MOST_TRIGGERS
    ? [`a pipeline can have up to ${MOST_TRIGGERS} triggers. Given: ${triggers.length}`]
    : [];

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitConfiguration.html */
const triggersHaveTheirAction: PipelineRule = ({ stages, triggers }) => {
  const actions = stages.flatMap((stage) => stage.actions);
  const sources = actions.filter((action) => isConnectionSource(action) || action.provider === undefined);
  const names = known(sources.map(({ name }) => name));
  const unknown = onActions(triggers).filter((name) => !names.includes(name));
  // A source action that only Terraform knows may be the one.
  if (names.length < sources.length) return [];
  return unknown.map(
    (name) =>
      `a trigger is on "${name}", which is no source action on a connection. Given: ${listed(names)}${guess(name, names)}`,
  );
};

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineTriggerDeclaration.html */
const triggersAreOneAnAction: PipelineRule = ({ triggers }) =>
  repeated(onActions(triggers)).map(
    (name) => `the source action "${name}" has more than one trigger: give it one with all filters`,
  );

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html */
const sourcesAreFirst: PipelineRule = ({ stages }) =>
  stages.flatMap(({ name, actions }, index) =>
    actions
      .filter(({ category }) => category !== undefined && (category === "Source") !== (index === 0))
      .map((action) =>
        index === 0
          ? `${labelOf(action)} is no source action, but in the first stage, which can have no other`
          : `${labelOf(action)} is a source action in the stage "${name ?? index + 1}": only the first stage can have one`,
      ),
  );

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html */
const stagesHaveTheirNames: PipelineRule = ({ stages }) =>
  repeated(known(stages.map(({ name }) => name))).map((name) => `there is more than one stage "${name}"`);

/** What AWS refuses, or runs into. */
export const ERRORS: readonly PipelineRule[] = [
  triggersNeedV2,
  triggersAreFew,
  triggersHaveTheirAction,
  triggersAreOneAnAction,
  sourcesAreFirst,
  stagesHaveTheirNames,
  ({ stages }) => collisionsIn(stages),
  ({ stages }) => branchesOfOneRepository(stages, true),
  ({ stages }) => uselessClones(stages),
];

/**
 * A filter that AWS refused in 2025, though the provider's tests of 2024 have it.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/43105
 */
const filtersMixNoTags: PipelineRule = ({ triggers }) =>
  triggers
    .filter(({ mixesTags }) => mixesTags)
    .map(
      ({ action }) =>
        `the trigger on "${action ?? "?"}" has tags together with branches or file paths in one filter, which AWS has ` +
        "refused: write a filter for each",
    );

/** What is probably not meant. */
export const WARNINGS: readonly PipelineRule[] = [
  filtersMixNoTags,
  ({ stages }) => variablesOfNoNamespace(stages),
  ({ stages }) => branchesOfOneRepository(stages, false),
  ({ stages }) => doubtfulClones(stages),
  ({ stages, triggers }) =>
    stages
      .flatMap(({ actions }) => actions)
      .filter((action) => isConnectionSource(action) && onActions(triggers).includes(action.name ?? ""))
      .filter(({ setting }) => setting("DetectChanges") === "true")
      .map((action) => `${labelOf(action)} has a trigger and detects changes too: set detectChanges to false`),
];

/** The names of the actions that triggers are on. */
function onActions(triggers: ReadPipeline["triggers"]): string[] {
  return known(triggers.map(({ action }) => action));
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}

function guess(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? "" : `. Did you mean "${meant}"?`;
}
