import { Inspection } from "../validation/inspection";
import type { Limit, Rule } from "../validation/rule";
import type { ReadPipeline } from "./pipeline-model";

/** A limit on a pipeline as a whole, whoever wrote it. */
export interface PipelineRule extends Limit {
  /** What is wrong with a pipeline, in sentences without their full stops. */
  readonly broken: (pipeline: ReadPipeline) => readonly string[];
}

/** Properties of a pipeline, each with what this program knows of it. */
export type Texts = readonly (readonly [property: string, text: string | undefined])[];

/** A rule on texts that stand in a pipeline. */
export function onTexts(what: string, rule: Rule, texts: (pipeline: ReadPipeline) => Texts): PipelineRule {
  return {
    sentence: `${what} ${rule.sentence}`,
    see: rule.see,
    broken: (pipeline) =>
      texts(pipeline).flatMap(([property, text]) => sentencesOf(new Inspection().value(property, text, rule))),
  };
}

/** What an inspection found; what only Terraform can judge in somebody else's pipeline is left to it. */
export function sentencesOf({ problems }: Inspection): string[] {
  return problems.map((problem) => problem.replace(/\.$/, ""));
}
