import type { Constraint } from "./constraint";
import type { Attribute } from "./known-references";

/** What is allowed, and where that is documented. */
export interface Limit {
  /** No full stop. */
  readonly sentence: string;
  readonly see: string;
}

/**
 * One limit of AWS or Terraform on one property, wherever the property's value comes from. Its sentence is the rest of one
 * that begins with the property's name.
 */
export interface Rule extends Limit {
  readonly must: Constraint;
  /** A value that was probably meant; it is shown only when all rules of the property accept it. */
  readonly meant?: (given: string) => string | undefined;
  /** What a reference may name: it then needs no condition in Terraform, and what else is known of references breaks the rule. */
  readonly refersTo?: readonly Attribute[];
}

/** How many elements a list may have, or how large a number may be. */
export interface Size {
  readonly min: number;
  readonly max: number;
  /** Where that is documented. */
  readonly see: string;
}
