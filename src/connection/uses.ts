import type { IConstruct } from "constructs";
import { isInTree } from "../aws-provider/bound-provider";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";

/** What this library makes that uses a connection or a host. */
export interface Use {
  /** What a message calls it. */
  readonly by: string;
  /** The construct that uses it; a source action is none. */
  readonly construct?: IConstruct;
  /** The role that a source action pulls with. */
  readonly roleArn?: string;
}

const USES = "uses";

/** Notes a use, for what can only be judged when all that uses a connection is known. */
export function noteUse(used: IConstruct, use: Use): void {
  sharedData(used, USES, (): Use[] => []).push(use);
}

export function noteUseBy(construct: IConstruct, used: IConstruct): void {
  noteUse(used, { by: construct.node.path, construct });
}

/** The uses by what is still in the program. */
export function usesOf(used: IConstruct): readonly Use[] {
  const uses = (sharedDataIfAny(used, USES) as Use[] | undefined) ?? [];
  return uses.filter(({ construct }) => construct === undefined || isInTree(construct));
}

/** What a message calls those that use it. */
export function usersOf(used: IConstruct): string[] {
  return usesOf(used).map(({ by }) => by);
}
