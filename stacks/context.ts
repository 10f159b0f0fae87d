import { existsSync, readFileSync } from "node:fs";
import { App } from "cdktf";
import { given, ValidationError } from "./library-rules";

type Context = Readonly<{ [key: string]: unknown }>;

/** Marks a context that the CDKTF CLI wrote. */
const WRITTEN_BY_CLI = "cdktfRelativeModules";

/** An app whose context can be read: CDKTF reads `CDKTF_CONTEXT_JSON` too, but not with a sentence when it is no JSON. */
export function newApp(): App {
  const { CDKTF_CONTEXT_JSON: json } = process.env;
  if (json !== undefined) contextIn(json, "CDKTF_CONTEXT_JSON");
  return new App();
}

/** The context of cdktf.json, key by key overridden by the caller's `CDKTF_CONTEXT_JSON`. */
export function contextOf(app: App): Context {
  return { ...contextOfFile(), ...(app.node.getAllContext() as Context), ...contextOfCaller() };
}

/** The app reads the file too, so that it gives the same stack when it is run without the CLI. */
function contextOfFile(): Context {
  if (!existsSync("cdktf.json")) return {};
  const { context } = contextIn(readFileSync("cdktf.json", "utf8"), "cdktf.json") as { context?: Context };
  return context ?? {};
}

function contextIn(json: string, where: string): Context {
  const object: unknown = parse(json);
  if (typeof object === "object" && object !== null && !Array.isArray(object)) return object as Context;
  throw new ValidationError(where, [`it must hold a JSON object. Given: ${given(json)}.`]);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * The `CDKTF_CONTEXT_JSON` of whoever started the CLI.
 *
 * The CLI (0.21) replaces the variable by the file's context before it starts the app, and with it the overrides. Where
 * the system shows a process's original environment (Linux), they are read from there; elsewhere the file decides.
 */
function contextOfCaller(): Context {
  for (let pid = process.pid; pid > 1; pid = parentOf(pid)) {
    const context = contextOfProcess(pid);
    if (context === undefined) return {};
    if (!(WRITTEN_BY_CLI in context)) return context;
  }
  return {};
}

function contextOfProcess(pid: number): Context | undefined {
  const variable = "CDKTF_CONTEXT_JSON=";
  const entry = readProcess(pid, "environ")
    .split("\0")
    .find((line) => line.startsWith(variable));
  return entry === undefined ? undefined : contextIn(entry.slice(variable.length), "CDKTF_CONTEXT_JSON");
}

function parentOf(pid: number): number {
  // "pid (command) state parent …"; the command may hold anything, so the fields are counted from its end.
  return Number(/^.*\) \S+ (\d+)/s.exec(readProcess(pid, "stat"))?.[1] ?? 0);
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
