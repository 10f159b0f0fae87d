import type { IConstruct } from "constructs";
import type { LengthUnit } from "../validation/length";

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
