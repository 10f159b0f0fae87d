import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import type { Limit } from "../validation/rule";

export const noRepetition: Limit = {
  sentence:
    "a connection or a host can't have count or for_each, since what refers to it names no instance: create one for each " +
    "value in a loop of your program",
  see: "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
};

/** Refuses them on a resource. They can be set after the construct is made, so it is when the stack is synthesised. */
export function refuseRepetition(construct: IConstruct, resource: TerraformResource): void {
  construct.node.addValidation({
    validate: () => {
      const { count, forEach, rawOverrides = {} } = resource as unknown as Repeatable;
      const isRepeated = [count, forEach, rawOverrides.count, rawOverrides.for_each].some((each) => each != null);
      return isRepeated ? [`${construct.node.path}: ${noRepetition.sentence}.`] : [];
    },
  });
}

/** What CDKTF keeps on a resource, its overrides too. */
interface Repeatable {
  readonly count?: unknown;
  readonly forEach?: unknown;
  readonly rawOverrides?: { readonly count?: unknown; readonly for_each?: unknown };
}
