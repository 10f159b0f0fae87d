import { TerraformStack, type TerraformProvider } from "cdktf";
import type { Construct, IConstruct } from "constructs";

/** The region of a provider, or of the stack's default AWS provider, where the program gives one. */
export function regionOf(scope: Construct, provider?: TerraformProvider): string | undefined {
  const found = provider ?? TerraformStack.of(scope).node.children.find(isDefaultAwsProvider);
  const { region } = (found ?? {}) as { region?: unknown };
  return typeof region === "string" ? region : undefined;
}

/** By what it renders, not by `instanceof`: two copies of the provider package would be strangers to each other. */
function isDefaultAwsProvider(child: IConstruct): boolean {
  const { terraformProviderSource, terraformResourceType, alias } = child as Partial<TerraformProvider>;
  return terraformProviderSource !== undefined && terraformResourceType === "aws" && alias === undefined;
}
