import { existsSync, readFileSync } from "node:fs";
import { App } from "cdktf";
import { given, ValidationError } from "./library-rules";

type Context = Readonly<{ [key: string]: unknown }>;

/**
 * The variable that overrides single keys of the context. `CDKTF_CONTEXT_JSON` can't serve for that: the CDKTF CLI (0.21)
 * replaces it by the context of cdktf.json before it starts the app.
 */
const OVERRIDES = "PIPELINE_CONTEXT_JSON";

/** An app whose context can be read: CDKTF reads `CDKTF_CONTEXT_JSON` too, but not with a sentence when it is no JSON. */
export function newApp(): App {
  contextOfVariable("CDKTF_CONTEXT_JSON");
  return new App();
}

/** The context of cdktf.json, key by key overridden by that of the app, and then by `PIPELINE_CONTEXT_JSON`. */
export function contextOf(app: App): Context {
  return { ...contextOfFile(), ...(app.node.getAllContext() as Context), ...contextOfVariable(OVERRIDES) };
}

/** Where the context is written, as the heading of an error has it. */
export function whereContextIs(): string {
  return `The context of cdktf.json${process.env[OVERRIDES] ? ` and ${OVERRIDES}` : ""}`;
}

/** The app reads the file too, so that it gives the same stack when it is run without the CLI. */
function contextOfFile(): Context {
  if (!existsSync("cdktf.json")) return {};
  const { context } = contextIn(readFileSync("cdktf.json", "utf8"), "cdktf.json") as { context?: Context };
  return context ?? {};
}

function contextOfVariable(variable: string): Context {
  const json = process.env[variable];
  // CDKTF takes an empty variable for none.
  return json ? contextIn(json, variable) : {};
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
