import { uselessClones } from "./full-clones";
import { branchesOfOneRepository, collisionsIn } from "./collisions";
import { known, labelOf, repeated } from "./pipeline-model";
import { ACTION, STRUCTURE } from "../codepipeline/limits";
import type { PipelineRule } from "./pipeline-rule";

const STAGES = { min: 2, max: 50 };

export const sourcesAreFirst: PipelineRule = {
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

export const stagesHaveTheirNames: PipelineRule = {
  sentence: "the names of stages differ",
  see: STRUCTURE,
  broken: ({ stages }) =>
    repeated(known(stages.map(({ name }) => name))).map((name) => `there is more than one stage "${name}"`),
};

export const stagesAreEnough: PipelineRule = {
  sentence: `a pipeline has ${STAGES.min} to ${STAGES.max} stages`,
  see: STRUCTURE,
  broken: ({ stages, stagesAreKnown }) =>
    stagesAreKnown && (stages.length < STAGES.min || stages.length > STAGES.max)
      ? [`a pipeline must have ${STAGES.min} to ${STAGES.max} stages. Given: ${stages.length}`]
      : [],
};

export const namesDiffer: PipelineRule = {
  sentence:
    "no two actions of a stage have one name, no two actions of a pipeline one output artifact or namespace, and no namespace is the name of an artifact",
  see: STRUCTURE,
  broken: ({ stages }) => collisionsIn(stages),
};

export const oneBranchStarts: PipelineRule = {
  sentence: "of two source actions on branches of one repository, at most one detects changes",
  see: ACTION,
  broken: ({ stages }) => branchesOfOneRepository(stages, true),
};

export const clonesAreBuilt: PipelineRule = {
  sentence: "a full clone is not handed to an action that can't build",
  see: ACTION,
  broken: ({ stages }) => uselessClones(stages),
};
