import type { CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Token, Tokenization } from "cdktf";
import { CONNECTION_SOURCE } from "../codepipeline/action-types";
import { artifactNameOf } from "./default-names";
import type { SourceActionProps } from "./source-action-props";

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
