import {
  type ActionDeclaration,
  GetPipelineCommand,
  paginateListPipelines,
  type PipelineDeclaration,
  type PipelineMetadata,
} from "@aws-sdk/client-codepipeline";
import { arnsIn, parseArn } from "../arn";
import { findStacks, type Stack } from "../project/project";
import { instancesOf } from "../project/state";
import type { Session } from "./session";

/** A pipeline by what names it. */
export interface PipelineName {
  readonly name: string;
  readonly region: string;
}

/** A pipeline as AWS answers it. */
export interface Pipeline extends PipelineName {
  readonly declaration: PipelineDeclaration;
  readonly metadata: PipelineMetadata;
  /** The declaration as it came over the wire, with what the SDK does not know. */
  readonly raw: unknown;
}

/** A source action that pulls through a connection. */
export interface ConnectionSource {
  readonly action: ActionDeclaration;
  readonly configuration: { readonly [name: string]: string };
}

/** Reads a pipeline; errors are those of the SDK. */
export async function readPipeline(session: Session, { name, region }: PipelineName): Promise<Pipeline> {
  const command = new GetPipelineCommand({ name });
  let text = "{}";
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { body: AsyncIterable<Uint8Array> | Uint8Array };
      const body = response.body instanceof Uint8Array ? response.body : await collected(response.body);
      text = Buffer.from(body).toString("utf8");
      response.body = body;
      return result;
    },
    // Before the SDK reads the body: this is nearer to the wire.
    { step: "deserialize", priority: "low", name: "keepRawPipeline" },
  );
  const { pipeline, metadata = {} } = await session.pipelines(region).send(command);
  if (pipeline === undefined) throw new Error(`AWS answered without the pipeline ${name}.`);
  const { pipeline: raw } = JSON.parse(text) as { readonly pipeline?: unknown };
  return { name, region, declaration: pipeline, metadata, raw };
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The pipelines of a region. */
export async function listPipelines(session: Session, region: string): Promise<readonly PipelineName[]> {
  const names: PipelineName[] = [];
  for await (const { pipelines = [] } of paginateListPipelines({ client: session.pipelines(region) }, {})) {
    names.push(...pipelines.flatMap(({ name }) => (name === undefined ? [] : { name, region })));
  }
  return names;
}

/** The pipelines that the state of a stack has. */
export function pipelinesOf({ state }: Stack): readonly PipelineName[] {
  return instancesOf(state, ["aws_codepipeline"], "managed").flatMap(({ name, arn }) => {
    const [, , , region] = String(arn).split(":");
    return typeof name === "string" && region !== undefined ? { name, region } : [];
  });
}

/** The pipelines that use one of the connections: those of the project, or if it has none, those of the connections' regions. */
export async function pipelinesUsing(session: Session, connections: readonly string[]): Promise<readonly Pipeline[]> {
  const ofProject = await readAll(session, (await findStacks()).flatMap(pipelinesOf), connections);
  if (ofProject.length > 0) return ofProject;
  const regions = new Set(connections.flatMap((arn) => parseArn(arn)?.region ?? []));
  const names = await Promise.all([...regions].map((region) => listPipelines(session, region)));
  return readAll(session, names.flat(), connections);
}

/** One after the other: there can be hundreds, and AWS counts the calls. */
async function readAll(
  session: Session,
  names: readonly PipelineName[],
  connections: readonly string[],
): Promise<readonly Pipeline[]> {
  const pipelines: Pipeline[] = [];
  for (const name of names) pipelines.push(await readPipeline(session, name));
  return pipelines.filter(({ declaration }) => arnsIn(declaration).some((arn) => connections.includes(arn)));
}

/** The source actions of a pipeline that pull through connections. */
export function connectionSources({ declaration }: Pipeline): readonly ConnectionSource[] {
  return (declaration.stages ?? []).flatMap(({ actions = [] }) =>
    actions
      .filter(({ actionTypeId }) => actionTypeId?.provider === "CodeStarSourceConnection")
      .map((action) => ({ action, configuration: action.configuration ?? {} })),
  );
}

/** Whether a push is meant to start a pipeline: a trigger for one of its sources, or a source that detects changes. */
export function isStartedByPushes(pipeline: Pipeline): boolean {
  const triggers = pipeline.declaration.triggers ?? [];
  return connectionSources(pipeline).some(
    ({ action, configuration }) =>
      configuration.DetectChanges !== "false" ||
      triggers.some(({ gitConfiguration }) => gitConfiguration?.sourceActionName === action.name),
  );
}
