import * as limits from "../codepipeline/limits";
import { anyRepositoryPath } from "../codepipeline/repository-path";
import { connectionArn } from "../connection/limits";
import { isExpression } from "../terraform/expression";
import { nearest } from "../validation/nearest";
import type { Rule } from "../validation/rule";
import { given } from "../validation/validation-error";
import { labelOf, type ReadAction } from "./pipeline-model";
import { onStrings, type PipelineRule } from "./pipeline-rule";

const sourcesAreOfTheirType: PipelineRule = {
  id: "source-action-type",
  sentence: 'an action that pulls through a connection has the category "Source" and the version "1"',
  see: limits.ACTION,
  broken: (pipeline) =>
    pipeline.sources.flatMap(({ at, category = "Source", version = "1" }) => [
      ...(category === "Source" ? [] : [`${at}.category must be "Source". Given: "${category}"`]),
      ...(version === "1" ? [] : [`${at}.version must be "1". Given: "${version}"`]),
    ]),
};

const sourcesRunWithTheirPipeline: PipelineRule = {
  id: "source-region",
  sentence: "an action that pulls through a connection runs in the region of the pipeline",
  see: `${limits.GUIDE}/actions-create-cross-region.html`,
  broken: ({ sources, inRegion }) =>
    sources
      .filter(({ region }) => region !== undefined && ![region, undefined].includes(inRegion()))
      .map(
        ({ at, region }) =>
          `${at}.region is "${region ?? ""}", and the pipeline is in "${inRegion() ?? ""}": CodePipeline runs source actions ` +
          "only in the region of the pipeline. Leave region out",
      ),
};

const sourcesHandOverOneArtifact: PipelineRule = {
  id: "source-artifacts",
  sentence: "an action that pulls through a connection takes no artifact and hands over exactly one",
  see: limits.ACTION,
  broken: (pipeline) =>
    pipeline.sources.flatMap(({ at, inputCount = 0, outputCount = 1 }) => [
      ...(inputCount === 0 ? [] : [`${at} can't have input artifacts. Given: ${inputCount}`]),
      ...(outputCount === 1 ? [] : [`${at} must have exactly one output artifact. Given: ${outputCount}`]),
    ]),
};

const NEEDED = ["ConnectionArn", "FullRepositoryId", "BranchName"];

const sourcesAreConfigured: PipelineRule = {
  id: "source-configuration",
  sentence: `the configuration of an action that pulls through a connection has ${NEEDED.join(", ")}`,
  see: limits.ACTION,
  broken: (pipeline) =>
    pipeline.sources
      .filter(({ configurationIsKnown }) => configurationIsKnown)
      .flatMap(({ at, configuration, rendered }) =>
        NEEDED.filter((key) => !isGiven(key, configuration[key], rendered)).map(
          (key) => `${at}.configuration.${key} must be given`,
        ),
      ),
};

/** A lazy value can turn out to be nothing. An ARN is mostly an attribute, and rendering each would cost the most of all. */
function isGiven(key: string, value: unknown, rendered: (key: string) => string | undefined): boolean {
  if (value === undefined || value === null) return false;
  const isLazy = key !== "ConnectionArn" && typeof value === "string" && isExpression(value);
  return !isLazy || rendered(key) !== undefined;
}

/** A rule on a setting of the actions that pull through a connection. */
const onSetting = (id: string, key: string, rule: Rule): PipelineRule =>
  onStrings(id, `${key} of an action that pulls through a connection`, rule, (pipeline) =>
    pipeline.sources.map(({ at, setting }) => [`${at}.configuration.${key}`, setting(key)]),
  );

/** A token for it is mostly an attribute, and rendering one in every pipeline would cost the most of all. */
const connections = onStrings(
  "source-connection-arn",
  "ConnectionArn of an action that pulls through a connection",
  connectionArn,
  (pipeline) =>
    pipeline.sources.map(({ at, configuration: { ConnectionArn } }) => [
      `${at}.configuration.ConnectionArn`,
      typeof ConnectionArn === "string" ? ConnectionArn : undefined,
    ]),
);
const repositories = onSetting("source-repository", "FullRepositoryId", anyRepositoryPath);
const oneRepository = onSetting("source-repository-pattern", "FullRepositoryId", limits.oneRepository);
const branches = onSetting("source-branch-length", "BranchName", limits.branch);
const branchesWithoutControlCharacters = onSetting("source-branch-characters", "BranchName", limits.noControlCharacter);
const branchesWithoutVariables = onSetting("source-branch-variable", "BranchName", limits.noPipelineVariable);
const changeDetection = onSetting("source-detect-changes", "DetectChanges", limits.flagString);

/** What the settings of other source actions are called here. */
const FORMER: { readonly [key: string]: string } = {
  Owner: "FullRepositoryId, which holds the owner and the repository",
  Repo: "FullRepositoryId, which holds the owner and the repository",
  RepositoryName: "FullRepositoryId",
  Branch: "BranchName",
  PollForSourceChanges: "DetectChanges",
  OAuthToken: "the connection, which takes the place of a token: leave OAuthToken out",
};

/** The settings of actions that CodePipeline does not document, with what was probably meant. */
function unknownSettings(sources: readonly ReadAction[], isMeant: boolean): string[] {
  return sources.flatMap((action) =>
    Object.entries(action.configurationIsKnown ? action.configuration : {})
      .filter(([key, value]) => !limits.SETTINGS.includes(key) && value !== undefined && value !== null)
      .map(([key]) => ({ key, meant: FORMER[key] ?? nearest(key, limits.SETTINGS) }))
      .filter(({ meant }) => (meant !== undefined) === isMeant)
      .map(
        ({ key, meant = "" }) =>
          `${action.at}.configuration has ${given(key)}, which an action on a connection does not have` +
          (isMeant ? `. Use ${meant}` : `. It has: ${limits.SETTINGS.join(", ")}`),
      ),
  );
}

const settingsAreNoOthers: PipelineRule = {
  id: "source-setting-name",
  sentence:
    "the configuration of an action that pulls through a connection has no misspelt key, and none of a GitHub (version 1) action",
  see: limits.ACTION,
  broken: ({ sources }) => unknownSettings(sources, true),
};

/** AWS may add settings. */
export const settingsAreKnown: PipelineRule = {
  id: "source-setting-unknown",
  sentence: `the configuration of an action that pulls through a connection has ${limits.SETTINGS.join(", ")} and no other key`,
  see: limits.ACTION,
  broken: ({ sources }) => unknownSettings(sources, false),
};

const oneBranchStarts: PipelineRule = {
  id: "source-branches-detected",
  sentence: "of two source actions on branches of one repository, at most one detects changes",
  see: limits.ACTION,
  broken: ({ sources }) => branchesOfOneRepository(sources, true),
};

/**
 * Two branches of one repository in one pipeline. AWS does not say what that leads to, so the messages don't either.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export function branchesOfOneRepository(sources: readonly ReadAction[], detected: boolean): string[] {
  return sources.flatMap((action, index) =>
    sources
      .slice(index + 1)
      .filter((other) => isOtherBranch(action, other) && (detects(action) && detects(other)) === detected)
      .map(
        (other) =>
          `${labelOf(action)} and ${labelOf(other)} pull two branches of "${action.rendered("FullRepositoryId") ?? ""}"` +
          (detected
            ? ", and both detect changes: set detectChanges to false on one of them, or use a pipeline for each branch"
            : ". If changes of both branches must start a pipeline, use one pipeline for each branch"),
      ),
  );
}

function isOtherBranch(one: ReadAction, other: ReadAction): boolean {
  const isSame = (key: string): boolean => {
    const value = one.rendered(key);
    return value !== undefined && value === other.rendered(key);
  };
  const [branch, otherBranch] = [one.setting("BranchName"), other.setting("BranchName")];
  // Through another connection, the same path may be in another account of another provider.
  const isSameRepository = isSame("ConnectionArn") && isSame("FullRepositoryId");
  return isSameRepository && branch !== undefined && otherBranch !== undefined && branch !== otherBranch;
}

/** AWS's default is to detect changes. */
function detects({ configuration, setting }: ReadAction): boolean {
  return configuration.DetectChanges === undefined || setting("DetectChanges")?.toLowerCase() === "true";
}

/** What AWS refuses of actions that pull through a connection. */
export const SOURCE_ACTION_ERRORS: readonly PipelineRule[] = [
  ...[
    oneBranchStarts,
    sourcesAreOfTheirType,
    sourcesRunWithTheirPipeline,
    sourcesHandOverOneArtifact,
    sourcesAreConfigured,
  ],
  ...[connections, repositories, oneRepository, branches, branchesWithoutVariables, branchesWithoutControlCharacters],
  ...[changeDetection, settingsAreNoOthers],
];
