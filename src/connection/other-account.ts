import { Annotations } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isExpression } from "../terraform/expression";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";
import { Inspection } from "../validation/inspection";
import type { Rule } from "../validation/rule";
import type { IConnection } from "./connection-base";

/** What a connection is marked with that an action of its own account uses. */
const MARK = "used-from-its-account";

/** Notes that an action pulls with a role of the connection's own account, where both are literals. */
export function noteRoleOf(connection: IConnection, roleArn: string | undefined): void {
  if (isRoleOfItsAccount(connection.connectionArn, roleArn)) sharedData(connection, MARK, () => ({}));
}

/** Whether a role is of the account of a connection, where both are literals. */
export function isRoleOfItsAccount(connectionArn: unknown, roleArn: unknown): boolean {
  if (typeof connectionArn !== "string" || typeof roleArn !== "string") return false;
  if (isExpression(connectionArn) || isExpression(roleArn)) return false;
  const [account, role] = [connectionArn, roleArn].map((arn) => arn.split(":")[4] ?? "");
  return account !== "" && account === role;
}

/**
 * What is wrong with a literal ARN of another account, once all that uses the connection is known: nothing but a warning
 * where a source action runs with a role of that account.
 */
export function problemsOfAccount(connection: Construct, connectionArn: string, rules: readonly Rule[]): string[] {
  const { problems } = new Inspection(connection).value("connectionArn", connectionArn, ...rules);
  if (problems.length === 0 || sharedDataIfAny(connection, MARK) === undefined) return problems;
  warnOnce(connection, OF_ITS_ACCOUNT);
  return [];
}

const OF_ITS_ACCOUNT =
  "connectionArn is of another account than the provider, and a connection with a codestar-connections ARN can't be " +
  "shared. A source action uses it with a role of that account (roleArn): that is reported to work " +
  "(https://github.com/aws/aws-cdk/issues/14355), and AWS does not document it.";

function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}
