import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
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

/** The resources and data sources of stacks. A stack is read when something of it is asked for, and once. */
export class Resources {
  private readonly byStack = new Map<TerraformStack, ReadonlyMap<string, IConstruct>>();

  /** What has this address, such as `aws_iam_role.role`. */
  public at(stack: TerraformStack, address: string): IConstruct | undefined {
    return this.in(stack).get(address);
  }

  /** What is of this type, such as `aws_iam_role`. */
  public ofType(stack: TerraformStack, type: string): IConstruct[] {
    return [...this.in(stack)].filter(([address]) => address.startsWith(`${type}.`)).map(([, resource]) => resource);
  }

  private in(stack: TerraformStack): ReadonlyMap<string, IConstruct> {
    const known = this.byStack.get(stack);
    if (known !== undefined) return known;
    const found = new Map(inside(stack).elements.flatMap((element) => addressed(element)));
    this.byStack.set(stack, found);
    return found;
  }
}

function addressed(element: IConstruct): [string, IConstruct][] {
  const isData = TerraformDataSource.isTerraformDataSource(element);
  if (!isData && !TerraformResource.isTerraformResource(element)) return [];
  return [[`${isData ? "data." : ""}${element.terraformResourceType}.${element.friendlyUniqueId}`, element]];
}
