import { Token } from "cdktf";

/** What Terraform's JSON holds. */
export interface Json {
  readonly [key: string]: unknown;
}

/** Stands for a block that Terraform makes, and so for what is in it: a stage has an action, which is unknown too. */
export const UNKNOWN: Json = { action: "unknown" };

/** The blocks of one kind in a block; those that Terraform makes itself (`dynamic`) are unknown. */
export function blocksOf(block: Json, kind: string): readonly Json[] {
  const { [kind]: blocks, dynamic } = block;
  return blocksIn(dynamic).some((each) => kind in each) ? [...blocksIn(blocks), UNKNOWN] : blocksIn(blocks);
}

/** Blocks of one kind. */
export function blocksIn(blocks: unknown): readonly Json[] {
  if (isAbsent(blocks)) return [];
  // A block that stands alone may be rendered without a list around it.
  if (isJson(blocks)) return [blocks];
  return Array.isArray(blocks) ? blocks.map(blockIn) : [UNKNOWN];
}

/** Terraform reads `null` among blocks as a block with nothing in it. */
function blockIn(block: unknown): Json {
  return isJson(block) ? block : block === null ? {} : UNKNOWN;
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

/** Whether a list's length is known; its elements may be expressions. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !Token.isUnresolved(value);
}

/** Terraform reads `null` as an attribute that is not given. */
export function isAbsent(attribute: unknown): boolean {
  return attribute === undefined || attribute === null;
}
