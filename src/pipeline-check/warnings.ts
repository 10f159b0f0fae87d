import { doubtfulClones } from "./full-clones";
import { branchesOfOneRepository } from "./collisions";
import { isConnectionSource, labelOf } from "./pipeline-model";
import { ACTION, GUIDE } from "../codepipeline/links";
import type { PipelineRule } from "./pipeline-rule";
import { onActions } from "./triggers";
import { variablesOfNoNamespace } from "./variables";

/** A filter that AWS refused in 2025, though the provider's tests of 2024 have it. */
export const filtersMixNoTags: PipelineRule = {
  sentence: "a push filter has tags, or branches with or without file paths",
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/43105",
  broken: ({ triggers }) =>
    triggers
      .filter(({ push }) => push.some(({ criteria }) => criteria.includes("tags") && criteria.length > 1))
      .map(
        ({ action }) =>
          `the trigger on "${action ?? "?"}" has tags together with branches or file paths in one filter, which AWS has ` +
          "refused: write a filter for each",
      ),
};

/** What the typed filters can't be, and AWS does not document. */
export const filtersHaveBranchesOrTags: PipelineRule = {
  sentence: "a trigger has a filter, one on pushes has branches or tags, and one on pull requests branches",
  see: `${GUIDE}/pipelines-filter.html`,
  broken: ({ triggers }) =>
    triggers.flatMap(({ at, push, pullRequest, filtersAreKnown }) => [
      ...push
        .filter(({ criteria }) => !criteria.includes("branches") && !criteria.includes("tags"))
        .map(
          (filter) => `${filter.at} has neither branches nor tags, which AWS does not document: give it one of them`,
        ),
      ...pullRequest
        .filter(({ criteria }) => !criteria.includes("branches") || criteria.includes("tags"))
        .map(
          (filter) => `${filter.at} must have branches, and no tags: AWS documents no other filter on pull requests`,
        ),
      ...(filtersAreKnown && push.length + pullRequest.length === 0
        ? [`${at} has no filter: leave it out, and each change of the branch starts the pipeline`]
        : []),
    ]),
};

export const variablesHaveTheirNamespace: PipelineRule = {
  sentence: "a variable is of a namespace that an action has",
  see: `${GUIDE}/reference-variables.html`,
  broken: ({ stages }) => variablesOfNoNamespace(stages),
};

export const oneBranchOfARepository: PipelineRule = {
  sentence: "source actions do not pull two branches of one repository",
  see: ACTION,
  broken: ({ stages }) => branchesOfOneRepository(stages, false),
};

export const clonesGoToCodeBuild: PipelineRule = {
  sentence: "a full clone is handed to CodeBuild",
  see: ACTION,
  broken: ({ stages }) => doubtfulClones(stages),
};

export const triggersDetectAlone: PipelineRule = {
  sentence: "a source action with a trigger has detectChanges set to false",
  see: ACTION,
  broken: ({ actions, triggers }) =>
    actions
      .filter((action) => isConnectionSource(action) && onActions(triggers).includes(action.name ?? ""))
      .filter(({ setting }) => setting("DetectChanges")?.toLowerCase() === "true")
      .map((action) => `${labelOf(action)} has a trigger and detects changes too: set detectChanges to false`),
};
