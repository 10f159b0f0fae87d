import {
  type ActionExecutionDetail,
  GetPipelineStateCommand,
  type PipelineExecutionSummary,
  paginateListActionExecutions,
  paginateListPipelineExecutions,
} from "@aws-sdk/client-codepipeline";
import type { Pipeline, PipelineName } from "./pipelines";
import type { Session } from "./session";

const MAX_PAGES = 10;

/** The executions of a pipeline, the newest first: AWS keeps those of 12 months. At most 1,000 are read. */
export async function listExecutions(session: Session, { name, region }: PipelineName): Promise<Executions> {
  const client = session.pipelines(region);
  const found: PipelineExecutionSummary[] = [];
  let pages = 0;
  for await (const page of paginateListPipelineExecutions({ client, pageSize: 100 }, { pipelineName: name })) {
    found.push(...(page.pipelineExecutionSummaries ?? []));
    if (++pages === MAX_PAGES) return { found, isComplete: page.nextToken === undefined };
  }
  return { found, isComplete: true };
}

export interface Executions {
  readonly found: readonly PipelineExecutionSummary[];
  readonly isComplete: boolean;
}

/** The first stage of a pipeline, which has its sources, in its last execution. */
export interface SourceStage {
  readonly stageName: string;
  readonly executionId: string;
  readonly isFailed: boolean;
}

export async function sourceStage(session: Session, { name, region }: PipelineName): Promise<SourceStage> {
  const { stageStates = [] } = await session.pipelines(region).send(new GetPipelineStateCommand({ name }));
  const { stageName = "", latestExecution } = stageStates[0] ?? {};
  const { pipelineExecutionId = "", status } = latestExecution ?? {};
  return { stageName, executionId: pipelineExecutionId, isFailed: status === "Failed" };
}

/** What the source actions of one execution did, the newest first. */
export async function sourceRuns(
  session: Session,
  { name, region, declaration }: Pipeline,
  pipelineExecutionId: string,
): Promise<readonly ActionExecutionDetail[]> {
  const client = session.pipelines(region);
  const found: ActionExecutionDetail[] = [];
  const input = { pipelineName: name, filter: { pipelineExecutionId } };
  for await (const { actionExecutionDetails = [] } of paginateListActionExecutions({ client, pageSize: 100 }, input)) {
    found.push(...actionExecutionDetails);
  }
  const first = declaration.stages?.[0]?.name;
  return found.filter(({ stageName }) => stageName === first);
}

/** The error of a source action that failed. */
export function errorOf(run: ActionExecutionDetail): string | undefined {
  if (run.status !== "Failed") return undefined;
  const { errorDetails, externalExecutionSummary } = run.output?.executionResult ?? {};
  return errorDetails?.message ?? externalExecutionSummary ?? "no reason given";
}

/** Whether a push started an execution. */
export function isByWebhook({ trigger }: PipelineExecutionSummary): boolean {
  return trigger?.triggerType === "Webhook" || trigger?.triggerType === "WebhookV2";
}

/** Whether an error is that of a connection that nobody had activated yet. */
export function isNotAvailable(error: string): boolean {
  return /not available|pending/i.test(error);
}
