import type { IConstruct } from "constructs";

/**
 * A name from the construct's path, so that it stays the same whatever other constructs come and go.
 *
 * A path that fits is readable in it. One that is cut, or that another path could be mistaken for, ends with a hash.
 */
export function derivedName(construct: IConstruct, longest: number): string {
  const { path, addr } = construct.node;
  const parts = path.normalize("NFC").split("/");
  const readable = Array.from(parts.map((part) => part.replace(UNUSUAL, "-")).join("-"));
  if (readable.length <= longest && !parts.some((part) => part.search(UNUSUAL) >= 0)) return readable.join("");
  const hash = addr.slice(-HASH);
  return `${readable.slice(0, longest - HASH - 1).join("")}-${hash}`;
}

const HASH = 8;

/** All but letters, digits and what stands for no other character; among them the one that joins the parts. */
const UNUSUAL = /[^\p{L}\p{N}_.]+/gu;
