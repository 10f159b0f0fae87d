import { codepipelineStageToTerraform } from "@cdktf/provider-aws/lib/codepipeline";
import type { Construct } from "constructs";
import { CONNECTION } from "../connection/connection-base";
import { POLICY, SOURCE_ACTION } from "./inspection";
import { missingIn, type Pulled } from "./permissions";
import type { PipelineSourceProps } from "./props";
import { branchesOfOneRepository, collisionsIn } from "../pipeline-check/collisions";
import { readStage } from "../pipeline-check/read-pipeline";
import { repositoryPath } from "../codepipeline/repository-path";
import type { SourceAction } from "../source/source-action";
import { stageAction } from "../source/stage-action";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";

/**
 * What is wrong with the actions of a source together, and with its policy for them: as far as their properties tell, some
 * of which may break rules of their own.
 */
export function inspectTogether(scope: Construct, given: PipelineSourceProps): string[] {
  const props = propertiesOf(given);
  const { additionalActions, policy } = props;
  const others = (Array.isArray(additionalActions) ? additionalActions : []).filter(SOURCE_ACTION.includes);
  return [
    ...collisionsAmong(scope, props, others),
    ...(POLICY.includes(policy) ? missingIn(policy, [...firstOf(props), ...others]) : []),
  ];
}

/** Names and branches that collide. An action alone can collide only with itself, by the namespace that it is given. */
function collisionsAmong(
  scope: Construct,
  props: Partial<PipelineSourceProps>,
  others: readonly SourceAction[],
): string[] {
  const { namespace, stageName = "Source" } = props;
  if (others.length === 0 && namespace === undefined) return [];
  const action = [stageAction(props, namespace), ...others.map((other) => other.action)];
  const stage = readStage(
    scope,
    codepipelineStageToTerraform({ name: stageName, action }) as { [key: string]: unknown },
    "stage[0]",
  );
  return [...collisionsIn([stage]), ...branchesOfOneRepository([stage], true)];
}

/** What the first action pulls, if that is a repository at all. */
function firstOf(props: Partial<PipelineSourceProps>): Pulled[] {
  const { connection, repository, branch, trigger } = props;
  if (connection === undefined || !CONNECTION.includes(connection) || typeof branch !== "string") return [];
  const isPath = new Inspection().required("repository", repository, repositoryPath(connection.providerType));
  return isPath.problems.length === 0 ? [{ connection, action: stageAction(props, undefined), trigger }] : [];
}
