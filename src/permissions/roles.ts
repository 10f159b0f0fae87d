import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { expressionOn, isExpression, renderNow } from "../terraform/expression";
import { ValidationError } from "../validation/validation-error";

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
    const { name, label } = isExpression(role) ? ofExpression(scope, role) : ofLiteral(role);
    // A role that is given twice, as one that both runs the pipeline and builds, gets one attachment.
    byLabel.set(label, { key: keyOf(label), name, label });
  }
  return [...byLabel.values()];
}

/** The name is the last part of a role's ARN; it holds no slash. */
function ofLiteral(role: string): { readonly name: string; readonly label: string } {
  const name = role.slice(role.lastIndexOf("/") + 1);
  return { name, label: name };
}

function ofExpression(scope: IConstruct, role: string): { readonly name: string; readonly label: string } {
  // As the synthesis will render it: only then do two stacks' roles of one local name differ.
  const rendered = renderNow(scope, role, { preparing: true });
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
