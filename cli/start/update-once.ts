import { isDeepStrictEqual } from "node:util";
import { UpdatePipelineCommand } from "@aws-sdk/client-codepipeline";
import { type Pipeline, readPipeline } from "../aws/pipelines";
import type { Session } from "../aws/session";
import { Failure } from "../failure";

/** What AWS writes in place of a secret. */
const MASK = /^\*+$/;

/**
 * Sends a pipeline back as it is, which makes AWS register its webhook. It is not sent if something would be lost: a value
 * that AWS masks, or a field that the SDK does not know.
 *
 * @returns why it was not sent, if so.
 */
export async function updateOnce(session: Session, pipeline: Pipeline): Promise<string | undefined> {
  const masked = maskedIn(pipeline.raw, "");
  if (masked !== undefined) return `AWS hides the value of ${masked}, and would lose it`;
  const command = new UpdatePipelineCommand({ pipeline: pipeline.declaration });
  let isWhole = true;
  command.middlewareStack.add(
    (next) => (args) => {
      const { body } = args.request as { body: string | Uint8Array };
      const text = typeof body === "string" ? body : new TextDecoder().decode(body);
      const { pipeline: sent } = JSON.parse(text) as { pipeline: unknown };
      isWhole = isDeepStrictEqual(sent, pipeline.raw);
      if (!isWhole) throw new NotSent();
      return next(args);
    },
    { step: "build", name: "compareWithRawPipeline" },
  );
  try {
    await session.pipelines(pipeline.region).send(command);
  } catch (error) {
    if (error instanceof NotSent) return "it has a setting that this version of the command does not know";
    throw error;
  }
  const after = await readPipeline(session, pipeline);
  if (isDeepStrictEqual(withoutVersion(after.raw), withoutVersion(pipeline.raw))) return undefined;
  throw new Failure(
    `The pipeline "${pipeline.name}" was sent back as it was, but AWS answers another one now. Compare it with your program: run a plan.`,
  );
}

class NotSent extends Error {}

/** The path of a value that AWS masks. */
function maskedIn(value: unknown, path: string): string | undefined {
  if (typeof value === "string") return MASK.test(value) ? path.slice(1) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const found = maskedIn(each, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withoutVersion(declaration: unknown): object {
  return { ...(declaration as object), version: undefined };
}
