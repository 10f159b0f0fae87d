import type { CodepipelineStageAction, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { Lazy } from "cdktf";
import type { IConnection } from "../connection/connection-base";
import type { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { artifactNameOf, namespaceOf } from "./default-names";
import { OutputFormat } from "../codepipeline/output-format";
import { watchPipelines } from "../pipeline-check/check-pipelines";
import { expectTrigger } from "../pipeline-check/wiring";
import { name } from "../codepipeline/limits";
import { inspectSourceAction } from "./source-action-inspection";
import type { SourceActionProps } from "./source-action-props";
import { DEFAULT_NAME, stageAction } from "./stage-action";
import { SourceVariables } from "./source-variables";

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
