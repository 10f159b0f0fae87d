import { TerraformDataSource, type TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { providerOf, regionOf } from "../aws-provider/bound-provider";
import { isExpression, literalIfKnown, stringIfKnown } from "../terraform/expression";
import { blocksIn, blocksOf, isAbsent, isJson, isList, type Json, UNKNOWN } from "./blocks";
import {
  isConnectionSource,
  type ReadAction,
  type ReadFilter,
  type ReadPipeline,
  type ReadRule,
  type ReadStage,
  type ReadStore,
  type ReadTrigger,
} from "./pipeline-model";
import type { Resources } from "./tree";

/** The type of the provider's resource, which tells a pipeline from other elements of the tree. */
export const PIPELINE = "aws_codepipeline";

/** Reads what an element of the tree renders, if it is a pipeline: overrides are in it, which its properties do not show. */
export function readPipeline(element: IConstruct, resources: Resources): ReadPipeline | undefined {
  const { terraformResourceType, toTerraform } = element as { terraformResourceType?: string; toTerraform?: unknown };
  if (terraformResourceType !== PIPELINE || typeof toTerraform !== "function") return undefined;
  if (TerraformDataSource.isTerraformDataSource(element)) return undefined;
  const attributes = attributesOf(element);
  return attributes && readAttributes(element, attributes, resources);
}

/** What a resource or data source renders, overrides included; a moved one may render none. */
export function attributesOf(element: IConstruct): Json | undefined {
  const { resource, data } = (element as unknown as { toTerraform(): { resource?: Json; data?: Json } }).toTerraform();
  const [ofType = {}] = Object.values(resource ?? data ?? {}) as { [name: string]: Json }[];
  return Object.values(ofType)[0];
}

function readAttributes(scope: IConstruct, attributes: Json, resources: Resources): ReadPipeline {
  const { trigger, variable, depends_on, pipeline_type } = attributes;
  const region = literalIfKnown(scope, attributes.region);
  const { provider } = scope as { provider?: TerraformProvider };
  const blocks = blocksOf(attributes, "stage");
  const stages = blocks.map((each, index) => readStage(scope, each, `stage[${index}]`));
  const actions = stages.flatMap((stage) => stage.actions);
  // A list of triggers that is an expression may be empty.
  const isKnown = isAbsent(trigger) || isJson(trigger) || isList(trigger);
  const [stores, variables] = [blocksOf(attributes, "artifact_store"), blocksOf(attributes, "variable")];
  return {
    construct: scope,
    resources,
    path: scope.node.path,
    roleArn: attributes.role_arn,
    name: literalIfKnown(scope, attributes.name),
    // Terraform's default.
    type: isAbsent(pipeline_type) ? "V1" : literalIfKnown(scope, pipeline_type),
    typeIsDefault: isAbsent(pipeline_type),
    region,
    inRegion: () => (isAbsent(attributes.region) ? regionOf(providerOf(scope, provider) ?? {}) : region),
    executionMode: literalIfKnown(scope, attributes.execution_mode),
    stores: stores.map((store, index) => ({ at: `artifactStore[${index}]`, region: regionIn(scope, store) })),
    storesAreKnown: !stores.includes(UNKNOWN),
    variables: variables.map(({ name }) => literalIfKnown(scope, name)),
    variablesAreKnown: (isAbsent(variable) || isJson(variable) || isList(variable)) && !variables.includes(UNKNOWN),
    stages,
    stagesAreKnown: Array.isArray(attributes.stage) && !blocks.includes(UNKNOWN),
    actions,
    sources: actions.filter(isConnectionSource),
    triggers: (isKnown ? blocksIn(trigger) : []).map((each, index) => readTrigger(scope, each, `trigger[${index}]`)),
    triggersAreKnown: isKnown && !blocksOf(attributes, "trigger").includes(UNKNOWN),
    dependencies: Array.isArray(depends_on) ? depends_on.map((address) => literalIfKnown(scope, address)) : [],
  };
}

/** Reads a stage as the provider's resource renders it. */
function readStage(scope: IConstruct, stage: Json, at: string): ReadStage {
  const blocks = blocksOf(stage, "action");
  return {
    at,
    name: literalIfKnown(scope, stage.name),
    actions: blocks.map((each, index) => readAction(scope, each, `${at}.action[${index}]`)),
    conditions: CONDITIONS.filter(([kind]) => !isAbsent(stage[kind])).map(([kind, property]) => ({
      at: `${at}.${property}`,
      isBeforeEntry: kind === "before_entry",
      rules: blocksOf(stage, kind)
        .flatMap((block) => blocksOf(block, "condition"))
        .flatMap((condition) => blocksOf(condition, "rule"))
        .map((rule, index) => readRule(scope, rule, `${at}.${property}.rule[${index}]`)),
    })),
  };
}

const CONDITIONS = [
  ["before_entry", "beforeEntry"],
  ["on_success", "onSuccess"],
  ["on_failure", "onFailure"],
] as const;

/** Reads a rule of a condition; one that Terraform makes has nothing that is known. */
function readRule(scope: IConstruct, rule: Json, at: string): ReadRule {
  const name = literalIfKnown(scope, rule.name);
  return {
    at,
    label: name === undefined ? at : `the rule "${name}"`,
    inputs: literalsOf(scope, rule.input_artifacts),
    configuration: (rule.configuration ?? {}) as Json,
  };
}

/** The region of an artifact store as it is given; none where it may turn out to be anything. */
function regionIn(scope: IConstruct, { region }: Json): ReadStore["region"] {
  return isAbsent(region) || region === "" ? "" : literalIfKnown(scope, region);
}

function readAction(scope: IConstruct, action: Json, at: string): ReadAction {
  const configuration = (action.configuration ?? {}) as Json;
  const { input_artifacts } = action;
  const outputs = outputsOf(action);
  const namespace = renderedString(scope, action.namespace);
  return {
    at,
    name: literalIfKnown(scope, action.name),
    category: literalIfKnown(scope, action.category),
    owner: literalIfKnown(scope, action.owner),
    provider: literalIfKnown(scope, action.provider),
    namespace: namespace === "" || isExpression(namespace) ? undefined : namespace,
    namespaceIsKnown: action !== UNKNOWN && !isExpression(namespace),
    version: literalIfKnown(scope, action.version),
    region: literalIfKnown(scope, action.region),
    hasRegion: !isAbsent(action.region),
    runOrder: action.run_order,
    roleArn: action.role_arn,
    inputs: literalsOf(scope, input_artifacts),
    outputs: literalsOf(scope, outputs),
    inputCount: countOf(input_artifacts ?? []),
    outputCount: countOf(outputs),
    configuration,
    configurationIsKnown: isJson(configuration),
    setting: (key) => literalIfKnown(scope, configuration[key]),
    rendered: (key) => renderedString(scope, configuration[key]) || undefined,
  };
}

/** A string as it will be rendered, expressions included; an empty one where there is none. */
function renderedString(scope: IConstruct, value: unknown): string {
  return typeof value === "string" ? (stringIfKnown(scope, value) ?? "") : "";
}

/** What an action hands over: the names of its artifacts, in either form; no list where that is not known. */
function outputsOf(action: Json): unknown {
  const { output_artifacts = [], output_artifacts_for_compute_action: ofCommands } = action;
  if (action === UNKNOWN) return undefined;
  if (ofCommands === undefined) return output_artifacts;
  // The newest bindings have a form of their own for the action that runs commands.
  const named = blocksIn(ofCommands).map(({ name }) => name ?? UNKNOWN);
  return isList(output_artifacts) ? [...output_artifacts, ...named] : output_artifacts;
}

/** How many elements a list has, which may be expressions; none where that is not known. */
function countOf(list: unknown): number | undefined {
  return isList(list) ? list.filter(isNamed).length : undefined;
}

function literalsOf(scope: IConstruct, values: unknown): string[] {
  if (!isList(values)) return [];
  return values
    .filter(isNamed)
    .map((value) => literalIfKnown(scope, value))
    .filter((value) => value !== undefined);
}

/** The provider drops an artifact with an empty name. */
function isNamed(artifact: unknown): boolean {
  return artifact !== "" && artifact !== null;
}

/** Reads a trigger as the provider's resource renders it. */
function readTrigger(scope: IConstruct, trigger: Json, at: string): ReadTrigger {
  const configurations = blocksOf(trigger, "git_configuration");
  const [configuration = UNKNOWN] = configurations;
  const [pushes, pullRequests] = [blocksOf(configuration, "push"), blocksOf(configuration, "pull_request")];
  const filters = (blocks: readonly Json[], kind: string): ReadFilter[] =>
    blocks
      .filter((filter) => filter !== UNKNOWN)
      .map((filter, index) => readFilter(scope, filter, `${at}.gitConfiguration.${kind}[${index}]`));
  return {
    at,
    action: literalIfKnown(scope, configuration.source_action_name),
    providerType: literalIfKnown(scope, trigger.provider_type),
    configurations: trigger === UNKNOWN || configurations.includes(UNKNOWN) ? undefined : configurations.length,
    filtersAreKnown: ![configuration, ...pushes, ...pullRequests].includes(UNKNOWN),
    push: filters(pushes, "push"),
    pullRequest: filters(pullRequests, "pullRequest"),
  };
}

/** What a filter has lists for, as the resource and the bindings name it, and its lists. */
const CRITERIA = [
  ["branches", "branches", "branches.includes", "branches.excludes"],
  ["tags", "tags", "tags.includes", "tags.excludes"],
  ["file_paths", "filePaths", "filePaths.includes", "filePaths.excludes"],
] as const;

function readFilter(scope: IConstruct, filter: Json, at: string): ReadFilter {
  const criteria: string[] = [];
  const lists: { [property: string]: unknown } = {};
  // The elements that this program does not know stay the expressions that they are.
  const read = (list: unknown): unknown =>
    isList(list) ? list.map((element) => literalIfKnown(scope, element) ?? element) : list;
  for (const [kind, property, included, excluded] of CRITERIA) {
    for (const { includes, excludes } of blocksOf(filter, kind)) {
      criteria.push(property);
      lists[included] = read(includes);
      lists[excluded] = read(excludes);
    }
  }
  lists.events = read(filter.events);
  return { at, criteria, lists };
}
