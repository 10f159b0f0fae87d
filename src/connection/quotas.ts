import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Limit } from "../validation/rule";
import { isInTree, PerProvider } from "../aws-provider/aws-provider";

const QUOTAS = "https://docs.aws.amazon.com/dtconsole/latest/userguide/limits-connections.html";

/** How many of one kind an account can have in a region. */
interface Quota extends Limit {
  readonly most: number;
  /** What was made, for each provider of a stack: another may be of another account or region. */
  readonly made: PerProvider<Set<Construct>>;
}

const quota = (most: number, things: string): Quota => ({
  most,
  sentence: `an account can have ${most} ${things} in a region`,
  see: QUOTAS,
  made: new PerProvider(() => new Set()),
});

export const connections = quota(250, "connections");
export const hosts = quota(50, "hosts");

/** Warns of the first one too many of a stack and provider. It is no error: AWS may have raised the quota. */
export function warnOfQuota(
  scope: Construct,
  { most, sentence, see, made }: Quota,
  provider: TerraformProvider | undefined,
): void {
  const beside = made.of(scope, provider).add(scope);
  // Only what is still there counts, which takes no looking up as long as even all of it would be few enough.
  if (beside.size !== most + 1) return;
  for (const other of beside) if (!isInTree(other)) beside.delete(other);
  if (beside.size > most) Annotations.of(scope).addWarning(`${sentence}, and this is one more (${see}).`);
}
