import type { CodepipelineStage, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { inspectWithProvider } from "../aws-provider/aws-provider";
import { guardsOf } from "../aws-provider/guard";
import { warnOfRegion } from "../aws-provider/region";
import { ActivationGate } from "../connection/activation-gate";
import { ActivationReminder } from "../connection/activation-reminder";
import { readerOf } from "../connection/activation-subject";
import { type ConnectionPolicy, numbered } from "../permissions/connection-policy";
import { expectDependencies } from "../pipeline-check/wiring";
import { SourceAction, type SourceActionProps } from "../source/source-action";
import type { SourceVariables } from "../source/source-variables";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { inspectActions, inspectAround, inspectTogether } from "./inspection";
import { permissionsOf } from "./permissions";

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
