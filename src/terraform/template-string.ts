import { Token } from "cdktf";
import { lazyExpression } from "./expression";
import { quoted } from "./template";

/** A Terraform expression, given how a value becomes a part of one. */
export interface Expr {
  (partOf: (value: string) => string): string;
  /** Whether it is one quoted string. */
  readonly isString?: boolean;
}

/** A string with values and expressions in it. What is fixed in it, and literal values, come out as written. */
export function template(fixed: TemplateStringsArray, ...values: readonly (string | Expr)[]): Expr {
  const render = (partOf: (value: string) => string): string => {
    const parts = fixed.map((part, index) => inside(quoted(part)) + within(values[index] ?? "", partOf));
    return `"${parts.join("")}"`;
  };
  return Object.assign(render, { isString: true });
}

/** A value inside a quoted string: another string needs no quotes and braces of its own. */
function within(value: string | Expr, partOf: (value: string) => string): string {
  const expression = typeof value === "string" ? partOf(value) : value(partOf);
  // A value is a reference or a quoted string.
  const isString = typeof value === "string" ? expression.startsWith('"') : value.isString;
  return isString ? inside(expression) : `\${${expression}}`;
}

/** One of two expressions. */
export function either(condition: Expr, then: Expr, otherwise: Expr): Expr {
  return (partOf) => `${condition(partOf)} ? ${then(partOf)} : ${otherwise(partOf)}`;
}

/** Whether a value is equal to a literal. */
export function equals(value: string, literal: string): Expr {
  return (partOf) => `${partOf(value)} == ${quoted(literal)}`;
}

/** The expression as a string of the program, rendered when the stack is. */
export function asString(expression: Expr): string {
  return Token.asString(lazyExpression(expression));
}

function inside(quotedString: string): string {
  return quotedString.slice(1, -1);
}
