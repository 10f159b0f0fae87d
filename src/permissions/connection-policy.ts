import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { type ITerraformDependable, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type BoundProvider, inspectWithProvider } from "../aws-provider/aws-provider";
import { CONNECTION, inspectUse } from "../connection/connection-base";
import { Inspection } from "../validation/inspection";
import { FLAG, isEmpty, type Kind, OBJECT, propertiesOf } from "../validation/kind";
import { type Access, accessesOf, allows, type ConnectionGrant } from "./connection-grant";
import { POLICY_NAME_PREFIX } from "./deployer";
import * as rules from "./limits";
import { type PackedPolicies, packPolicies } from "./packing";
import { roleKeys } from "./roles";
import { documentOf } from "./use-connection";

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

export interface ConnectionPolicyProps {
  /**
   * What the roles may use: connections, or some repositories of them. At least one.
   *
   * A long list is divided among as many policies as it needs. New elements are best added at its end, or at the end of the
   * last one's `repositories`: then only the last policy changes.
   */
  readonly grants: ConnectionGrant[];

  /**
   * The names of the roles that get the permission, made here or elsewhere. At least one.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   */
  readonly roleNames: string[];

  /**
   * Writes the permission into each role as an inline policy, instead of managed policies that are attached to all.
   *
   * A role takes ten managed policies by default; all of its inline policies share 10,240 characters.
   *
   * @default false
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly inline?: boolean;

  /**
   * How many managed policies a role takes: more than that of this library's, for one role of one stack, is an error. AWS
   * raises this quota on request, to at most 20.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPoliciesPerRole?: number;

  /**
   * The managed policies' description: at most 1000 characters. A change replaces the policies.
   *
   * @default "Lets CodePipeline and CodeBuild use connections to source repositories"
   */
  readonly description?: string;

  /**
   * The managed policies' path in IAM, such as `/pipelines/`: at most 512 characters. A change replaces the policies.
   *
   * @default "/"
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly path?: string;

  /**
   * The managed policies' tags. Inline policies have none.
   *
   * @default - the provider's default tags only
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

const GRANTS: Kind = {
  includes: (value) => Array.isArray(value) && value.length > 0,
  sentence: "must be a list of at least one grant, such as [{ connection }]",
};

const GRANT: Kind = { ...OBJECT, sentence: "must be a grant, such as { connection }" };

const QUOTA: Kind = {
  includes: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 20,
  sentence: "must be a whole number from 1 to 20",
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

/** Applies the rules of what a policy is made from: what it grants to whom, and how it is divided. */
export function inspectContent(given: ConnectionPolicyProps): Inspection {
  const { grants, roleNames, inline, managedPoliciesPerRole } = propertiesOf(given);
  const inspection = new Inspection().requiredKind("grants", grants, GRANTS);
  for (const [index, grant] of listOf(grants).entries()) {
    const property = `grants[${index}]`;
    inspection.requiredKind(property, grant, GRANT);
    if (OBJECT.includes(grant)) inspectGrant(inspection, property, grant as ConnectionGrant);
  }
  return inspection
    .atLeastOne("roleNames", roleNames, rules.roleName)
    .kind("inline", inline, FLAG)
    .kind("managedPoliciesPerRole", managedPoliciesPerRole, QUOTA);
}

/** Applies all rules of a policy; `content` is what was found of what it is made from. */
export function inspectPolicy(
  scope: Construct,
  given: ConnectionPolicyProps,
  bound: BoundProvider,
  content: Inspection,
): Inspection {
  const props = propertiesOf(given);
  const { grants, inline, provider } = props;
  const inspection = new Inspection()
    .include(content)
    .value("description", props.description, rules.policyDescription)
    .value("path", props.path, rules.policyPath)
    .texts("tags", props.tags);
  for (const [index, grant] of listOf(grants).entries()) {
    const { connection } = propertiesOf(grant as ConnectionGrant);
    inspection.include(inspectUse(scope, `grants[${index}].connection`, connection, provider, bound));
  }
  for (const property of ["description", "path", "tags", "managedPoliciesPerRole"] as const) {
    inspection.fact(
      `${property} is of managed policies, so it can't be given with inline`,
      !inline || props[property] === undefined,
    );
  }
  return inspection;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? Array.from(value as readonly unknown[]) : [];
}

function inspectGrant(inspection: Inspection, property: string, grant: ConnectionGrant): void {
  const { connection, repositories, branches, readOnly } = propertiesOf(grant);
  inspection
    .requiredKind(`${property}.connection`, connection, CONNECTION)
    .kind(`${property}.readOnly`, readOnly, FLAG);
  const patterns = rules.repositoryPattern(connection?.providerType);
  inspection
    .fact(
      `${property}.repositories must not be empty: left out, it grants all that the connection reaches`,
      !isEmpty(repositories),
    )
    .each(`${property}.repositories`, repositories, ...patterns)
    .fact(`${property}.branches must not be empty: left out, it grants all of them`, !isEmpty(branches))
    .each(`${property}.branches`, branches, ...rules.branchPattern);
}

/** What the elements of a list are called: the first has the plain name, as if it were the only one. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}${index + 1}`;
}
