import { TerraformDataSource, type TerraformElement, type TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Limit } from "../validation/rule";

export const noRepetition: Limit = {
  sentence:
    "a connection with count or for_each can't have the activation reminder, whose outputs are for one connection: create " +
    "one connection for each value in a loop of your program, or set activationReminder to false",
  see: "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
};

/** How an instance of a repeated resource is named. */
export const INSTANCE = { count: "[0]", for_each: '["<key>"]' };

/** How one of several is given by its ARN. */
const BY_ARN = { connection: "Connection.fromConnectionArn", host: "ConnectionHost.fromHostArn" };

/** What is repeated, and what does not work then. */
export interface Repeated {
  readonly what: keyof typeof BY_ARN;
  readonly hasReminder?: boolean;
  /** What needs one of it. */
  readonly users: () => readonly string[];
}

/**
 * Refuses them where something needs one connection or host: the reminder, or what uses it. They can be set after the
 * construct is made, so it is refused when the stack is synthesised.
 */
export function refuseRepetition(
  construct: IConstruct,
  resource: TerraformResource | TerraformDataSource,
  { what, hasReminder = false, users }: Repeated,
): void {
  construct.node.addValidation({
    validate: () => {
      const repetition = repetitionOf(resource);
      if (repetition === undefined) return [];
      if (hasReminder) return [`${noRepetition.sentence}.`];
      const [user, ...more] = new Set(users());
      if (user === undefined) return [];
      const others = more.length > 0 ? ` (and ${more.length} more)` : "";
      const data = TerraformDataSource.isTerraformDataSource(resource) ? "data." : "";
      const address = `${data}${resource.terraformResourceType}.${resource.friendlyUniqueId}${INSTANCE[repetition]}`;
      return [
        `${user}${others} needs one ${what}, and ${repetition} makes several. Create one for each value in a loop of your ` +
          `program, or give one instance by its ARN: ${BY_ARN[what]}(this, "One", '\${${address}.arn}').`,
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

/** Whether a resource is switched off. */
export function isSwitchedOff(resource: TerraformElement): boolean {
  const { count, rawOverrides = {} } = resource as unknown as Repeatable;
  return (rawOverrides.count ?? count) === 0;
}
