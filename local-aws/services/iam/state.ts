import { AwsError } from "../../aws-error";
import { TagStore } from "../../tag-store";

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly created: string;
  description: string | undefined;
  maxSessionDuration: number;
  trust: string;
  boundary: string | undefined;
  /** Documents by policy name. */
  readonly inline: Map<string, string>;
  /** ARNs of managed policies. */
  readonly attached: Set<string>;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: string;
  readonly created: string;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly created: string;
  /** Oldest first. */
  readonly versions: PolicyVersion[];
  versionsEver: number;
  defaultVersion: PolicyVersion;
}

/** Everything in one account's IAM. */
export class IamState {
  public readonly tags = new TagStore({ limit: 50, tooManyCode: "LimitExceeded", invalidCode: "InvalidInput" });

  // IAM's names differ by more than case: `Shop` and `shop` cannot both exist.
  private readonly rolesByName = new Map<string, Role>();
  private readonly policiesByArn = new Map<string, ManagedPolicy>();

  public get roles(): Role[] {
    return [...this.rolesByName.values()];
  }

  public get policies(): ManagedPolicy[] {
    return [...this.policiesByArn.values()];
  }

  public role(name: string): Role {
    const role = this.rolesByName.get(name.toLowerCase());
    if (role === undefined) throw missing(`The role with name ${name} cannot be found.`);
    return role;
  }

  public policy(arn: string): ManagedPolicy {
    const policy = this.policiesByArn.get(arn);
    if (policy !== undefined) return policy;
    if (/^arn:[a-z-]+:iam::aws:policy\//.test(arn)) throw notHeld(arn);
    throw missing(`Policy ${arn} does not exist or is not attachable.`);
  }

  public addRole(role: Role): void {
    if (this.rolesByName.has(role.name.toLowerCase())) throw taken(`Role with name ${role.name} already exists.`);
    this.rolesByName.set(role.name.toLowerCase(), role);
  }

  public addPolicy(policy: ManagedPolicy): void {
    if (this.policies.some(({ name }) => name.toLowerCase() === policy.name.toLowerCase())) {
      throw taken(`A policy called ${policy.name} already exists. Duplicate names are not allowed.`);
    }
    this.policiesByArn.set(policy.arn, policy);
  }

  public removeRole({ name, arn }: Role): void {
    this.rolesByName.delete(name.toLowerCase());
    this.tags.forget(arn);
  }

  public removePolicy({ arn }: ManagedPolicy): void {
    this.policiesByArn.delete(arn);
    this.tags.forget(arn);
  }

  public rolesWith(policyArn: string): Role[] {
    return this.roles.filter(({ attached }) => attached.has(policyArn));
  }
}

/** AWS has it and this account does not: a wrong NoSuchEntity or an empty list would look like a finding. */
export function notHeld(what: string): AwsError {
  return new AwsError("NotImplemented", `The local endpoint holds none of AWS's own policies: ${what}`, 501);
}

export function missing(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

function taken(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, 409);
}
