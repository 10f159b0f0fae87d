import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** What is in a construct down to the stacks inside it, which validate themselves. */
export interface Inside {
  readonly elements: readonly IConstruct[];
  readonly stacks: readonly TerraformStack[];
}

/** Reads what is in a stack, or in the app. */
export function inside(construct: IConstruct): Inside {
  const elements = [construct];
  const stacks: TerraformStack[] = [];
  // The list grows as it is read, so that a large stack takes no list for each of its elements.
  for (const { node } of elements) {
    for (const child of node.children) {
      if (TerraformStack.isStack(child)) stacks.push(child);
      else elements.push(child);
    }
  }
  return { elements, stacks };
}
