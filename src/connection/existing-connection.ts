import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { asReference, isExpression } from "../validation/expression";
import { Inspection } from "../validation/inspection";
import type { IConnection } from "./connection-base";
import type { ProviderType } from "./provider-type";
import * as rules from "./rules";

/** What is known of a connection that exists already. */
export interface ExistingConnectionOptions {
  /**
   * Where the repositories are: it decides how a repository's path is checked and which steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * The provider of what checks an ARN that only Terraform knows.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** A connection by its ARN. */
export class ExistingConnection extends Construct implements IConnection {
  public readonly connectionArn: string;
  public readonly providerType?: ProviderType;
  public readonly dependencies: ITerraformDependable[];

  public constructor(scope: Construct, id: string, connectionArn: string, options: ExistingConnectionOptions) {
    super(scope, id);
    const inspection = new Inspection()
      .required("connectionArn", connectionArn, rules.connectionArn)
      .value("providerType", options.providerType, rules.providerType)
      .throwIfBroken(this.node.path);
    this.connectionArn = isExpression(connectionArn) ? asReference(this, "Arn", connectionArn) : connectionArn;
    this.providerType = options.providerType;

    const precondition = inspection.preconditions(this);
    // This construct has no resource of its own to carry the conditions, and `aws_region` costs no call to AWS.
    this.dependencies =
      precondition.length > 0
        ? [new DataAwsRegion(this, "Guard", { provider: options.provider, lifecycle: { precondition } })]
        : [];
  }
}
