import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression, literalNow, textIfKnown } from "../validation/expression";
import { CONNECTION_SOURCE } from "./action-type";

/**
 * A pipeline as far as this program knows it. What only Terraform will know is `undefined`, and so is what is not there:
 * neither can be judged now.
 */
export interface ReadPipeline {
  readonly path: string;
  readonly type: string | undefined;
  readonly stages: readonly ReadStage[];
  /** Whether these are all of its stages. */
  readonly stagesAreKnown: boolean;
  readonly triggers: readonly ReadTrigger[];
  /** Whether these are all of its triggers. */
  readonly triggersAreKnown: boolean;
  /** The addresses of what it waits for. */
  readonly dependencies: readonly (string | undefined)[];
}

export interface ReadTrigger {
  /** The name of the source action that it is on. */
  readonly action: string | undefined;
  /** Whether a filter on pushes has tags together with branches or file paths. */
  readonly mixesTags: boolean;
}

export interface ReadStage {
  readonly name: string | undefined;
  readonly actions: readonly ReadAction[];
}

export interface ReadAction {
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly owner: string | undefined;
  readonly provider: string | undefined;
  readonly namespace: string | undefined;
  /** Whether that is all: an action without a namespace has none, and not one that only Terraform knows. */
  readonly namespaceIsKnown: boolean;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly configuration: { readonly [key: string]: unknown };
  /** What of its configuration this program knows. */
  readonly setting: (key: string) => string | undefined;
  /** A text of its configuration, as it will be rendered: two that are alike mean the same. */
  readonly rendered: (key: string) => string | undefined;
}

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
  const [{ source_action_name, push } = UNKNOWN] = blocksIn(trigger.git_configuration);
  const has = (blocks: unknown): boolean => blocksIn(blocks).length > 0;
  return {
    action: literalNow(scope, source_action_name),
    mixesTags: blocksIn(push).some(({ tags, branches, file_paths }) => has(tags) && (has(branches) || has(file_paths))),
  };
}

/** Reads a stage as the provider's resource renders it. */
export function readStage(scope: IConstruct, stage: Json): ReadStage {
  const actions = blocksOf(stage, "action").map((each) => readAction(scope, each));
  return { name: literalNow(scope, stage.name), actions };
}

function readAction(scope: IConstruct, action: Json): ReadAction {
  const configuration = (action.configuration ?? {}) as Json;
  const namespace = renderedText(scope, action.namespace);
  return {
    name: literalNow(scope, action.name),
    category: literalNow(scope, action.category),
    owner: literalNow(scope, action.owner),
    provider: literalNow(scope, action.provider),
    namespace: namespace === "" || isExpression(namespace) ? undefined : namespace,
    namespaceIsKnown: action !== UNKNOWN && !isExpression(namespace),
    inputs: literalsOf(scope, action.input_artifacts),
    outputs: literalsOf(scope, action.output_artifacts),
    configuration,
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

function literalsOf(scope: IConstruct, values: unknown): string[] {
  if (!Array.isArray(values) || Token.isUnresolved(values)) return [];
  return values.map((value) => literalNow(scope, value)).filter((value) => value !== undefined);
}

/** Whether an action pulls through a connection, whoever wrote it. */
export function isConnectionSource({ provider, owner }: ReadAction): boolean {
  return provider === CONNECTION_SOURCE && owner === "AWS";
}

/** An action as a sentence names it. */
export function labelOf({ name }: ReadAction): string {
  return name === undefined ? "an action" : `the action "${name}"`;
}

/** What this program knows of the values. */
export function known(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

/** What is in the list more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) < index))];
}
