import type { CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { CONNECTION_SOURCE } from "../codepipeline/action-types";
import type { GitPullRequestFilter, GitPushFilter } from "./git-filter";

/**
 * When a V2 pipeline starts by itself, instead of at every change of the source action's branch. Give it to the source
 * action, whose `DetectChanges` follows.
 *
 * A filter that is not among the factories can be written as the provider's `CodepipelineTrigger`, beside those of the
 * source; then set `detectChanges` to false yourself.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export class Trigger {
  /**
   * Starts on a push that one of the filters lets through.
   *
   * @param filters 1 to 3 of them
   */
  public static onPush(...filters: GitPushFilter[]): Trigger {
    return new Trigger(filters, []);
  }

  /**
   * Starts on an event of a pull request that one of the filters lets through.
   *
   * @param filters 1 to 3 of them
   */
  public static onPullRequest(...filters: GitPullRequestFilter[]): Trigger {
    return new Trigger([], filters);
  }

  /**
   * Starts on either: a source action can have one trigger only.
   *
   * @param push 1 to 3 filters
   * @param pullRequest 1 to 3 filters
   */
  public static onPushOrPullRequest(push: GitPushFilter[], pullRequest: GitPullRequestFilter[]): Trigger {
    return new Trigger(push, pullRequest);
  }

  private constructor(
    /** The filters on pushes. */
    public readonly pushFilters: GitPushFilter[],
    /** The filters on pull requests. */
    public readonly pullRequestFilters: GitPullRequestFilter[],
  ) {}

  /** The trigger of one source action, as the provider's `Codepipeline` takes it. */
  public of(sourceActionName: string): CodepipelineTrigger {
    const push = this.pushFilters.map((filter) => filter.push);
    const pullRequest = this.pullRequestFilters.map((filter) => filter.pullRequest);
    return {
      providerType: CONNECTION_SOURCE,
      gitConfiguration: {
        sourceActionName,
        ...(push.length > 0 && { push }),
        ...(pullRequest.length > 0 && { pullRequest }),
      },
    };
  }
}
