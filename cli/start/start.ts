import { RetryStageExecutionCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-codepipeline";
import { pipelinePage, type TargetArn } from "../arn";
import { agree } from "../choose";
import { listExecutions, type SourceStage, sourceStage } from "../aws/executions";
import { wasMadeWhilePending } from "../aws/made-while-pending";
import { type Pipeline, pipelinesUsing } from "../aws/pipelines";
import type { Session } from "../aws/session";
import { failureOf, isCtrlC, trying } from "../failure";
import { npx } from "../package-names";
import { green, type Screen, yellow } from "../screen";
import { updateOnce } from "./update-once";

/** What was done to a pipeline. */
export interface Started {
  readonly name: string;
  readonly region: string;
  readonly did: readonly ("updated" | "retried" | "started")[];
  /** What is left for a person. */
  readonly problem?: string;
}

/** Gets the pipelines of activated connections going. */
export async function start(
  session: Session,
  screen: Screen,
  connections: readonly TargetArn[],
  yes: boolean,
): Promise<readonly Started[]> {
  if (connections.length === 0) return [];
  const arns = connections.map(({ arn }) => arn);
  const pipelines = await trying("read the pipelines of the connections", () => pipelinesUsing(session, arns));
  if (pipelines.length === 0) {
    screen.say("No pipeline uses them. If yours waits for the activation, deploy now: npx cdktf deploy");
  }
  const all: Started[] = [];
  for (const pipeline of pipelines) {
    const started = await startOne(session, screen, pipeline, yes);
    all.push(started);
    if (started.did.length > 0) screen.say(`${green("✓")} pipeline "${pipeline.name}": ${sentence(started.did)}`);
    else if (started.problem === undefined) screen.say(`${green("✓")} pipeline "${pipeline.name}": nothing to do`);
    if (started.problem !== undefined) screen.say(`${yellow("!")} pipeline "${pipeline.name}": ${started.problem}`);
  }
  return all;
}

async function startOne(session: Session, screen: Screen, pipeline: Pipeline, yes: boolean): Promise<Started> {
  const { name, region } = pipeline;
  const did: Started["did"][number][] = [];
  let problem: string | undefined;
  try {
    const executions = await listExecutions(session, pipeline);
    const stage = await sourceStage(session, pipeline);
    if (await wasMadeWhilePending(session, pipeline, executions)) {
      const refused = await updated(session, screen, pipeline, yes);
      if (refused === undefined) did.push("updated");
      else problem = refused;
    }
    if (executions.found.length === 0) {
      await session.pipelines(region).send(new StartPipelineExecutionCommand({ name }));
      did.push("started");
    } else if (stage.isFailed) did.push(await retried(session, pipeline, stage, did.includes("updated")));
  } catch (error) {
    if (isCtrlC(error)) throw error;
    problem = failureOf(error, `get the pipeline "${name}" going`).message;
  }
  return { name, region, did, ...(problem === undefined ? {} : { problem }) };
}

/** Updates the pipeline once, if a person agrees. Otherwise it is what is left to do. */
async function updated(
  session: Session,
  screen: Screen,
  pipeline: Pipeline,
  yes: boolean,
): Promise<string | undefined> {
  const { name, region, metadata } = pipeline;
  const partition = metadata.pipelineArn?.split(":")[1] ?? "aws";
  const why = "It was made while its connection was pending, so pushes may not start it";
  const byHand = `In the console, open ${pipelinePage(partition, region, name)}, choose "Edit", then "Save".`;
  const question = `The pipeline "${name}" was made while its connection was pending: pushes may not start it. Send it back to AWS unchanged, once, so that they do?`;
  if (!yes && !(screen.isTerminal && (await agree(question)))) {
    return `${why} until it is saved once. ${byHand} Or run ${npx("wait --start --yes")}.`;
  }
  const refused = await updateOnce(session, pipeline);
  return refused === undefined
    ? undefined
    : `${why}. It is not sent back by this command, because ${refused}. ${byHand}`;
}

/** Retries the source stage. AWS can refuse that after an update of the pipeline: then it is started anew. */
async function retried(
  session: Session,
  { name, region }: Pipeline,
  { stageName, executionId }: SourceStage,
  isUpdated: boolean,
): Promise<"retried" | "started"> {
  const client = session.pipelines(region);
  try {
    await client.send(
      new RetryStageExecutionCommand({
        ...{ pipelineName: name, stageName, pipelineExecutionId: executionId, retryMode: "FAILED_ACTIONS" },
      }),
    );
    return "retried";
  } catch (error) {
    if (!isUpdated || (error as Error).name !== "StageNotRetryableException") throw error;
    await client.send(new StartPipelineExecutionCommand({ name }));
    return "started";
  }
}

const DID = {
  updated: "sent back unchanged, so that pushes start it",
  retried: "its source stage is retried",
  started: "started",
} as const;

function sentence(did: Started["did"]): string {
  return did.map((each) => DID[each]).join("; ");
}
