import { queryProtocol } from "../protocols/query";
import type { Operation, Service } from "../service";
import { policyOperations } from "./iam/policies";
import { rolePolicyOperations } from "./iam/role-policies";
import { roleOperations } from "./iam/roles";
import { decide, type IamRequest } from "./iam/evaluation";
import { simulationOperations } from "./iam/simulation";
import { IamState } from "./iam/state";

/** A policy of a role, as it was received. */
export interface RolePolicy {
  /** The inline policy's name or the managed policy's ARN. */
  readonly name: string;
  readonly document: string;
}

/**
 * AWS Identity and Access Management: roles and customer managed policies.
 *
 * IAM is global. Its requests are signed for the partition's home region, or for the provider's own region when the
 * provider was told the endpoint; the partition is the same, and it is the one in every ARN.
 */
export class Iam implements Service {
  public readonly signingName = "iam";
  public readonly protocol = queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/");
  public readonly operations: { readonly [name: string]: Operation };

  private readonly state = new IamState();

  public constructor() {
    this.operations = {
      ...roleOperations(this.state, (arn) => this.roleExists(arn)),
      ...rolePolicyOperations(this.state),
      ...policyOperations(this.state),
      ...simulationOperations(this.state, (roleName) => this.documentsOf(roleName)),
    };
  }

  public roleExists(arn: string): boolean {
    return this.state.roles.some((role) => role.arn === arn);
  }

  /** Whether a role of the account may do something, by its own policies. */
  public isAllowed(roleArn: string, request: IamRequest): boolean {
    const { name } = this.state.roles.find(({ arn }) => arn === roleArn) ?? {};
    return name !== undefined && decide(roleArn, this.documentsOf(name), request) === "allowed";
  }

  /** The default version of a managed policy, as it was received. */
  public policyDocument(arn: string): string | undefined {
    return this.state.policies.find((policy) => policy.arn === arn)?.defaultVersion.document;
  }

  /** Everything that a role is allowed by its own policies: inline ones, then attached ones. */
  public rolePolicies(roleName: string): RolePolicy[] {
    const { inline, attached } = this.state.role(roleName);
    return [
      ...[...inline].map(([name, document]) => ({ name, document })),
      ...[...attached].map((arn) => ({ name: arn, document: this.state.policy(arn).defaultVersion.document })),
    ];
  }

  /** The trust policy of a role, as it was received. */
  public trustPolicy(roleName: string): string {
    return this.state.role(roleName).trust;
  }

  public inventory(): string[] {
    return [...this.state.roles, ...this.state.policies].map(({ arn }) => arn);
  }

  private documentsOf(roleName: string): string[] {
    return this.rolePolicies(roleName).map(({ document }) => document);
  }
}
