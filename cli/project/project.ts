import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Failure } from "../failure";
import { readState, type State } from "./state";

/** What a stack's JSON holds, as far as it is read here. */
interface Program {
  readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
  readonly resource?: {
    readonly [type: string]: { readonly [name: string]: { readonly [attribute: string]: unknown } };
  };
  readonly provider?: { readonly aws?: readonly { readonly region?: string }[] };
}

/** A stack of the project: what the last synthesis wrote, and what Terraform knows of it. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  readonly program: Program;
  readonly state: State;
}

interface Manifest {
  readonly stacks?: { readonly [name: string]: { readonly name: string; readonly synthesizedStackPath: string } };
}

/** The stacks of the project in a folder; none where there is no project, or nothing was synthesised. */
export async function findStacks(folder = process.cwd()): Promise<readonly Stack[]> {
  const out = join(folder, "cdktf.out");
  const manifest = join(out, "manifest.json");
  if (!existsSync(manifest)) return [];
  const { stacks = {} } = await json<Manifest>(manifest);
  return Promise.all(
    Object.values(stacks).map(async ({ name, synthesizedStackPath }) => {
      const path = join(out, synthesizedStackPath);
      const stackFolder = resolve(path, "..");
      const program = path.endsWith(".json") ? await json<Program>(path) : {};
      const local = program.terraform?.backend?.local?.path;
      return { name, folder: stackFolder, program, state: await readState(stackFolder, local) };
    }),
  );
}

export async function json<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Failure(isMissing ? `There is no file ${path}.` : `${path} can't be read as JSON: ${String(error)}.`);
  }
}
