import { region } from "../codepipeline/limits";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { HOST, type IConnectionHost } from "../connection/host-base";
import { isEmpty, type Kind } from "../validation/kind";
import { check, type Declared, optional, required } from "../validation/properties";
import { flag, kindOf, someStrings, string, strings } from "../validation/types";
import { completeConnections, setUpHosts } from "./activator";
import { deploy } from "./deployer";
import * as limits from "./limits";
import { policyDocument } from "./statement";

/** What a person may complete. */
export interface ActivatorPolicyProps {
  /**
   * The connections to complete.
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

/** Where Terraform works, and on which roles. */
export interface DeployerPolicyProps {
  /** The account: 12 digits. */
  readonly accountId: string;

  /** The region of the connections. */
  readonly region: string;

  /**
   * The partition: `aws`, or `aws-us-gov`.
   *
   * @default - that of the first pipeline role's ARN, or `aws` where that is an expression
   */
  readonly partition?: string;

  /**
   * The roles that pipelines run as, by their ARNs, or by their names if they have no path. They may be handed to
   * CodePipeline, and get this library's policies. At least one; an ARN may hold `*` for several.
   */
  readonly pipelineRoles: string[];

  /**
   * The roles of CodeBuild projects that get this library's policies, by their ARNs, or by their names if they have no path.
   *
   * @default - none
   */
  readonly buildRoles?: string[];

  /**
   * Whether hosts are made, changed and removed too.
   *
   * @default false
   */
  readonly managesHosts?: boolean;

  /**
   * Whether the policies are inline.
   *
   * @default false
   */
  readonly inline?: boolean;

  /**
   * The path of the managed policies: the same as in `ConnectionPolicy`.
   *
   * @default "/"
   */
  readonly policyPath?: string;
}

/** The permissions of the people and programs around a connection, as the JSON of an IAM policy. */
export class ConnectionPolicyDocument {
  /**
   * What the person needs who completes connections, and sets up hosts, in the AWS console.
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
    return policyDocument([
      ...completeConnections(connections.map(({ connectionArn }) => connectionArn)),
      ...setUpHosts(hosts.map(({ hostArn }) => hostArn)),
    ]);
  }

  /**
   * What whoever runs Terraform needs for what this library makes, in one account and region: connections, hosts, policies
   * and their attachments, and to hand connections and roles to CodePipeline. Not for the pipeline itself, or for the network
   * of a host in a VPC.
   *
   * @returns the policy document, for an `IamPolicy` or a permission set
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-managing
   */
  public static forDeployer(props: DeployerPolicyProps): string {
    const { props: own, inspection } = check(undefined, props, declareDeployer, "error");
    inspection.throwIfBroken("ConnectionPolicyDocument.forDeployer");
    return policyDocument(deploy(own));
  }
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
  };
}

function listOf({ includes, sentence }: Kind): Kind {
  return {
    includes: (value) => Array.isArray(value) && value.every(includes),
    sentence: `must be a list, and each element ${sentence}`,
  };
}
