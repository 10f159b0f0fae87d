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
    const alias = provider?.alias ?? "";
    const value = kept.get(alias) ?? this.make();
    kept.set(alias, value);
    return value;
  }
}
