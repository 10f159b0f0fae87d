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
  if (blocks === undefined) return [];
  // A block that stands alone may be rendered without a list around it.
  if (isJson(blocks)) return [blocks];
  return Array.isArray(blocks) ? blocks.map((block) => (isJson(block) ? block : UNKNOWN)) : [UNKNOWN];
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

/** Whether a list's length is known; its elements may be expressions. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !Token.isUnresolved(value);
}
