import type { CodepipelineStage, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkWithProvider } from "../aws-provider/bound-provider";
import { guardsOf } from "../aws-provider/guard";
import { warnOfRegion } from "../aws-provider/region";
import { ActivationGate } from "../connection/activation-gate";
import { readerOf } from "../connection/activation-subject";
import { type ConnectionPolicy, numbered } from "../permissions/connection-policy";
import { expectDependencies } from "../pipeline-check/wiring";
import { SourceAction, type SourceActionProps } from "../source/source-action";
import type { SourceVariables } from "../source/source-variables";
import { alreadyChecked, check } from "../validation/properties";
import { checkAdditionalActions, checkAgainstProvider, checkPolicy, declarePipelineSource, isOfPolicy } from "./checks";
import { expectGrantedBranches, grantedBy, permissionsOf } from "./permissions";

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
   * The roles that run the pipeline, created here or elsewhere, by their names or ARNs: at least one. They get the
   * permission to use the connections. If a source action has a `roleArn`, add that role here. Give exactly one of
   * `pipelineRoles` and `policy`, or `createPolicy: false`.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   *
   * @default - those of `policy`
   */
  readonly pipelineRoles?: string[];

  /**
   * A policy that already lets the roles of the pipeline use the connections: for roles that many pipelines share,
   * because a role can have ten managed policies. The policy must allow the repositories of all source actions.
   * There is a warning where the role of the pipeline is known to be none of the policy's.
   *
   * @default - a policy of the source's own, for `pipelineRoles`
   */
  readonly policy?: ConnectionPolicy;

  /**
   * Whether the roles get the permission here. Set it to `false` if they have it already, such as from a policy of your own
   * with `ConnectionPolicyDocument.forUse`. `pipelineRoles` and `buildRoles` may then be left out; those that are given are
   * only compared with the roles of the pipeline and of its builds.
   *
   * @default true
   */
  readonly createPolicy?: boolean;

  /**
   * The roles of the CodeBuild projects that use the source, by their names or ARNs. Required for a full clone, because
   * CodeBuild then uses the connection itself. For a ZIP these roles get no permission. A role that already gets the
   * permission from `policy` or `pipelineRoles` does not get it twice.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html#codebuild-role-connections
   */
  readonly buildRoles?: string[];

  /**
   * Lets the roles use only the repositories of the source actions, and not all repositories of the connection. AWS
   * says that the condition keys for this limit might change.
   *
   * @default - as `policy` limits what the source clones; without one, false
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
   */
  readonly scopeToRepositories?: boolean;

  /**
   * Further repositories of `connection` that the build roles may use, such as private submodules of a full clone: paths or
   * patterns as in a `ConnectionGrant`, at least one. Only together with `scopeToRepositories`: without it, the roles may
   * use all repositories of the connection.
   *
   * @default - only those of the source actions
   */
  readonly buildRepositories?: string[];

  /**
   * Lets the roles only read: a build that has a full clone can't push.
   *
   * @default - as `policy` limits it; without one, false
   */
  readonly readOnly?: boolean;

  /**
   * Writes the permission into each role as an inline policy, instead of managed policies that are attached to all.
   *
   * @default false
   */
  readonly inline?: boolean;

  /**
   * Creates the pipeline only when the connections are `AVAILABLE`. The first apply creates a new connection and then
   * fails, with the reminder as the error. After the activation, the next apply creates the pipeline. While a
   * connection is not `AVAILABLE`, every plan of the stack fails (see `ActivationGate`).
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
   * Switches off the check of the provider's region. Without it, a region where CodePipeline can't use connections is
   * an error at synthesis, and a region that this version of the library does not know is a warning. If the region is
   * an expression or comes from the environment, both are warnings at every plan and apply.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The AWS provider that creates the permission: the same provider as for the pipeline. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

const REPEATABLE =
  "PipelineSource for each value in a loop of your program, or use SourceAction without PipelineSource " +
  "(SourceAction does not check expressions)";

/** The stage of a source that is given no name. */
const DEFAULT_STAGE = "Source";

/**
 * All that a pipeline needs to start from a repository: the source stage, and the permission to use the connection.
 *
 * Give `stage`, `triggers` and `dependencies` to the provider's own `Codepipeline`.
 *
 * Makes in Terraform: what a `ConnectionPolicy` makes, unless `policy` or `createPolicy: false` is given; what an
 * `ActivationGate` makes, with `requireActivation`; and `data.aws_region`, to check expressions.
 *
 * @example
 * const source = new PipelineSource(this, "Source", {
 *   connection,
 *   repository: "acme/shop",
 *   branch: "main",
 *   pipelineRoles: [pipelineRole.name],
 * });
 * new Codepipeline(this, "Pipeline", {
 *   name: "shop",
 *   roleArn: pipelineRole.arn,
 *   pipelineType: "V2",
 *   artifactStore,
 *   stage: [source.stage, build],
 *   trigger: source.triggers,
 *   dependsOn: source.dependencies,
 * });
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
  /**
   * The permission to use the connections: its own, the one that it was given, or an equal one that another source of the
   * stack made; undefined with `createPolicy: false`.
   */
  public readonly policy?: ConnectionPolicy;
  /** The policy of the build roles that `policy` does not include; undefined if there are none, or no full clone. */
  public readonly buildPolicy?: ConnectionPolicy;
  private readonly first: SourceAction;

  public constructor(scope: Construct, id: string, props: PipelineSourceProps) {
    super(scope, id);
    const { props: own, inspection } = check(this, props, declarePipelineSource);
    checkAdditionalActions(inspection, own);
    checkPolicy(inspection, own);
    checkWithProvider(this, own.provider, inspection, (late, bound) => {
      checkAgainstProvider(late, this, own, bound);
    });
    inspection.throwIfBroken(this);
    warnOfRegion(this, { provider: own.provider, allowAnyRegion: own.allowAnyRegion });

    const ofActions = inspection.only((property) => own.createPolicy === false || !isOfPolicy(property));
    this.first = new SourceAction(alreadyChecked<SourceActionProps>({ ...own }, ofActions));
    this.actions = [this.first, ...(own.additionalActions ?? [])];
    this.stage = { name: own.stageName ?? DEFAULT_STAGE, action: this.actions.map(({ action }) => action) };
    this.triggers = this.actions.flatMap(({ trigger }) => trigger ?? []);
    this.outputArtifactName = this.first.outputArtifactName;
    const permissions = permissionsOf(this, this.actions, own, inspection.only(isOfPolicy));
    this.policy = permissions.policy;
    this.buildPolicy = permissions.buildPolicy;
    // The actions stand in a pipeline that is not ours, so the pipeline has to wait for the conditions on them.
    this.dependencies = [
      ...permissions.dependencies,
      ...guardsOf(this, ofActions, REPEATABLE, own.provider),
      ...(own.requireActivation ? this.gates(own.provider) : []),
    ];
    expectDependencies(this.stage, { by: this, dependencies: this.dependencies, ...grantedBy(this, permissions, own) });
    expectGrantedBranches(this.actions, own);
  }

  /** The output variables of the first source action. Asking for them gives the action its namespace. */
  public get variables(): SourceVariables {
    return this.first.variables;
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
}
