import type { Constraint } from "./constraint";

/** What is allowed, and where that is documented: what `docs/rules.md` says of a rule. */
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
}
