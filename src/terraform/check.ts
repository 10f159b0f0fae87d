import { ref, TerraformElement, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { isExpression, renderNow } from "./expression";
import { quoted } from "./template";

/** What a data source is given, in Terraform's own names. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/**
 * A `check` block: its assertions are evaluated at every plan and apply, and only ever warn. CDKTF has no construct for
 * it. As an element of the tree it gets a unique name and resolves references.
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export class Check extends TerraformElement {
  private readonly data: { [type: string]: { [name: string]: Attributes } } = {};
  private readonly assertions: { readonly condition: string; readonly error_message: string }[] = [];

  public constructor(scope: Construct, id: string) {
    super(scope, id, "check");
    renderInHcl(this);
  }

  /**
   * Reads a data source inside the check: when it can't be read, Terraform warns and goes on.
   *
   * @returns its attributes, for the assertions of this check only
   */
  public read(type: string, attributes: Attributes): (attribute: string) => string {
    const name = this.friendlyUniqueId;
    this.data[type] = { [name]: attributes };
    return (attribute) => Token.asString(ref(`data.${type}.${name}.${attribute}`, TerraformStack.of(this)));
  }

  /** Warns with the message while the Terraform expression is not true. */
  public assert(condition: string, errorMessage: string): void {
    this.assertions.push({ condition, error_message: errorMessage });
  }

  public override toTerraform(): object {
    const data = Object.keys(this.data).length > 0 ? { data: this.data } : {};
    return { check: { [this.friendlyUniqueId]: { ...data, assert: this.assertions } } };
  }

  /** The block in Terraform's own language. */
  public toHcl(): string {
    const data = Object.entries(this.data).flatMap(([type, named]) =>
      Object.entries(named).map(([name, attributes]) => block(this, `data "${type}" "${name}"`, attributes)),
    );
    const assertions = this.assertions.map((assertion) => block(this, "assert", { ...assertion }));
    return [`check "${this.friendlyUniqueId}" {`, ...data, ...assertions, "}"].join("\n");
  }
}

/** The checks of each stack, which CDKTF's own rendering of the language leaves out. */
const CHECKS = new WeakMap<TerraformStack, Check[]>();

function renderInHcl(check: Check): void {
  const stack = TerraformStack.of(check);
  const known = CHECKS.get(stack);
  if (known !== undefined) {
    known.push(check);
    return;
  }
  const checks = [check];
  CHECKS.set(stack, checks);
  const render = stack.toHclTerraform.bind(stack);
  stack.toHclTerraform = () => {
    const rendered = render();
    const present = new Set(stack.node.findAll());
    const blocks = checks.filter((one) => present.has(one)).map((one) => one.toHcl());
    return { ...rendered, hcl: [rendered.hcl, ...blocks].join("\n\n") };
  };
}

function block(scope: Construct, head: string, attributes: Attributes): string {
  const lines = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, renderNow(scope, String(value), { preparing: false })] as const)
    // A provider is named, and not quoted.
    .map(([name, string]) => `    ${name} = ${name === "provider" ? string : quotedForHcl(string)}`);
  return [`  ${head} {`, ...lines, "  }"].join("\n");
}

/** A string in Terraform's language: one expression stands as it is, with its own quotes. */
function quotedForHcl(string: string): string {
  return isExpression(string) ? `"${string}"` : quoted(string);
}
