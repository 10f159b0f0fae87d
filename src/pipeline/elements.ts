import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** What is in a stack, without the stacks inside it: they validate themselves. */
export function elementsOf(construct: IConstruct): IConstruct[] {
  const elements = [construct];
  // The list grows as it is read, so that a large stack takes no list for each of its elements.
  for (const { node } of elements) {
    for (const child of node.children) if (!TerraformStack.isStack(child)) elements.push(child);
  }
  return elements;
}
