import { codepipelineStageToTerraform } from "@cdktf/provider-aws/lib/codepipeline";
import type { Construct } from "constructs";
import type { BoundProvider } from "../aws-provider/aws-provider";
import { inspectRegion } from "../aws-provider/region";
import { name } from "../codepipeline/limits";
import { repositoryPath } from "../codepipeline/repository-path";
import { CONNECTION, inspectUse } from "../connection/connection-base";
import type { ConnectionPolicy } from "../permissions/connection-policy";
import { roleName } from "../permissions/limits";
import { branchesOfOneRepository, collisionsIn } from "../pipeline-check/collisions";
import { readStage } from "../pipeline-check/read-pipeline";
import {
  inspectSourceAction,
  outputFormatWithoutBuildRole,
  type SourceAction,
  stageAction,
} from "../source/source-action";
import { Inspection } from "../validation/inspection";
import { FLAG, type Kind, OBJECT, propertiesOf } from "../validation/kind";
import { missingIn, type Pulled } from "./permissions";
import type { PipelineSourceProps } from "./pipeline-source";

/** By what it has, not by `instanceof`: another copy of this library makes source actions too. */
export const SOURCE_ACTION: Kind = {
  includes: (value) => {
    const { action, _inspection, connection } = propertiesOf(value as SourceAction);
    return OBJECT.includes(action) && OBJECT.includes(_inspection) && CONNECTION.includes(connection);
  },
  sentence: "must be a source action: new SourceAction(…)",
};

/** By what it has, as above. */
export const POLICY: Kind = {
  includes: (value) => {
    const { policies, dependencies, _allows } = propertiesOf(value as ConnectionPolicy);
    return Array.isArray(policies) && Array.isArray(dependencies) && typeof _allows === "function";
  },
  sentence: "must be a policy: new ConnectionPolicy(…)",
};

const ACTIONS: Kind = { includes: (value) => Array.isArray(value), sentence: "must be a list of source actions" };

/** Applies the rules of what ends up in the pipeline, which the guard carries for values that only Terraform knows. */
export function inspectActions(given: PipelineSourceProps): Inspection {
  const props = propertiesOf(given);
  const { additionalActions, buildRoleNames, stageName } = props;
  const grants = Array.isArray(buildRoleNames) && buildRoleNames.length > 0;
  const formatRules = grants ? [] : [outputFormatWithoutBuildRole];
  const inspection = inspectSourceAction(given)
    .value("outputFormat", typeof props.outputFormat === "string" ? props.outputFormat : undefined, ...formatRules)
    .value("stageName", stageName, name)
    .kind("additionalActions", additionalActions, ACTIONS);
  if (!Array.isArray(additionalActions)) return inspection;
  Array.from(additionalActions as readonly unknown[]).forEach((action, index) => {
    const property = `additionalActions[${index}]`;
    inspection.requiredKind(property, action, SOURCE_ACTION);
    if (!SOURCE_ACTION.includes(action)) return;
    const { _inspection: own, outputFormat } = action as SourceAction;
    inspection.includeOpen(property, own).value(`${property}.outputFormat`, outputFormat, ...formatRules);
  });
  return inspection;
}

/** Applies the rules of what stands around the source actions; the resources that it is made from carry them too. */
export function inspectAround(scope: Construct, given: PipelineSourceProps, bound: BoundProvider): Inspection {
  const props = propertiesOf(given);
  const { connection, additionalActions, provider } = props;
  const inspection = inspectRoles(props)
    .each("buildRoleNames", props.buildRoleNames, roleName)
    .kind("scopeToRepositories", props.scopeToRepositories, FLAG)
    .kind("readOnly", props.readOnly, FLAG)
    .kind("inlinePolicies", props.inlinePolicies, FLAG)
    .kind("requireActivation", props.requireActivation, FLAG)
    .include(inspectUse(scope, "connection", connection, provider, bound))
    .include(inspectRegion(props, bound));
  for (const [index, action] of (Array.isArray(additionalActions) ? additionalActions : []).entries()) {
    const property = `additionalActions[${index}].connection`;
    inspection.include(inspectUse(scope, property, propertiesOf(action).connection, provider, bound));
  }
  return inspection;
}

/** Either a policy says who gets the pipeline's permission, or the source has the names of the roles. */
function inspectRoles({ policy, pipelineRoleNames }: Partial<PipelineSourceProps>): Inspection {
  const inspection = new Inspection().kind("policy", policy, POLICY);
  if (policy === undefined) {
    return pipelineRoleNames === undefined
      ? inspection.fact("pipelineRoleNames or policy must be given", false)
      : inspection.atLeastOne("pipelineRoleNames", pipelineRoleNames, roleName);
  }
  return inspection.fact(
    "pipelineRoleNames can't be given beside policy: name the roles in the roleNames of the policy, or leave policy out",
    pipelineRoleNames === undefined,
  );
}

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
