import type { TerraformProvider } from "cdktf";
import type { IConnectionHost } from "./host-base";
import type { ProviderType } from "./provider-type";
import type { ResourceFamily } from "./resource-family";

/** What a connection is made from. */
export interface ConnectionProps {
  /**
   * The connection's name: 1 to 32 characters, any characters, unique in the account. The provider's resource counts bytes
   * in `ResourceFamily.CODECONNECTIONS`.
   *
   * Another name is another connection: with a new ARN, `PENDING` again, to be activated by a person again. So give the
   * name of a connection that must survive a change of its construct's path.
   *
   * @default - derived from the construct's path
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
   */
  readonly name?: string;

  /**
   * Where the repositories are. Exactly one of `providerType` and `host` must be given.
   *
   * @default - given by the host
   */
  readonly providerType?: ProviderType;

  /**
   * The host that the connection goes through, for GitHub Enterprise Server and GitLab self-managed. The connection's type
   * is the host's.
   *
   * @default - no host
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-hosts.html
   */
  readonly host?: IConnectionHost;

  /**
   * Which of the provider's resources makes it. Another family is another connection.
   *
   * @default ResourceFamily.CODESTAR_CONNECTIONS
   */
  readonly resourceFamily?: ResourceFamily;

  /**
   * Tags of the connection.
   *
   * @default - only the provider's default tags
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Makes Terraform refuse a plan that would destroy or replace the connection, since another one has to be activated by a
   * person again. It does not help when the construct is taken out of the program, or gets another id without
   * `resource.moveFromId`: the connection is then destroyed.
   *
   * @default false
   * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
   */
  readonly preventDestroy?: boolean;

  /**
   * Accepts a region in which CodePipeline can't use connections as far as this version of the library knows, and warns of
   * none.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}
