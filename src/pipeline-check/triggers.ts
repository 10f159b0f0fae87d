import * as limits from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import { nearest } from "../validation/nearest";
import { known, mayBeConnectionSource, type ReadFilter, type ReadTrigger, repeated } from "./pipeline-model";
import { onStrings, type PipelineRule, problemsOf } from "./pipeline-rule";

const triggersAreFew: PipelineRule = {
  id: "trigger-count",
  sentence: `a pipeline can have up to ${limits.MOST_TRIGGERS} triggers`,
  see: `${limits.API}/API_PipelineDeclaration.html`,
  broken: ({ triggers }) =>
    triggers.length > limits.MOST_TRIGGERS
      ? [`a pipeline can have up to ${limits.MOST_TRIGGERS} triggers. Given: ${triggers.length}`]
      : [],
};

const triggersHaveTheirAction: PipelineRule = {
  id: "trigger-source-action",
  sentence: "a trigger is on a source action of the pipeline that pulls through a connection",
  see: `${limits.API}/API_GitConfiguration.html`,
  broken: ({ actions, triggers }) => {
    const sources = actions.filter(mayBeConnectionSource);
    const names = known(sources.map(({ name }) => name));
    const unknown = onActions(triggers).filter((name) => !names.includes(name));
    // A source action whose name is an expression may be the one.
    if (names.length < sources.length) return [];
    return unknown.map(
      (name) =>
        `a trigger names the source action "${name}", but the pipeline has no source action with this name that uses ` +
        `a connection. It has: ${names.map((each) => `"${each}"`).join(", ")}${guess(name, names)}`,
    );
  },
};

const triggersAreOneAnAction: PipelineRule = {
  id: "trigger-per-action",
  sentence: "a source action can have one trigger",
  see: `${limits.API}/API_PipelineTriggerDeclaration.html`,
  broken: ({ triggers }) =>
    repeated(onActions(triggers)).map(
      (name) =>
        `the source action "${name}" has more than one trigger: give it one trigger with all filters (up to 3 on ` +
        "pushes and 3 on pull requests)",
    ),
};

const triggersAreOfConnections = onStrings(
  "trigger-provider-type",
  "the provider type of a trigger",
  limits.triggerProvider,
  (pipeline) => pipeline.triggers.map(({ at, providerType }) => [`${at}.providerType`, providerType]),
);

const triggersHaveOneConfiguration: PipelineRule = {
  id: "trigger-git-configuration",
  sentence: "a trigger has exactly one gitConfiguration",
  see: `${limits.API}/API_PipelineTriggerDeclaration.html`,
  broken: ({ triggers }) =>
    triggers.flatMap(({ at, configurations = 1 }) =>
      configurations === 1 ? [] : [`${at} must have exactly one gitConfiguration. Given: ${configurations}`],
    ),
};

const filtersAreFew: PipelineRule = {
  id: "trigger-filter-count",
  sentence: `a trigger ${limits.pushFilters.sentence}, and ${limits.pullRequestFilters.sentence}`,
  see: `${limits.API}/API_GitConfiguration.html`,
  broken: ({ triggers }) =>
    triggers.flatMap(({ at, push, pullRequest }) =>
      problemsOf(
        new Inspection()
          .kind(at, push.length, limits.pushFilters)
          .kind(at, pullRequest.length, limits.pullRequestFilters),
      ),
    ),
};

const patternsAreFew: PipelineRule = {
  id: "trigger-patterns",
  sentence:
    `each list of patterns in a trigger has ${limits.patterns.min} to ${limits.patterns.max} patterns, each of which ${limits.pattern.sentence}; ` +
    `a list of events has ${limits.events.min} to ${limits.events.max} events, each of which ${limits.pullRequestEvent.sentence}`,
  see: limits.pattern.see,
  broken: ({ triggers }) => triggers.flatMap(({ push, pullRequest }) => [...push, ...pullRequest].flatMap(problemsOn)),
};

function problemsOn({ at, lists }: ReadFilter): string[] {
  const inspection = new Inspection();
  for (const [list, values] of Object.entries(lists)) {
    if (values === undefined || values === null) continue;
    const [size, rule] =
      list === "events" ? [limits.events, limits.pullRequestEvent] : [limits.patterns, limits.pattern];
    inspection.list(`${at}.${list}`, values, size, rule);
  }
  return problemsOf(inspection);
}

/** The names of the actions that triggers are on. */
export function onActions(triggers: readonly ReadTrigger[]): string[] {
  return known(triggers.map(({ action }) => action));
}

function guess(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? "" : `. Did you mean "${meant}"?`;
}

/** What AWS refuses of triggers. */
export const TRIGGER_ERRORS: readonly PipelineRule[] = [
  ...[triggersAreFew, triggersHaveTheirAction, triggersAreOneAnAction],
  ...[triggersAreOfConnections, triggersHaveOneConfiguration, filtersAreFew, patternsAreFew],
];
