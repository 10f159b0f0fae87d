import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import type { ProviderType } from "./provider-type";

/** A connection to a repository provider: made here, or one that exists already. */
export interface IConnection extends IConstruct {
  /**
   * The ARN, of either service name: `codestar-connections` or `codeconnections`.
   *
   * @attribute
   */
  readonly connectionArn: string;

  /** Where the repositories are, if it is known. */
  readonly providerType?: ProviderType;

  /**
   * `PENDING`, `AVAILABLE` or `ERROR`, for a connection that is made here.
   *
   * @attribute
   */
  readonly connectionStatus?: string;

  /** The connection's name, for a connection that is made here. */
  readonly connectionName?: string;

  /**
   * What must have passed before anything in this stack uses the connection, besides what its ARN refers to: the check
   * of an ARN that only Terraform knows.
   */
  readonly dependencies: ITerraformDependable[];
}
