import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { Inspection } from "../validation/inspection";
import { accountsOf, type BoundProvider } from "../aws-provider/aws-provider";
import { CONNECTION, type IConnection } from "./connection-base";
import { isBeside } from "../aws-provider/per-provider";
import * as rules from "./limits";

/**
 * Applies the rules on a connection that is used elsewhere than where it is made or named: in another stack, or through
 * another provider. Its ARN may be of an account that this one can't use connections of.
 */
export function inspectUse(
  scope: Construct,
  property: string,
  connection: unknown,
  provider: TerraformProvider | undefined,
  bound: BoundProvider,
): Inspection {
  const inspection = new Inspection();
  const accounts = accountsOf(bound);
  if (accounts.length === 0 || !CONNECTION.includes(connection)) return inspection;
  const used = connection as IConnection;
  return isBeside(used, scope, provider)
    ? inspection
    : inspection.value(property, used.connectionArn, ...rules.arnOfAccounts(accounts));
}
