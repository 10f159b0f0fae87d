import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression } from "../terraform/expression";
import { sharedData } from "../terraform/shared-data";
import { Inspection } from "../validation/inspection";
import { PROVIDER } from "../validation/kind";

/** What the library reads of an AWS provider, as the provider's own class has it. */
export interface BoundProvider {
  readonly region?: string | null;
  readonly allowedAccountIds?: unknown;
  readonly assumeRole?: unknown;
  readonly assumeRoleWithWebIdentity?: unknown;
  readonly terraformGeneratorMetadata?: { readonly providerVersion?: string };
}

/** Applies rules that depend on the provider to what a construct was given. */
export type ApplyRules = (inspection: Inspection, provider: BoundProvider) => void;

/**
 * The AWS provider that a construct goes through: its own, or the stack's default one. Nothing when that is not made yet.
 */
export function providerOf(scope: IConstruct, given: TerraformProvider | undefined): BoundProvider | undefined {
  return (given ?? defaultProviderOf(TerraformStack.of(scope), (stack) => stack.node.children)) as
    BoundProvider | undefined;
}

/** Looking through a stack takes as long as it is large, so its provider is remembered. */
const DEFAULT_PROVIDERS = new WeakMap<TerraformStack, IConstruct>();

function defaultProviderOf(
  stack: TerraformStack,
  candidates: (stack: TerraformStack) => readonly IConstruct[],
): IConstruct | undefined {
  const known = DEFAULT_PROVIDERS.get(stack);
  if (known !== undefined && isInTree(known)) return known;
  const found = candidates(stack).find(isDefaultAwsProvider);
  if (found !== undefined) DEFAULT_PROVIDERS.set(stack, found);
  return found;
}

/**
 * Applies rules that depend on the provider, which must be of the construct's own stack: Terraform knows no other by its
 * name. A provider that is made after the construct, or inside another, is looked for when the stack is complete.
 */
export function checkWithProvider(
  scope: IConstruct,
  given: TerraformProvider | undefined,
  inspection: Inspection,
  apply: ApplyRules,
): void {
  checkProvider(scope, given, inspection);
  const own = PROVIDER.includes(given) ? given : undefined;
  const provider = providerOf(scope, own);
  if (provider !== undefined) {
    apply(inspection, provider);
    return;
  }
  scope.node.addValidation({
    validate: () => {
      const late = new Inspection(scope);
      const found = defaultProviderOf(TerraformStack.of(scope), (stack) => stack.node.findAll());
      apply(late, (found ?? {}) as BoundProvider);
      return late.problems;
    },
  });
}

/** Demands that a provider is of the construct's own stack. */
export function checkProvider(scope: IConstruct, given: TerraformProvider | undefined, inspection: Inspection): void {
  if (given === undefined || !PROVIDER.includes(given)) return;
  const { path } = given.node;
  const [theirs, ours] = [given, scope].map((construct) => TerraformStack.of(construct));
  inspection.fact(
    `provider must be in the stack ${String(ours?.node.path)}. Given: ${path}, ` +
      `in the stack ${String(theirs?.node.path)}`,
    theirs === ours,
  );
}

/** The accounts that a provider is bound to, where the program names them: its role's, or those that it allows. */
export function accountsOf(provider: BoundProvider): readonly string[] {
  const { allowedAccountIds, assumeRole, assumeRoleWithWebIdentity } = provider;
  // Roles are assumed one after the other, so the last one counts.
  const role = lastOf(assumeRole) ?? lastOf(assumeRoleWithWebIdentity);
  if (role !== undefined) return /^arn:[^:]+:iam::([0-9]{12}):role\//.exec(role)?.slice(1) ?? [];
  const accounts = (Array.isArray(allowedAccountIds) ? allowedAccountIds : []) as readonly string[];
  return accounts.every((account) => /^[0-9]{12}$/.test(account)) ? accounts : [];
}

/** The ARN of the last role; nothing where the program names none. */
function lastOf(roles: unknown): string | undefined {
  const last: unknown = Array.isArray(roles) ? roles.at(-1) : undefined;
  const { roleArn } = (last ?? {}) as { roleArn?: unknown };
  return typeof roleArn === "string" ? roleArn : undefined;
}

/**
 * The region of what goes through a provider, where the program names it: its own, which version 6 of the provider brought,
 * or the provider's.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
export function regionOf({ region }: BoundProvider, own?: string): string | undefined {
  const given: unknown = own ?? region;
  return typeof given !== "string" || isExpression(given) ? undefined : given;
}

/** The version of the provider that the bindings were made for, such as `5.100.0`. */
export function versionOf({ terraformGeneratorMetadata }: BoundProvider): string | undefined {
  return terraformGeneratorMetadata?.providerVersion;
}

/** Whether a version, such as `6.25.0`, is at least another one, such as `6.8`. */
export function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function isDefaultAwsProvider(child: IConstruct): boolean {
  return PROVIDER.includes(child) && (child as TerraformProvider).alias === undefined;
}

/** Data that is kept for the provider that a construct goes through: its own, or the stack's default one. */
export function dataOfProvider<Data extends object>(
  scope: IConstruct,
  provider: TerraformProvider | undefined,
  name: string,
  initial: () => Data,
): Data {
  const byAlias = sharedData(TerraformStack.of(scope), name, () => new Map<string, Data>());
  const alias = aliasOf(provider);
  const data = byAlias.get(alias) ?? initial();
  byAlias.set(alias, data);
  return data;
}

/** Whether a construct, which goes through its own provider, is in the stack of another and goes through the same one. */
export function isBeside(
  one: IConstruct & { readonly provider?: TerraformProvider },
  other: IConstruct,
  provider: TerraformProvider | undefined,
): boolean {
  return TerraformStack.of(one) === TerraformStack.of(other) && aliasOf(one.provider) === aliasOf(provider);
}

/** What tells the AWS providers of a stack apart; the default one has none. */
function aliasOf(provider: TerraformProvider | undefined): string {
  return provider?.alias ?? "";
}

/** Whether a construct that was kept is still where it was made, and so is all that it is in. */
export function isInTree({ node }: IConstruct): boolean {
  const { scope } = node;
  return scope === undefined || (scope.node.tryFindChild(node.id)?.node === node && isInTree(scope));
}
