import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { asReference, isExpression } from "../validation/expression";
import { guardsOf } from "../validation/guard";
import { Inspection } from "../validation/inspection";
import { propertiesOf, PROVIDER } from "../validation/kind";
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
   * The provider that reads the connection and checks an ARN that only Terraform knows.
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
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, connectionArn: string, options: ExistingConnectionOptions) {
    super(scope, id);
    const { providerType, provider } = propertiesOf(options);
    const inspection = new Inspection()
      .required("connectionArn", connectionArn, rules.connectionArn)
      .value("providerType", providerType, rules.providerType)
      .kind("provider", provider, PROVIDER)
      .throwIfBroken(this.node.path);

    this.connectionArn = isExpression(connectionArn) ? asReference(this, "Arn", connectionArn) : connectionArn;
    this.providerType = providerType;
    this.provider = provider;
    this.dependencies = guardsOf(this, inspection, provider);
  }
}
