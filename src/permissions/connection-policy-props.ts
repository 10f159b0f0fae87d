import type { TerraformProvider } from "cdktf";
import type { ConnectionGrant } from "./connection-grant";

export interface ConnectionPolicyProps {
  /**
   * What the roles may use: connections, or some repositories of them. At least one.
   *
   * A long list is divided among as many policies as it needs. New elements are best added at its end, or at the end of the
   * last one's `repositories`: then only the last policy changes.
   */
  readonly grants: ConnectionGrant[];

  /**
   * The names of the roles that get the permission, made here or elsewhere. At least one.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   */
  readonly roleNames: string[];

  /**
   * Writes the permission into each role as an inline policy, instead of managed policies that are attached to all.
   *
   * A role takes ten managed policies by default; all of its inline policies share 10,240 characters.
   *
   * @default false
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly inline?: boolean;

  /**
   * How many managed policies a role takes: more than that of this library's, for one role of one stack, is an error. AWS
   * raises this quota on request, to at most 20.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPoliciesPerRole?: number;

  /**
   * The managed policies' description: at most 1000 characters. A change replaces the policies.
   *
   * @default "Lets CodePipeline and CodeBuild use connections to source repositories"
   */
  readonly description?: string;

  /**
   * The managed policies' path in IAM, such as `/pipelines/`: at most 512 characters. A change replaces the policies.
   *
   * @default "/"
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly path?: string;

  /**
   * The managed policies' tags. Inline policies have none.
   *
   * @default - the provider's default tags only
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}
