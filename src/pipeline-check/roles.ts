import type { IConstruct } from "constructs";
import { literalIfKnown } from "../terraform/expression";
import { type Origin, originIn } from "../terraform/reference";
import { given } from "../validation/validation-error";
import { attributesOf } from "./read-pipeline";
import type { Resources } from "./tree";

/** A role, as far as this program knows which one it is. Most are compared by where they come from, so the rest is lazy. */
export interface Role {
  /** The resource or data source that it is an attribute of. */
  readonly origin?: Origin;
  /** The role as a message shows it. */
  readonly label: () => string;
  /** Its name, where that is a literal. */
  readonly name: () => string | undefined;
  /** The account in a literal ARN. */
  readonly account?: string;
}

/** The role that a name or an ARN is of, as it is given to a construct; nothing where that is not known. */
export function roleIn(scope: IConstruct, value: unknown, resources: Resources): Role | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  const origin = originIn(scope, value);
  if (origin === undefined) return literalRole(literalIfKnown(scope, value));
  const { stack, address, instance } = origin;
  if (!/^(data\.)?aws_iam_role\./.test(address)) return undefined;
  const element = (): IConstruct | undefined => resources.at(stack, address);
  return {
    origin,
    label: () => element()?.node.path ?? `${address}${instance}`,
    name: () => {
      const found = element();
      return found && literalIfKnown(found, attributesOf(found)?.name);
    },
  };
}

function literalRole(literal: string | undefined): Role | undefined {
  if (literal === undefined) return undefined;
  const [, account, name = literal] = /^arn:[^:]+:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/.exec(literal) ?? [];
  return { label: () => given(literal), name: () => name, account };
}

/** Whether two roles are known to be two. */
export function differ(one: Role, other: Role): boolean {
  const [first, second] = [one.origin, other.origin];
  if (first !== undefined && second !== undefined && isOneResource(first, second)) {
    return first.instance !== second.instance && first.instance !== "" && second.instance !== "";
  }
  const [name, otherName] = [one.name(), other.name()];
  if (name !== undefined && otherName !== undefined) {
    if (name !== otherName) return true;
    return one.account !== undefined && other.account !== undefined && one.account !== other.account;
  }
  // Two resources make two roles, whatever their names turn out to be.
  return isMade(first) && isMade(second);
}

function isOneResource(one: Origin, other: Origin): boolean {
  return one.stack === other.stack && one.address === other.address;
}

function isMade(origin: Origin | undefined): boolean {
  return origin !== undefined && !origin.address.startsWith("data.");
}
