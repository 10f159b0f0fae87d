import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import { type Executions, listExecutions, sourceRuns } from "../aws/executions";
import {
  type ConnectionSource,
  connectionSources,
  type Pipeline,
  type PipelineName,
  readPipeline,
} from "../aws/pipelines";
import type { Session } from "../aws/session";
import { see, type Sight } from "../aws/sight";
import { parseArn } from "../arn";
import { Failure, failureOf, isDenied, isGone, oneLine } from "../failure";

/** What is wrong, and what to do about it. */
export interface Finding {
  /** The check that found it. */
  readonly id: string;
  readonly pipeline?: string;
  readonly says: string;
  readonly todo: string;
}

/** What could not be looked at, and why. */
export interface Unread {
  readonly what: string;
  readonly because: string;
}

/** One source action with its connection; nothing where the connection is gone or can't be read. */
export interface ExaminedSource extends ConnectionSource {
  readonly connection: Sight | "gone" | undefined;
  readonly host: Sight | undefined;
}

/** A pipeline with all that the checks need to know of it. */
export interface Examination {
  readonly session: Session;
  readonly pipeline: Pipeline;
  readonly sources: readonly ExaminedSource[];
  readonly executions: Executions | undefined;
  /** The newest run of each source action in the last execution. */
  readonly lastRuns: readonly ActionExecutionDetail[];
  readonly notes: Notes;
}

/** What could not be looked at, each once. */
export class Notes {
  public readonly unread: Unread[] = [];

  public add(what: string, because: string): void {
    if (!this.unread.some((each) => each.what === what && each.because === because))
      this.unread.push({ what, because });
  }

  /** Runs what the caller may not be allowed to do, and goes on without it. Other errors end the command. */
  public async attempt<T>(what: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (!isDenied(error)) throw failureOf(error, what);
      this.add(what, oneLine((error as Error).message));
      return undefined;
    }
  }
}

/** Reads all that the checks need of a pipeline; nothing where the pipeline itself may not be read. */
export async function examine(session: Session, name: PipelineName, notes: Notes): Promise<Examination | undefined> {
  const pipeline = await notes.attempt(`read the pipeline "${name.name}"`, () => existing(session, name));
  if (pipeline === undefined) return undefined;
  const sources: ExaminedSource[] = [];
  for (const source of connectionSources(pipeline)) {
    sources.push({ ...source, ...(await connectionOf(session, source, notes)) });
  }
  const executions = await notes.attempt(`read the executions of "${name.name}"`, () => listExecutions(session, name));
  const last = executions?.found[0]?.pipelineExecutionId;
  const runs =
    last === undefined
      ? []
      : ((await notes.attempt(`read the actions of "${name.name}"`, () => sourceRuns(session, pipeline, last))) ?? []);
  // A retried action has several runs in one execution.
  const lastRuns = [...new Map([...runs].reverse().map((run) => [run.actionName, run])).values()];
  return { session, pipeline, sources, executions, lastRuns, notes };
}

async function existing(session: Session, name: PipelineName): Promise<Pipeline> {
  try {
    return await readPipeline(session, name);
  } catch (error) {
    if (!isGone(error)) throw error;
    throw new Failure(
      `There is no pipeline "${name.name}" in ${name.region}. Look at its name and its region; --region takes another one.`,
    );
  }
}

async function connectionOf(session: Session, { configuration }: ConnectionSource, notes: Notes) {
  const nothing = { connection: undefined, host: undefined };
  const target = parseArn(configuration.ConnectionArn ?? "");
  if (target === undefined) return nothing;
  const connection = await notes.attempt(`read the connection ${target.arn}`, () => seeOrGone(session, target));
  if (connection === undefined || connection === "gone") return { ...nothing, connection };
  const hostTarget = parseArn(connection.hostArn ?? "");
  if (hostTarget === undefined) return { ...nothing, connection };
  const host = await notes.attempt(`read the host ${hostTarget.arn}`, () => seeOrGone(session, hostTarget));
  return { connection, host: host === "gone" ? undefined : host };
}

export async function seeOrGone(session: Session, target: Sight["target"]): Promise<Sight | "gone"> {
  try {
    return await see(session, target);
  } catch (error) {
    if (isGone(error)) return "gone";
    throw error;
  }
}
