import { createHash } from "node:crypto";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { isExpression } from "../terraform/expression";
import { type Access, accessesOf, type ConnectionGrant } from "./connection-grant";
import { INLINE_POLICIES_SIZE, MANAGED_POLICY_SIZE } from "./limits";
import { loadRoles, MANAGED_POLICIES_PER_ROLE, type RoleKey, roleKeys } from "./roles";
import { policyDocument, sizeOf } from "./statement";
import { useConnections } from "./use-connection-statements";

/** The longest ARN of a connection: `aws-us-gov`, `codestar-connections`, `ap-northeast-1`, an account, a UUID. */
const ARN_LENGTH = "arn:aws-us-gov:codestar-connections:ap-northeast-1:123456789012:connection/".length + 36;

/** As long as the path of a repository in GitHub can be: an owner of 39 characters and a name of 100. */
const STRING_LENGTH = 140;

/**
 * Divides accesses among policies, each as full as it can be. They keep their order, so a new last one changes only the last
 * policy.
 */
export function pack(accesses: readonly Access[], maxSize: number): Access[][] {
  const policies: Access[][] = [];
  let start = 0;
  while (start < accesses.length) {
    const end = start + fitting(accesses.slice(start), maxSize);
    policies.push(accesses.slice(start, end));
    start = end;
  }
  return policies;
}

/** How many of the first accesses one policy holds; one in any case. A policy never shrinks by one more, so halving finds it. */
function fitting(accesses: readonly Access[], maxSize: number): number {
  let [fits, most] = [1, accesses.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (policySize(accesses.slice(0, middle)) <= maxSize) fits = middle;
    else most = middle - 1;
  }
  return fits;
}

/** The size of the policy that allows this. An expression counts as long as it is likely to be at most. */
export function policySize(accesses: readonly Access[], stringLength = STRING_LENGTH): number {
  return sizeOf(policyDocument(useConnections(accesses.map((access) => measurable(access, stringLength)))));
}

/** What the policy has at least, however short its expressions turn out to be. */
export function leastSize(accesses: readonly Access[]): number {
  return policySize(accesses, 0);
}

/** Strings that are as long as they will be; they stay as different from each other as they are. */
function measurable(access: Access, stringLength: number): Access {
  const { connectionArn, repository, branches } = access;
  // Neither an expression any more nor what it was, but as different from others; and a pattern, as its operator has it.
  const sized = (string: string, length: number): string =>
    isExpression(string)
      ? `*${createHash("sha256").update(string).digest("hex").slice(0, 6)}`.padEnd(length, "x")
      : string;
  return {
    ...access,
    connectionArn: sized(connectionArn, ARN_LENGTH),
    repository: repository === undefined ? undefined : sized(repository, stringLength),
    branches: branches.map((branch) => sized(branch, stringLength)),
  };
}

/** What is granted to whom, as far as it decides how many policies that takes. */
interface Granted {
  readonly grants: readonly ConnectionGrant[];
  readonly roles: readonly string[];
  readonly inline?: boolean;
  readonly managedPoliciesPerRole?: number;
  readonly provider?: TerraformProvider;
}

/** What a policy's properties come to, once those that it is made from are sound. */
export interface PackedPolicies {
  readonly accesses: readonly Access[];
  /** The accesses by the policy that holds them. */
  readonly packed: readonly (readonly Access[])[];
  /** How many characters a policy holds. */
  readonly maxSize: number;
  readonly roles: readonly RoleKey[];
  /** What that breaks of IAM's quotas, in sentences without their full stops. */
  readonly problems: readonly string[];
}

const TOO_LONG =
  `grants: one repository and its branches take more than the ${MANAGED_POLICY_SIZE} characters of a policy: use ` +
  "patterns with *, or several grants";

/** Divides what is granted among policies, and adds them to what the roles get already. */
export function packPolicies(by: Construct, props: Granted): PackedPolicies {
  const { inline = false, provider } = props;
  const accesses = accessesOf(props.grants);
  const roles = roleKeys(by, props.roles);
  // All inline policies of a role share one quota, so there is no use in dividing them.
  const maxSize = inline ? INLINE_POLICIES_SIZE : MANAGED_POLICY_SIZE;
  const packed = inline ? [accesses] : pack(accesses, maxSize);
  const problems = loadRoles(by, provider, roles, {
    managedPolicies: inline ? 0 : packed.length,
    inlineSize: inline ? leastSize(accesses) : 0,
    quota: props.managedPoliciesPerRole ?? MANAGED_POLICIES_PER_ROLE,
  });
  return {
    ...{ accesses, packed, maxSize, roles },
    problems: !inline && packed.some((policy) => isTooLong(policy, maxSize)) ? [TOO_LONG, ...problems] : problems,
  };
}

/** Only the branches of one access can be so many. */
function isTooLong([access, ...others]: readonly Access[], maxSize: number): boolean {
  return access !== undefined && others.length === 0 && access.branches.length > 0 && leastSize([access]) > maxSize;
}
