import { createHash } from "node:crypto";
import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { accountsOf, type BoundProvider, dataOfProvider, isInTree } from "../aws-provider/bound-provider";
import { expressionOn, isExpression, renderNow } from "../terraform/expression";
import { referenceInStack } from "../terraform/reference";
import type { Inspection } from "../validation/inspection";
import type { Limit } from "../validation/rule";
import { given, ValidationError } from "../validation/validation-error";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "./limits";

/** A role, and what its attachment is called in the tree. */
export interface RoleKey {
  readonly key: string;
  /** The role's name, for the provider's resources. */
  readonly name: string;
  /** The role as a message shows it. */
  readonly label: string;
}

/**
 * Gives each role a key that follows the role and not its place in the list. By place, taking the first role out would
 * make Terraform move every attachment, and a role could lose the permission on the way.
 *
 * @param roles names or ARNs
 */
export function roleKeys(scope: IConstruct, roles: readonly string[]): RoleKey[] {
  const byLabel = new Map<string, RoleKey>();
  for (const role of roles) {
    const known = roleKey(scope, role);
    // A role that is given twice, as one that both runs the pipeline and builds, gets one attachment.
    byLabel.set(known.label, known);
  }
  return [...byLabel.values()];
}

/** Rendering and hashing take time, and a policy is looked for by its roles before it is made. */
const KEYS = new WeakMap<TerraformStack, Map<string, RoleKey>>();

function roleKey(scope: IConstruct, role: string): RoleKey {
  const stack = TerraformStack.of(scope);
  const keys = KEYS.get(stack) ?? new Map<string, RoleKey>();
  KEYS.set(stack, keys);
  const known = keys.get(role);
  if (known !== undefined) return known;
  const { name, label } = isExpression(role) ? ofExpression(scope, role) : ofLiteral(role);
  const made = { key: keyOf(label), name, label };
  keys.set(role, made);
  return made;
}

/** The name is the last part of a role's ARN; it holds no slash. */
function ofLiteral(role: string): { readonly name: string; readonly label: string } {
  const name = role.slice(role.lastIndexOf("/") + 1);
  return { name, label: name };
}

function ofExpression(scope: IConstruct, role: string): { readonly name: string; readonly label: string } {
  // As the synthesis will render it: only then do two stacks' roles of one local name differ.
  const rendered = referenceInStack(scope, role) ?? renderNow(scope, role, { preparing: true });
  if (rendered === "undefined" || rendered === "null") {
    throw new ValidationError(scope.node.path, ["a role must be given. Given: an expression with no value."]);
  }
  const [, start, attribute] = ATTRIBUTE.exec(rendered) ?? [];
  // Each of these attributes is of one role, whichever it is.
  const label = attribute === undefined ? rendered : `${String(start)}name}`;
  return { name: attribute === "name" || attribute === "id" ? role : nameIn(role), label };
}

/** A reference to a role of the program, also as another stack reads it. */
const ATTRIBUTE =
  /^(\$\{(?:aws_iam_role\.[\w-]+(?:\[[^\]]*\])?\.|data\.terraform_remote_state\.[\w.-]*-output-aws_iam_role[\w-]*?(?<!_)))(name|id|arn)\}$/;

/** The name in what turns out to be a role's name or ARN. */
function nameIn(role: string): string {
  return expressionOn(role, (reference) => `regex("[^/]*$", ${reference})`);
}

/** A literal name is its own key; what an expression loses on the way is made up for by a hash of the whole. */
function keyOf(label: string): string {
  const key = label.replace(/[^A-Za-z0-9_+=,.@-]/g, "");
  return key === label ? key : `${key}-${createHash("sha256").update(label).digest("hex").slice(0, 8)}`;
}

/** That roles are of one account; the provider's, where the program names that. */
export const ofOneAccount: Limit = {
  sentence:
    "the roles that get a permission are of the provider's account, since no policy reaches a role of another one",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
};

/** Applies it to the ARNs among roles. A role that is an expression, or given by its name, is not known. */
export function checkAccounts(inspection: Inspection, property: string, roles: unknown, bound: BoundProvider): void {
  const arns = (Array.isArray(roles) ? roles : [])
    .map((role: unknown, index) => ({ at: `${property}[${index}]`, account: accountIn(role) }))
    .filter(({ account }) => account !== undefined);
  const known = accountsOf(bound);
  const [first] = arns;
  const allowed = known.length > 0 || first === undefined ? known : [first.account ?? ""];
  const whose = known.length > 0 ? "the provider's account" : `the account of ${first?.at ?? ""}`;
  for (const { at, account = "" } of arns) {
    inspection.fact(
      `${at} must be a role of ${whose} (${allowed.join(", ")}), because no policy of one account reaches a role of ` +
        `another. Given: a role of ${account}. Grant the permission in that account, with a provider of it`,
      allowed.includes(account),
    );
  }
}

function accountIn(role: unknown): string | undefined {
  return typeof role === "string" ? /^arn:[^:]+:iam::([0-9]{12}):/.exec(role)?.[1] : undefined;
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
  "Policies from other stacks or programs count too, but are not counted here. Choose one: (1) create one " +
  "ConnectionPolicy for the role and give it to each PipelineSource as policy; (2) in its grants, use patterns such " +
  "as acme/*, or leave repositories out to grant the whole connection; (3) divide the pipelines among several roles";

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
            `roles: the role ${given(label)} would have ${managed} managed policies from this library ` +
              `(${sharesOf(ofRole, ({ managedPolicies }) => managedPolicies)}); the limit is ${quota}. ${WAYS_OUT}; ` +
              `(4) if AWS has raised your quota, set managedPoliciesPerRole of a ConnectionPolicy (${QUOTAS})`,
          ]
        : []),
      ...(load.inlineSize > 0 && inline > INLINE_POLICIES_SIZE
        ? [
            `roles: the inline policies from this library on the role ${given(label)} would have ${inline} ` +
              `characters (${sharesOf(ofRole, ({ inlineSize }) => inlineSize)}); the limit is ` +
              `${INLINE_POLICIES_SIZE}. ${WAYS_OUT}; (4) set inline to false, because managed policies can hold more ` +
              `(${QUOTAS})`,
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
