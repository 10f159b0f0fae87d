import type {
  CodepipelineTriggerGitConfigurationPullRequest,
  CodepipelineTriggerGitConfigurationPush,
} from "@cdktf/provider-aws/lib/codepipeline";
import type { PullRequestEvent } from "../codepipeline/enums";
import { events, pattern, patterns, pullRequestEvent } from "../codepipeline/limits";
import { isStruct } from "../validation/kind";
import {
  type Declaration,
  type Declared,
  optional,
  optionalArgument,
  required,
  type Type,
} from "../validation/properties";
import { sizedList, struct } from "../validation/types";

/**
 * The names of branches or tags, or the file paths, that match: those that match a pattern of `includes` and no pattern
 * of `excludes`. At least one of the two must be given.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/syntax-glob.html
 */
export interface GitFilterCriteria {
  /**
   * Glob patterns: 1 to 8, each of 1 to 255 characters. The list, or its elements, may be expressions.
   *
   * @default - all that `excludes` does not match
   */
  readonly includes?: string[];

  /**
   * Glob patterns: 1 to 8, each of 1 to 255 characters. A name that matches both lists is excluded. The list, or its
   * elements, may be expressions.
   *
   * @default - none
   */
  readonly excludes?: string[];
}

/** Further conditions of a filter on pushes to branches. */
export interface GitPushFilterOptions {
  /**
   * The changed files that start the pipeline. CodePipeline looks only at the first 100 changed files of a push. With
   * file paths, the first push of a new branch does not start the pipeline.
   *
   * @default - all
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
   */
  readonly filePaths?: GitFilterCriteria;
}

/** Further conditions of a filter on pull requests. */
export interface GitPullRequestFilterOptions extends GitPushFilterOptions {
  /**
   * The events of the pull request that start the pipeline: 1 to 3. The list, or its elements, may be expressions.
   *
   * @default - no events are written, so CodePipeline uses its own default
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitPullRequestFilter.html
   */
  readonly events?: PullRequestEvent[];
}

/**
 * Which pushes start a pipeline. AWS documents tags, branches, and branches with file paths; other combinations, such as
 * tags with branches, were refused at apply, so they can't be built here. A raw `CodepipelineTrigger` takes them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/43105
 */
export class GitPushFilter {
  /** A push to these branches. One filter can't have tags too, but a trigger can have a filter of each. */
  public static branches(branches: GitFilterCriteria, options: GitPushFilterOptions = {}): GitPushFilter {
    return new GitPushFilter({ ...copied(options), branches: copied(branches) });
  }

  /** A push of these tags. One filter can't have branches too, but a trigger can have a filter of each. */
  public static tags(tags: GitFilterCriteria): GitPushFilter {
    // Without any, it is still a filter on tags.
    return new GitPushFilter({ tags: copied(tags as GitFilterCriteria | undefined) ?? {} });
  }

  private constructor(
    /**
     * The filter, as the provider's `Codepipeline` takes it.
     *
     * @internal
     */
    public readonly _push: CodepipelineTriggerGitConfigurationPush,
  ) {}
}

/**
 * Which pull requests start a pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export class GitPullRequestFilter {
  /** A pull request into these branches. */
  public static branches(branches: GitFilterCriteria, options: GitPullRequestFilterOptions = {}): GitPullRequestFilter {
    return new GitPullRequestFilter({ ...copied(options), branches: copied(branches) });
  }

  private constructor(
    /**
     * The filter, as the provider's `Codepipeline` takes it.
     *
     * @internal
     */
    public readonly _pullRequest: CodepipelineTriggerGitConfigurationPullRequest,
  ) {}
}

/**
 * What is checked is what is written, whatever becomes of the caller's lists; null is not given. What is deeper than a
 * list in options is no filter, and may be without an end.
 */
function copied<Given>(given: Given, depth = 2): Given {
  if (Array.isArray(given)) return [...(given as unknown[])] as Given;
  if (!isStruct(given) || depth === 0) return given;
  const members = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    members.map(([name, value]): [string, unknown] => [name, copied(value, depth - 1)]),
  ) as Given;
}

const lists = struct(
  (): Declared<GitFilterCriteria> => ({
    includes: optionalArgument(sizedList(patterns, pattern)),
    excludes: optionalArgument(sizedList(patterns, pattern)),
  }),
  "error",
  '{ includes: ["main"] }',
);

/** At least one of the two lists must be given. */
const criteria: Type = {
  ...lists,
  check: (inspection, property, value, treatment) => {
    const { includes, excludes } = (isStruct(value) ? value : {}) as GitFilterCriteria;
    inspection.fact(
      `${property} must have includes or excludes`,
      !isStruct(value) || includes !== undefined || excludes !== undefined,
    );
    return lists.check(inspection, property, value, treatment);
  },
};

/** What a filter on branches or tags is made from: the factories' first argument and their options. */
export const PUSH_FILTER = struct(declarePushFilter, "error");

export const PULL_REQUEST_FILTER = struct(declarePullRequestFilter, "error");

export function declarePushFilter(given: object): Declaration {
  const isOnTags = "tags" in given && !("branches" in given);
  return isOnTags ? { tags: required(criteria) } : { branches: required(criteria), ...declareOptions() };
}

export function declarePullRequestFilter(): Declaration {
  return { branches: required(criteria), ...declarePullRequestOptions() };
}

function declareOptions(): Declared<GitPushFilterOptions> {
  return { filePaths: optional(criteria) };
}

function declarePullRequestOptions(): Declared<GitPullRequestFilterOptions> {
  return { ...declareOptions(), events: optionalArgument(sizedList(events, pullRequestEvent)) };
}
