import { type TerraformProvider, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isExpression } from "../terraform/expression";
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

/**
 * The AWS provider that a construct goes through: its own, or the stack's default one. Nothing when that is not made yet.
 */
export function providerOf(scope: Construct, given: TerraformProvider | undefined): BoundProvider | undefined {
  return (given ?? defaultProviderOf(TerraformStack.of(scope))) as BoundProvider | undefined;
}

/** Looking through a stack takes as long as it is large, so its provider is remembered. */
const DEFAULT_PROVIDERS = new WeakMap<TerraformStack, IConstruct>();

function defaultProviderOf(stack: TerraformStack): IConstruct | undefined {
  const known = DEFAULT_PROVIDERS.get(stack);
  if (known !== undefined && isInTree(known)) return known;
  const found = stack.node.children.find(isDefaultAwsProvider);
  if (found !== undefined) DEFAULT_PROVIDERS.set(stack, found);
  return found;
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
  return inspect(provider ?? {}).include(inspectProvider(scope, given));
}

/** Demands that what a construct goes through is an AWS provider of its own stack: Terraform knows no other by its name. */
export function inspectProvider(scope: Construct, given: unknown): Inspection {
  const inspection = new Inspection().kind("provider", given, PROVIDER);
  if (!PROVIDER.includes(given)) return inspection;
  const { path } = (given as TerraformProvider).node;
  const [theirs, ours] = [given as TerraformProvider, scope].map((construct) => TerraformStack.of(construct));
  return inspection.fact(
    `provider must be of the same stack, ${String(ours?.node.path)}. Given: ${path}, of the stack ${String(theirs?.node.path)}`,
    theirs === ours,
  );
}

/** The accounts that a provider is bound to, where the program names them: its role's, or those that it allows. */
export function accountsOf(provider: BoundProvider): readonly string[] {
  const { allowedAccountIds, assumeRole, assumeRoleWithWebIdentity } = provider;
  // Roles are taken in turn, so the last one counts.
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

/** The region of a provider, where the program names it. */
export function regionOf({ region }: BoundProvider): string | undefined {
  const given = region ?? undefined;
  return given === undefined || isExpression(given) ? undefined : given;
}

function isDefaultAwsProvider(child: IConstruct): boolean {
  return PROVIDER.includes(child) && (child as TerraformProvider).alias === undefined;
}

/** Something that is kept once for each AWS provider of a stack. */
export class PerProvider<Value> {
  private readonly stacks = new WeakMap<TerraformStack, Map<string, Value>>();

  public constructor(private readonly make: () => Value) {}

  /** What is kept for the provider that a construct goes through: its own, or the stack's default one. */
  public of(scope: IConstruct, provider: TerraformProvider | undefined): Value {
    const stack = TerraformStack.of(scope);
    const kept = this.stacks.get(stack) ?? new Map<string, Value>();
    this.stacks.set(stack, kept);
    const alias = aliasOf(provider);
    const value = kept.get(alias) ?? this.make();
    kept.set(alias, value);
    return value;
  }
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
