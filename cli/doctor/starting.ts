import { isDeepStrictEqual } from "node:util";
import type { GitFilePathFilterCriteria, PipelineTriggerDeclaration } from "@aws-sdk/client-codepipeline";
import { isStartedByPushes } from "../aws/pipelines";
import { matches } from "../../src/pipeline-check/glob";
import type { Examination, ExaminedSource, Finding } from "./examination";

/** Whether a push or a pull request starts the pipeline as its settings say. */
export function checkStarting(examination: Examination): Promise<Finding[]> {
  const own = ({ action }: ExaminedSource) =>
    (examination.pipeline.declaration.triggers ?? []).filter(
      ({ gitConfiguration }) => gitConfiguration?.sourceActionName === action.name,
    );
  return Promise.resolve([
    ...nothingStarts(examination),
    ...examination.sources.flatMap((source) => besideDetection(source, own(source))),
    ...examination.sources.flatMap((source) => own(source).flatMap((trigger) => filtersOf(trigger))),
  ]);
}

/** One source that starts the pipeline is enough, and one of another kind can. */
function nothingStarts({ pipeline, sources }: Examination): Finding[] {
  const all = pipeline.declaration.stages?.[0]?.actions ?? [];
  if (sources.length === 0 || sources.length < all.length || isStartedByPushes(pipeline)) return [];
  return [
    {
      id: "no-trigger",
      says: `Nothing starts the pipeline: DetectChanges of ${sources.map(({ action }) => `"${action.name ?? ""}"`).join(", ")} is "false", and no trigger names it.`,
      todo: "Set detectChanges to true, or give the pipeline a trigger of the type V2. If it is started by hand or on a schedule, all is well.",
    },
  ];
}

function besideDetection(
  { action, configuration }: ExaminedSource,
  triggers: readonly PipelineTriggerDeclaration[],
): Finding[] {
  if (configuration.DetectChanges === "false") return [];
  if (triggers.every((trigger) => isOfAws(trigger, configuration.BranchName))) return [];
  return [
    {
      id: "detect-changes",
      says: `The action "${action.name ?? ""}" has a trigger with filters, and its DetectChanges is not "false".`,
      todo: "Set detectChanges to false: then only what passes the filters starts the pipeline.",
    },
  ];
}

/** With change detection on, AWS itself adds a trigger on the branch. */
function isOfAws({ gitConfiguration }: PipelineTriggerDeclaration, branch = ""): boolean {
  const { push = [], pullRequest = [] } = gitConfiguration ?? {};
  return pullRequest.length === 0 && isDeepStrictEqual(push, [{ branches: { includes: [branch] } }]);
}

/** Filters that let nothing pass: each pattern that they include is excluded too. */
function filtersOf({ gitConfiguration }: PipelineTriggerDeclaration): Finding[] {
  const { push = [], pullRequest = [], sourceActionName = "" } = gitConfiguration ?? {};
  const named: [string, GitFilePathFilterCriteria | undefined][] = [
    ...push.flatMap(({ branches, tags, filePaths }): [string, GitFilePathFilterCriteria | undefined][] => [
      ["branches", branches],
      ["tags", tags],
      ["filePaths", filePaths],
    ]),
    ...pullRequest.flatMap(({ branches, filePaths }): [string, GitFilePathFilterCriteria | undefined][] => [
      ["branches", branches],
      ["filePaths", filePaths],
    ]),
  ];
  return named
    .filter(([, criteria]) => isEmpty(criteria))
    .map(([what, criteria]) => ({
      id: "filter-excludes-all",
      says: `A filter of the trigger for "${sourceActionName}" lets nothing pass: all that its ${what} include (${(criteria?.includes ?? []).join(", ")}) they exclude too (${(criteria?.excludes ?? []).join(", ")}).`,
      todo: "Take the pattern out of the excludes, and deploy.",
    }));
}

function isEmpty({ includes = [], excludes = [] }: GitFilePathFilterCriteria = {}): boolean {
  if (includes.length === 0) return false;
  return includes.every((include) =>
    excludes.some((exclude) => exclude === include || exclude === "**" || matches(exclude, include)),
  );
}
