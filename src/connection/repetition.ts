import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Limit } from "../validation/rule";

export const noRepetition: Limit = {
  sentence:
    "a connection with count or for_each can't have the activation reminder, whose outputs are for one connection: create " +
    "one connection for each value in a loop of your program, or set activationReminder to false",
  see: "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
};

/** Refuses them on a resource. They can be set after the construct is made, so it is when the stack is synthesised. */
export function refuseRepetition(construct: IConstruct, resource: TerraformResource): void {
  construct.node.addValidation({
    validate: () => {
      return repetitionOf(resource) === undefined ? [] : [`${noRepetition.sentence}.`];
    },
  });
}

/** How a resource is repeated, if it is. */
export function repetitionOf(resource: TerraformResource): "count" | "for_each" | undefined {
  const { count, forEach, rawOverrides = {} } = resource as unknown as Repeatable;
  if (count != null || rawOverrides.count != null) return "count";
  return forEach != null || rawOverrides.for_each != null ? "for_each" : undefined;
}

/** What CDKTF keeps on a resource, its overrides too. */
interface Repeatable {
  readonly count?: unknown;
  readonly forEach?: unknown;
  readonly rawOverrides?: { readonly count?: unknown; readonly for_each?: unknown };
}
