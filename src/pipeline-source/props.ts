import type { TerraformProvider } from "cdktf";
import type { ConnectionPolicy } from "../permissions/connection-policy";
import type { SourceAction } from "../source/source-action";
import type { SourceActionProps } from "../source/source-action-props";

/** The source stage of a pipeline: one source action, or more of them. */
export interface PipelineSourceProps extends SourceActionProps {
  /**
   * Further source actions of the stage, each with a name of its own. They run at the same time, and may go through other
   * connections.
   *
   * @default - none
   */
  readonly additionalActions?: SourceAction[];

  /**
   * The names of the roles that run the pipeline, made here or elsewhere; they get the permission to use the connections.
   * At least one. A source action with a `roleArn` needs that role here. Either this or `policy` must be given.
   *
   * @default - those of `policy`
   */
  readonly pipelineRoleNames?: string[];

  /**
   * A policy that lets the pipeline's roles use the connections already, in place of one of its own: for roles that many
   * pipelines share, since a role takes ten managed policies. It must allow the repositories of all source actions; that its
   * roles are the pipeline's is not checked.
   *
   * @default - a policy of the source's own, for `pipelineRoleNames`
   */
  readonly policy?: ConnectionPolicy;

  /**
   * The names of the roles of the CodeBuild projects that take the source. A full clone needs them, since CodeBuild then
   * uses the connection itself; a ZIP does not, and they get no permission. Roles that `policy` or `pipelineRoleNames` has
   * already get no second one.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html#codebuild-role-connections
   */
  readonly buildRoleNames?: string[];

  /**
   * Lets the roles use only the repositories of the source actions, and not all that the connection reaches. AWS does not
   * promise that what it checks this by stays as it is.
   *
   * @default false
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
   */
  readonly scopeToRepositories?: boolean;

  /**
   * Lets the roles only read: a build that has a full clone can't push.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Writes the permission into each role as an inline policy, instead of managed policies that are attached to all.
   *
   * @default false
   */
  readonly inlinePolicies?: boolean;

  /**
   * Holds the pipeline back until a person has activated the connections: the apply that makes one stops there, with the
   * reminder as its error, and after the activation the next one carries on. While a connection is not `AVAILABLE`, no plan
   * of the stack passes (`ActivationGate` says more).
   *
   * @default false
   */
  readonly requireActivation?: boolean;

  /**
   * The stage's name: 1 to 100 characters of `A-Za-z0-9.@-_`.
   *
   * @default "Source"
   */
  readonly stageName?: string;

  /**
   * Accepts a region in which CodePipeline can't use connections as far as this version of the library knows, and warns of
   * none: the region of `provider`, where the pipeline is.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The provider to create the permission with: the pipeline's.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}
