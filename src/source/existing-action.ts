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

/** What an action on a connection has whatever it pulls. */
const FIXED = { category: "Source", owner: "AWS", provider: CONNECTION_SOURCE, version: "1" } as const;

/** What a source action takes over, or makes. */
const TAKEN = [
  ...[...Object.keys(FIXED), "name", "configuration", "outputArtifacts", "inputArtifacts"],
  ...["namespace", "runOrder", "roleArn", "region"],
];

/** The properties of a source action that makes the same action. What is wrong with them, the source action says. */
export function propertiesOf(action: CodepipelineStageAction, connection: IConnection): SourceActionProps {
  const members = membersOf(action);
  const configuration = membersOf<{ [key: string]: string }>(members.configuration);
  const [outputArtifacts, inputArtifacts] = [listOf(members.outputArtifacts), listOf(members.inputArtifacts)];
  const { FullRepositoryId = "", BranchName = "", OutputArtifactFormat, DetectChanges } = configuration;
  const others = Object.keys(configuration).filter((key) => !SETTINGS.includes(key));
  const left = Object.entries(members as object).filter(
    ([name, value]) => !TAKEN.includes(name) && value !== undefined && value !== null,
  );
  const inspection = new Inspection();
  for (const [name, value] of Object.entries(FIXED)) {
    const own: unknown = members[name as keyof typeof FIXED];
    inspection.fact(`action must have the ${name} ${value}. Given: ${given(own)}`, own === value);
  }
  inspection
    .fact(
      `action can't have ${left.map(([name]) => name).join(", ")}, which a source action on a connection does not take`,
      left.length === 0,
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
    actionName: members.name,
    outputArtifactName: outputArtifacts[0],
    variablesNamespace: members.namespace,
    runOrder: members.runOrder,
    roleArn: members.roleArn,
    region: members.region,
  };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function flagOf(setting: string | undefined): boolean | IResolvable | undefined {
  if (setting === undefined) return undefined;
  return isExpression(setting) ? Token.asAny(setting) : setting === "true";
}
