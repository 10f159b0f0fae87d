import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { isInTree, PerProvider } from "../connection/per-provider";
import { given } from "../validation/validation-error";
import { INLINE_POLICIES_SIZE } from "./packing";
import type { RoleKey } from "./role-key";

/** What one construct puts into a role. */
export interface Load {
  readonly managedPolicies: number;
  /** In characters, as IAM counts them. */
  readonly inlineSize: number;
}

/** What each role of a stack gets, by whom. The roles of another stack may be another account's. */
const LOADS = new PerProvider(() => new Map<string, Map<Construct, Load>>());

const QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

const WAYS_OUT =
  "What others attach is not visible here and counts too. Give patterns such as acme/* instead of single repositories, " +
  "grant whole connections, share one ConnectionPolicy between the sources, or divide them among several roles";

/** Adds a load to roles, and returns what that breaks: the quotas hold for all policies of a role together. */
export function loadRoles(
  by: Construct,
  provider: TerraformProvider | undefined,
  roles: readonly RoleKey[],
  load: Load,
  quota: number,
): string[] {
  const loads = LOADS.of(by, provider);
  return roles.flatMap(({ key, text }) => {
    const ofRole = new Map([...(loads.get(key) ?? [])].filter(([construct]) => isInTree(construct))).set(by, load);
    loads.set(key, ofRole);
    const managed = shares(ofRole, ({ managedPolicies }) => managedPolicies);
    const inline = shares(ofRole, ({ inlineSize }) => inlineSize);
    return [
      ...(load.managedPolicies > 0 && managed.sum > quota
        ? [
            `roleNames: the role ${given(text)} would get ${managed.sum} managed policies of this library ` +
              `(${managed.list}), and a role takes ${quota}. ${WAYS_OUT}; where AWS has raised the quota, say so with ` +
              `managedPoliciesPerRole (${QUOTAS})`,
          ]
        : []),
      ...(load.inlineSize > 0 && inline.sum > INLINE_POLICIES_SIZE
        ? [
            `roleNames: the inline policies of the role ${given(text)} would take ${inline.sum} characters ` +
              `(${inline.list}), and a role takes ${INLINE_POLICIES_SIZE}. ${WAYS_OUT}; managed policies hold more (${QUOTAS})`,
          ]
        : []),
    ];
  });
}

/** How much of something a role gets, and from which constructs. */
function shares(loads: ReadonlyMap<Construct, Load>, of: (load: Load) => number): { sum: number; list: string } {
  const parts = [...loads]
    .map(([{ node }, load]) => ({ path: node.path, count: of(load) }))
    .filter(({ count }) => count);
  const shown = parts.slice(0, 3).map(({ path, count }) => `${count} of ${path}`);
  const more = parts.length > shown.length ? [`the rest of ${parts.length - shown.length} more`] : [];
  return { sum: parts.reduce((sum, { count }) => sum + count, 0), list: [...shown, ...more].join(", ") };
}
