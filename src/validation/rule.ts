import type { Referenced } from "../terraform/reference";
import type { Constraint } from "./constraint";
import { given } from "./validation-error";

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
  /** How a program writes a value, where that is no string. */
  readonly typed?: (value: string) => string;
  /** What a reference may name: it then needs no condition in Terraform, and what else is known of references breaks the rule. */
  readonly refersTo?: readonly Attribute[];
  /** Whether people paste credentials where the rule is, so that Terraform must not show the value. */
  readonly isOnSecrets?: boolean;
}

/** A rule's guess as an error shows it, if all rules of the property would accept it. */
export function meant(rule: Rule, rules: readonly Rule[], value: string): string | undefined {
  const guess = rule.meant?.(value);
  return guess !== undefined && rules.every(({ must }) => must.accepts(guess))
    ? (rule.typed?.(guess) ?? given(guess))
    : undefined;
}

/** How many elements a list may have, or how large a number may be. */
export interface Size {
  readonly min: number;
  readonly max: number;
  /** Where that is documented. */
  readonly see: string;
}

/** What the attribute of a resource is, for the few attributes that are mistaken for one another. */
export type Attribute =
  "the name of a role" | "the ARN of a role" | "the ARN of a connection" | "the ARN of a host" | "the ARN of a policy";

const CONNECTION = { arn: "the ARN of a connection", id: "the ARN of a connection" } as const;
const HOST = { arn: "the ARN of a host", id: "the ARN of a host" } as const;

/** Every other type and attribute is unknown: Terraform checks its value. */
const ATTRIBUTES: { readonly [type: string]: { readonly [attribute: string]: Attribute } } = {
  aws_iam_role: { name: "the name of a role", id: "the name of a role", arn: "the ARN of a role" },
  aws_iam_policy: { arn: "the ARN of a policy" },
  aws_codestarconnections_connection: CONNECTION,
  aws_codeconnections_connection: CONNECTION,
  aws_codestarconnections_host: HOST,
  aws_codeconnections_host: HOST,
};

/** What a reference names, if that is known. */
export function attributeNamed({ type, attribute }: Referenced): Attribute | undefined {
  return ATTRIBUTES[type]?.[attribute];
}
