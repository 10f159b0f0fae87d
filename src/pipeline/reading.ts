import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression, literalNow, textIfKnown } from "../validation/expression";
import type { ReadAction, ReadFilter, ReadPipeline, ReadStage, ReadTrigger } from "./declaration";

/** What Terraform's JSON holds. */
interface Json {
  readonly [key: string]: unknown;
}

/** The type of the provider's resource, which tells a pipeline from other elements of the tree. */
const PIPELINE = "aws_codepipeline";

/** Reads what an element of the tree renders, if it is a pipeline: overrides are in it, which its properties do not show. */
export function readPipeline(element: IConstruct): ReadPipeline | undefined {
  const { terraformResourceType, toTerraform } = element as { terraformResourceType?: string; toTerraform?: unknown };
  if (terraformResourceType !== PIPELINE || typeof toTerraform !== "function") return undefined;
  const rendered = (element as unknown as { toTerraform(): { resource?: Json } }).toTerraform().resource?.[PIPELINE];
  // An imported data source has no resource, and a moved one may have none.
  const [attributes] = Object.values((rendered ?? {}) as { [name: string]: Json });
  return attributes && readAttributes(element, attributes);
}

function readAttributes(scope: IConstruct, attributes: Json): ReadPipeline {
  const { trigger, depends_on, pipeline_type } = attributes;
  const stages = blocksOf(attributes, "stage");
  // A list of triggers that only Terraform knows may be empty.
  const isKnown = trigger === undefined || isJson(trigger) || (Array.isArray(trigger) && !Token.isUnresolved(trigger));
  return {
    path: scope.node.path,
    name: literalNow(scope, attributes.name),
    // Terraform's default.
    type: pipeline_type === undefined || pipeline_type === null ? "V1" : literalNow(scope, pipeline_type),
    stages: stages.map((each) => readStage(scope, each)),
    stagesAreKnown: Array.isArray(attributes.stage) && !stages.includes(UNKNOWN),
    triggers: (isKnown ? blocksIn(trigger) : []).map((each) => readTrigger(scope, each)),
    triggersAreKnown: isKnown && !blocksOf(attributes, "trigger").includes(UNKNOWN),
    dependencies: Array.isArray(depends_on) ? depends_on.map((address) => literalNow(scope, address)) : [],
  };
}

function readTrigger(scope: IConstruct, trigger: Json): ReadTrigger {
  const configurations = blocksOf(trigger, "git_configuration");
  const [configuration = UNKNOWN] = configurations;
  const filters = (kind: string): ReadFilter[] => blocksOf(configuration, kind).map((each) => readFilter(scope, each));
  return {
    action: literalNow(scope, configuration.source_action_name),
    providerType: literalNow(scope, trigger.provider_type),
    configurations: trigger === UNKNOWN || configurations.includes(UNKNOWN) ? undefined : configurations.length,
    push: filters("push"),
    pullRequest: filters("pull_request"),
  };
}

const CRITERIA = { branches: "branches", tags: "tags", file_paths: "filePaths" } as const;

function readFilter(scope: IConstruct, filter: Json): ReadFilter {
  const criteria = Object.entries(CRITERIA).filter(([kind]) => blocksIn(filter[kind]).length > 0);
  const lists = criteria.flatMap(([kind, property]) => {
    const [{ includes, excludes } = UNKNOWN] = blocksIn(filter[kind]);
    return [
      [`${property}.includes`, includes],
      [`${property}.excludes`, excludes],
    ] as const;
  });
  return {
    criteria: criteria.map(([, property]) => property),
    lists: Object.fromEntries(
      [...lists, ["events", filter.events] as const]
        .filter(([, list]) => list !== undefined && list !== null)
        .map(([property, list]) => [property, whatIsKnown(scope, list)]),
    ),
  };
}

/** The elements of a list as far as this program knows them; the others stay the expressions that they are. */
function whatIsKnown(scope: IConstruct, list: unknown): unknown {
  if (!Array.isArray(list) || Token.isUnresolved(list)) return list;
  return list.map((element: unknown) => literalNow(scope, element) ?? element);
}

/** Reads a stage as the provider's resource renders it. */
export function readStage(scope: IConstruct, stage: Json): ReadStage {
  const actions = blocksOf(stage, "action").map((each) => readAction(scope, each));
  return { name: literalNow(scope, stage.name), actions };
}

function readAction(scope: IConstruct, action: Json): ReadAction {
  const configuration = (action.configuration ?? {}) as Json;
  const { input_artifacts, output_artifacts } = action;
  const namespace = renderedText(scope, action.namespace);
  return {
    name: literalNow(scope, action.name),
    category: literalNow(scope, action.category),
    owner: literalNow(scope, action.owner),
    provider: literalNow(scope, action.provider),
    namespace: namespace === "" || isExpression(namespace) ? undefined : namespace,
    namespaceIsKnown: action !== UNKNOWN && !isExpression(namespace),
    version: literalNow(scope, action.version),
    runOrder: action.run_order,
    inputs: literalsOf(scope, input_artifacts),
    outputs: literalsOf(scope, output_artifacts),
    inputCount: action === UNKNOWN ? undefined : countOf(input_artifacts),
    outputCount: action === UNKNOWN ? undefined : countOf(output_artifacts),
    configuration,
    configurationIsKnown: action !== UNKNOWN && isJson(configuration),
    setting: (key) => literalNow(scope, configuration[key]),
    rendered: (key) => renderedText(scope, configuration[key]) || undefined,
  };
}

/** Stands for a block that only Terraform knows, and so for what is in it. */
const UNKNOWN: Json = { action: "unknown" };

/** A text as it will be rendered, expressions and all; an empty one where there is none. */
function renderedText(scope: IConstruct, value: unknown): string {
  return typeof value === "string" ? (textIfKnown(scope, value) ?? "") : "";
}

/** The blocks of one kind in a block; those that Terraform makes itself (`dynamic`) are unknown. */
function blocksOf(block: Json, kind: string): readonly Json[] {
  const { [kind]: blocks, dynamic } = block;
  return isJson(dynamic) && kind in dynamic ? [...blocksIn(blocks), UNKNOWN] : blocksIn(blocks);
}

/** Blocks of one kind. */
function blocksIn(blocks: unknown): readonly Json[] {
  if (blocks === undefined) return [];
  // A block that stands alone may be rendered without a list around it.
  if (isJson(blocks)) return [blocks];
  return Array.isArray(blocks) ? blocks.map((block) => (isJson(block) ? block : UNKNOWN)) : [UNKNOWN];
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

/** How many elements a list has, which may be expressions; a list that is not there has none. */
function countOf(list: unknown): number | undefined {
  if (list === undefined || list === null) return 0;
  return Array.isArray(list) && !Token.isUnresolved(list) ? list.length : undefined;
}

function literalsOf(scope: IConstruct, values: unknown): string[] {
  if (!Array.isArray(values) || Token.isUnresolved(values)) return [];
  return values.map((value) => literalNow(scope, value)).filter((value) => value !== undefined);
}
