import type {
  CodepipelineTriggerGitConfigurationPullRequest,
  CodepipelineTriggerGitConfigurationPush,
} from "@cdktf/provider-aws/lib/codepipeline";
import type { PullRequestEvent } from "../codepipeline/pull-request-event";

/**
 * Which names count: those that one of `includes` matches and none of `excludes` does. At least one of the two must be
 * given.
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
   * Glob patterns: 1 to 8, each of 1 to 255 characters. They win over `includes`. The list, or its elements, may be
   * expressions.
   *
   * @default - none
   */
  readonly excludes?: string[];
}

/** What narrows a filter on the branches of a push. */
export interface GitPushFilterOptions {
  /**
   * The changed files that count. CodePipeline looks at the first 100 changed files only, and the first push of a new branch
   * starts nothing.
   *
   * @default - all
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
   */
  readonly filePaths?: GitFilterCriteria;
}

/** What narrows a filter on the target branches of pull requests. */
export interface GitPullRequestFilterOptions extends GitPushFilterOptions {
  /**
   * What happens to the pull request.
   *
   * @default - CodePipeline's own: nothing is written
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
    return new GitPushFilter({ branches: copied(branches), filePaths: filePathsOf(options) });
  }

  /** A push of these tags. One filter can't have branches too, but a trigger can have a filter of each. */
  public static tags(tags: GitFilterCriteria): GitPushFilter {
    return new GitPushFilter({ tags: copied(tags) });
  }

  private constructor(
    /** The filter, as the provider's `Codepipeline` takes it. */
    public readonly push: CodepipelineTriggerGitConfigurationPush,
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
    const { events } = (options as GitPullRequestFilterOptions | null) ?? {};
    return new GitPullRequestFilter({
      branches: copied(branches),
      filePaths: filePathsOf(options),
      events: Array.isArray(events) ? [...events] : events,
    });
  }

  private constructor(
    /** The filter, as the provider's `Codepipeline` takes it. */
    public readonly pullRequest: CodepipelineTriggerGitConfigurationPullRequest,
  ) {}
}

/** A caller without a type checker may give anything for the options; what is in them is judged with the trigger. */
function filePathsOf(options: GitPushFilterOptions | null): GitFilterCriteria | undefined {
  return copied(options?.filePaths);
}

/** What is judged is what is written, whatever becomes of the caller's lists. */
function copied<Given>(criteria: Given): Given {
  if (typeof criteria !== "object" || criteria === null || Array.isArray(criteria)) return criteria;
  const lists = Object.entries(criteria).map(([list, value]): [string, unknown] => [
    list,
    Array.isArray(value) ? [...(value as unknown[])] : value,
  ]);
  return Object.fromEntries(lists) as Given;
}
