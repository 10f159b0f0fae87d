import type { DeployerPolicyProps } from "./connection-policy-document";
import { actions, allow, PREFIXES, type Statement } from "./statement";

/** What the names of this library's managed policies begin with. */
export const POLICY_NAME_PREFIX = "use-connections-";

/**
 * What Terraform needs to make, change and remove what this library makes. Connections and hosts get their ids only then,
 * so these are all of the account and region; creating takes no resource.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-managing
 */
export function deploy(props: DeployerPolicyProps): Statement[] {
  const { accountId, region, policyPath = "/", pipelineRoleArns, buildRoleArns = [] } = props;
  const { partition = /^arn:([a-z-]+):/.exec(pipelineRoleArns[0] ?? "")?.[1] ?? "aws" } = props;
  const ours = (resource: string): string[] =>
    PREFIXES.map((prefix) => `arn:${partition}:${prefix}:${region}:${accountId}:${resource}/*`);
  const policies = `arn:${partition}:iam::${accountId}:policy${policyPath}${POLICY_NAME_PREFIX}*`;
  const roles = [...new Set([...pipelineRoleArns, ...buildRoleArns])];
  return [
    allow(actions("CreateConnection", ...(props.hosts ? ["CreateHost"] : [])), "*"),
    // A connection is found by its name through the older API only.
    allow(
      [...actions("GetConnection", "DeleteConnection"), "codestar-connections:ListConnections"],
      ours("connection"),
    ),
    ...(props.hosts ? [allow(actions("GetHost", "UpdateHost", "DeleteHost"), ours("host"))] : []),
    allow(actions("ListTagsForResource", "TagResource", "UntagResource"), [
      ...ours("connection"),
      ...(props.hosts ? ours("host") : []),
    ]),
    ...PREFIXES.map((prefix) => ({
      ...allow([`${prefix}:PassConnection`], ours("connection")),
      Condition: { StringEquals: { [`${prefix}:PassedToService`]: CODEPIPELINE } },
    })),
    {
      ...allow(["iam:PassRole"], pipelineRoleArns),
      Condition: { StringEquals: { "iam:PassedToService": CODEPIPELINE } },
    },
    ...(props.inlinePolicies ? inline(roles) : managed(roles, policies)),
  ];
}

const CODEPIPELINE = "codepipeline.amazonaws.com";

/** To attach is held to this library's policies: else a deployer could attach one that allows everything. */
function managed(roles: readonly string[], policies: string): Statement[] {
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
      Condition: { ArnLike: { "iam:PolicyARN": policies } },
    },
    allow(["iam:ListAttachedRolePolicies"], roles),
  ];
}

function inline(roles: readonly string[]): Statement[] {
  return [allow(["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"], roles)];
}
