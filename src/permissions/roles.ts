import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { textNow } from "../terraform/expression";

/** A role's name, and what its attachment is called in the tree. */
export interface RoleKey {
  readonly key: string;
  readonly name: string;
  /** The name as it will be rendered. */
  readonly text: string;
}

/**
 * Gives each role a key that follows the role and not its place in the list. By place, taking the first role out would
 * make Terraform move every attachment, and a role could lose the permission on the way.
 */
export function roleKeys(scope: IConstruct, names: readonly string[]): RoleKey[] {
  const byText = new Map<string, RoleKey>();
  for (const name of names) {
    // As the synthesis will resolve it: only then do two stacks' roles of one local name differ.
    const text = textNow(scope, name, { preparing: true });
    // A role that is named twice, as one that both runs the pipeline and builds, gets one attachment.
    byText.set(text, { key: keyOf(text), name, text });
  }
  return [...byText.values()];
}

/** A literal name is its own key; what an expression loses on the way is made up for by a hash of the whole. */
function keyOf(text: string): string {
  const key = text.replace(/[^A-Za-z0-9_+=,.@-]/g, "");
  return key === text ? key : `${key}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`;
}
