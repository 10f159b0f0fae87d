import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { dataOfProvider, isInTree, providerOf, regionOf } from "../aws-provider/bound-provider";
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
  let [cut, length] = ["", 0];
  for (const character of readable) {
    length += count(character);
    if (length > longest - HASH - 1) break;
    cut += character;
  }
  return `${cut}-${addr.slice(-HASH)}`;
}

const HASH = 8;

/** All but letters, digits, "_" and "."; the hyphen, which joins the parts, is among them. */
const UNUSUAL = /[^\p{L}\p{N}_.]+/gu;

/**
 * Warns of a name that another connection of the same stack, provider, region and family has. It is no error: the
 * documentation of `CODECONNECTIONS` does not demand that names differ any more, and in another region they need not.
 */
export function warnOfTakenName(
  scope: Construct,
  name: string,
  family: ResourceFamily,
  { provider, region: own }: { readonly provider?: TerraformProvider; readonly region?: string },
): void {
  if (isExpression(name)) return;
  const taken = dataOfProvider(scope, provider, "connection-names", () => new Map<string, Construct>());
  const region = regionOf(providerOf(scope, provider) ?? {}, own) ?? own ?? "";
  const key = `${region}/${family}/${name.normalize("NFC")}`;
  const other = taken.get(key);
  if (other !== undefined && isInTree(other)) {
    Annotations.of(scope).addWarning(
      `${uniqueName.sentence}, but ${other.node.path} has the same name: give one of them another name. ` +
        `Given: ${given(name)}.`,
    );
  }
  taken.set(key, scope);
}
