/** A string that Terraform reads as a template, in pieces that take turns: what stands for itself, and what is evaluated. */
export interface Template {
  /** What stands for itself: one more than what is evaluated, and empty where two of these meet. */
  readonly literals: readonly string[];
  /** What is evaluated, such as `${var.name}`, braces and all. */
  readonly evaluated: readonly string[];
  /** Whether a piece begins that nothing closes. */
  readonly isUnclosed: boolean;
}

/** Where a piece begins. Doubled, `$` and `%` stand for themselves. */
const BEGINNING = /\$\$\{|%%\{|[$%]\{/g;

/**
 * Reads a string as Terraform reads it: an expression may hold braces, and quotes with further templates in them.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function parsed(value: string): Template {
  const literals: string[] = [];
  const evaluated: string[] = [];
  let from = 0;
  for (const { 0: beginning, index } of value.matchAll(BEGINNING)) {
    // A doubled one, or one inside of what is evaluated.
    if (beginning.length > "${".length || index < from) continue;
    const end = endOfExpression(value, index + beginning.length);
    if (end === undefined) return { literals: [...literals, value.slice(from)], evaluated, isUnclosed: true };
    literals.push(value.slice(from, index));
    evaluated.push(value.slice(index, end));
    from = end;
  }
  return { literals: [...literals, value.slice(from)], evaluated, isUnclosed: false };
}

/** Where the expression ends that begins here: behind the brace that closes it. */
function endOfExpression(value: string, from: number): number | undefined {
  let open = 1;
  for (let index = from; index < value.length; index++) {
    const character = value[index];
    if (character === "{") open++;
    if (character === "}" && --open === 0) return index + 1;
    if (character === '"') {
      const end = endOfQuoted(value, index + 1);
      if (end === undefined) return undefined;
      index = end - 1;
    }
  }
  return undefined;
}

/** Where the quoted string ends that begins here: behind its closing quotes. */
function endOfQuoted(value: string, from: number): number | undefined {
  for (let index = from; index < value.length; index++) {
    if (value[index] === '"') return index + 1;
    if (value[index] === "\\") index++;
    else if (/^(\$\$|%%)\{/.test(value.slice(index, index + 3))) index += 2;
    else if (/^[$%]\{/.test(value.slice(index, index + 2))) {
      const end = endOfExpression(value, index + 2);
      if (end === undefined) return undefined;
      index = end - 1;
    }
  }
  return undefined;
}

/** A string as a quoted string of the Terraform language, with nothing in it left to be interpreted. */
export function quoted(value: string): string {
  // JSON's escapes are the Terraform language's, but for the two that it lacks.
  const json = JSON.stringify(value).replace(/\\[\s\S]/g, (escape) => MISSING_ESCAPES[escape] ?? escape);
  return untemplated(json);
}

/** A template as a quoted string of the Terraform language: what Terraform interprets in it stays, and what is around that is quoted. */
export function quotedTemplate(value: string): string {
  const { literals, evaluated } = parsed(value);
  const parts = literals.map((literal, index) => `${quotedLiteral(literal)}${evaluated[index] ?? ""}`);
  return `"${parts.join("")}"`;
}

/** What stands for itself in a template, doubled signs and all, which stay as they are. */
function quotedLiteral(literal: string): string {
  return inside(quoted(literal.replace(/([$%])\1(?=\{)/g, "$1")));
}

/** A string in which Terraform finds no template. */
export function untemplated(value: string): string {
  return value.replace(/[$%](?=\{)/g, "$&$&");
}

const MISSING_ESCAPES: { readonly [escape: string]: string } = { "\\b": "\\u0008", "\\f": "\\u000c" };

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

function inside(quotedString: string): string {
  return quotedString.slice(1, -1);
}
