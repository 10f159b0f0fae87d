import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { isExpression } from "../terraform/expression";
import { given } from "../validation/validation-error";
import { isInTree, PerProvider } from "../aws-provider/per-provider";
import type { ResourceFamily } from "./resource-family";
import { uniqueName } from "./limits";

/** The connections of each family and name, in the one account of their provider. */
const TAKEN = new PerProvider(() => new Map<string, Construct>());

/**
 * Warns of a name that another connection of the same stack, provider and family has. It is no error: the newer family's
 * documentation does not demand that names differ any more, and in another region they need not.
 */
export function warnOfTakenName(
  scope: Construct,
  name: string,
  family: ResourceFamily,
  provider: TerraformProvider | undefined,
): void {
  if (isExpression(name)) return;
  const taken = TAKEN.of(scope, provider);
  const key = `${family}/${name.normalize("NFC")}`;
  const other = taken.get(key);
  if (other !== undefined && isInTree(other)) {
    Annotations.of(scope).addWarning(
      `${uniqueName.sentence}, and ${other.node.path} has it too. Given: ${given(name)}.`,
    );
  }
  taken.set(key, scope);
}
