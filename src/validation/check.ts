import { ref, TerraformElement, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";

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
}
