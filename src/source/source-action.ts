import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { Token } from "cdktf";
import { Inspection } from "../validation/inspection";
import { FLAG, type Kind, propertiesOf } from "../validation/kind";
import type { Rule } from "../validation/rule";
import { OutputFormat } from "./output-format";
import { repositoryPath } from "./repository-path";
import * as rules from "./rules";

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
   * @default OutputFormat.CODE_ZIP
   */
  readonly outputFormat?: OutputFormat;

  /**
   * Whether a change of the branch starts the pipeline.
   *
   * @default true
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
   * @default "SourceOutput"
   */
  readonly outputArtifactName?: string;

  /**
   * The namespace of the action's output variables: 1 to 100 characters of `A-Za-z0-9@-_`.
   *
   * @default - the action's output variables can't be used
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   */
  readonly namespace?: string;

  /**
   * When the action runs among those of its stage: 1 to 999.
   *
   * @default 1
   */
  readonly runOrder?: number;
}

/**
 * The source action of a pipeline: one `CodeStarSourceConnection` action, for any `Codepipeline`.
 *
 * A value that is only known to Terraform is checked by `PipelineSource`, since a plain value has no place in the tree.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export class SourceAction {
  /** The name of the output artifact. */
  public readonly outputArtifactName: string;
  /** The action, as the provider's `Codepipeline` takes it. */
  public readonly action: CodepipelineStageAction;

  public constructor(props: SourceActionProps) {
    const { actionName = DEFAULT_NAME } = propertiesOf(props);
    // A plain value has no path of its own.
    const where = typeof actionName === "string" ? `SourceAction ${actionName}` : "SourceAction";
    inspectSourceAction(props).throwIfBroken(where);
    this.outputArtifactName = props.outputArtifactName ?? DEFAULT_ARTIFACT;
    this.action = {
      name: actionName,
      category: "Source",
      owner: "AWS",
      provider: "CodeStarSourceConnection",
      version: "1",
      runOrder: props.runOrder,
      namespace: props.namespace,
      outputArtifacts: [this.outputArtifactName],
      configuration: {
        ConnectionArn: props.connection.connectionArn,
        FullRepositoryId: props.repository,
        BranchName: props.branch,
        OutputArtifactFormat: props.outputFormat ?? OutputFormat.CODE_ZIP,
        // Left out, AWS makes a default trigger that Terraform then finds changed at every plan.
        DetectChanges: String(props.detectChanges ?? true),
      },
    };
  }
}

const DEFAULT_NAME = "Source";
const DEFAULT_ARTIFACT = "SourceOutput";

const RUN_ORDER: Kind = {
  includes: (value) =>
    Token.isUnresolved(value) || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 999),
  sentence: "must be a whole number from 1 to 999",
};

/** Applies the rules of a source action, and its user's further ones; shared with the construct that owns the guard. */
export function inspectSourceAction(given: SourceActionProps, ...outputFormatRules: readonly Rule[]): Inspection {
  const props = propertiesOf(given);
  return new Inspection()
    .fact("connection must be given", props.connection !== undefined)
    .kind("connection", props.connection, CONNECTION)
    .required("repository", props.repository, repositoryPath(props.connection?.providerType))
    .required("branch", props.branch, rules.branch)
    .value("outputFormat", props.outputFormat, rules.outputFormat, ...outputFormatRules)
    .kind("detectChanges", props.detectChanges, FLAG)
    .value("actionName", props.actionName, rules.name)
    .value("outputArtifactName", props.outputArtifactName, rules.artifactName)
    .value("namespace", props.namespace, rules.namespace)
    .kind("runOrder", props.runOrder, RUN_ORDER);
}
