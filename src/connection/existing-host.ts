import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { asShared } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { accountsOf, type BoundProvider, inspectWithProvider } from "../aws-provider/aws-provider";
import type { IConnectionHost } from "./host-base";
import * as hostRules from "./host-limits";
import type { ProviderType } from "./provider-type";
import * as rules from "./limits";

/** What is known of a host that exists already. */
export interface ExistingHostOptions {
  /**
   * What is installed there. The connections of the host are of this type: it decides how a repository's path is checked
   * and which steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * The provider that reaches it.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** A host by its ARN. An ARN that only Terraform knows is checked by the connection that goes through the host. */
export class ExistingHost extends Construct implements IConnectionHost {
  public readonly hostArn: string;
  public readonly providerType?: ProviderType;
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, hostArn: string, options: ExistingHostOptions) {
    super(scope, id);
    const { providerType, provider } = propertiesOf(options);
    inspectWithProvider(this, provider, (bound) => inspect(hostArn, providerType, bound)).throwIfBroken(this.node.path);
    this.hostArn = asShared(this, "Arn", hostArn);
    this.providerType = providerType;
    this.provider = provider;
  }
}

function inspect(hostArn: string, providerType: ProviderType | undefined, bound: BoundProvider): Inspection {
  return new Inspection()
    .required("hostArn", hostArn, hostRules.hostArn, ...rules.arnOfAccounts(accountsOf(bound)))
    .value("providerType", providerType, hostRules.providerTypeOfHost);
}
