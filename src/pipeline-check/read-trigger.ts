import type { IConstruct } from "constructs";
import { literalNow } from "../terraform/expression";
import { blocksOf, isList, type Json, UNKNOWN } from "./blocks";
import type { ReadFilter, ReadTrigger } from "./pipeline-model";

/** Reads a trigger as the provider's resource renders it. */
export function readTrigger(scope: IConstruct, trigger: Json, at: string): ReadTrigger {
  const configurations = blocksOf(trigger, "git_configuration");
  const [configuration = UNKNOWN] = configurations;
  const [pushes, pullRequests] = [blocksOf(configuration, "push"), blocksOf(configuration, "pull_request")];
  const filters = (blocks: readonly Json[], kind: string): ReadFilter[] =>
    blocks
      .filter((filter) => filter !== UNKNOWN)
      .map((filter, index) => readFilter(scope, filter, `${at}.gitConfiguration.${kind}[${index}]`));
  return {
    at,
    action: literalNow(scope, configuration.source_action_name),
    providerType: literalNow(scope, trigger.provider_type),
    configurations: trigger === UNKNOWN || configurations.includes(UNKNOWN) ? undefined : configurations.length,
    filtersAreKnown: ![configuration, ...pushes, ...pullRequests].includes(UNKNOWN),
    push: filters(pushes, "push"),
    pullRequest: filters(pullRequests, "pullRequest"),
  };
}

const CRITERIA = [
  ["branches", "branches"],
  ["tags", "tags"],
  ["file_paths", "filePaths"],
] as const;

function readFilter(scope: IConstruct, filter: Json, at: string): ReadFilter {
  const criteria: string[] = [];
  const lists: { [property: string]: unknown } = {};
  for (const [kind, property] of CRITERIA) {
    for (const { includes, excludes } of blocksOf(filter, kind)) {
      criteria.push(property);
      lists[`${property}.includes`] = includes;
      lists[`${property}.excludes`] = excludes;
    }
  }
  lists.events = filter.events;
  for (const [property, list] of Object.entries(lists)) {
    // The elements that this program does not know stay the expressions that they are.
    if (isList(list)) lists[property] = list.map((element) => literalNow(scope, element) ?? element);
  }
  return { at, criteria, lists };
}
