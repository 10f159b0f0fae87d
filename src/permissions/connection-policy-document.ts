import { region } from "../aws-provider/region";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { HOST, type IConnectionHost } from "../connection/host-base";
import { noteUse } from "../connection/uses";
import { isExpression } from "../terraform/expression";
import type { Inspection } from "../validation/inspection";
import { isEmpty, type Kind } from "../validation/kind";
import { check, type Declared, optional, required } from "../validation/properties";
import { flag, kindOf, someStrings, string, strings, structs } from "../validation/types";
import { completeConnections, setUpHosts } from "./activator";
import { accessesOf, checkTokens, type ConnectionGrant, declareGrant } from "./connection-grant";
import { deploy, partitionOf, POLICY_NAME_PREFIX } from "./deployer";
import * as limits from "./limits";
import { policyDocument } from "./statement";
import { useConnections } from "./use-connection-statements";

/** The connections and hosts that a person may activate and set up. */
export interface ActivatorPolicyProps {
  /**
   * The connections to activate.
   *
   * @default - none; there must be a connection or a host
   */
  readonly connections?: IConnection[];

  /**
   * The hosts to set up.
   *
   * @default - none
   */
  readonly hosts?: IConnectionHost[];
}

/** The account, region and roles that Terraform may work on. */
export interface DeployerPolicyProps {
  /** The account: 12 digits. */
  readonly accountId: string;

  /** The region of the connections that Terraform creates. */
  readonly region: string;

  /**
   * Connections that exist already, and that the pipelines use: of another region, or of another account that shares them.
   * Terraform may read them and pass them to CodePipeline. Those of `region` and `accountId` are included anyway.
   *
   * @default - none
   */
  readonly existingConnections?: IConnection[];

  /**
   * The partition: `aws`, or `aws-us-gov`.
   *
   * @default - the partition of the first pipeline role's ARN, else that of the region; `aws` if both are expressions
   */
  readonly partition?: string;

  /**
   * The roles that run the pipelines: at least one. Give an ARN, or a name if the role has no path. An ARN may have `*` for
   * several roles, with at least three characters of their names or paths in a row. Terraform may pass these roles to
   * CodePipeline (`iam:PassRole`) and attach this library's policies. All ARNs are of `accountId` and of one partition.
   * The list's length must be known at synthesis.
   */
  readonly pipelineRoles: string[];

  /**
   * The roles of CodeBuild projects that Terraform may attach this library's policies to, by their ARNs, or by their
   * names if they have no path. The list's length must be known at synthesis.
   *
   * @default - none
   */
  readonly buildRoles?: string[];

  /**
   * Whether Terraform may also create, change and delete hosts.
   *
   * @default false
   */
  readonly managesHosts?: boolean;

  /**
   * Whether this library's policies are inline: the same value as in `ConnectionPolicy` or `PipelineSource`.
   *
   * @default false
   */
  readonly inline?: boolean;

  /**
   * The path of the managed policies: the same value as in `ConnectionPolicy`, at most 512 characters. Terraform may change
   * every policy of this library in the path, so give each team a path of its own. An error with `inline`.
   *
   * @default "/"
   */
  readonly policyPath?: string;

  /**
   * The ARN of the permissions boundary that the roles have. Terraform may then attach policies, or write inline ones, only to
   * roles with this boundary: whatever it writes into them, they can do no more than the boundary allows.
   *
   * @default - none is demanded
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: string;
}

/** What may be used. */
export interface UsePolicyProps {
  /** Connections, or some repositories of them, as in a `ConnectionPolicy`: at least one. */
  readonly grants: ConnectionGrant[];
}

/** The permissions of the roles, people and programs around a connection, as the JSON of an IAM policy. */
export class ConnectionPolicyDocument {
  /**
   * The permission to use connections: what a `ConnectionPolicy` attaches to roles, for a policy of your own. A
   * `PipelineSource` of roles that have it takes `createPolicy: false`.
   *
   * IAM limits the length of a policy, and this document is not divided as a `ConnectionPolicy` is.
   *
   * @returns the policy document, for an `IamRolePolicy`, or for `sourcePolicyDocuments` of a `DataAwsIamPolicyDocument`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
   */
  public static forUse(props: UsePolicyProps): string {
    const { props: own, inspection } = check(undefined, props, declareUse, "error");
    if (inspection.isSound("grants")) checkTokens(inspection, own.grants);
    inspection.throwIfBroken("ConnectionPolicyDocument.forUse");
    for (const { connection } of own.grants) noteUse(connection, { by: "ConnectionPolicyDocument.forUse" });
    return policyDocument(useConnections(accessesOf(own.grants)));
  }

  /**
   * The permissions of a person who activates connections and sets up hosts in the AWS console.
   *
   * @returns the policy document, for an `IamPolicy` or a permission set
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-handshake
   */
  public static forActivator(props: ActivatorPolicyProps): string {
    const { props: own, inspection } = check(undefined, props, declareActivator, "error");
    const { connections = [], hosts = [] } = own;
    inspection
      .fact(
        "connections or hosts must be given",
        [connections, hosts].some((list) => !isEmpty(list)),
      )
      .throwIfBroken("ConnectionPolicyDocument.forActivator");
    for (const used of [...connections, ...hosts]) noteUse(used, { by: "ConnectionPolicyDocument.forActivator" });
    return policyDocument([
      ...completeConnections(connections.map(({ connectionArn }) => connectionArn)),
      ...setUpHosts(hosts.map(({ hostArn }) => hostArn)),
    ]);
  }

  /**
   * The permissions to run Terraform for the resources of this library, in one account and region: to create, change
   * and delete connections, hosts (with `managesHosts`), policies and attachments, and to pass connections and roles to
   * CodePipeline. Permissions for the pipeline itself and for the network of a host in a VPC are not included.
   *
   * @returns the policy document, for an `IamPolicy` or a permission set
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-managing
   */
  public static forDeployer(props: DeployerPolicyProps): string {
    const { props: own, inspection } = check(undefined, props, declareDeployer, "error");
    if (inspection.isSound("accountId", "region", "partition", "pipelineRoles", "buildRoles"))
      checkRoles(inspection, own);
    inspection.fact(
      "policyPath is for managed policies only: leave policyPath out, or set inline to false",
      own.inline !== true || own.policyPath === undefined,
    );
    if (inspection.isSound("accountId", "permissionsBoundary", "policyPath")) checkBoundary(inspection, own);
    if (inspection.isSound("region", "partition", "pipelineRoles", "existingConnections"))
      checkConnections(inspection, own);
    inspection.throwIfBroken("ConnectionPolicyDocument.forDeployer");
    for (const used of own.existingConnections ?? []) noteUse(used, { by: "ConnectionPolicyDocument.forDeployer" });
    return policyDocument(deploy(own));
  }
}

function declareUse(): Declared<UsePolicyProps> {
  return { grants: required(structs(declareGrant, "error")) };
}

function declareActivator(): Declared<ActivatorPolicyProps> {
  return { connections: optional(kindOf(listOf(CONNECTION))), hosts: optional(kindOf(listOf(HOST))) };
}

export function declareDeployer(): Declared<DeployerPolicyProps> {
  return {
    accountId: required(string(limits.accountId)),
    region: required(string(region)),
    partition: optional(string(limits.partition)),
    pipelineRoles: required(someStrings([limits.roles])),
    buildRoles: optional(strings(limits.roles)),
    managesHosts: optional(flag),
    inline: optional(flag),
    policyPath: optional(string(limits.policyPath)),
    existingConnections: optional(kindOf(listOf(CONNECTION))),
    permissionsBoundary: optional(string(limits.policyArn)),
  };
}

/** Demands that roles are of the account and of one partition, as far as that is known. */
function checkRoles(inspection: Inspection, props: DeployerPolicyProps): void {
  const { accountId, pipelineRoles, buildRoles = [] } = props;
  const partition = partitionOf(props);
  const all = [
    ...pipelineRoles.map((role, index) => [`pipelineRoles[${index}]`, role] as const),
    ...buildRoles.map((role, index) => [`buildRoles[${index}]`, role] as const),
  ];
  for (const [at, role] of all) {
    const [, itsPartition, account] = /^arn:([^:]+):iam::([0-9]{12}):/.exec(role) ?? [];
    if (itsPartition === undefined || account === undefined) continue;
    inspection
      .fact(
        `${at} must be a role of the account ${accountId}. Given: a role of ${account}`,
        account === accountId || isExpression(accountId),
      )
      .fact(
        `${at} must be in the partition ${partition}, as all of the document is. Given: a role in ${itsPartition}. Make a ` +
          "document for each partition",
        itsPartition === partition || isExpression(partition),
      );
  }
}

/** Demands a boundary that roles of the account can have, and that the deployer can't write itself. */
function checkBoundary(
  inspection: Inspection,
  { accountId, permissionsBoundary = "", policyPath = "/", inline }: DeployerPolicyProps,
): void {
  const [, account, path] = /^arn:[^:]+:iam::([^:]+):policy(\/.*)$/.exec(permissionsBoundary) ?? [];
  if (account === undefined || path === undefined) return;
  inspection
    .fact(
      `permissionsBoundary must be a policy of the account ${accountId}, or one of AWS. Given: a policy of ${account}`,
      account === accountId || account === "aws" || isExpression(accountId),
    )
    .fact(
      `permissionsBoundary can't be ${policyPath}${POLICY_NAME_PREFIX}…, because the deployer may change the policies that are ` +
        "named so. Give the boundary another name",
      // With inline policies the deployer may change no managed one.
      inline === true || !path.startsWith(`${policyPath}${POLICY_NAME_PREFIX}`),
    );
}

/** Demands that existing connections are of the partition, as far as that is known. */
function checkConnections(inspection: Inspection, props: DeployerPolicyProps): void {
  const partition = partitionOf(props);
  (props.existingConnections ?? []).forEach(({ connectionArn }, index) => {
    const [, itsPartition] = /^arn:([^:]+):/.exec(connectionArn) ?? [];
    inspection.fact(
      `existingConnections[${index}] must be in the partition ${partition}, as all of the document is. Given: a connection in ` +
        (itsPartition ?? ""),
      itsPartition === undefined || itsPartition === partition || isExpression(partition),
    );
  });
}

function listOf({ includes, sentence }: Kind): Kind {
  return {
    includes: (value) => Array.isArray(value) && value.every(includes),
    sentence: `must be a list, and each element ${sentence}`,
  };
}
