import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify, stripVTControlCharacters } from "node:util";
import { Failure, oneLine } from "../failure";

/** A Terraform state, as far as it is read here. */
export interface State {
  readonly resources: readonly StateResource[];
}

interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly instances: readonly { readonly attributes?: Attributes }[];
}

export interface Attributes {
  readonly [name: string]: unknown;
}

/** The types of the resources that are connections. */
export const CONNECTIONS = ["aws_codestarconnections_connection", "aws_codeconnections_connection"];

const EMPTY: State = { resources: [] };

/** The state of a stack: the file of a local backend, or what Terraform pulls from another one. */
export async function readState(folder: string, localPath: string | undefined): Promise<State> {
  if (localPath === undefined) return pulled(folder);
  try {
    return parsed(await readFile(localPath, "utf8"), localPath);
  } catch (error) {
    // It is written by the first deploy.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return EMPTY;
    throw error;
  }
}

async function pulled(folder: string): Promise<State> {
  const run = promisify(execFile);
  try {
    const { stdout } = await run("terraform", ["state", "pull"], { cwd: folder, maxBuffer: 1 << 30 });
    return parsed(stdout, "terraform state pull");
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { stderr = "", message, code } = error as { stderr?: string; message: string; code?: unknown };
    const why = code === "ENOENT" ? "terraform is not on the PATH" : reasonIn(stderr === "" ? message : stderr);
    throw new Failure(
      `Could not read the state of the stack in ${folder}: ${why}. If it is deployed, run "terraform init" in that folder; ` +
        "or give the ARNs of the connections.",
    );
  }
}

/** What Terraform says went wrong: the line after "Error:" in a box that it draws in colours. */
function reasonIn(stderr: string): string {
  const plain = stripVTControlCharacters(stderr);
  return oneLine(/Error: (.+)/.exec(plain)?.[1] ?? plain);
}

function parsed(text: string, from: string): State {
  if (text.trim() === "") return EMPTY;
  try {
    const { resources = [] } = JSON.parse(text) as Partial<State>;
    return { resources };
  } catch {
    throw new Failure(`${from} holds no Terraform state: it is not JSON.`);
  }
}

/** The attributes of each instance of the resources of some types. */
export function instancesOf({ resources }: State, types: readonly string[], mode?: "managed"): readonly Attributes[] {
  return resources
    .filter((resource) => types.includes(resource.type) && (mode === undefined || resource.mode === mode))
    .flatMap(({ instances }) => instances.map(({ attributes = {} }) => attributes));
}

/** The addresses of what a stack itself makes, as far as its state knows it. */
export function addressesIn({ resources }: State): ReadonlySet<string> {
  const own = resources.filter(({ mode, module }) => mode === "managed" && module === undefined);
  return new Set(own.map(({ type, name }) => `${type}.${name}`));
}
