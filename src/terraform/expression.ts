import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  Lazy,
  StringConcat,
  TerraformLocal,
  Token,
  Tokenization,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { quotedTemplate, parsed } from "./template";

/**
 * Whether Terraform, not this program, will know the text: it holds a template, typed by hand, or a token, which in a text
 * looks like one.
 */
export function isExpression(text: string): boolean {
  return /[$%]\{/.test(text);
}

/** One reference and nothing else, such as `${var.name}` or `${aws_iam_role.role["a"].name}`. */
const REFERENCE = /^\$\{([A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[\w.-]+")\])*)\}$/;

/**
 * The text as something that any expression may hold.
 *
 * One reference stands for itself, so that Terraform's errors show it by its name. Any other text goes through a
 * `local`: Terraform then reads it exactly as it reads the property itself, whatever quotes, backslashes or templates
 * are in it. So does a list.
 */
export function asReference(scope: Construct, id: string, value: Expression): string {
  const text = typeof value === "string" ? textIfKnown(scope, value) : undefined;
  if (text !== undefined && (REFERENCE.test(text) || differs(text))) return value as string;
  return new TerraformLocal(scope, id, value).asString;
}

/** A value that Terraform will know: a text, a list, or a token for either. */
export type Expression = string | readonly string[] | IResolvable;

/** Whether a text differs between the instances of a resource, so that it means nothing outside of it. */
export function isRepeated(scope: IConstruct, text: string): boolean {
  return differs(textIfKnown(scope, text) ?? "");
}

/** Whether a text names what differs between the instances of a resource. */
function differs(text: string): boolean {
  return REPEATED.test(text) && parsed(text).evaluated.some((expression) => REPEATED.test(expression));
}

const REPEATED = /\b(count\.index|each\.(key|value)|self\.)/;

/**
 * The text as another stack may use it too: a reference that was typed by hand names something of the stack it was given
 * to, which the other stack lacks, so it goes through a `local` of that stack.
 */
export function asShared(scope: Construct, id: string, text: string): string {
  if (!isExpression(text)) return text;
  return Token.isUnresolved(text) && isReference(scope, text) ? text : new TerraformLocal(scope, id, text).asString;
}

/** A Terraform expression about a reference, e.g. `(name) => \`can(regex("…", ${name}))\``. */
export function expressionOn(reference: string, render: (reference: string) => string): string {
  return Lazy.stringValue({ produce: (context) => expressionIn(context, reference, render) });
}

/** The same, where no text is needed: it costs neither a token nor a stack trace, and a program can have many. */
export function conditionOn(reference: string, render: (reference: string) => string): IResolvable {
  return {
    creationStack: [],
    resolve: (context) => expressionIn(context, reference, render),
    toString: () => `a condition on ${reference}`,
  };
}

function expressionIn(context: IResolveContext, reference: string, render: (reference: string) => string): string {
  const resolved = String(context.resolve(reference));
  return `\${${render(REFERENCE.exec(resolved)?.[1] ?? quotedTemplate(resolved))}}`;
}

function isReference(scope: IConstruct, text: string): boolean {
  return REFERENCE.test(textIfKnown(scope, text) ?? "");
}

/** The text as it would be rendered now, if there is one by now. */
export function textIfKnown(scope: IConstruct, text: string): string | undefined {
  const value = valueIfKnown(scope, text);
  return value === undefined || value === null ? undefined : String(value);
}

/** The text that a value is, or will be rendered as, where this program knows it; else nothing. */
export function literalNow(scope: IConstruct, value: unknown): string | undefined {
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const text = isExpression(value) ? valueIfKnown(scope, value) : value;
  return typeof text === "string" && !isExpression(text) ? text : undefined;
}

/**
 * The text as it would be rendered now.
 *
 * Another stack's reference shows what this stack will read it by only with `preparing`, which also makes the output
 * and the remote state for it, as the synthesis would.
 */
export function textNow(scope: IConstruct, text: string, { preparing }: { readonly preparing: boolean }): string {
  return String(valueNow(scope, text, preparing));
}

/** What a text is rendered as now, if it is known by now. */
function valueIfKnown(scope: IConstruct, text: string): Rendered {
  try {
    return valueNow(scope, text, false);
  } catch {
    // A lazy text whose time has not come.
    return undefined;
  }
}

function valueNow(scope: IConstruct, text: string, preparing: boolean): Rendered {
  return Tokenization.resolve(text, { scope, resolver: RESOLVER, preparing }) as Rendered;
}

/** What a text can be rendered as: a lazy one may have no value. */
type Rendered = string | number | boolean | null | undefined;

const RESOLVER = new DefaultTokenResolver(new StringConcat());
