import { type Executions, listExecutions } from "../aws/executions";
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
import { Failure, isDenied, isGone, oneLine, trying } from "../failure";

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
  /** Notes what may not be read, and goes on without it. */
  readonly attempt: Attempt;
}

export type Attempt = <T>(what: string, action: () => Promise<T>) => Promise<T | undefined>;

/** Runs what the caller may not be allowed to do. What is refused is noted once; other errors end the command. */
export function attemptWith(unread: Unread[]): Attempt {
  return async (what, action) => {
    try {
      return await action();
    } catch (error) {
      if (!isDenied(error)) return await trying(what, () => Promise.reject(error as Error));
      const because = oneLine((error as Error).message);
      if (!unread.some((each) => each.what === what && each.because === because)) unread.push({ what, because });
      return undefined;
    }
  };
}

/** Reads all that the checks need of a pipeline; nothing where the pipeline itself may not be read. */
export async function examine(
  session: Session,
  name: PipelineName,
  attempt: Attempt,
): Promise<Examination | undefined> {
  const pipeline = await attempt(`read the pipeline "${name.name}"`, () => existing(session, name));
  if (pipeline === undefined) return undefined;
  const sources: ExaminedSource[] = [];
  for (const source of connectionSources(pipeline)) {
    sources.push({ ...source, ...(await connectionOf(session, source, attempt)) });
  }
  const executions = await attempt(`read the executions of "${name.name}"`, () => listExecutions(session, name));
  return { session, pipeline, sources, executions, attempt };
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

async function connectionOf(session: Session, { configuration }: ConnectionSource, attempt: Attempt) {
  const nothing = { connection: undefined, host: undefined };
  const target = parseArn(configuration.ConnectionArn ?? "");
  if (target === undefined) return nothing;
  const connection = await attempt(`read the connection ${target.arn}`, () => seeOrGone(session, target));
  if (connection === undefined || connection === "gone") return { ...nothing, connection };
  const hostTarget = parseArn(connection.hostArn ?? "");
  if (hostTarget === undefined) return { ...nothing, connection };
  const host = await attempt(`read the host ${hostTarget.arn}`, () => seeOrGone(session, hostTarget));
  return { connection, host: host === "gone" ? undefined : host };
}

async function seeOrGone(session: Session, target: Sight["target"]): Promise<Sight | "gone"> {
  try {
    return await see(session, target);
  } catch (error) {
    if (isGone(error)) return "gone";
    throw error;
  }
}
