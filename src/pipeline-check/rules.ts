import * as doubts from "./warnings";
import * as names from "./names";
import type { PipelineRule } from "./pipeline-rule";
import * as rawSources from "./source-actions";
import * as structure from "./structure";
import * as triggers from "./triggers";

/** What AWS refuses, or runs into. */
export const ERRORS: readonly PipelineRule[] = [triggers, structure, names, rawSources].flatMap(rulesOf);

/** What is probably not meant. */
export const WARNINGS: readonly PipelineRule[] = rulesOf(doubts);

/** The rules that a file exports. */
function rulesOf(file: object): PipelineRule[] {
  return Object.values(file).filter((value) => typeof value === "object") as PipelineRule[];
}
