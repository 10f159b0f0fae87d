import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type BoundProvider, inspectWithProvider } from "../connection/bound-provider";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { inspectUse } from "../connection/connection-use";
import { Inspection } from "../validation/inspection";
import { FLAG, type Kind, propertiesOf, PROVIDER } from "../validation/kind";
import { roleKeys } from "./role-key";
import * as rules from "./rules";
import { policyDocument, useConnections } from "./statements";

export interface ConnectionPolicyProps {
  /** The connections that the roles may use. At least one. */
  readonly connections: IConnection[];

  /**
   * The names of the roles that get the permission, made here or elsewhere. At least one.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   */
  readonly roleNames: string[];

  /**
   * Writes the permission into each role as an inline policy, instead of one managed policy that is attached to all.
   *
   * A role takes ten managed policies by default; inline policies only share a size limit of 10,240 characters.
   *
   * @default false
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly inline?: boolean;

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Lets roles use connections: `UseConnection` through both action prefixes, on the exact ARNs and nothing else.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export class ConnectionPolicy extends Construct {
  /** The managed policy, unless the policies are inline. */
  public readonly resource?: IamPolicy;

  /**
   * What must exist before a pipeline runs: give it to the pipeline's `dependsOn`. Terraform then creates the pipeline
   * after the permission and destroys it before.
   */
  public readonly dependencies: ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: ConnectionPolicyProps) {
    super(scope, id);
    const inspection = inspectWithProvider(this, propertiesOf(props).provider, (bound) => inspect(this, props, bound));
    inspection.throwIfBroken(this.node.path);
    const guards = guardsOf(this, props.connections);
    const shared = {
      namePrefix: "use-connections-",
      policy: policyDocument(useConnections([...new Set(props.connections.map(({ connectionArn }) => connectionArn))])),
      provider: props.provider,
      ...(guards.length > 0 && { dependsOn: guards }),
      lifecycle: inspection.lifecycle(this),
    };
    const roles = roleKeys(this, props.roleNames);

    if (props.inline) {
      this.dependencies = roles.map(
        ({ key, name }) => new IamRolePolicy(this, `Inline-${key}`, { ...shared, role: name }),
      );
    } else {
      const { arn: policyArn } = (this.resource = new IamPolicy(this, "Resource", {
        ...shared,
        description: "Lets CodePipeline and CodeBuild use connections to source repositories",
      }));
      this.dependencies = roles.map(
        ({ key, name }) =>
          new IamRolePolicyAttachment(this, `Attachment-${key}`, { role: name, policyArn, provider: props.provider }),
      );
    }
  }
}

function inspect(scope: Construct, given: ConnectionPolicyProps, bound: BoundProvider): Inspection {
  const { connections, roleNames, inline, provider } = propertiesOf(given);
  const inspection = new Inspection().kind("connections", connections ?? [], CONNECTIONS);
  if (Array.isArray(connections)) {
    connections.forEach((connection, index) => {
      inspection.include(inspectUse(scope, `connections[${index}]`, connection, provider, bound));
    });
  }
  return inspection
    .atLeastOne("roleNames", roleNames, rules.roleName)
    .kind("inline", inline, FLAG)
    .kind("provider", provider, PROVIDER);
}

const CONNECTIONS: Kind = {
  includes: (value) => Array.isArray(value) && value.length > 0 && value.every(CONNECTION.includes),
  sentence:
    "must be a list of at least one connection: new Connection(…), Connection.fromConnectionArn(…) or fromConnectionName(…)",
};

/** The checks of connections that belong to this stack; another stack's have passed when that stack was applied. */
function guardsOf(scope: Construct, connections: readonly IConnection[]): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return connections
    .filter((connection) => TerraformStack.of(connection) === stack)
    .flatMap(({ dependencies }) => dependencies);
}
