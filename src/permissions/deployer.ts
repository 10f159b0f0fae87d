import type { IConnection } from "../connection/connection-base";
import { expressionOn, isExpression } from "../terraform/expression";
import { membersOf } from "../validation/kind";
import type { DeployerPolicyProps } from "./connection-policy-document";
import { actions, allBeside, allow, PREFIXES, type Statement } from "./statement";

/** What the names of this library's managed policies begin with. */
export const POLICY_NAME_PREFIX = "use-connections-";

/**
 * What Terraform needs to make, change and remove what this library makes. Connections and hosts get their ids only then,
 * so these are all of the account and region; creating takes no resource.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-managing
 */
export function deploy(props: DeployerPolicyProps): Statement[] {
  const { accountId, region, policyPath = "/", pipelineRoles, buildRoles = [], existingConnections = [] } = props;
  const partition = partitionOf(props);
  const existing = [...new Set(existingConnections.map(({ connectionArn }) => connectionArn))];
  const named = existingConnections.filter(isFoundByName).map(({ connectionArn }) => allBeside(connectionArn));
  const ours = (resource: string): string[] =>
    PREFIXES.map((prefix) => `arn:${partition}:${prefix}:${region}:${accountId}:${resource}/*`);
  const policies = `arn:${partition}:iam::${accountId}:policy${policyPath}${POLICY_NAME_PREFIX}*`;
  const roleArn = arnOfRole(`arn:${partition}:iam::${accountId}:role/`);
  // One role may be given by its name and by its ARN; an expression for it is a new string each time.
  const arnsOf = (roles: readonly string[]): string[] => [...new Set([...new Set(roles)].map(roleArn))];
  const roles = arnsOf([...pipelineRoles, ...buildRoles]);
  return [
    allow(actions("CreateConnection", ...(props.managesHosts ? ["CreateHost"] : [])), "*"),
    // A connection is found by its name through the older API only.
    allow(
      [...actions("GetConnection", "DeleteConnection"), "codestar-connections:ListConnections"],
      ours("connection"),
    ),
    ...(props.managesHosts ? [allow(actions("GetHost", "UpdateHost", "DeleteHost"), ours("host"))] : []),
    allow(actions("ListTagsForResource", "TagResource", "UntagResource"), [
      ...ours("connection"),
      ...(props.managesHosts ? ours("host") : []),
    ]),
    // What Terraform's data source asks for.
    ...(existing.length > 0 ? [allow(actions("GetConnection", "ListTagsForResource"), existing)] : []),
    ...(named.length > 0 ? [allow(["codestar-connections:ListConnections"], [...new Set(named)])] : []),
    ...PREFIXES.map((prefix) => ({
      ...allow([`${prefix}:PassConnection`], [...ours("connection"), ...existing]),
      Condition: { StringEquals: { [`${prefix}:PassedToService`]: CONNECTIONS_ARE_PASSED_TO } },
    })),
    {
      ...allow(["iam:PassRole"], arnsOf(pipelineRoles)),
      Condition: { StringEquals: { "iam:PassedToService": ROLES_ARE_PASSED_TO } },
    },
    ...(props.inline ? inline(roles, props) : managed(roles, policies, props)),
  ];
}

/** Whether the provider's data source looks for the connection in a list. */
function isFoundByName({ dataSource }: IConnection): boolean {
  return membersOf(dataSource as { readonly nameInput?: unknown } | undefined).nameInput !== undefined;
}

/** The partition of all that the document is about. */
export function partitionOf({ partition, pipelineRoles, region }: DeployerPolicyProps): string {
  const ofRegion = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return partition ?? /^arn:([a-z-]+):/.exec(pipelineRoles[0] ?? "")?.[1] ?? ofRegion;
}

/** The ARN of a role that is given by its name or ARN; a name is one of the account, with no path. */
function arnOfRole(prefix: string): (role: string) => string {
  return (role) => {
    if (isExpression(role)) {
      return expressionOn(role, (value) => `startswith(${value}, "arn:") ? ${value} : "${prefix}\${${value}}"`);
    }
    return role.startsWith("arn:") ? role : prefix + role;
  };
}

/** The service that connections may be handed to, and the one that the pipelines' roles may be. */
const CONNECTIONS_ARE_PASSED_TO = "codepipeline.amazonaws.com";
const ROLES_ARE_PASSED_TO = "codepipeline.amazonaws.com";

/** To attach is held to this library's policies: else a deployer could attach one that allows everything. */
function managed(roles: readonly string[], policies: string, props: DeployerPolicyProps): Statement[] {
  return [
    allow(
      [
        ...["iam:CreatePolicy", "iam:GetPolicy", "iam:DeletePolicy", "iam:TagPolicy", "iam:UntagPolicy"],
        "iam:ListPolicyTags",
        ...["iam:CreatePolicyVersion", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:DeletePolicyVersion"],
      ],
      [policies],
    ),
    {
      ...allow(["iam:AttachRolePolicy", "iam:DetachRolePolicy"], roles),
      Condition: { ArnLike: { "iam:PolicyARN": policies }, ...bounded(props) },
    },
    allow(["iam:ListAttachedRolePolicies"], roles),
  ];
}

function inline(roles: readonly string[], props: DeployerPolicyProps): Statement[] {
  const Condition = bounded(props);
  return [
    { ...allow(["iam:PutRolePolicy", "iam:DeleteRolePolicy"], roles), ...(Condition && { Condition }) },
    allow(["iam:GetRolePolicy"], roles),
  ];
}

/** That a role has the boundary which limits whatever is written into it. */
function bounded({ permissionsBoundary }: DeployerPolicyProps): Statement["Condition"] {
  return permissionsBoundary === undefined
    ? undefined
    : { ArnEquals: { "iam:PermissionsBoundary": permissionsBoundary } };
}
