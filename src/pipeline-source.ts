import type { CodepipelineStage, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ActivationReminder } from "./activation/activation-reminder";
import { type BoundProvider, inspectWithProvider } from "./connection/bound-provider";
import { inspectUse } from "./connection/connection-use";
import { inspectRegion, warnOfRegion } from "./connection/region";
import { ConnectionPolicy } from "./permissions/connection-policy";
import { roleName } from "./permissions/rules";
import { OutputFormat } from "./source/output-format";
import * as rules from "./source/rules";
import { inspectSourceAction, SourceAction, type SourceActionProps } from "./source/source-action";
import { guardsOf } from "./validation/guard";
import { Inspection } from "./validation/inspection";
import { FLAG, propertiesOf, PROVIDER } from "./validation/kind";

export interface PipelineSourceProps extends SourceActionProps {
  /**
   * The names of the roles that run the pipeline, made here or elsewhere; they get the permission to use the connection.
   * At least one. For a role that has it already, use `SourceAction` alone.
   */
  readonly pipelineRoleNames: string[];

  /**
   * The names of the roles of the CodeBuild projects that take the source. A full clone needs them, since CodeBuild then
   * uses the connection itself; a ZIP does not, and they get no permission.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html#codebuild-role-connections
   */
  readonly buildRoleNames?: string[];

  /**
   * Writes the permission into each role as an inline policy, instead of one managed policy that is attached to all.
   *
   * @default false
   */
  readonly inlinePolicies?: boolean;

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

/**
 * All that a pipeline needs to start from a repository: the source stage, the permission to use the connection, and the
 * reminder that a person must activate it (for a connection whose status is known: made here, read, or found by name).
 *
 * Give `stage`, `triggers` and `dependencies` to the provider's own `Codepipeline`.
 */
export class PipelineSource extends Construct {
  /** The source stage, to be the pipeline's first. */
  public readonly stage: CodepipelineStage;
  /** The triggers of a V2 pipeline; none where the source action itself detects changes. */
  public readonly triggers: CodepipelineTrigger[] = [];
  /** What must exist before the pipeline does: give it to the pipeline's `dependsOn`. */
  public readonly dependencies: ITerraformDependable[];
  /** The artifact that the source action hands to the next stage. */
  public readonly outputArtifactName: string;
  /** The permission to use the connection. */
  public readonly policy: ConnectionPolicy;
  /** The reminder of the connection, in the stack that owns it; none where its status is not known. */
  public readonly activationReminder?: ActivationReminder;

  public constructor(scope: Construct, id: string, props: PipelineSourceProps) {
    super(scope, id);
    const inspection = inspect(props);
    const around = inspectWithProvider(this, propertiesOf(props).provider, (bound) =>
      inspectAround(this, props, bound),
    );
    new Inspection().include(inspection).include(around).throwIfBroken(this.node.path);
    warnOfRegion(this, props);

    const source = new SourceAction(props);
    this.stage = { name: props.stageName ?? "Source", action: [source.action] };
    this.outputArtifactName = source.outputArtifactName;
    this.policy = new ConnectionPolicy(this, "Policy", {
      connections: [props.connection],
      roleNames: rolesToGrant(props),
      inline: props.inlinePolicies,
      provider: props.provider,
    });
    this.activationReminder = ActivationReminder.of(props.connection);
    // The action is a plain value in somebody else's pipeline, so the pipeline has to wait for the conditions on it.
    this.dependencies = [...this.policy.dependencies, ...guardsOf(this, inspection, props.provider)];
  }
}

function inspect(props: PipelineSourceProps): Inspection {
  const { stageName, buildRoleNames } = propertiesOf(props);
  const grants = Array.isArray(buildRoleNames) && buildRoleNames.length > 0;
  return inspectSourceAction(props, ...(grants ? [] : [rules.outputFormatWithoutBuildRole])).value(
    "stageName",
    stageName,
    rules.name,
  );
}

/** Applies the rules of what stands around the source action; the resources that it is made from carry them too. */
function inspectAround(scope: Construct, given: PipelineSourceProps, bound: BoundProvider): Inspection {
  const props = propertiesOf(given);
  const { connection, pipelineRoleNames, buildRoleNames, inlinePolicies, provider } = props;
  return new Inspection()
    .atLeastOne("pipelineRoleNames", pipelineRoleNames, roleName)
    .each("buildRoleNames", buildRoleNames, roleName)
    .kind("inlinePolicies", inlinePolicies, FLAG)
    .kind("provider", provider, PROVIDER)
    .include(inspectUse(scope, "connection", connection, provider, bound))
    .include(inspectRegion(props, bound));
}

function rolesToGrant({ pipelineRoleNames, buildRoleNames = [], outputFormat }: PipelineSourceProps): string[] {
  const clones = outputFormat !== undefined && outputFormat !== OutputFormat.CODE_ZIP;
  return clones ? [...pipelineRoleNames, ...buildRoleNames] : pipelineRoleNames;
}
