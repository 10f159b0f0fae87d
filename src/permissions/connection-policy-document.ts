import { CONNECTION } from "../connection/connection-base";
import { HOST } from "../connection/host-base";
import { region, roleArn } from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import { FLAG, isEmpty, type Kind, propertiesOf } from "../validation/kind";
import { completeConnections, setUpHosts } from "./activator";
import { deploy } from "./deployer";
import type { ActivatorPolicyProps, DeployerPolicyProps } from "./policy-document-props";
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
