import { type Executions, isByWebhook, isNotAvailable, errorOf, sourceRuns } from "./executions";
import { isStartedByPushes, type Pipeline } from "./pipelines";
import type { Session } from "./session";

/** Milliseconds in which a pipeline is still being made. */
const MAKING = 60_000;

/**
 * Whether a pipeline was made while its connection was pending, and can be without its webhook: its first execution failed
 * for that, nobody has updated it since, and no push has started it. AWS shows webhooks of connections nowhere.
 *
 * @see https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/545
 */
export async function wasMadeWhilePending(
  session: Session,
  pipeline: Pipeline,
  executions: Executions,
): Promise<boolean> {
  const { created, updated } = pipeline.metadata;
  const isUpdated =
    (updated?.getTime() ?? 0) - (created?.getTime() ?? 0) > MAKING || (pipeline.declaration.version ?? 1) > 1;
  const first = executions.found.at(-1);
  if (isUpdated || !executions.isComplete || first?.pipelineExecutionId === undefined) return false;
  if (first.trigger?.triggerType !== "CreatePipeline" || executions.found.some(isByWebhook)) return false;
  if (!isStartedByPushes(pipeline)) return false;
  const runs = await sourceRuns(session, pipeline, first.pipelineExecutionId);
  return runs.some((run) => isNotAvailable(errorOf(run) ?? ""));
}
