import { GUIDE } from "../codepipeline/limits";
import { isExpression } from "../terraform/expression";
import { given } from "../validation/validation-error";
import type { ReadFilter, ReadPipeline, ReadTrigger } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";
import { type GrantedBranches, wiringOf } from "./wiring";

const pushedBranchesAreGranted: PipelineRule = {
  id: "grant-branches",
  sentence: "the grants of a policy allow each branch whose pushes start the pipeline",
  see: `${GUIDE}/pipelines-filter.html`,
  broken: (pipeline) =>
    granted(pipeline).flatMap(({ trigger, grant }) =>
      trigger.push.flatMap((filter) =>
        branchesOf(filter)
          .map((branch, index) => ({ at: `${filter.at}.branches.includes[${index}]`, branch }))
          .filter(({ branch }) => branch !== undefined && !/[*?[\]{}\\]/.test(branch) && !grant.allows(branch))
          .map(
            ({ at, branch }) =>
              `${at} starts the pipeline on the branch ${given(branch)}, which ${grant.place} do not allow. Add it to ` +
              "branches there",
          ),
      ),
    ),
};

/**
 * A pull request is of a source branch, whose commit is pulled, and it is the target branch that a trigger names.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
const sourceBranchesAreGranted: PipelineRule = {
  id: "grant-source-branches",
  sentence: "where pull requests start the pipeline, the grants of a policy name more than their target branches",
  see: `${GUIDE}/pipelines-filter.html`,
  broken: (pipeline) =>
    granted(pipeline).flatMap(({ trigger, grant }) => {
      const patterns = grant.patterns();
      return trigger.pullRequest
        .filter((filter) => patterns !== undefined && isSameSet(branchesOf(filter), patterns))
        .map(
          ({ at }) =>
            `${at} starts the pipeline on pull requests, whose commits are on their source branches, but ` +
            `${grant.place} name only the target: ${(patterns ?? []).map(given).join(", ")}. Add the source branches to ` +
            'branches there, such as "feature/*", or leave branches out',
        );
    }),
};

/** The triggers on source actions whose policy limits the branches. */
function granted(pipeline: ReadPipeline): { readonly trigger: ReadTrigger; readonly grant: GrantedBranches }[] {
  return pipeline.triggers.flatMap((trigger) => {
    const grant = trigger.action === undefined ? undefined : wiringOf(pipeline, { name: trigger.action })?.branches;
    return grant === undefined ? [] : [{ trigger, grant }];
  });
}

/** The branches that a filter names; an expression is none that is known. */
function branchesOf({ lists }: ReadFilter): (string | undefined)[] {
  const includes = lists["branches.includes"];
  return Array.isArray(includes)
    ? includes.map((each: unknown) => (typeof each === "string" && !isExpression(each) ? each : undefined))
    : [];
}

function isSameSet(one: readonly (string | undefined)[], other: readonly string[]): boolean {
  return one.length > 0 && one.every((each) => other.includes(each ?? "")) && other.every((each) => one.includes(each));
}

/** Branches that start a pipeline, and that its roles may not pull. */
export const BRANCH_WARNINGS: readonly PipelineRule[] = [pushedBranchesAreGranted, sourceBranchesAreGranted];
