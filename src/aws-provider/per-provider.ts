import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

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
