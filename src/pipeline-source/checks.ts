import type { Construct } from "constructs";
import type { BoundProvider } from "../aws-provider/bound-provider";
import { checkRegion } from "../aws-provider/region";
import { OutputFormat } from "../codepipeline/enums";
import { name } from "../codepipeline/limits";
import { checkUse } from "../connection/connection-base";
import type { ConnectionPolicy } from "../permissions/connection-policy";
import { repositoryPattern, role } from "../permissions/limits";
import { checkAccounts } from "../permissions/roles";
import { DEFAULT_NAME } from "../source/default-names";
import { declareSourceAction, isSourceAction, type SourceAction } from "../source/source-action";
import { isExpression } from "../terraform/expression";
import { noneOf } from "../validation/constraint";
import type { Inspection } from "../validation/inspection";
import { isEmpty, type Kind, membersOf, PROVIDER } from "../validation/kind";
import { type Declared, optional } from "../validation/properties";
import type { Rule } from "../validation/rule";
import { flag, kindOf, someStrings, string, strings } from "../validation/types";
import { given } from "../validation/validation-error";
import type { PipelineSourceProps } from "./pipeline-source";

const POLICY: Kind = {
  // By what it has, not by `instanceof`: another copy of this library makes policies too.
  includes: (value) => {
    const { policies, dependencies, _allows } = membersOf(value as ConnectionPolicy);
    return Array.isArray(policies) && Array.isArray(dependencies) && typeof _allows === "function";
  },
  sentence: "must be a policy: new ConnectionPolicy(…)",
};

const ACTIONS: Kind = { includes: (value) => Array.isArray(value), sentence: "must be a list of source actions" };

const ACTION: Kind = { includes: isSourceAction, sentence: "must be a source action: new SourceAction(…)" };

export const outputFormatWithoutBuildRole: Rule = {
  must: noneOf([OutputFormat.CODEBUILD_CLONE_REF.value]),
  sentence:
    "can't be CODEBUILD_CLONE_REF without buildRoles: CodeBuild clones the repository itself, so its roles need the " +
    "permission to use the connection (if all roles have the permission already, set createPolicy to false)",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html",
};

const DECLARED = {
  stageName: optional(string(name)),
  additionalActions: optional(kindOf(ACTIONS)),
  pipelineRoles: optional(someStrings([role])),
  policy: optional(kindOf(POLICY)),
  buildRoles: optional(strings(role)),
  createPolicy: optional(flag),
  scopeToRepositories: optional(flag),
  readOnly: optional(flag),
  inline: optional(flag),
  requireActivation: optional(flag),
  allowAnyRegion: optional(flag),
  provider: optional(kindOf(PROVIDER)),
};

/** Declarations by those of their first action, of which there are few. */
const DECLARATIONS = new WeakMap<object, Declared<PipelineSourceProps>>();

export function declarePipelineSource(props: Partial<PipelineSourceProps>): Declared<PipelineSourceProps> {
  const ofAction = declareSourceAction(props);
  const declared = DECLARATIONS.get(ofAction) ?? {
    ...{ ...ofAction, ...DECLARED },
    buildRepositories: optional(someStrings(repositoryPattern(props.connection?.providerType))),
  };
  DECLARATIONS.set(ofAction, declared);
  return declared;
}

/** Whether a condition is on a role or a connection, so that the policy carries it; the guard carries the others. */
export function isOfPolicy(property: string): boolean {
  return /^(pipelineRoles|buildRoles|buildRepositories|connection)\b|\.connection$/.test(property);
}

/** The source actions that were checked when they were made, and what they need together with the source. */
export function checkAdditionalActions(inspection: Inspection, props: PipelineSourceProps): void {
  const isGranted = !isEmpty(props.buildRoles ?? []) || props.createPolicy === false;
  const formatRules = isGranted ? [] : [outputFormatWithoutBuildRole];
  const { value } = membersOf(props.outputFormat);
  if (typeof value === "string") inspection.value("outputFormat", value, ...formatRules);
  if (!Array.isArray(props.additionalActions)) return;
  // Unlike the list itself, a copy has no holes that would be passed over.
  Array.from(props.additionalActions as readonly unknown[]).forEach((action, index) => {
    const property = `additionalActions[${index}]`;
    inspection.given(property, action ?? undefined).kind(property, action ?? undefined, ACTION);
    if (!isSourceAction(action)) return;
    inspection
      .includeConditions(property, action._inspection)
      .value(`${property}.outputFormat`, action.outputFormat.value, ...formatRules);
  });
}

/** Either a policy says who gets the pipeline's permission, and allows what the source pulls, or the source has the roles. */
export function checkPolicy(inspection: Inspection, props: PipelineSourceProps): void {
  const { policy, pipelineRoles, createPolicy = true } = props;
  checkParts(inspection, props);
  inspection
    .fact(
      "pipelineRoles or policy must be given, or createPolicy: false where the roles have the permission already",
      pipelineRoles !== undefined || policy !== undefined || !createPolicy,
    )
    .fact(
      "pipelineRoles can't be given together with policy: add these roles to roles of the ConnectionPolicy and leave " +
        "pipelineRoles out, or leave policy out",
      pipelineRoles === undefined || policy === undefined,
    );
  if (policy === undefined || !POLICY.includes(policy)) return;
  for (const { name, connection, repository, branch, startsAlone } of pullsOf(inspection, props)) {
    // With a trigger, the branch serves manual starts only.
    const branches = startsAlone ? [branch] : [];
    inspection.fact(
      `policy does not allow what the source action ${given(name)} pulls: ${given(repository)} (branch ` +
        `${given(branch)}) through the connection ${connection.node.path}. Add the repository and the branch to the ` +
        `grants of ${policy.node.path}; upper and lower case must match`,
      policy._allows({ connection, repositories: [repository], branches }),
    );
  }
}

/** What says how a policy is made needs one that is made. */
function checkParts(inspection: Inspection, props: PipelineSourceProps): void {
  const { createPolicy = true, scopeToRepositories, buildRepositories, buildRoles } = props;
  const given = OF_POLICY.filter((property) => props[property] !== undefined && props[property] !== false);
  inspection
    .fact(
      `createPolicy: false makes no policy, which ${given.join(", ")} would be of: leave ${given.join(", ")} out`,
      createPolicy || given.length === 0,
    )
    .fact(
      "buildRepositories needs scopeToRepositories: true, because without it the roles may use all repositories of the " +
        "connection",
      buildRepositories === undefined || scopeToRepositories === true || !createPolicy,
    )
    .fact(
      "buildRepositories needs a full clone, which outputFormat CODEBUILD_CLONE_REF makes: otherwise no build clones a repository",
      buildRepositories === undefined || !createPolicy || mayClone(props),
    )
    .fact(
      "buildRepositories needs buildRoles, which it is for",
      buildRepositories === undefined || !isEmpty(buildRoles ?? []) || !createPolicy,
    );
}

/** Whether one of the actions makes a full clone, as far as that is known. */
function mayClone({ outputFormat, additionalActions = [] }: PipelineSourceProps): boolean {
  const actions = Array.isArray(additionalActions) ? additionalActions.filter(isSourceAction) : [];
  const formats = [membersOf(outputFormat), ...actions.map(({ outputFormat: format }) => format)];
  return formats.some(({ value }) => isExpression(value ?? "") || value === OutputFormat.CODEBUILD_CLONE_REF.value);
}

const OF_POLICY = ["policy", "scopeToRepositories", "buildRepositories", "readOnly", "inline"] as const;

/** What the source actions pull, as far as it is sound. */
function pullsOf(inspection: Inspection, props: PipelineSourceProps) {
  const { connection, repository, branch, trigger, actionName: name = DEFAULT_NAME, additionalActions = [] } = props;
  const first = { name, connection, repository, branch, startsAlone: trigger === undefined };
  const others = (Array.isArray(additionalActions) ? additionalActions : [])
    .filter(isSourceAction)
    .map(({ action, connection: from, _pulls }) => ({ name: action.name, connection: from, ..._pulls }));
  return inspection.isSound("connection", "repository", "branch") ? [first, ...others] : others;
}

/** Applies the rules that depend on the provider of the permission. */
export function checkAgainstProvider(
  inspection: Inspection,
  scope: Construct,
  props: PipelineSourceProps,
  bound: BoundProvider,
): void {
  const { connection, additionalActions, provider, allowAnyRegion } = props;
  // Not `region`, which is that of the action.
  checkRegion(inspection, { provider, allowAnyRegion }, bound);
  if (props.createPolicy !== false) {
    checkAccounts(inspection, "pipelineRoles", props.pipelineRoles, bound);
    checkAccounts(inspection, "buildRoles", props.buildRoles, bound);
  }
  checkUse(inspection, scope, "connection", connection, provider, bound, props.roleArn);
  (Array.isArray(additionalActions) ? additionalActions : []).forEach((action: SourceAction | undefined, index) => {
    const property = `additionalActions[${index}].connection`;
    checkUse(inspection, scope, property, action?.connection, provider, bound, membersOf(action?.action).roleArn);
  });
}
