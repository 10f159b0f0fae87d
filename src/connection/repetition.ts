import type { TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import type { Limit } from "../validation/rule";
import { usesOf } from "./uses";

export const noRepetition: Limit = {
  sentence:
    "a connection with count or for_each can't have the activation reminder, whose outputs are for one connection: create " +
    "one connection for each value in a loop of your program, or set activationReminder to false",
  see: "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
};

/**
 * Refuses them where something needs one connection or host: the reminder, or what uses it. They can be set after the
 * construct is made, so it is refused when the stack is synthesised.
 */
export function refuseRepetition(construct: IConstruct, resource: TerraformElement, hasReminder: boolean): void {
  construct.node.addValidation({
    validate: () => {
      if (repetitionOf(resource) === undefined) return [];
      if (hasReminder) return [`${noRepetition.sentence}.`];
      const [use, ...more] = usesOf(construct);
      if (use === undefined) return [];
      const others = more.length > 0 ? ` (and ${more.length} more)` : "";
      return [
        `${use.by}${others} needs one connection or host, and count or for_each makes several. Create one for each value ` +
          "in a loop of your program, or give one instance by its ARN, as in Connection.fromConnectionArn(this, " +
          `"Shop", '\${<resource type>.<id>["shop"].arn}').`,
      ];
    },
  });
}

/** How a resource or data source is repeated, if it is. */
export function repetitionOf(resource: TerraformElement): "count" | "for_each" | undefined {
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
