import { callerArn, type Scope } from "./account";

/** Whether a role of this account exists, by its ARN. */
export type RoleExists = (arn: string) => boolean;

/** Whether a policy may name this AWS principal. Of another account's principals nothing is known here. */
export function isPrincipal(principal: string, scope: Scope, roleExists: RoleExists): boolean {
  if (principal === "*" || /^\d{12}$/.test(principal)) return true;
  const [, account, name] = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):(root|[a-z-]+\/.+)$/.exec(principal) ?? [];
  if (name === undefined) return false;
  return account !== scope.accountId || name === "root" || principal === callerArn(scope) || roleExists(principal);
}
