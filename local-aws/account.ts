import { randomBytes } from "node:crypto";

/** Which account and region a request is about: what every operation needs to name its resources. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

/** The partition that a region belongs to, as AWS writes it in ARNs. */
export function partitionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("cn-")) return "aws-cn";
  return "aws";
}

/** An ARN in the scope's region and account, e.g. `arn(scope, "codepipeline", "shop")`. */
export function arn(scope: Scope, service: string, resource: string): string {
  return `arn:${partitionOf(scope.region)}:${service}:${scope.region}:${scope.accountId}:${resource}`;
}

/** The ARN of a global (IAM) resource, which names no region. */
export function globalArn(scope: Scope, service: string, resource: string): string {
  return `arn:${partitionOf(scope.region)}:${service}::${scope.accountId}:${resource}`;
}

/** A unique id of the kind that IAM gives to its entities. */
export function uniqueId(prefix: string): string {
  return prefix + randomBytes(8).toString("hex").toUpperCase();
}

/** The IAM user who makes every call, and who exists without having been created. */
export function callerArn(scope: Scope): string {
  return globalArn(scope, "iam", "user/local");
}

export const callerId = "AIDALOCALCALLER000000";
