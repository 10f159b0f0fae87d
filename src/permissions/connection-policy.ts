import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkWithProvider } from "../aws-provider/bound-provider";
import { checkUse, conditionsOn } from "../connection/connection-base";
import { noteUseBy } from "../connection/uses";
import { attributeOf } from "../terraform/reference";
import type { Inspection } from "../validation/inspection";
import { type Kind, membersOf, PROVIDER } from "../validation/kind";
import { check, type Declared, optional, optionalArgument, required } from "../validation/properties";
import { flag, kindOf, someStrings, string, stringMap, structs } from "../validation/types";
import { type Access, accessesOf, allows, checkTokens, type ConnectionGrant, declareGrant } from "./connection-grant";
import { POLICY_NAME_PREFIX } from "./deployer";
import * as limits from "./limits";
import { type PackedPolicies, packPolicies } from "./packing";
import { checkAccounts, type RoleKey, roleKeys } from "./roles";
import { documentOf } from "./use-connection-statements";

/** Properties of a `ConnectionPolicy`: the roles, and what they may use. */
export interface ConnectionPolicyProps {
  /**
   * What the roles may use: connections, or some repositories of them. At least one.
   *
   * A long list is divided among as many policies as it needs. Add new elements at the end of the list, or at the end
   * of `repositories` of the last element: then only the last policy changes.
   */
  readonly grants: ConnectionGrant[];

  /**
   * The roles that get the permission, created here or elsewhere, by their names or ARNs: at least one.
   *
   * The list's length must be known at synthesis; its elements may be expressions.
   */
  readonly roles: string[];

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
   * How many managed policies AWS lets you attach to a role: 1 to 25. If this library attaches more than this to a role
   * in one stack, the synthesis fails. Change it only after AWS has raised the quota of your account. An error with
   * `inline`.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPoliciesPerRole?: number;

  /**
   * The description of the managed policies: at most 1000 characters, Latin-1 only. A change replaces the policies. An
   * error with `inline`.
   *
   * @default "Lets CodePipeline and CodeBuild use connections to source repositories"
   */
  readonly description?: string;

  /**
   * The IAM path of the managed policies: `/`, or a path such as `/pipelines/`, of at most 512 characters, with only
   * `A-Za-z0-9.,+@=_-` between slashes. A change replaces the policies. An error with `inline`.
   *
   * @default "/"
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly policyPath?: string;

  /**
   * The tags of the managed policies. An error with `inline`.
   *
   * @default - the provider's default tags only
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * The AWS provider that creates the policy. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** What properties come to of which no policy can be made. */
const NOTHING: PackedPolicies = { accesses: [], packed: [], maxSize: 0, roles: [], problems: [] };

/**
 * Lets roles use connections: `codestar-connections:UseConnection` and `codeconnections:UseConnection` on the ARNs of
 * the connections, and nothing else.
 *
 * Makes in Terraform: `aws_iam_policy` and an `aws_iam_role_policy_attachment` for each role, or with `inline` an
 * `aws_iam_role_policy` for each.
 *
 * @example
 * new ConnectionPolicy(this, "Pull", {
 *   grants: [{ connection, repositories: ["acme/shop"] }],
 *   roles: [pipelineRole.name],
 * });
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export class ConnectionPolicy extends Construct {
  /** The managed policies, mostly one; none if the policies are inline. */
  public readonly policies: IamPolicy[];

  /**
   * What must exist before a pipeline runs: give it to the pipeline's `dependsOn`. Terraform then creates the pipeline
   * after the permission, and destroys the pipeline first.
   */
  public readonly dependencies: ITerraformDependable[];
  private readonly accesses: readonly Access[];
  /** What gives each role the permission, by the role's key. */
  private readonly byRole: ReadonlyMap<string, ITerraformDependable[]>;
  /**
   * The roles as they were given.
   *
   * @internal
   */
  public readonly _roles: readonly string[];

  public constructor(scope: Construct, id: string, props: ConnectionPolicyProps) {
    super(scope, id);
    const { props: own, inspection, wasChecked } = check(this, props, declarePolicy);
    if (!wasChecked) checkTogether(inspection, this, own);
    // What the other properties break does not hide what the quotas do.
    const isPacked = inspection.isSound("grants", "roles", "inline", "managedPoliciesPerRole", "provider");
    const { accesses, packed, maxSize, roles, problems } = isPacked ? packPolicies(this, own) : NOTHING;
    inspection.found(problems).throwIfBroken(this);
    const { provider } = own;
    this.accesses = accesses;
    this._roles = [...own.roles];

    const connections = new Set(own.grants.map(({ connection }) => connection));
    for (const connection of connections) noteUseBy(this, connection);
    const guards = conditionsOn(this, connections);
    const lifecycle = inspection.lifecycle(this);
    const shared = packed.map((accesses, index) => ({
      namePrefix: POLICY_NAME_PREFIX,
      ...documentOf(this, numbered("Document", index), accesses, maxSize, lifecycle),
      provider,
      ...(guards.length > 0 && { dependsOn: guards }),
    }));
    if (own.inline) {
      this.policies = [];
      this.byRole = byKey(roles, ({ key, name }) =>
        shared.map((config) => new IamRolePolicy(this, `Inline-${key}`, { ...config, role: name })),
      );
      this.dependencies = [...this.byRole.values()].flat();
      return;
    }
    const {
      description = "Lets CodePipeline and CodeBuild use connections to source repositories",
      policyPath: path,
      tags,
    } = own;
    this.policies = shared.map(
      (config, index) => new IamPolicy(this, numbered("Resource", index), { ...config, description, path, tags }),
    );
    const policyArns = this.policies.map((policy) => attributeOf(policy, "arn"));
    this.byRole = byKey(roles, ({ key, name }) =>
      policyArns.map((policyArn, index) => {
        const id = `${numbered("Attachment", index)}-${key}`;
        return new IamRolePolicyAttachment(this, id, { role: name, policyArn, provider });
      }),
    );
    this.dependencies = [...this.byRole.values()].flat();
  }

  /**
   * Those of the roles that the policy is not attached to, as seen from a construct of the same stack.
   *
   * @internal
   */
  public _without(scope: Construct, roles: readonly string[]): string[] {
    return roles.filter((role) => roleKeys(scope, [role]).some(({ key }) => !this.byRole.has(key)));
  }

  /**
   * What gives some roles the permission. What waits for it does not wait for the other roles of the policy, which may
   * themselves wait for it.
   *
   * @internal
   */
  public _dependenciesOf(scope: Construct, roles: readonly string[]): ITerraformDependable[] {
    return roleKeys(scope, roles).flatMap(({ key }) => this.byRole.get(key) ?? []);
  }

  /**
   * Whether the policy allows what a grant would, as far as is known at synthesis.
   *
   * @internal
   */
  public _allows(grant: ConnectionGrant): boolean {
    return accessesOf([grant]).every((wanted) => this.accesses.some((access) => allows(this, access, wanted)));
  }

  /**
   * How the policy limits what a grant is for: to some repositories, or to reading.
   *
   * @internal
   */
  public _limitsOf(grant: ConnectionGrant): { readonly repositories: boolean; readonly readOnly: boolean } {
    const found = this.accessesFor(grant);
    return {
      repositories: found.length > 0 && found.every(({ repository }) => repository !== undefined),
      readOnly: found.length > 0 && found.every(({ readOnly }) => readOnly),
    };
  }

  /**
   * The branches that the policy allows of what a grant is for; nothing where it allows all, as far as is known.
   *
   * @internal
   */
  public _branchesOf(grant: ConnectionGrant): string[] | undefined {
    const found = this.accessesFor(grant);
    return found.some(({ branches }) => branches.length === 0) ? undefined : found.flatMap(({ branches }) => branches);
  }

  /** What lets through what a grant is for, on some branches at least. */
  private accessesFor(grant: ConnectionGrant): Access[] {
    return accessesOf([grant]).flatMap((wanted) =>
      this.accesses.filter((access) => allows(this, { ...access, branches: [] }, wanted)),
    );
  }
}

export function declarePolicy(): Declared<ConnectionPolicyProps> {
  return {
    grants: required(structs(declareGrant, "error")),
    roles: required(someStrings([limits.role])),
    inline: optional(flag),
    managedPoliciesPerRole: optional(kindOf(QUOTA)),
    description: optionalArgument(string(limits.policyDescription)),
    policyPath: optionalArgument(string(limits.policyPath)),
    tags: optionalArgument(stringMap),
    provider: optional(kindOf(PROVIDER)),
  };
}

/** What is made for each role, by the role's key. */
function byKey<Made>(roles: readonly RoleKey[], make: (role: RoleKey) => Made[]): Map<string, Made[]> {
  return new Map(roles.map((role) => [role.key, make(role)]));
}

/** The highest quota that AWS grants on request. */
const MOST_PER_ROLE = 25;

/** What a role may take is a number of this program: AWS has raised the quota, or not. */
const QUOTA: Kind = {
  includes: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_PER_ROLE,
  sentence: `must be a whole number from 1 to ${MOST_PER_ROLE}`,
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

/** What the properties must be together, and with the provider. */
function checkTogether(inspection: Inspection, scope: Construct, props: ConnectionPolicyProps): void {
  for (const property of ["description", "policyPath", "tags", "managedPoliciesPerRole"] as const) {
    inspection.fact(
      `${property} is for managed policies only: leave ${property} out, or set inline to false`,
      !props.inline || props[property] === undefined,
    );
  }
  checkTokens(inspection, elementsOf(props.grants));
  checkWithProvider(scope, props.provider, inspection, (late, bound) => {
    checkAccounts(late, "roles", props.roles, bound);
    elementsOf(props.grants).forEach(({ connection }, index) => {
      checkUse(late, scope, `grants[${index}].connection`, connection, props.provider, bound);
    });
  });
}

/** The members of a list's elements, whatever they are. */
function elementsOf<Element extends object>(list: readonly Element[] | undefined): Partial<Element>[] {
  return Array.isArray(list) ? Array.from(list as readonly Element[], (element) => membersOf(element)) : [];
}

/** What the elements of a list are called: the first has the plain name, as if it were the only one. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}${index + 1}`;
}
