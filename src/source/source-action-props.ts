import type { IConnection } from "../connection/connection-base";
import type { OutputFormat } from "../codepipeline/output-format";
import type { Trigger } from "./trigger";

/** One repository and branch on one connection. */
export interface SourceActionProps {
  /** The connection to the repository's provider. */
  readonly connection: IConnection;

  /**
   * The repository's path, case-sensitive: `workspace/repository` in Bitbucket, `owner/repository` in GitHub,
   * `group/subgroup/project` in GitLab. Not its URL.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly repository: string;

  /** The branch whose changes start the pipeline: 1 to 1000 characters. */
  readonly branch: string;

  /**
   * What the action hands to the next stage.
   *
   * @default - CodePipeline's own, which is `OutputFormat.CODE_ZIP`: nothing is written
   */
  readonly outputFormat?: OutputFormat;

  /**
   * When the pipeline starts by itself, in a V2 pipeline: on pushes and pull requests that filters let through. `branch` then
   * serves manual starts only.
   *
   * @default - at each change of the branch, unless `detectChanges` is false
   */
  readonly trigger?: Trigger;

  /**
   * Whether a change of the branch starts the pipeline. It is always written: left out, AWS makes a default trigger that
   * Terraform then finds changed at every plan.
   *
   * @default - true without a `trigger`, false with one
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/38409
   */
  readonly detectChanges?: boolean;

  /**
   * The action's name: 1 to 100 characters of `A-Za-z0-9.@-_`.
   *
   * @default "Source"
   */
  readonly actionName?: string;

  /**
   * The name of the output artifact, which the build action takes as its input: 1 to 100 characters of `A-Za-z0-9-_`.
   *
   * @default - the action's name and "Output": "SourceOutput"
   */
  readonly outputArtifactName?: string;

  /**
   * The namespace of the action's output variables: 1 to 100 characters of `A-Za-z0-9@-_`, unique in the pipeline and no
   * artifact's name.
   *
   * @default - none until `variables` is asked for, then the action's name and "Variables": "SourceVariables"
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   */
  readonly namespace?: string;

  /**
   * When the action runs among those of its stage: 1 to 999.
   *
   * @default 1
   */
  readonly runOrder?: number;

  /**
   * The ARN of a role that the pipeline's role takes for this action. It is this role then that needs the permission to use
   * the connection.
   *
   * @default - the pipeline's role
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
   */
  readonly roleArn?: string;

  /**
   * The region in which the action runs, when it is not the pipeline's; the pipeline then needs an artifact store there too.
   *
   * @default - the pipeline's region
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html
   */
  readonly region?: string;
}
