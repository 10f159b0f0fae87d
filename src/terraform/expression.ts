import { DefaultTokenResolver, type IResolvable, type IResolveContext, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { type Expr, quotedTemplate } from "./template";

/** A value that Terraform evaluates: a string, a list, or a token for either. */
export type Expression = string | readonly string[] | IResolvable;

/**
 * Whether Terraform evaluates the string: it holds a template, typed by hand, or a token, which in a string looks like
 * one.
 */
export function isExpression(value: string): boolean {
  return /[$%]\{/.test(value);
}

/** One reference and nothing else, such as `${var.name}` or `${aws_iam_role.role["a"].name}`. */
const REFERENCE = /^\$\{([A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[\w.-]+")\])*)\}$/;

/** Whether a rendered string is one reference and nothing else. */
export function isOneReference(rendered: string): boolean {
  return REFERENCE.test(rendered);
}

/** A Terraform expression about a reference, e.g. `(name) => \`can(regex("…", ${name}))\``. */
export function expressionOn(reference: string, render: (reference: string) => string): string {
  return Token.asString(conditionOn(reference, render));
}

/** The same, where no string is needed: it costs no token, and a program can have many. */
export function conditionOn(reference: string, render: (reference: string) => string): IResolvable {
  return lazyExpression((partOf) => render(partOf(reference)));
}

/**
 * A Terraform expression that is rendered when the stack is, from other values: `partOf` gives each of them as a part of an
 * expression. Unlike CDKTF's functions, it renders each value once, however deep expressions are nested, and costs no
 * stack trace.
 */
function lazyExpression(render: (partOf: (value: string) => string) => string): IResolvable {
  return {
    creationStack: [],
    resolve: (context: IResolveContext) => {
      const { suppressBraces } = context;
      context.suppressBraces = false;
      const expression = render((value) => inExpression(String(context.resolve(value))));
      context.suppressBraces = suppressBraces;
      return suppressBraces ? expression : `\${${expression}}`;
    },
    toString: () => "a Terraform expression",
  };
}

/** The expression as a string of the program, rendered when the stack is. */
export function asString(expression: Expr): string {
  return Token.asString(lazyExpression(expression));
}

/** A rendered string as a part of a Terraform expression: a reference as it is, everything else quoted. */
function inExpression(rendered: string): string {
  return REFERENCE.exec(rendered)?.[1] ?? quotedTemplate(rendered);
}

/** The string as it would be rendered now, if there is one by now. */
export function stringIfKnown(scope: IConstruct, value: string): string | undefined {
  const rendered = renderedIfKnown(scope, value);
  return rendered === undefined || rendered === null ? undefined : String(rendered);
}

/** The literal that a value is, or will be rendered as, where this program knows it; else nothing. */
export function literalIfKnown(scope: IConstruct, value: unknown): string | undefined {
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const rendered = isExpression(value) ? renderedIfKnown(scope, value) : value;
  return typeof rendered === "string" && !isExpression(rendered) ? rendered : undefined;
}

/**
 * The string as it would be rendered now.
 *
 * A reference to another stack shows what this stack will read it by only with `preparing`, which also makes the output
 * and the remote state for it, as the synthesis would.
 */
export function renderNow(scope: IConstruct, value: string, { preparing }: { readonly preparing: boolean }): string {
  return String(render(scope, value, preparing));
}

function renderedIfKnown(scope: IConstruct, value: string): Rendered {
  try {
    return render(scope, value, false);
  } catch {
    // A lazy value that can't be produced yet.
    return undefined;
  }
}

function render(scope: IConstruct, value: string, preparing: boolean): Rendered {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing }) as Rendered;
}

/** What a string can be rendered as: a lazy one may have no value. */
type Rendered = string | number | boolean | null | undefined;

const RESOLVER = new DefaultTokenResolver(new StringConcat());
