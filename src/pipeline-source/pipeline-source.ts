import type { CodepipelineStage, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ActivationGate } from "../connection/activation-gate";
import { ActivationReminder } from "../connection/activation-reminder";
import { readerOf } from "../connection/activation-reader";
import { inspectWithProvider } from "../aws-provider/aws-provider";
import { warnOfRegion } from "../aws-provider/region";
import type { ConnectionPolicy } from "../permissions/connection-policy";
import { inspectActions, inspectAround } from "./inspection";
import { permissionsOf } from "./permissions";
import type { PipelineSourceProps } from "./props";
import { inspectTogether } from "./inspection-together";
import { expectDependencies } from "../pipeline-check/wiring";
import { SourceAction } from "../source/source-action";
import type { SourceVariables } from "../source/source-variables";
import { guardsOf } from "../aws-provider/guard";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { numbered } from "../validation/numbered";

/**
 * All that a pipeline needs to start from a repository: the source stage, the permission to use the connection, and the
 * reminder that a person must activate it (for a connection whose status is known: made here, read, or found by name).
 *
 * Give `stage`, `triggers` and `dependencies` to the provider's own `Codepipeline`.
 */
export class PipelineSource extends Construct {
  /** The source stage, to be the pipeline's first. */
  public readonly stage: CodepipelineStage;
  /** The triggers of a V2 pipeline; none where the source actions themselves detect changes. */
  public readonly triggers: CodepipelineTrigger[];
  /** What must exist before the pipeline does: give it to the pipeline's `dependsOn`. */
  public readonly dependencies: ITerraformDependable[];
  /** The source actions, the additional ones last. */
  public readonly actions: SourceAction[];
  /** The artifact that the first source action hands to the next stage. */
  public readonly outputArtifactName: string;
  /** The permission to use the connections: its own, or the one that it was given. */
  public readonly policy: ConnectionPolicy;
  /** The permission of the build roles, where they need less than the pipeline's. */
  public readonly buildPolicy?: ConnectionPolicy;
  /** The reminder of the first action's connection, in the stack that owns it; none where its status is not known. */
  public readonly activationReminder?: ActivationReminder;
  private readonly first: SourceAction;

  public constructor(scope: Construct, id: string, props: PipelineSourceProps) {
    super(scope, id);
    const inspection = inspectActions(props);
    const around = inspectWithProvider(this, propertiesOf(props).provider, (bound) =>
      inspectAround(this, props, bound),
    );
    new Inspection()
      .include(inspection)
      .include(around)
      .found(inspectTogether(this, props))
      .throwIfBroken(this.node.path);
    warnOfRegion(this, props);

    this.first = new SourceAction(props);
    this.actions = [this.first, ...(props.additionalActions ?? [])];
    this.stage = { name: props.stageName ?? "Source", action: this.actions.map(({ action }) => action) };
    this.triggers = this.actions.flatMap(({ trigger }) => trigger ?? []);
    this.outputArtifactName = this.first.outputArtifactName;
    const permissions = permissionsOf(this, this.actions, props);
    this.policy = permissions.policy;
    this.buildPolicy = permissions.buildPolicy;
    for (const { connection } of this.actions) ActivationReminder.of(connection);
    this.activationReminder = ActivationReminder.of(props.connection);
    // The actions are plain values in somebody else's pipeline, so the pipeline has to wait for the conditions on them.
    this.dependencies = [
      ...permissions.dependencies,
      ...guardsOf(this, inspection, props.provider),
      ...(props.requireActivation ? this.gates(props.provider) : []),
    ];
    expectDependencies({ by: this, stage: this.stage, dependencies: this.dependencies });
  }

  /** One gate for each connection, which the pipeline waits for. */
  private gates(provider: TerraformProvider | undefined): ITerraformDependable[] {
    const connections = [...new Set(this.actions.map(({ connection }) => connection))];
    return connections.flatMap(
      (connection, index) =>
        new ActivationGate(this, numbered("Gate", index), {
          connection,
          provider: readerOf(this, connection, provider),
        }).dependencies,
    );
  }

  /** The output variables of the first source action. Asking for them gives the action its namespace. */
  public get variables(): SourceVariables {
    return this.first.variables;
  }
}
