import type { Construct } from "constructs";
import { PROVIDER } from "../validation/kind";
import { type Access, accessesOf } from "./access";
import type { ConnectionPolicyProps } from "./connection-policy-props";
import { INLINE_POLICIES_SIZE, leastSize, MANAGED_POLICY_SIZE, pack } from "./packing";
import { type RoleKey, roleKeys } from "./roles";
import { loadRoles, MANAGED_POLICIES_PER_ROLE } from "./role-quota";

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
export function packPolicies(by: Construct, props: ConnectionPolicyProps): PackedPolicies {
  const { inline = false, provider } = props;
  const accesses = accessesOf(props.grants);
  const roles = roleKeys(by, props.roleNames);
  // All inline policies of a role share one quota, so there is no use in dividing them.
  const maxSize = inline ? INLINE_POLICIES_SIZE : MANAGED_POLICY_SIZE;
  const packed = inline ? [accesses] : pack(accesses, maxSize);
  const least = Math.max(...packed.map(leastSize));
  const problems = loadRoles(by, PROVIDER.includes(provider) ? provider : undefined, roles, {
    managedPolicies: inline ? 0 : packed.length,
    inlineSize: inline ? least : 0,
    quota: props.managedPoliciesPerRole ?? MANAGED_POLICIES_PER_ROLE,
  });
  return {
    ...{ accesses, packed, maxSize, roles },
    problems: inline || least <= maxSize ? problems : [TOO_LONG, ...problems],
  };
}
