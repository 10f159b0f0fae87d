import type { TerraformProvider } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { createHash } from "node:crypto";
import { isInTree, PerProvider } from "../aws-provider/aws-provider";
import { textNow } from "../terraform/expression";
import type { Limit } from "../validation/rule";
import { given } from "../validation/validation-error";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "./limits";

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

/** What one construct puts into a role. */
export interface Load {
  readonly managedPolicies: number;
  /** In characters, as IAM counts them, and at least. */
  readonly inlineSize: number;
  /** How many managed policies a role takes, as far as the construct was told. */
  readonly quota: number;
}

/** What each role gets, by whom, for each provider of a stack: another stack or provider may be of another account. */
const LOADS = new PerProvider(() => new Map<string, Map<Construct, Load>>());

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
  return roles.flatMap(({ key, text }) => {
    // A role that this stack makes is one role, whichever provider a policy of it goes through.
    const loads = LOADS.of(by, text.startsWith("${aws_iam_role.") ? undefined : provider);
    const ofRole = new Map([...(loads.get(key) ?? [])].filter(([construct]) => isInTree(construct))).set(by, load);
    loads.set(key, ofRole);
    const managed = sumOf(ofRole, ({ managedPolicies }) => managedPolicies);
    const quota = Math.max(...[...ofRole.values()].map((each) => each.quota));
    const inline = sumOf(ofRole, ({ inlineSize }) => inlineSize);
    return [
      ...(load.managedPolicies > 0 && managed > quota
        ? [
            `roleNames: the role ${given(text)} would get ${managed} managed policies of this library ` +
              `(${sharesOf(ofRole, ({ managedPolicies }) => managedPolicies)}), and a role takes ${quota}. ${WAYS_OUT}; where AWS has raised the quota, say so with ` +
              `managedPoliciesPerRole of a ConnectionPolicy (${QUOTAS})`,
          ]
        : []),
      ...(load.inlineSize > 0 && inline > INLINE_POLICIES_SIZE
        ? [
            `roleNames: the inline policies of the role ${given(text)} would take ${inline} characters ` +
              `(${sharesOf(ofRole, ({ inlineSize }) => inlineSize)}), and a role takes ${INLINE_POLICIES_SIZE}. ${WAYS_OUT}; managed policies hold more (${QUOTAS})`,
          ]
        : []),
    ];
  });
}

/** How much of something a role gets. */
function sumOf(loads: ReadonlyMap<Construct, Load>, of: (load: Load) => number): number {
  return [...loads.values()].reduce((sum, load) => sum + of(load), 0);
}

/** How much of something a role gets from which constructs. */
function sharesOf(loads: ReadonlyMap<Construct, Load>, of: (load: Load) => number): string {
  const parts = [...loads]
    .map(([{ node }, load]) => ({ path: node.path, count: of(load) }))
    .filter(({ count }) => count);
  const shown = parts.slice(0, 3).map(({ path, count }) => `${count} of ${path}`);
  const more = parts.length > shown.length ? [`the rest of ${parts.length - shown.length} more`] : [];
  return [...shown, ...more].join(", ");
}
