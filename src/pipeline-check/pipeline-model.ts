import type { IConstruct } from "constructs";
import { CONNECTION_SOURCE } from "../codepipeline/limits";
import type { Resources } from "./tree";

/**
 * A pipeline as far as it is known at synthesis. An expression is `undefined`, and so is what is not there: neither can be
 * checked now.
 */
export interface ReadPipeline {
  readonly construct: IConstruct;
  /** What else is in the app. */
  readonly resources: Resources;
  readonly path: string;
  readonly name: string | undefined;
  readonly type: string | undefined;
  /** Whether no type is written. */
  readonly typeIsDefault: boolean;
  /** As it was given: whose role it is, is found out by the rules that ask. */
  readonly roleArn: unknown;
  readonly executionMode: string | undefined;
  readonly stores: readonly ReadStore[];
  /** Whether these are all of its artifact stores. */
  readonly storesAreKnown: boolean;
  /** The names of its own variables. */
  readonly variables: readonly (string | undefined)[];
  /** Whether these are all of its variables. */
  readonly variablesAreKnown: boolean;
  /** Its region, if it is given one; the region of the provider is checked by the construct that knows the provider. */
  readonly region: string | undefined;
  /** The region that it is in: its own, else that of its provider. Few rules ask. */
  readonly inRegion: () => string | undefined;
  readonly stages: readonly ReadStage[];
  /** Whether these are all of its stages. */
  readonly stagesAreKnown: boolean;
  /** The actions of all its stages. */
  readonly actions: readonly ReadAction[];
  /** Those of its actions that pull through a connection. */
  readonly sources: readonly ReadAction[];
  readonly triggers: readonly ReadTrigger[];
  /** Whether these are all of its triggers. */
  readonly triggersAreKnown: boolean;
  /** The addresses of what it waits for. */
  readonly dependencies: readonly (string | undefined)[];
}

export interface ReadTrigger {
  /** Where it stands in the pipeline's properties, such as `trigger[0]`. */
  readonly at: string;
  /** The name of the source action that it is on. */
  readonly action: string | undefined;
  readonly providerType: string | undefined;
  /** How many times it has `gitConfiguration`, unless that is known at plan only. */
  readonly configurations: number | undefined;
  /** Whether the filters that follow are all of them. */
  readonly filtersAreKnown: boolean;
  readonly push: readonly ReadFilter[];
  readonly pullRequest: readonly ReadFilter[];
}

export interface ReadFilter {
  readonly at: string;
  /** What it has lists for: `branches`, `tags`, `filePaths`. */
  readonly criteria: readonly string[];
  /** Its lists of strings by their properties; not all may be given. */
  readonly lists: { readonly [property: string]: unknown };
}

export interface ReadStore {
  readonly at: string;
  /** Empty if it has none. */
  readonly region: string | undefined;
}

export interface ReadStage {
  readonly at: string;
  readonly name: string | undefined;
  readonly actions: readonly ReadAction[];
  readonly conditions: readonly ReadCondition[];
}

/** What is checked before a stage begins, or after it succeeds or fails. */
export interface ReadCondition {
  readonly at: string;
  readonly isBeforeEntry: boolean;
  readonly rules: readonly ReadRule[];
}

export interface ReadRule {
  readonly at: string;
  /** The rule as a sentence names it. */
  readonly label: string;
  readonly inputs: readonly string[];
  readonly configuration: { readonly [key: string]: unknown };
}

export interface ReadAction {
  readonly at: string;
  readonly name: string | undefined;
  readonly category: string | undefined;
  readonly owner: string | undefined;
  readonly provider: string | undefined;
  readonly namespace: string | undefined;
  /** Whether that is certain: an action without a namespace has none, and not one that is an expression. */
  readonly namespaceIsKnown: boolean;
  readonly version: string | undefined;
  readonly region: string | undefined;
  /** Whether it has a region, which may be an expression. */
  readonly hasRegion: boolean;
  /** As it was given, like that of the pipeline. */
  readonly roleArn: unknown;
  /** As it was given: a number of this program or of Terraform. */
  readonly runOrder: unknown;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** How many artifacts it takes, unless that is known at plan only. */
  readonly inputCount: number | undefined;
  /** How many artifacts it hands over, unless that is known at plan only. */
  readonly outputCount: number | undefined;
  readonly configuration: { readonly [key: string]: unknown };
  /** Whether these are all of its settings. */
  readonly configurationIsKnown: boolean;
  /** What of its configuration this program knows. */
  readonly setting: (key: string) => string | undefined;
  /** A string of its configuration, as it will be rendered: two that are alike mean the same. */
  readonly rendered: (key: string) => string | undefined;
}

/** Whether an action pulls through a connection, whoever wrote it. */
export function isConnectionSource({ provider, owner }: Pick<ReadAction, "provider" | "owner">): boolean {
  return provider === CONNECTION_SOURCE && owner === "AWS";
}

/** Whether an action may turn out to do so, once its expressions are known. */
export function mayBeConnectionSource({ provider = CONNECTION_SOURCE, owner = "AWS" }: ReadAction): boolean {
  return isConnectionSource({ provider, owner });
}

/** An action as a sentence names it. */
export function labelOf({ name }: ReadAction): string {
  return name === undefined ? "an action" : `the action "${name}"`;
}

/** The type of an action, such as `AWS/Build/CodeBuild`, where it is known. */
export function typeOf({ owner, category, provider }: ReadAction): string | undefined {
  return owner === undefined || category === undefined || provider === undefined
    ? undefined
    : `${owner}/${category}/${provider}`;
}

/** What this program knows of the values. */
export function known(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

/** What is in the list more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) < index))];
}

/** What several rules ask of a pipeline, found once. */
export function once<Found>(find: (pipeline: ReadPipeline) => Found): (pipeline: ReadPipeline) => Found {
  const known = new WeakMap<ReadPipeline, Found>();
  return (pipeline) => {
    const found = known.get(pipeline) ?? find(pipeline);
    known.set(pipeline, found);
    return found;
  };
}
