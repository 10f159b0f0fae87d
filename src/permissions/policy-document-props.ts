import type { IConnection } from "../connection/connection-base";
import type { IConnectionHost } from "../connection/host-base";

/** What a person may complete. */
export interface ActivatorPolicyProps {
  /**
   * The connections to complete.
   *
   * @default - none; there must be a connection or a host
   */
  readonly connections?: IConnection[];

  /**
   * The hosts to set up.
   *
   * @default - none
   */
  readonly hosts?: IConnectionHost[];
}

/** Where Terraform works, and on which roles. */
export interface DeployerPolicyProps {
  /** The account: 12 digits. */
  readonly accountId: string;

  /** The region of the connections. */
  readonly region: string;

  /**
   * The partition: `aws`, or `aws-us-gov`.
   *
   * @default - that of the first pipeline role's ARN, or `aws` where only Terraform knows it
   */
  readonly partition?: string;

  /** The ARNs of the roles that pipelines run as. They may be handed to CodePipeline, and get this library's policies. */
  readonly pipelineRoleArns: string[];

  /**
   * The ARNs of the roles of CodeBuild projects that get this library's policies.
   *
   * @default - none
   */
  readonly buildRoleArns?: string[];

  /**
   * Whether hosts are made too.
   *
   * @default false
   */
  readonly hosts?: boolean;

  /**
   * Whether the policies are inline.
   *
   * @default false
   */
  readonly inlinePolicies?: boolean;

  /**
   * The path of the managed policies: the same as in `ConnectionPolicy`.
   *
   * @default "/"
   */
  readonly policyPath?: string;
}
