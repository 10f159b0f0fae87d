import type { TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { Kind } from "../validation/kind";
import type { ProviderType } from "./provider-type";
import type { ResourceFamily } from "./resource-family";

/** The installation of a repository provider that connections go through: made here, or one that exists already. */
export interface IConnectionHost extends IConstruct {
  /**
   * The ARN, of either service name: `codestar-connections` or `codeconnections`.
   *
   * @attribute
   */
  readonly hostArn: string;

  /** The host's name, for a host that is made here. */
  readonly hostName?: string;

  /**
   * The status of a host that is made here in the older family; the newer one's has none. A connection can be completed
   * only when its host is `AVAILABLE`.
   *
   * @attribute
   */
  readonly hostStatus?: string;

  /** What is installed there, if it is known. */
  readonly providerType?: ProviderType;

  /** The family of a host that is made here. */
  readonly resourceFamily?: ResourceFamily;

  /** The provider that reaches it, if it is not the stack's default AWS provider. */
  readonly provider?: TerraformProvider;
}

/** By what it has, not by `instanceof`: another copy of this library makes hosts too. */
export const HOST: Kind = {
  includes: (value) => Construct.isConstruct(value) && typeof (value as Partial<IConnectionHost>).hostArn === "string",
  sentence: "must be a host: new ConnectionHost(…) or ConnectionHost.fromHostArn(…)",
};
