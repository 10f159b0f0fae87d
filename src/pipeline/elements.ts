import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** What is in a stack, without the stacks inside it: they validate themselves. */
export function elementsOf(construct: IConstruct): IConstruct[] {
  const children = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return [construct, ...children.flatMap(elementsOf)];
}
