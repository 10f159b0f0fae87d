import type { IConstruct } from "constructs";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";

/** What this library makes that uses a connection or a host. */
export interface Use {
  /** What a message calls it. */
  readonly by: string;
  /** The role that a source action pulls with. */
  readonly roleArn?: string;
  readonly isSourceAction?: boolean;
}

const USES = "uses";

/** Notes a use, for what can only be judged when all that uses a connection is known. */
export function noteUse(used: IConstruct, use: Use): void {
  sharedData(used, USES, (): Use[] => []).push(use);
}

export function usesOf(used: IConstruct): readonly Use[] {
  return (sharedDataIfAny(used, USES) as Use[] | undefined) ?? [];
}
