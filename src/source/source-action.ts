import type { CodepipelineStageAction, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { Fn, Lazy, Token, Tokenization } from "cdktf";
import { CONNECTION_SOURCE } from "../codepipeline/action-types";
import { name } from "../codepipeline/limits";
import * as rules from "../codepipeline/limits";
import { OutputFormat } from "../codepipeline/output-format";
import { repositoryPath } from "../codepipeline/repository-path";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { watchPipelines } from "../pipeline-check/check-pipelines";
import { expectTrigger } from "../pipeline-check/wiring";
import { isExpression } from "../terraform/expression";
import { noneOf } from "../validation/constraint";
import { Inspection } from "../validation/inspection";
import { FLAG, type Kind, propertiesOf } from "../validation/kind";
import type { Rule } from "../validation/rule";
import { SourceVariables } from "./source-variables";
import { inspectTrigger, type Trigger } from "./trigger";

const isName = (value: unknown): boolean => typeof value === "string" && name.must.accepts(value);

/**
 * The source action of a pipeline: one `CodeStarSourceConnection` action, for any `Codepipeline`.
 *
 * A value that is only known to Terraform is checked by `PipelineSource`, since a plain value has no place in the tree.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export class SourceAction {
  /** The connection that the action pulls through. */
  public readonly connection: IConnection;
  /** What the action hands to the next stage. */
  public readonly outputFormat: OutputFormat;
  /** The name of the output artifact. */
  public readonly outputArtifactName: string;
  /** The action, as the provider's `Codepipeline` takes it. */
  public readonly action: CodepipelineStageAction;
  /** The action's trigger, as the provider's `Codepipeline` takes it; none where the action itself detects changes. */
  public readonly trigger?: CodepipelineTrigger;

  /**
   * What the rules found, for the construct that owns the guard.
   *
   * @internal
   */
  public readonly _inspection: Inspection;
  private readonly namespace: string;
  private readsVariables = false;

  public constructor(props: SourceActionProps) {
    const { actionName = DEFAULT_NAME, trigger } = propertiesOf(props);
    // A plain value has no path of its own; what is no name would only make the sentence hard to read.
    const where = isName(actionName) ? `SourceAction ${actionName}` : "SourceAction";
    this._inspection = inspectSourceAction(props).throwIfBroken(where);
    this.connection = props.connection;
    this.outputFormat = props.outputFormat ?? OutputFormat.CODE_ZIP;
    this.outputArtifactName = props.outputArtifactName ?? artifactNameOf(actionName);
    this.namespace = props.namespace ?? namespaceOf(actionName);
    this.trigger = trigger?.of(actionName);
    this.action = stageAction(props, props.namespace ?? this.namespaceOnDemand());
    if (trigger !== undefined) expectTrigger(this.action);
    watchPipelines(props.connection);
  }

  /** The output variables, for later actions of the pipeline. Asking for them gives the action its namespace. */
  public get variables(): SourceVariables {
    this.readsVariables = true;
    return new SourceVariables(this.namespace);
  }

  /**
   * Terraform's null, unless the variables were asked for by the time that the stack is synthesised. Nothing at all would
   * leave an empty shell behind where the stack is synthesised to HCL.
   */
  private namespaceOnDemand(): string {
    const none = null as unknown as undefined;
    return Lazy.stringValue({ produce: () => (this.readsVariables ? this.namespace : none) });
  }
}

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

/** A flag that Terraform may know: it ends up as a text in the action's configuration. */
const ANY_FLAG: Kind = { ...FLAG, includes: (value) => FLAG.includes(value) || Tokenization.isResolvable(value) };

/** Applies the rules of a source action. */
export function inspectSourceAction(given: SourceActionProps): Inspection {
  const props = propertiesOf(given);
  return new Inspection()
    .requiredKind("connection", props.connection, CONNECTION)
    .required("repository", props.repository, repositoryPath(props.connection?.providerType))
    .required("branch", props.branch, rules.branch, rules.noPipelineVariable)
    .value("outputFormat", props.outputFormat, rules.outputFormat)
    .include(inspectTrigger(props.trigger))
    .kind("detectChanges", props.detectChanges, ANY_FLAG)
    .value("actionName", props.actionName, rules.name)
    .value("outputArtifactName", props.outputArtifactName, rules.artifactName)
    .value("namespace", props.namespace, rules.namespace)
    .wholeNumber("runOrder", props.runOrder, rules.runOrder)
    .value("roleArn", props.roleArn, rules.roleArn)
    .value("region", props.region, rules.region);
}

/** The name of an action that is given none. */
export const DEFAULT_NAME = "Source";

/**
 * A source action as the provider's `Codepipeline` takes it. From properties that break rules it is what they come to, so
 * that what collides is found along with what is wrong in itself.
 */
export function stageAction(props: Partial<SourceActionProps>, namespace: string | undefined): CodepipelineStageAction {
  const { connection, trigger, detectChanges = trigger === undefined } = props;
  const actionName = typeof props.actionName === "string" ? props.actionName : DEFAULT_NAME;
  return {
    name: actionName,
    category: "Source",
    owner: "AWS",
    provider: CONNECTION_SOURCE,
    version: "1",
    runOrder: props.runOrder,
    roleArn: props.roleArn,
    region: props.region,
    namespace,
    outputArtifacts: [props.outputArtifactName ?? artifactNameOf(actionName)],
    configuration: {
      ConnectionArn: connection?.connectionArn ?? "",
      FullRepositoryId: props.repository ?? "",
      BranchName: props.branch ?? "",
      ...(props.outputFormat !== undefined && { OutputArtifactFormat: props.outputFormat }),
      DetectChanges: flagText(detectChanges),
    },
  };
}

/** The text of a flag that this program knows, or that Terraform does; none of what is no flag. */
function flagText(flag: unknown): string {
  if (typeof flag === "boolean") return String(flag);
  return Tokenization.isResolvable(flag) ? Token.asString(flag) : "";
}

/** The longest name of an artifact or a namespace. */
const LONGEST = 100;

/** The default name of an action's output artifact: `SourceOutput` for the action `Source`. */
export function artifactNameOf(actionName: string): string {
  return named(actionName, ".@", "Output");
}

/** The default namespace of an action's output variables: `SourceVariables` for the action `Source`, as in AWS's console. */
export function namespaceOf(actionName: string): string {
  return named(actionName, ".", "Variables");
}

/** A name from the action's, which may hold more characters than the name may; Terraform makes it from an expression. */
function named(actionName: string, refused: string, ending: string): string {
  const room = LONGEST - ending.length;
  if (!isExpression(actionName)) {
    const allowed = Array.from(actionName, (character) => (refused.includes(character) ? "-" : character));
    return allowed.slice(0, room).join("") + ending;
  }
  const allowed = Fn.replace(actionName, `/[${refused}]/`, "-");
  return Fn.join("", [Fn.substr(allowed, 0, room), ending]);
}

export const outputFormatWithoutBuildRole: Rule = {
  must: noneOf([OutputFormat.CODEBUILD_CLONE_REF]),
  sentence:
    "can't be CODEBUILD_CLONE_REF without buildRoleNames: CodeBuild clones the repository itself, so its roles need the " +
    "permission to use the connection (where they have it already, use SourceAction alone)",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html",
};
