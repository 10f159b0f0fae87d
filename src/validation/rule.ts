import type { Constraint } from "./constraint";

/** One limit of AWS or Terraform on one property, wherever the property's value comes from. */
export interface Rule {
  readonly must: Constraint;
  /** What is allowed, as the rest of a sentence that begins with the property's name; no full stop. */
  readonly sentence: string;
  /** Where the limit is documented. */
  readonly see: string;
  /** A value that was probably meant; it is shown only when the rule accepts it. */
  readonly meant?: (given: string) => string | undefined;
}
