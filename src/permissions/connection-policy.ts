import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { inspectWithProvider } from "../aws-provider/aws-provider";
import { propertiesOf } from "../validation/kind";
import { numbered } from "../validation/numbered";
import { type Access, accessesOf, allows } from "./access";
import type { ConnectionGrant } from "./connection-grant";
import type { ConnectionPolicyProps } from "./connection-policy-props";
import { POLICY_NAME_PREFIX } from "./deployer";
import { documentOf } from "./use-connection-document";
import { inspectContent, inspectPolicy } from "./policy-inspection";
import { type PackedPolicies, packPolicies } from "./policy-packing";
import { roleKeys } from "./roles";

/** What properties come to of which no policy can be made. */
const NOTHING: PackedPolicies = { accesses: [], packed: [], maxSize: 0, roles: [], problems: [] };

/**
 * Lets roles use connections: `UseConnection` through both action prefixes, on the exact ARNs and nothing else.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export class ConnectionPolicy extends Construct {
  /** The managed policies, mostly one; none if the policies are inline. */
  public readonly policies: IamPolicy[];

  /**
   * What must exist before a pipeline runs: give it to the pipeline's `dependsOn`. Terraform then creates the pipeline
   * after the permission and destroys it before.
   */
  public readonly dependencies: ITerraformDependable[];
  private readonly accesses: readonly Access[];
  private readonly roles: ReadonlySet<string>;

  public constructor(scope: Construct, id: string, props: ConnectionPolicyProps) {
    super(scope, id);
    const { provider } = propertiesOf(props);
    const content = inspectContent(props);
    const inspection = inspectWithProvider(this, provider, (bound) => inspectPolicy(this, props, bound, content));
    // What the rest of the properties breaks does not hide what the quotas do.
    const { accesses, packed, maxSize, roles, problems } =
      content.problems.length === 0 ? packPolicies(this, props) : NOTHING;
    inspection.found(problems).throwIfBroken(this.node.path);
    this.accesses = accesses;
    this.roles = new Set(roles.map(({ key }) => key));

    const guards = guardsOf(this, props.grants);
    const lifecycle = inspection.lifecycle(this);
    const shared = packed.map((accesses, index) => ({
      namePrefix: POLICY_NAME_PREFIX,
      ...documentOf(this, numbered("Document", index), accesses, maxSize, lifecycle),
      provider,
      ...(guards.length > 0 && { dependsOn: guards }),
    }));
    if (props.inline) {
      this.policies = [];
      this.dependencies = shared.flatMap((config) =>
        roles.map(({ key, name }) => new IamRolePolicy(this, `Inline-${key}`, { ...config, role: name })),
      );
      return;
    }
    const {
      description = "Lets CodePipeline and CodeBuild use connections to source repositories",
      path,
      tags,
    } = props;
    this.policies = shared.map(
      (config, index) => new IamPolicy(this, numbered("Resource", index), { ...config, description, path, tags }),
    );
    this.dependencies = this.policies.flatMap(({ arn: policyArn }, index) =>
      roles.map(
        ({ key, name }) =>
          new IamRolePolicyAttachment(this, `${numbered("Attachment", index)}-${key}`, {
            role: name,
            policyArn,
            provider,
          }),
      ),
    );
  }

  /**
   * Those of the roles that the policy is not attached to, as seen from a construct of the same stack.
   *
   * @internal
   */
  public _without(scope: Construct, roleNames: readonly string[]): string[] {
    return roleKeys(scope, roleNames)
      .filter(({ key }) => !this.roles.has(key))
      .map(({ name }) => name);
  }

  /**
   * Whether the policy allows what a grant would, as far as this program knows.
   *
   * @internal
   */
  public _allows(grant: ConnectionGrant): boolean {
    return accessesOf([grant]).every((wanted) => this.accesses.some((access) => allows(this, access, wanted)));
  }
}

/** The checks of connections that belong to this stack; another stack's have passed when that stack was applied. */
function guardsOf(scope: Construct, grants: readonly ConnectionGrant[]): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  const connections = new Set(grants.map(({ connection }) => connection));
  return [...connections]
    .filter((connection) => TerraformStack.of(connection) === stack)
    .flatMap(({ dependencies }) => dependencies);
}
