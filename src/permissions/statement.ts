import { Token } from "cdktf";
import { expressionOn, isExpression } from "../terraform/expression";

/** A statement of an IAM policy, in IAM's own words. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/**
 * The prefixes of the service's two names. Whatever prefix an ARN has, different parts of AWS call actions of one or the
 * other; the condition keys of an action have the action's own prefix.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
export const PREFIXES = ["codeconnections", "codestar-connections"] as const;

/** Actions in both of the service's names. */
export function actions(...names: readonly string[]): string[] {
  return names.flatMap((name) => PREFIXES.map((prefix) => `${prefix}:${name}`));
}

/** A statement with no condition. */
export function allow(Action: readonly string[], Resource: string | readonly string[]): Statement {
  return { Effect: "Allow", Action, Resource };
}

/** All resources of the kind, account and region of one: `arn:…:connection/*`. */
export function allBeside(arn: string): string {
  return isExpression(arn)
    ? `${expressionOn(arn, (reference) => `replace(${reference}, "/[^/]*$/", "")`)}*`
    : arn.replace(/[^/]*$/, "*");
}

/** A policy document with these statements. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements }, (_, value: unknown) =>
    // A template that was typed by hand may hold quotes, which belong to Terraform and not to JSON.
    typeof value === "string" && isExpression(value) && !Token.isUnresolved(value)
      ? expressionOn(value, (reference) => reference)
      : value,
  );
}

/** What Terraform's AWS provider writes as six characters, where JSON takes one. */
export const ESCAPED = "[<>&]";

/** How many characters IAM counts of a policy document, as Terraform's AWS provider writes it. */
export function sizeOf(document: string): number {
  return document.replace(new RegExp(ESCAPED, "g"), "\\u0000").length;
}
