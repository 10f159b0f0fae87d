import { nearest } from "../validation/nearest";
import type { Limit } from "../validation/rule";
import { doubtfulClones, uselessClones } from "./clones";
import { branchesOfOneRepository, collisionsIn } from "./collisions";
import { isConnectionSource, known, labelOf, type ReadPipeline, repeated } from "./reading";
import { variablesOfNoNamespace } from "./variables";

/** A limit on a pipeline as a whole. */
export interface PipelineRule extends Limit {
  /** What is wrong with a pipeline, in sentences without their full stops. */
  readonly broken: (pipeline: ReadPipeline) => readonly string[];
}

const GUIDE = "https://docs.aws.amazon.com/codepipeline/latest/userguide";
const API = "https://docs.aws.amazon.com/codepipeline/latest/APIReference";
const STRUCTURE = `${GUIDE}/reference-pipeline-structure.html`;
const ACTION = `${GUIDE}/action-reference-CodestarConnectionSource.html`;

const MOST_TRIGGERS = 50;
const STAGES = { min: 2, max: 50 };

const triggersNeedV2: PipelineRule = {
  sentence: 'triggers need pipelineType "V2"',
  see: `${GUIDE}/pipelines-triggers.html`,
  broken: ({ type, triggers }) =>
    triggers.length > 0 && type !== undefined && type !== "V2"
      ? [`triggers need pipelineType "V2". It is "${type}"${type === "V1" ? ", which is also the default" : ""}`]
      : [],
};

const triggersAreFew: PipelineRule = {
  sentence: `a pipeline can have up to ${MOST_TRIGGERS} triggers`,
  see: `${API}/API_PipelineDeclaration.html`,
  broken: ({ triggers }) =>
    triggers.length > MOST_TRIGGERS
      ? [`a pipeline can have up to ${MOST_TRIGGERS} triggers. Given: ${triggers.length}`]
      : [],
};

const triggersHaveTheirAction: PipelineRule = {
  sentence: "a trigger is on a source action of the pipeline that pulls through a connection",
  see: `${API}/API_GitConfiguration.html`,
  broken: ({ stages, triggers }) => {
    const actions = stages.flatMap((stage) => stage.actions);
    const sources = actions.filter((action) => isConnectionSource(action) || action.provider === undefined);
    const names = known(sources.map(({ name }) => name));
    const unknown = onActions(triggers).filter((name) => !names.includes(name));
    // A source action that only Terraform knows may be the one.
    if (names.length < sources.length) return [];
    return unknown.map(
      (name) =>
        `a trigger is on "${name}", which is no source action on a connection. There are: ${listed(names)}${guess(name, names)}`,
    );
  },
};

const triggersAreOneAnAction: PipelineRule = {
  sentence: "a source action can have one trigger",
  see: `${API}/API_PipelineTriggerDeclaration.html`,
  broken: ({ triggers }) =>
    repeated(onActions(triggers)).map(
      (name) => `the source action "${name}" has more than one trigger: give it one with all filters`,
    ),
};

const sourcesAreFirst: PipelineRule = {
  sentence: "the first stage has only source actions, and no other stage has any",
  see: STRUCTURE,
  broken: ({ stages }) =>
    stages.flatMap(({ name, actions }, index) =>
      actions
        .filter(({ category }) => category !== undefined && (category === "Source") !== (index === 0))
        .map((action) =>
          index === 0
            ? `${labelOf(action)} is no source action, but in the first stage, which can have no other`
            : `${labelOf(action)} is a source action in the stage "${name ?? index + 1}": only the first stage can have one`,
        ),
    ),
};

const stagesHaveTheirNames: PipelineRule = {
  sentence: "the names of stages differ",
  see: STRUCTURE,
  broken: ({ stages }) =>
    repeated(known(stages.map(({ name }) => name))).map((name) => `there is more than one stage "${name}"`),
};

const stagesAreEnough: PipelineRule = {
  sentence: `a pipeline has ${STAGES.min} to ${STAGES.max} stages`,
  see: STRUCTURE,
  broken: ({ stages, stagesAreKnown }) =>
    stagesAreKnown && (stages.length < STAGES.min || stages.length > STAGES.max)
      ? [`a pipeline must have ${STAGES.min} to ${STAGES.max} stages. Given: ${stages.length}`]
      : [],
};

const namesDiffer: PipelineRule = {
  sentence:
    "the names of the actions of a stage differ, and so do all output artifacts and namespaces of a pipeline, the ones from the others too",
  see: STRUCTURE,
  broken: ({ stages }) => collisionsIn(stages),
};

const oneBranchStarts: PipelineRule = {
  sentence: "of two source actions on branches of one repository, at most one detects changes",
  see: ACTION,
  broken: ({ stages }) => branchesOfOneRepository(stages, true),
};

const clonesAreBuilt: PipelineRule = {
  sentence: "a full clone is not handed to an action that can't build",
  see: ACTION,
  broken: ({ stages }) => uselessClones(stages),
};

/** What AWS refuses, or runs into. */
export const ERRORS: readonly PipelineRule[] = [
  triggersNeedV2,
  triggersAreFew,
  triggersHaveTheirAction,
  triggersAreOneAnAction,
  sourcesAreFirst,
  stagesHaveTheirNames,
  stagesAreEnough,
  namesDiffer,
  oneBranchStarts,
  clonesAreBuilt,
];

/** A filter that AWS refused in 2025, though the provider's tests of 2024 have it. */
const filtersMixNoTags: PipelineRule = {
  sentence: "a push filter has tags, or branches with or without file paths",
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/43105",
  broken: ({ triggers }) =>
    triggers
      .filter(({ mixesTags }) => mixesTags)
      .map(
        ({ action }) =>
          `the trigger on "${action ?? "?"}" has tags together with branches or file paths in one filter, which AWS has ` +
          "refused: write a filter for each",
      ),
};

const variablesHaveTheirNamespace: PipelineRule = {
  sentence: "a variable is of a namespace that an action has",
  see: `${GUIDE}/reference-variables.html`,
  broken: ({ stages }) => variablesOfNoNamespace(stages),
};

const oneBranchOfARepository: PipelineRule = {
  sentence: "source actions do not pull two branches of one repository",
  see: ACTION,
  broken: ({ stages }) => branchesOfOneRepository(stages, false),
};

const clonesGoToCodeBuild: PipelineRule = {
  sentence: "a full clone is handed to CodeBuild",
  see: ACTION,
  broken: ({ stages }) => doubtfulClones(stages),
};

const triggersDetectAlone: PipelineRule = {
  sentence: "a source action with a trigger has detectChanges set to false",
  see: ACTION,
  broken: ({ stages, triggers }) =>
    stages
      .flatMap(({ actions }) => actions)
      .filter((action) => isConnectionSource(action) && onActions(triggers).includes(action.name ?? ""))
      .filter(({ setting }) => setting("DetectChanges") === "true")
      .map((action) => `${labelOf(action)} has a trigger and detects changes too: set detectChanges to false`),
};

/** What is probably not meant. */
export const WARNINGS: readonly PipelineRule[] = [
  filtersMixNoTags,
  variablesHaveTheirNamespace,
  oneBranchOfARepository,
  clonesGoToCodeBuild,
  triggersDetectAlone,
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
