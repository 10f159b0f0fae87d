import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { dataOfProvider, isInTree } from "../aws-provider/bound-provider";
import type { Limit } from "../validation/rule";
import { given } from "../validation/validation-error";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "./limits";
import type { RoleKey } from "./roles";

/** What one construct puts into a role. */
export interface Load {
  readonly managedPolicies: number;
  /** In characters, as IAM counts them, and at least. */
  readonly inlineSize: number;
  /** How many managed policies a role takes, as far as the construct was told. */
  readonly quota: number;
}

/** What each role gets, by whom, for each provider of a stack: another stack or provider may be of another account. */
type Loads = Map<string, readonly LoadBy[]>;

interface LoadBy extends Load {
  readonly by: Construct;
}

const QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** How many managed policies a role takes, if AWS has not raised that. */
export const MANAGED_POLICIES_PER_ROLE = 10;

export const managedPolicies: Limit = {
  sentence:
    `a role takes ${MANAGED_POLICIES_PER_ROLE} managed policies, if AWS has not raised that, and a managed policy holds ` +
    `${MANAGED_POLICY_SIZE} characters`,
  see: QUOTAS,
};

export const inlinePolicies: Limit = {
  sentence: `all inline policies of a role together hold ${INLINE_POLICIES_SIZE} characters`,
  see: QUOTAS,
};

const WAYS_OUT =
  "What others attach is not visible here and counts too. Make one ConnectionPolicy for the role and hand it to each " +
  "PipelineSource as policy, grant patterns such as acme/* or whole connections in it, or divide the pipelines among " +
  "several roles";

/** Adds a load to roles, and returns what that breaks: the quotas hold for all policies of a role together. */
export function loadRoles(
  by: Construct,
  provider: TerraformProvider | undefined,
  roles: readonly RoleKey[],
  load: Load,
): string[] {
  return roles.flatMap(({ key, label }) => {
    // A role that this stack makes is one role, whichever provider a policy of it goes through.
    const through = label.startsWith("${aws_iam_role.") ? undefined : provider;
    const loads = dataOfProvider(by, through, "role-loads", (): Loads => new Map());
    const ofRole = [
      ...(loads.get(key) ?? []).filter((other) => isInTree(other.by) && other.by !== by),
      { ...load, by },
    ];
    loads.set(key, ofRole);
    const managed = sumOf(ofRole, ({ managedPolicies }) => managedPolicies);
    const quota = Math.max(...ofRole.map((each) => each.quota));
    const inline = sumOf(ofRole, ({ inlineSize }) => inlineSize);
    return [
      ...(load.managedPolicies > 0 && managed > quota
        ? [
            `roles: the role ${given(label)} would get ${managed} managed policies of this library ` +
              `(${sharesOf(ofRole, ({ managedPolicies }) => managedPolicies)}), and a role takes ${quota}. ${WAYS_OUT}; where AWS has raised the quota, say so with ` +
              `managedPoliciesPerRole of a ConnectionPolicy (${QUOTAS})`,
          ]
        : []),
      ...(load.inlineSize > 0 && inline > INLINE_POLICIES_SIZE
        ? [
            `roles: the inline policies of the role ${given(label)} would take ${inline} characters ` +
              `(${sharesOf(ofRole, ({ inlineSize }) => inlineSize)}), and a role takes ${INLINE_POLICIES_SIZE}. ${WAYS_OUT}; managed policies hold more (${QUOTAS})`,
          ]
        : []),
    ];
  });
}

/** How much of something a role gets. */
function sumOf(loads: readonly LoadBy[], of: (load: Load) => number): number {
  return loads.reduce((sum, load) => sum + of(load), 0);
}

/** How much of something a role gets from which constructs. */
function sharesOf(loads: readonly LoadBy[], of: (load: Load) => number): string {
  const parts = loads.map((load) => ({ path: load.by.node.path, count: of(load) })).filter(({ count }) => count);
  const shown = parts.slice(0, 3).map(({ path, count }) => `${count} of ${path}`);
  const more = parts.length > shown.length ? [`the rest of ${parts.length - shown.length} more`] : [];
  return [...shown, ...more].join(", ");
}
