import { connectionArn } from "../connection/limits";
import type { Rule } from "../validation/rule";
import { isConnectionSource, type ReadAction, type ReadPipeline } from "./pipeline-model";
import { ACTION } from "../codepipeline/limits";
import { onTexts, type PipelineRule } from "./pipeline-rule";
import { anyRepositoryPath } from "../codepipeline/repository-path";
import * as rules from "../codepipeline/limits";

export const sourcesAreOfTheirType: PipelineRule = {
  sentence: 'an action that pulls through a connection has the category "Source" and the version "1"',
  see: ACTION,
  broken: (pipeline) =>
    sourcesOf(pipeline).flatMap(({ at, category = "Source", version = "1" }) => [
      ...(category === "Source" ? [] : [`${at}.category must be "Source". Given: "${category}"`]),
      ...(version === "1" ? [] : [`${at}.version must be "1". Given: "${version}"`]),
    ]),
};

export const sourcesHandOverOneArtifact: PipelineRule = {
  sentence: "an action that pulls through a connection takes no artifact and hands over exactly one",
  see: ACTION,
  broken: (pipeline) =>
    sourcesOf(pipeline).flatMap(({ at, inputCount = 0, outputCount = 1 }) => [
      ...(inputCount === 0 ? [] : [`${at} can't have input artifacts. Given: ${inputCount}`]),
      ...(outputCount === 1 ? [] : [`${at} must have exactly one output artifact. Given: ${outputCount}`]),
    ]),
};

const NEEDED = ["ConnectionArn", "FullRepositoryId", "BranchName"];

export const sourcesAreConfigured: PipelineRule = {
  sentence: `the configuration of an action that pulls through a connection has ${NEEDED.join(", ")}`,
  see: ACTION,
  broken: (pipeline) =>
    sourcesOf(pipeline)
      .filter(({ configurationIsKnown }) => configurationIsKnown)
      .flatMap(({ at, configuration }) =>
        NEEDED.filter((key) => configuration[key] === undefined || configuration[key] === null).map(
          (key) => `${at}.configuration.${key} must be given`,
        ),
      ),
};

/** A rule on a setting of the actions that pull through a connection. */
const onSetting = (key: string, rule: Rule): PipelineRule =>
  onTexts(`${key} of an action that pulls through a connection`, rule, (pipeline) =>
    sourcesOf(pipeline).map(({ at, setting }) => [`${at}.configuration.${key}`, setting(key)]),
  );

/** A token for it is an attribute, but for a lazy text, and to resolve one in every pipeline would cost the most of all. */
export const connections = onTexts(
  "ConnectionArn of an action that pulls through a connection",
  connectionArn,
  (pipeline) =>
    sourcesOf(pipeline).map(({ at, configuration: { ConnectionArn } }) => [
      `${at}.configuration.ConnectionArn`,
      typeof ConnectionArn === "string" ? ConnectionArn : undefined,
    ]),
);
export const repositories = onSetting("FullRepositoryId", anyRepositoryPath);
export const branches = onSetting("BranchName", rules.branch);
export const branchesWithoutVariables = onSetting("BranchName", rules.noPipelineVariable);
export const outputFormats = onSetting("OutputArtifactFormat", rules.outputFormat);
export const changeDetection = onSetting("DetectChanges", rules.flagText);

function sourcesOf({ actions }: ReadPipeline): ReadAction[] {
  return actions.filter(isConnectionSource);
}
