import { type TerraformProvider, TerraformStack, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import type { Inspection } from "../validation/inspection";
import { isExpression } from "../validation/expression";

/** What the library reads of an AWS provider, as the provider's own class has it. */
export interface BoundProvider {
  readonly region?: string;
  readonly allowedAccountIds?: readonly string[];
  readonly assumeRole?: unknown;
  readonly terraformGeneratorMetadata?: { readonly providerVersion?: string };
}

/**
 * The AWS provider that a construct goes through: its own, or the stack's default one. Nothing when that is not made yet.
 */
export function providerOf(scope: Construct, given: TerraformProvider | undefined): BoundProvider | undefined {
  return (given ?? TerraformStack.of(scope).node.children.find(isDefaultAwsProvider)) as BoundProvider | undefined;
}

/**
 * Inspects a construct together with its provider; once more when the stack is complete, if the provider is made after
 * the construct or inside another.
 */
export function inspectWithProvider(
  scope: Construct,
  given: TerraformProvider | undefined,
  inspect: (provider: BoundProvider) => Inspection,
): Inspection {
  const provider = providerOf(scope, given);
  if (provider === undefined) {
    scope.node.addValidation({
      validate: () =>
        inspect((TerraformStack.of(scope).node.findAll().find(isDefaultAwsProvider) ?? {}) as BoundProvider).problems,
    });
  }
  return inspect(provider ?? {});
}

/** The accounts that a provider is bound to, where the program names them: those it allows, or its role's. */
export function accountsOf({ allowedAccountIds: accounts = [], assumeRole }: BoundProvider): readonly string[] {
  if (Token.isUnresolved(accounts) || accounts.some(isExpression)) return [];
  if (accounts.length > 0) return accounts;
  // Roles are taken in turn, so the last one counts.
  const last: unknown = Array.isArray(assumeRole) ? assumeRole.at(-1) : undefined;
  const { roleArn } = (last ?? {}) as { roleArn?: string };
  return /^arn:[^:]+:iam::([0-9]{12}):role\//.exec(roleArn ?? "")?.slice(1) ?? [];
}

/** The region of a provider, where the program names it. */
export function regionOf({ region }: BoundProvider): string | undefined {
  return region === undefined || isExpression(region) ? undefined : region;
}

/** By what it renders, not by `instanceof`: two copies of the provider package would be strangers to each other. */
function isDefaultAwsProvider(child: IConstruct): boolean {
  const { terraformProviderSource, terraformResourceType, alias } = child as Partial<TerraformProvider>;
  return terraformProviderSource !== undefined && terraformResourceType === "aws" && alias === undefined;
}
