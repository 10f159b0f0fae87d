import { Lazy, TerraformLocal, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";

/**
 * Whether Terraform, not this program, will know the text: it holds a token, or a template typed by hand, which
 * `Token.isUnresolved` does not see.
 */
export function isExpression(text: string): boolean {
  return Token.isUnresolved(text) || /[$%]\{/.test(text);
}

/** Whether the text is one reference and nothing else, so that it can stand in a condition as it is. */
function isWholeToken(text: string): boolean {
  const { tokens, intrinsic, literals, escapes } = Tokenization.reverseString(text);
  return tokens.length + intrinsic.length === 1 && literals.length + escapes.length === 0;
}

/**
 * The text as one reference that any expression may hold.
 *
 * A text with literal parts goes through a `local`: Terraform then reads it exactly as it reads the property itself,
 * whatever quotes, backslashes or templates are in it.
 */
export function asReference(scope: Construct, id: string, text: string): string {
  return isWholeToken(text) ? text : new TerraformLocal(scope, id, text).asString;
}

/** A Terraform expression about a reference, e.g. `(name) => \`can(regex("…", ${name}))\``. */
export function expressionOn(reference: string, render: (reference: string) => string): string {
  return Lazy.stringValue({
    produce: (context) => {
      const resolved = String(context.resolve(reference));
      return `\${${render(resolved.replace(/^\$\{([\s\S]*)\}$/, "$1"))}}`;
    },
  });
}
