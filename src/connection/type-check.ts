import { type TerraformDataSource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Check } from "../terraform/check";
import { asString, isExpression } from "../terraform/expression";
import { attributeOf } from "../terraform/reference";
import { template, untemplated } from "../terraform/template";
import type { IConnection } from "./connection-base";

/** Warns while the repository provider of a connection is not the one that the program says, where both are known. */
export function checkType(scope: Construct, connection: IConnection, dataSource: TerraformDataSource): void {
  if (connection.providerType === undefined) return;
  // Another stack can't name what an expression refers to.
  const isBeside = TerraformStack.of(scope) === TerraformStack.of(connection);
  if (!isBeside && isExpression(connection.providerType.value)) return;
  assertType(new Check(scope, "ProviderTypeCheck"), connection, attributeOf(dataSource, TYPE));
}

/** The attribute of the provider's data source. */
export const TYPE = "provider_type";

/** It is no error: AWS is not told what the program says. But the reminder sends people to the wrong place. */
export function assertType(check: Check, { providerType, node }: IConnection, actual: string): void {
  if (providerType === undefined) return;
  const { value: said } = providerType;
  const path = untemplated(node.path);
  const message = template`${path}: providerType must be the one of the connection, which is "${actual}". Given: "${said}".`;
  check.assert(
    asString((partOf) => `${partOf(actual)} == ${partOf(said)}`),
    asString(message),
  );
}
