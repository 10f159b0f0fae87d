import { Annotations } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isExpression } from "../terraform/expression";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";
import { Inspection } from "../validation/inspection";
import type { Rule } from "../validation/rule";
import type { IConnection } from "./connection-base";

/** What a connection is marked with that an action of its own account uses. */
const MARK = "used-from-its-account";

/** Notes that an action pulls with a role of the connection's own account, or with one that may be. */
export function noteRoleOf(connection: IConnection, roleArn: string | undefined): void {
  if (mayBeOfItsAccount(connection.connectionArn, roleArn)) sharedData(connection, MARK, () => ({}));
}

/** Whether a role is of the account of a connection, as far as both are known. */
export function mayBeOfItsAccount(connectionArn: unknown, roleArn: unknown): boolean {
  if (typeof connectionArn !== "string" || typeof roleArn !== "string" || isExpression(connectionArn)) return false;
  const account = /^arn:[^:]*:iam::([0-9]{12}):/.exec(roleArn)?.[1];
  return account === undefined ? isExpression(roleArn) : account === connectionArn.split(":")[4];
}

/**
 * What is wrong with a literal ARN of another account, once all that uses the connection is known: nothing but a warning
 * where a source action runs with a role that is of that account, or may be.
 */
export function problemsOfAccount(connection: Construct, connectionArn: string, rules: readonly Rule[]): string[] {
  const { problems } = new Inspection(connection).value("connectionArn", connectionArn, ...rules);
  if (problems.length === 0 || sharedDataIfAny(connection, MARK) === undefined) return problems;
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
