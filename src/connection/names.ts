import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isInTree, PerProvider } from "../aws-provider/aws-provider";
import { isExpression } from "../terraform/expression";
import type { LengthUnit } from "../validation/constraint";
import { given } from "../validation/validation-error";
import { uniqueName } from "./limits";
import type { ResourceFamily } from "./resource-family";

/**
 * A name from the construct's path, so that it stays the same whatever other constructs come and go.
 *
 * A path that fits is readable in it. One that is cut, or that another path could be mistaken for, ends with a hash.
 */
export function derivedName(construct: IConstruct, longest: number, { count }: LengthUnit): string {
  const { path, addr } = construct.node;
  const parts = path.normalize("NFC").split("/");
  const readable = parts.map((part) => part.replace(UNUSUAL, "-")).join("-");
  if (count(readable) <= longest && !parts.some((part) => part.search(UNUSUAL) >= 0)) return readable;
  const cut = Array.from(readable);
  while (count(cut.join("")) > longest - HASH - 1) cut.pop();
  return `${cut.join("")}-${addr.slice(-HASH)}`;
}

const HASH = 8;

/** All but letters, digits and what stands for no other character; among them the one that joins the parts. */
const UNUSUAL = /[^\p{L}\p{N}_.]+/gu;

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
