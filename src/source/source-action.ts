import type { CodepipelineStageAction, CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import { type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { OUTPUT_FORMAT, OutputFormat } from "../codepipeline/enums";
import { region } from "../aws-provider/region";
import * as limits from "../codepipeline/limits";
import { repositoryPath } from "../codepipeline/repository-path";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { noteUse } from "../connection/uses";
import { watchPipelines } from "../pipeline-check/check-pipelines";
import { expectTrigger } from "../pipeline-check/wiring";
import { isExpression } from "../terraform/expression";
import type { Inspection } from "../validation/inspection";
import { membersOf } from "../validation/kind";
import { check, type Declared, optional, optionalArgument, required } from "../validation/properties";
import { kindOf, string, valueOf, wholeNumber } from "../validation/types";
import { artifactNameOf, DEFAULT_NAME, namespaceOf } from "./default-names";
import { propertiesOf } from "./existing-action";
import { SourceVariables } from "./source-variables";
import { DETECT_CHANGES, flagString, TRIGGER, type Trigger } from "./trigger";

/** One repository and branch on one connection. */
export interface SourceActionProps {
  /** The connection to the repository's provider. */
  readonly connection: IConnection;

  /**
   * The repository's path, case-sensitive, 1 to 1000 characters: `workspace/repository` in Bitbucket,
   * `owner/repository` in GitHub, `group/subgroup/project` in GitLab, `organization/project/repository` in Azure
   * DevOps. Not a URL, and no pipeline variable (`#{variables.…}`).
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly repository: string;

  /**
   * The branch whose changes start the pipeline: 1 to 1000 characters, no pipeline variable (`#{variables.…}`). With a
   * `trigger`, only manual starts use this branch.
   */
  readonly branch: string;

  /**
   * What the action hands to the next stage.
   *
   * @default - no format is written, so CodePipeline uses `OutputFormat.CODE_ZIP`
   */
  readonly outputFormat?: OutputFormat;

  /**
   * The pushes and pull requests that start the pipeline. Needs `pipelineType: "V2"` on the pipeline. `branch` is then
   * used for manual starts only.
   *
   * @default - at each change of the branch, unless `detectChanges` is false
   */
  readonly trigger?: Trigger;

  /**
   * Whether a change of the branch starts the pipeline; it may be an expression. The library always writes this
   * setting. Without it, AWS creates a default trigger, and Terraform finds a change at every plan.
   *
   * @default - true without a `trigger`, false with one
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/38409
   */
  readonly detectChanges?: boolean | IResolvable;

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
   * The namespace of the action's output variables: 1 to 100 characters of `A-Za-z0-9@-_`, unique in the pipeline, and
   * not the name of an artifact.
   *
   * @default - none until `variables` is asked for, then the action's name and "Variables": "SourceVariables"
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   */
  readonly variablesNamespace?: string;

  /**
   * The position of the action in the order of its stage: 1 to 999. Actions with the same number run in parallel.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
   */
  readonly runOrder?: number;

  /**
   * The ARN of a role that the pipeline's role assumes for this action. This role then needs the permission to use the
   * connection.
   *
   * @default - the pipeline's role
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
   */
  readonly roleArn?: string;

  /**
   * The region of the action. CodePipeline runs source actions only in the region of the pipeline, so another one is an
   * error.
   *
   * @default - the pipeline's region
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html
   */
  readonly region?: string;
}

/**
 * The source action of a pipeline: one `CodeStarSourceConnection` action, for any `Codepipeline`.
 *
 * A `SourceAction` is not a construct, so it checks literals only. `PipelineSource` checks expressions too.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export class SourceAction {
  /**
   * Reads a source action that exists as data, such as one that was written by hand: its properties make the same action
   * again, and `PipelineSource` takes them too. A trigger is none of them, since it stands in the pipeline.
   *
   * @param action an action of the type `CodeStarSourceConnection`
   * @param connection the connection that the action pulls through; the ARN in its configuration is not read
   * @example
   * new PipelineSource(this, "Source", {
   *   ...SourceAction.propertiesOf(handwritten, connection),
   *   pipelineRoles: [pipelineRole.name],
   * });
   */
  public static propertiesOf(action: CodepipelineStageAction, connection: IConnection): SourceActionProps {
    return propertiesOf(action, connection);
  }

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
   * What was found of the properties, with the conditions on expressions.
   *
   * @internal
   */
  public readonly _inspection: Inspection;
  /**
   * What it pulls, and the branch that starts it by itself; with a trigger, the branch serves manual starts only.
   *
   * @internal
   */
  public readonly _pulls: { readonly repository: string; readonly branch: string; readonly startsAlone: boolean };
  private readonly namespace: string;
  private readsVariables = false;

  public constructor(props: SourceActionProps) {
    const { actionName: given, connection: from } = membersOf(props);
    // An action has no path of its own; what is no name would only make the message hard to read.
    const name = given ?? DEFAULT_NAME;
    const where = isName(name) ? `SourceAction ${name}` : "SourceAction";
    const { props: own, inspection } = check(
      Construct.isConstruct(from) ? from : undefined,
      props,
      declareSourceAction,
    );
    this._inspection = inspection.throwIfBroken(where);
    const { actionName = DEFAULT_NAME, connection, trigger, outputFormat } = own;
    this.connection = connection;
    this.outputFormat = outputFormat ?? OutputFormat.CODE_ZIP;
    this.outputArtifactName = own.outputArtifactName ?? artifactNameOf(actionName);
    this.namespace = own.variablesNamespace ?? namespaceOf(actionName);
    this.trigger = trigger?._render(actionName);
    this._pulls = { repository: own.repository, branch: own.branch, startsAlone: trigger === undefined };
    this.action = {
      name: actionName,
      category: "Source",
      owner: "AWS",
      provider: limits.CONNECTION_SOURCE,
      version: "1",
      runOrder: own.runOrder,
      roleArn: own.roleArn,
      region: own.region,
      namespace: own.variablesNamespace ?? this.namespaceOnDemand(),
      outputArtifacts: [this.outputArtifactName],
      configuration: {
        ConnectionArn: connection.connectionArn,
        FullRepositoryId: own.repository,
        BranchName: own.branch,
        ...(outputFormat !== undefined && { OutputArtifactFormat: outputFormat.value }),
        DetectChanges: flagString(own.detectChanges, trigger === undefined),
      },
    };
    if (trigger !== undefined) expectTrigger(this.action);
    noteUse(connection, {
      by: isName(actionName) ? `the source action ${actionName}` : "a source action",
      roleArn: own.roleArn,
    });
    watchPipelines(connection);
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
    return Token.asString({
      creationStack: [],
      resolve: () => (this.readsVariables ? this.namespace : null),
      toString: () => "a namespace on demand",
    });
  }
}

/** By what it has, not by `instanceof`: another copy of this library makes source actions too. */
export function isSourceAction(value: unknown): value is SourceAction {
  const { action, _inspection, _pulls, connection } = membersOf(value as SourceAction);
  return [action, _inspection, _pulls].every((member) => typeof member === "object") && CONNECTION.includes(connection);
}

/** The declaration, as far as it does not depend on the properties themselves: it is made once. */
const DECLARED: Declared<SourceActionProps> = {
  connection: required(kindOf(CONNECTION)),
  repository: required(string(repositoryPath(undefined), limits.oneRepository)),
  branch: required(string(limits.branch, limits.noPipelineVariable, limits.noControlCharacter)),
  outputFormat: optionalArgument(valueOf(OUTPUT_FORMAT)),
  trigger: optional(TRIGGER),
  detectChanges: optional(DETECT_CHANGES),
  actionName: optional(string(limits.name)),
  outputArtifactName: optional(string(limits.artifactName)),
  variablesNamespace: optionalArgument(string(limits.namespace)),
  runOrder: optionalArgument(wholeNumber(limits.runOrder)),
  roleArn: optionalArgument(string(limits.roleArn)),
  region: optionalArgument(string(region)),
};

/** A literal may be newer than this library: the check of whole pipelines warns of it. */
const FORMAT_EXPRESSION = optionalArgument(valueOf(OUTPUT_FORMAT, limits.outputFormat));

/** Declarations by what they depend on: a program can have thousands of actions, and most are alike. */
const DECLARATIONS = new Map<string, Declared<SourceActionProps>>();

export function declareSourceAction({
  connection,
  outputFormat,
}: Partial<SourceActionProps>): Declared<SourceActionProps> {
  const { value: format } = membersOf(outputFormat);
  const isExpressed = typeof format === "string" && isExpression(format);
  const type = connection?.providerType;
  const key = `${String(isExpressed)} ${String(membersOf(type).value)}`;
  const declared = DECLARATIONS.get(key) ?? {
    ...DECLARED,
    repository: required(string(repositoryPath(type), limits.oneRepository)),
    ...(isExpressed && { outputFormat: FORMAT_EXPRESSION }),
  };
  DECLARATIONS.set(key, declared);
  return declared;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && limits.name.must.accepts(value);
}
