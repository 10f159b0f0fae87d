import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { type IResolvable, Token } from "cdktf";
import { OutputFormat } from "../codepipeline/enums";
import { CONNECTION_SOURCE, SETTINGS } from "../codepipeline/limits";
import type { IConnection } from "../connection/connection-base";
import { isExpression } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { membersOf } from "../validation/kind";
import { given } from "../validation/validation-error";
import type { SourceActionProps } from "./source-action";

/** The properties of a source action that makes the same action. What is wrong with them, the source action says. */
export function propertiesOf(action: CodepipelineStageAction, connection: IConnection): SourceActionProps {
  const { provider, configuration = {}, outputArtifacts = [], inputArtifacts = [] } = membersOf(action);
  const { FullRepositoryId = "", BranchName = "", OutputArtifactFormat, DetectChanges } = configuration;
  const others = Object.keys(configuration).filter((key) => !SETTINGS.includes(key));
  new Inspection()
    .fact(
      `action must be of the provider ${CONNECTION_SOURCE}. Given: ${given(provider)}`,
      provider === CONNECTION_SOURCE,
    )
    .fact(
      `action can't have the settings ${others.join(", ")}, which an action on a connection does not have`,
      others.length === 0,
    )
    .fact(
      `action must have one output artifact and no input artifact. Given: ${outputArtifacts.length} and ${inputArtifacts.length}`,
      outputArtifacts.length === 1 && inputArtifacts.length === 0,
    )
    .fact(
      `action must have DetectChanges "true" or "false". Given: ${given(DetectChanges)}`,
      DetectChanges === undefined || isExpression(DetectChanges) || ["true", "false"].includes(DetectChanges),
    )
    .throwIfBroken("SourceAction.propertiesOf");
  return {
    connection,
    repository: FullRepositoryId,
    branch: BranchName,
    outputFormat: OutputArtifactFormat === undefined ? undefined : OutputFormat.of(OutputArtifactFormat),
    detectChanges: flagOf(DetectChanges),
    actionName: action.name,
    outputArtifactName: outputArtifacts[0],
    variablesNamespace: action.namespace,
    runOrder: action.runOrder,
    roleArn: action.roleArn,
    region: action.region,
  };
}

function flagOf(setting: string | undefined): boolean | IResolvable | undefined {
  if (setting === undefined) return undefined;
  return isExpression(setting) ? Token.asAny(setting) : setting === "true";
}
