import { region, roleArn } from "../codepipeline/limits";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { HOST, type IConnectionHost } from "../connection/host-base";
import { Inspection } from "../validation/inspection";
import { FLAG, isEmpty, type Kind, propertiesOf } from "../validation/kind";
import { completeConnections, setUpHosts } from "./activator";
import { deploy } from "./deployer";
import * as rules from "./limits";
import { policyDocument } from "./statement";

/** The permissions of the people and programs around a connection, as the text of an IAM policy. */
export class ConnectionPolicyDocument {
  /**
   * What the person needs who completes connections, and sets up hosts, in the AWS console.
   *
   * @returns the policy document, for an `IamPolicy` or a permission set
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-handshake
   */
  public static forActivator(props: ActivatorPolicyProps): string {
    const { connections = [], hosts = [] } = propertiesOf(props);
    new Inspection()
      .kind("connections", connections, listOf(CONNECTION))
      .kind("hosts", hosts, listOf(HOST))
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
    const given = propertiesOf(props);
    new Inspection()
      .required("accountId", given.accountId, rules.accountId)
      .required("region", given.region, region)
      .value("partition", given.partition, rules.partition)
      .atLeastOne("pipelineRoleArns", given.pipelineRoleArns, roleArn)
      .each("buildRoleArns", given.buildRoleArns, roleArn)
      .kind("hosts", given.hosts, FLAG)
      .kind("inlinePolicies", given.inlinePolicies, FLAG)
      .value("policyPath", given.policyPath, rules.policyPath)
      .throwIfBroken("ConnectionPolicyDocument.forDeployer");
    return policyDocument(deploy(props));
  }
}

function listOf({ includes, sentence }: Kind): Kind {
  return {
    includes: (value) => Array.isArray(value) && value.every(includes),
    sentence: `must be a list, and each element ${sentence}`,
  };
}

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
   * @default - that of the first pipeline role's ARN, or `aws` where only Terraform knows it
   */
  readonly partition?: string;

  /** The ARNs of the roles that pipelines run as. They may be handed to CodePipeline, and get this library's policies. */
  readonly pipelineRoleArns: string[];

  /**
   * The ARNs of the roles of CodeBuild projects that get this library's policies.
   *
   * @default - none
   */
  readonly buildRoleArns?: string[];

  /**
   * Whether hosts are made too.
   *
   * @default false
   */
  readonly hosts?: boolean;

  /**
   * Whether the policies are inline.
   *
   * @default false
   */
  readonly inlinePolicies?: boolean;

  /**
   * The path of the managed policies: the same as in `ConnectionPolicy`.
   *
   * @default "/"
   */
  readonly policyPath?: string;
}
