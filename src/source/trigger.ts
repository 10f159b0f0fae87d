import type { CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { CONNECTION_SOURCE } from "../codepipeline/action-types";
import * as rules from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import { type Kind, OBJECT, propertiesOf } from "../validation/kind";
import { nearest } from "../validation/nearest";
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

/** By what it has, not by `instanceof`: another copy of this library makes triggers too. */
const TRIGGER: Kind = {
  includes: (value) => {
    const { pushFilters, pullRequestFilters } = propertiesOf(value as Trigger);
    return Array.isArray(pushFilters) && Array.isArray(pullRequestFilters);
  },
  sentence:
    "must be a trigger: Trigger.onPush(…), Trigger.onPullRequest(…) or Trigger.onPushOrPullRequest(…); a raw " +
    "CodepipelineTrigger goes into the pipeline's own trigger, with detectChanges: false here",
};

/** Applies the rules of a source action's trigger and of all its filters. */
export function inspectTrigger(trigger: Trigger | undefined): Inspection {
  const inspection = new Inspection().kind("trigger", trigger, TRIGGER);
  if (trigger === undefined || !TRIGGER.includes(trigger)) return inspection;
  const { pushFilters, pullRequestFilters } = trigger;
  inspection
    .fact(
      "trigger must have a filter: without one, leave the trigger out, and each change of the branch starts the pipeline",
      pushFilters.length + pullRequestFilters.length > 0,
    )
    .kind("trigger", pushFilters.length, rules.pushFilters)
    .kind("trigger", pullRequestFilters.length, rules.pullRequestFilters);
  Array.from(pushFilters).forEach((filter, index) => {
    inspection.include(inspectFilter(`trigger.push[${index}]`, filter, PUSH_FILTER, (given) => given.push));
  });
  Array.from(pullRequestFilters).forEach((filter, index) => {
    inspection.include(
      inspectFilter(`trigger.pullRequest[${index}]`, filter, PULL_REQUEST_FILTER, (given) => given.pullRequest),
    );
  });
  return inspection;
}

const PUSH_FILTER: Kind = {
  includes: (value) => OBJECT.includes(propertiesOf(value as GitPushFilter).push),
  sentence:
    "must be a filter on pushes: GitPushFilter.branches(…) or GitPushFilter.tags(…); one filter can't have both, a trigger " +
    "can have one of each",
};

const PULL_REQUEST_FILTER: Kind = {
  includes: (value) => OBJECT.includes(propertiesOf(value as GitPullRequestFilter).pullRequest),
  sentence: "must be a filter on pull requests: GitPullRequestFilter.branches(…)",
};

/** What filters have; of each kind not all of it. */
interface Filter {
  readonly branches?: unknown;
  readonly tags?: unknown;
  readonly filePaths?: unknown;
  readonly events?: unknown;
}

function inspectFilter<Given>(
  property: string,
  given: Given,
  kind: Kind,
  filterOf: (given: Given) => Filter,
): Inspection {
  const inspection = new Inspection();
  if (!kind.includes(given)) return inspection.requiredKind(property, given, kind);
  const { branches, tags, filePaths, events } = filterOf(given);
  const [what, names] = tags === undefined ? ["branches", branches] : ["tags", tags];
  inspection
    .fact(`${property}.${what} must be given`, names !== undefined)
    .include(inspectCriteria(`${property}.${what}`, names))
    .include(inspectCriteria(`${property}.filePaths`, filePaths));
  return events === undefined
    ? inspection
    : inspection.list(`${property}.events`, events, rules.events, rules.pullRequestEvent);
}

function inspectCriteria(property: string, given: unknown): Inspection {
  const inspection = new Inspection().kind(property, given, OBJECT);
  if (given === undefined || !OBJECT.includes(given)) return inspection;
  const { includes, excludes, ...others } = given as { includes?: unknown; excludes?: unknown };
  for (const other of Object.keys(others)) {
    const meant = nearest(other, ["includes", "excludes"]);
    inspection.fact(
      `${property} has no "${other}"${meant === undefined ? "" : `; "${meant}" was probably meant`}`,
      false,
    );
  }
  inspection.fact(`${property} must have includes or excludes`, includes !== undefined || excludes !== undefined);
  for (const [list, patterns] of Object.entries({ includes, excludes })) {
    if (patterns !== undefined) inspection.list(`${property}.${list}`, patterns, rules.patterns, rules.pattern);
  }
  return inspection;
}
