import { isDeepStrictEqual } from "node:util";
import { evaluate } from "../project/evaluate";
import type { Stack } from "../project/project";
import { addressesIn, type Attributes, instancesOf } from "../project/state";
import type { Finding } from "./examination";
import type { Place } from "./leftovers";
import { rolesInUse } from "./roles-in-use";

/** What Terraform adds to a prefix: a time and a counter. */
const UNIQUE = /^\d{18}[0-9a-f]{8}$/;

/** Roles and policies that an earlier try left behind. They are found by the prefixes of those that the stack makes. */
export async function checkLeftoverRoles(place: Place, stacks: readonly Stack[]): Promise<Finding[]> {
  const [roles, policies] = [await prefixesOf(place, "aws_iam_role"), await prefixesOf(place, "aws_iam_policy")];
  const [knownRoles, knownPolicies] = [namesIn(stacks, "aws_iam_role"), namesIn(stacks, "aws_iam_policy")];
  const alike = (roles.length === 0 ? [] : await place.account.roles(place.region)).filter(
    ({ RoleName = "", AssumeRolePolicyDocument = "" }) => {
      const prefix = prefixOf(RoleName, roles);
      return prefix !== undefined && !knownRoles.has(RoleName) && isTrustedAs(prefix, AssumeRolePolicyDocument);
    },
  );
  // Each pipeline of the region is read for that.
  const inUse = alike.length === 0 ? new Set() : await rolesInUse(place);
  return [
    ...alike.filter(({ Arn }) => !inUse.has(Arn)).map(({ RoleName = "" }) => left("role", RoleName, place.stack)),
    ...(policies.length === 0 ? [] : await place.account.policies(place.region))
      // One that is attached is in use.
      .filter(({ PolicyName = "", AttachmentCount = 0 }) => AttachmentCount === 0 && !knownPolicies.has(PolicyName))
      .filter(({ PolicyName = "" }) => prefixOf(PolicyName, policies) !== undefined)
      .map(({ PolicyName = "" }) => left("policy", PolicyName, place.stack)),
  ];
}

interface Prefix {
  readonly prefix: string;
  /** The trust policy of the role that the state knows. */
  readonly trust?: string;
}

/** The prefixes of a type of resource: of what the state knows, and of what is still to be made. */
async function prefixesOf({ stack }: Place, type: string): Promise<readonly Prefix[]> {
  const known = instancesOf(stack.state, [type], "managed").map(
    ({ name_prefix: prefix, assume_role_policy: trust }) => ({
      ...{ prefix: typeof prefix === "string" ? prefix : "", trust: typeof trust === "string" ? trust : undefined },
    }),
  );
  const inState = addressesIn(stack.state);
  const toMake = Object.entries(stack.program.resource?.[type] ?? {})
    .filter(([id, { name_prefix: prefix }]) => typeof prefix === "string" && !inState.has(`${type}.${id}`))
    .map(([, { name_prefix: prefix }]) => String(prefix));
  const evaluated = await evaluate(stack.folder, toMake);
  return [...known, ...evaluated.map((prefix = "") => ({ prefix }))].filter(({ prefix }) => prefix !== "");
}

function prefixOf(name: string, prefixes: readonly Prefix[]): Prefix | undefined {
  return prefixes.find(({ prefix }) => name.startsWith(prefix) && UNIQUE.test(name.slice(prefix.length)));
}

/** A role with another trust policy than the one that the stack has is of something else, such as another region. */
function isTrustedAs({ trust }: Prefix, document: string): boolean {
  return trust === undefined || isDeepStrictEqual(JSON.parse(trust), JSON.parse(decodeURIComponent(document)));
}

function namesIn(stacks: readonly Stack[], type: string): ReadonlySet<unknown> {
  return new Set(stacks.flatMap(({ state }) => instancesOf(state, [type]).map(({ name }: Attributes) => name)));
}

function left(kind: "role" | "policy", name: string, stack: Stack): Finding {
  return {
    id: "leftover",
    says: `The ${kind} "${name}" is named as those of the stack "${stack.name}", whose state does not know it.`,
    todo: "If an interrupted deploy left it behind, and nothing else uses it, delete it in the console.",
  };
}
