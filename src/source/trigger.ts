import type { CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { type IResolvable, Token, Tokenization } from "cdktf";
import * as limits from "../codepipeline/limits";
import { expressionOn } from "../terraform/expression";
import type { Inspection } from "../validation/inspection";
import { FLAG_OR_EXPRESSION, isStruct, type Kind, membersOf } from "../validation/kind";
import type { Type } from "../validation/properties";
import { type GitPullRequestFilter, type GitPushFilter, PULL_REQUEST_FILTER, PUSH_FILTER } from "./git-filter";

/**
 * Starts a V2 pipeline on pushes or pull requests that match filters, instead of at every change of the branch. Give
 * the trigger to the source action, which then sets `DetectChanges` to false, and give `source.triggers` to the
 * pipeline.
 *
 * For a filter that this library can't build, write a `CodepipelineTrigger` of the provider in the pipeline, give the
 * source action no trigger, and set its `detectChanges` to false.
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

  /**
   * The trigger of one source action, as the provider's `Codepipeline` takes it.
   *
   * @internal
   */
  public _render(sourceActionName: string): CodepipelineTrigger {
    const push = this.pushFilters.map((filter) => filter._push);
    const pullRequest = this.pullRequestFilters.map((filter) => filter._pullRequest);
    return {
      providerType: limits.CONNECTION_SOURCE,
      gitConfiguration: {
        sourceActionName,
        ...(push.length > 0 && { push }),
        ...(pullRequest.length > 0 && { pullRequest }),
      },
    };
  }
}

/** By what it has, not by `instanceof`: another copy of this library makes triggers too. */
const TRIGGER_KIND: Kind = {
  includes: (value) => {
    const { pushFilters: push, pullRequestFilters: pullRequest } = membersOf(value as Trigger);
    return Array.isArray(push) && Array.isArray(pullRequest);
  },
  sentence:
    "must be a Trigger: Trigger.onPush(…), Trigger.onPullRequest(…) or Trigger.onPushOrPullRequest(…). Give a " +
    "CodepipelineTrigger of the provider to the property trigger of Codepipeline instead, and set detectChanges to " +
    "false here",
};

/** A trigger with all its filters, which were not checked before. */
export const TRIGGER: Type = {
  kind: TRIGGER_KIND,
  check: (inspection, property, value) => {
    inspection.kind(property, value, TRIGGER_KIND);
    if (TRIGGER_KIND.includes(value)) checkFilters(inspection, property, value as Trigger);
    return value;
  },
};

function checkFilters(inspection: Inspection, property: string, trigger: Trigger): void {
  const { length: pushes } = trigger.pushFilters;
  const { length: pullRequests } = trigger.pullRequestFilters;
  inspection
    .fact(
      `${property} must have a filter. To start the pipeline at each change of the branch, leave trigger out`,
      pushes + pullRequests > 0,
    )
    .kind(property, pushes, limits.pushFilters)
    .kind(property, pullRequests, limits.pullRequestFilters);
  // Unlike the lists themselves, copies have no holes that would be passed over.
  Array.from(trigger.pushFilters).forEach((filter, index) => {
    const { _push: given } = membersOf(filter);
    checkFilter(inspection, `${property}.push[${index}]`, filter, given, PUSH_FILTER, ON_PUSHES);
  });
  Array.from(trigger.pullRequestFilters).forEach((filter, index) => {
    const { _pullRequest: given } = membersOf(filter);
    checkFilter(inspection, `${property}.pullRequest[${index}]`, filter, given, PULL_REQUEST_FILTER, ON_PULL_REQUESTS);
  });
}

const ON_PUSHES =
  "must be a filter on pushes: GitPushFilter.branches(…) or GitPushFilter.tags(…). One filter is for branches or for " +
  "tags; a trigger can have filters of both kinds";
const ON_PULL_REQUESTS = "must be a filter on pull requests: GitPullRequestFilter.branches(…)";

function checkFilter(
  inspection: Inspection,
  property: string,
  filter: unknown,
  given: unknown,
  type: Type,
  sentence: string,
): void {
  if (isStruct(given)) type.check(inspection, property, given, {});
  else inspection.given(property, filter).kind(property, filter, { includes: () => false, sentence });
}

/** What `detectChanges` takes: true or false; an expression is checked as the string that it becomes. */
export const DETECT_CHANGES: Type = {
  kind: FLAG_OR_EXPRESSION,
  check: (inspection, property, value, { isOptional }) => {
    inspection.kind(property, value, FLAG_OR_EXPRESSION);
    if (!Tokenization.isResolvable(value)) return value;
    const { must, ...rule } = limits.flagString;
    const condition = (reference: string): string => must.condition(`tostring(${reference})`);
    const string = { ...rule, must: { ...must, condition } };
    inspection.string(property, Token.asString(value), [string], { orNull: true, isOptional });
    return value;
  },
};

/** The string of a flag in a configuration; a null that Terraform finds is not given. */
export function flagString(flag: boolean | IResolvable | undefined, otherwise: boolean): string {
  if (flag === undefined || typeof flag === "boolean") return String(flag ?? otherwise);
  return expressionOn(Token.asString(flag), (value) => `coalesce(tostring(${value}), "${String(otherwise)}")`);
}
