import { type GitPushFilter, Trigger } from "../../../src";
import { HOLE, type Mistake, policy, push, source, trigger } from "./making";

export const listsWithHoles: readonly Mistake[] = [
  ...[{ pipelineRoles: HOLE }, { additionalActions: HOLE }].map(source),
  policy({ grants: HOLE }),
  push({ includes: HOLE }),
  trigger(() => Trigger.onPush(...(HOLE as GitPushFilter[]))),
];
