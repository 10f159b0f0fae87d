import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";

/** A data source that only the check reads: when it can't be read, Terraform warns and goes on. */
export interface ScopedDataSource {
  readonly type: string;
  readonly name: string;
  readonly attributes: Readonly<{ [key: string]: unknown }>;
}

export interface CheckProps {
  /** The Terraform expression that must be true. */
  readonly condition: string;
  /** The warning while it isn't. */
  readonly errorMessage: string;
  readonly data?: ScopedDataSource;
}

/**
 * A `check` block: its assertion is evaluated at every plan and apply, and only ever warns. CDKTF has no construct for
 * it. As an element of the tree it gets a unique name and resolves references.
 *
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export class Check extends TerraformElement {
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckProps,
  ) {
    super(scope, id, "check");
  }

  public override toTerraform(): object {
    const { condition, errorMessage, data } = this.props;
    return {
      check: {
        [this.friendlyUniqueId]: {
          ...(data && { data: { [data.type]: { [data.name]: data.attributes } } }),
          assert: [{ condition, error_message: errorMessage }],
        },
      },
    };
  }
}
