import { Annotations, TerraformResource, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { accountsOf, providerOf } from "../aws-provider/bound-provider";
import { isExpression } from "../terraform/expression";
import { originIn } from "../terraform/reference";
import { Inspection } from "../validation/inspection";
import type { Rule } from "../validation/rule";
import type { IConnection } from "./connection-base";
import { usesOf } from "./uses";

/** Whether a role is of the account of a connection, as far as both are known. */
export function mayBeOfItsAccount(connection: IConnection, roleArn: unknown): boolean {
  const { connectionArn } = connection;
  if (typeof roleArn !== "string" || isExpression(connectionArn)) return false;
  const account = connectionArn.split(":")[4] ?? "";
  const itsAccount = /^arn:[^:]*:iam::([0-9]{12}):/.exec(roleArn)?.[1];
  if (itsAccount !== undefined || !isExpression(roleArn)) return itsAccount === account;
  const accounts = accountsOfRole(connection, roleArn);
  return accounts.length === 0 || accounts.includes(account);
}

/** The accounts that a role of the program can be of: those of its provider. None where they are not known. */
function accountsOfRole(scope: IConstruct, roleArn: string): readonly string[] {
  // A reference that was typed by hand does not say which stack it is of.
  const { stack, address } = (Token.isUnresolved(roleArn) ? originIn(scope, roleArn) : undefined) ?? {};
  if (stack === undefined || address?.startsWith("aws_iam_role.") !== true) return [];
  const role = stack.node
    .findAll()
    .filter((element) => TerraformResource.isTerraformResource(element))
    .find((element) => `${element.terraformResourceType}.${element.friendlyUniqueId}` === address);
  return role === undefined ? [] : accountsOf(providerOf(role, role.provider) ?? {});
}

/**
 * What is wrong with a literal ARN of another account, once all that uses the connection is known: nothing but a warning
 * where a source action runs with a role that is of that account, or may be. Other actions may go through other providers.
 */
export function problemsOfAccount(
  connection: Construct & IConnection,
  connectionArn: string,
  rules: readonly Rule[],
): string[] {
  const { problems } = new Inspection(connection).value("connectionArn", connectionArn, ...rules);
  if (problems.length === 0) return [];
  if (!usesOf(connection).some(({ roleArn }) => mayBeOfItsAccount(connection, roleArn))) return problems;
  warnOnce(connection, OF_ITS_ACCOUNT);
  return [];
}

const OF_ITS_ACCOUNT =
  "connectionArn is of another account than the provider, and a connection with a codestar-connections ARN can't be " +
  "shared. A source action uses it with a role of its own (roleArn). With a role of that account this is reported to work " +
  "(https://github.com/aws/aws-cdk/issues/14355), and AWS does not document it.";

function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}
