import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** A role's name, and what its attachment is called in the tree. */
export interface RoleKey {
  readonly key: string;
  readonly name: string;
}

/**
 * Gives each role a key that follows the role and not its place in the list. By place, taking the first role out would
 * make Terraform move every attachment, and a role could lose the permission on the way.
 */
export function roleKeys(scope: IConstruct, names: readonly string[]): RoleKey[] {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const byKey = new Map<string, RoleKey>();
  for (const name of names) {
    const text = String(Tokenization.resolve(name, { scope, resolver, preparing: false }));
    // A role that is named twice, as one that both runs the pipeline and builds, gets one attachment.
    byKey.set(text, { key: text.replace(/[^A-Za-z0-9_+=,.@-]/g, ""), name });
  }
  return [...byKey.values()];
}
