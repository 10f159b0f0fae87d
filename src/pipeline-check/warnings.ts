import { ACTION, GUIDE, outputFormat } from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import { doubtfulClones } from "./full-clones";
import { NEVER_MATCHING } from "./never-matching";
import { labelOf } from "./pipeline-model";
import { type PipelineRule, problemsOf } from "./pipeline-rule";
import { branchesOfOneRepository, settingsAreKnown } from "./source-actions";
import { onActions } from "./triggers";

/** A filter that AWS refused in 2025, though the provider's tests of 2024 have it. */
const filtersMixNoTags: PipelineRule = {
  id: "filter-tags-alone",
  sentence: "a push filter has tags, or branches with or without file paths",
  see: "https://github.com/hashicorp/terraform-provider-aws/issues/43105",
  broken: ({ triggers }) =>
    triggers
      .filter(({ push }) => push.some(({ criteria }) => criteria.includes("tags") && criteria.length > 1))
      .map(
        ({ action }) =>
          `the trigger of "${action ?? "?"}" has tags and branches or file paths in one filter. AWS has refused such ` +
          "a filter: put the tags into a filter of their own",
      ),
};

/** What the typed filters can't be, and AWS does not document. */
const filtersHaveBranchesOrTags: PipelineRule = {
  id: "filter-criteria",
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
        ? [
            `${at} has no filter. To start the pipeline at each change of the branch, remove the trigger and set ` +
              "detectChanges to true",
          ]
        : []),
    ]),
};

const oneBranchOfARepository: PipelineRule = {
  id: "source-branches",
  sentence: "source actions do not pull two branches of one repository",
  see: ACTION,
  broken: ({ sources }) => branchesOfOneRepository(sources, false),
};

const clonesGoToCodeBuild: PipelineRule = {
  id: "clone-consumer-unknown",
  sentence: "a full clone is handed to CodeBuild",
  see: ACTION,
  broken: ({ stages }) => doubtfulClones(stages),
};

const triggersDetectAlone: PipelineRule = {
  id: "trigger-detects-changes",
  sentence: "a source action with a trigger has detectChanges set to false",
  see: ACTION,
  broken: ({ sources, triggers }) =>
    sources
      .filter(({ name }) => onActions(triggers).includes(name ?? ""))
      .filter(({ setting }) => setting("DetectChanges")?.toLowerCase() === "true")
      .map((action) => `${labelOf(action)} has a trigger and detects changes too: set detectChanges to false`),
};

/** A format that is newer than this library may be meant. */
const formatsAreKnown: PipelineRule = {
  id: "source-output-format",
  sentence: `OutputArtifactFormat of an action that pulls through a connection ${outputFormat.sentence}`,
  see: outputFormat.see,
  broken: ({ sources }) =>
    sources.flatMap(({ at, setting }) => {
      const property = `${at}.configuration.OutputArtifactFormat`;
      return problemsOf(new Inspection().known(property, setting("OutputArtifactFormat"), outputFormat));
    }),
};

/** What is probably not meant, whoever wrote it. */
export const PROBABLY_NOT_MEANT: readonly PipelineRule[] = [
  ...[filtersMixNoTags, filtersHaveBranchesOrTags, oneBranchOfARepository],
  ...[clonesGoToCodeBuild, triggersDetectAlone, formatsAreKnown, settingsAreKnown],
  ...NEVER_MATCHING,
];
