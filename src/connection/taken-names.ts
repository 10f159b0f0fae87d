import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { isExpression } from "../validation/expression";
import { Inspection } from "../validation/inspection";
import { given } from "../validation/validation-error";
import { PerProvider } from "./per-provider";

/** The connections of each name, in the one account of their provider. */
const TAKEN = new PerProvider(() => new Map<string, Construct>());

/** Demands that no other connection of this stack and provider has the name. */
export function inspectNameIsFree(
  scope: Construct,
  name: unknown,
  provider: TerraformProvider | undefined,
): Inspection {
  const other = typeof name === "string" ? TAKEN.of(scope, provider).get(name.normalize("NFC")) : undefined;
  return new Inspection().fact(
    `name must be unique in the account, and ${String(other?.node.path)} has it too. Given: ${given(name)}`,
    other === undefined || other === scope,
  );
}

/** Takes a name; one that only Terraform knows is AWS's to judge. */
export function takeName(scope: Construct, name: string, provider: TerraformProvider | undefined): void {
  if (!isExpression(name)) TAKEN.of(scope, provider).set(name.normalize("NFC"), scope);
}
