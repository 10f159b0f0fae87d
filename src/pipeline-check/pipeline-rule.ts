import { Inspection } from "../validation/inspection";
import type { Limit, Rule } from "../validation/rule";
import type { ReadPipeline } from "./pipeline-model";

/** A limit on a pipeline as a whole, whoever wrote it. */
export interface PipelineRule extends Limit {
  /** What messages and `PipelineCheck` call it. It stays as it is from release to release. */
  readonly id: string;
  /** What is wrong with a pipeline, in sentences without their full stops. */
  readonly broken: (pipeline: ReadPipeline) => readonly string[];
}

/** Properties of a pipeline, each with what this program knows of it. */
export type Strings = readonly (readonly [property: string, value: string | undefined])[];

/** A rule on strings that stand in a pipeline. */
export function onStrings(
  id: string,
  what: string,
  rule: Rule,
  strings: (pipeline: ReadPipeline) => Strings,
): PipelineRule {
  return {
    id,
    sentence: `${what} ${rule.sentence}`,
    see: rule.see,
    broken: (pipeline) =>
      strings(pipeline).flatMap(([property, value]) =>
        // Most are fine, and a program can have thousands.
        value === undefined || rule.must.accepts(value)
          ? []
          : problemsOf(new Inspection().value(property, value, rule)),
      ),
  };
}

/** What an inspection found. Expressions in a pipeline that is not ours are left to Terraform and AWS. */
export function problemsOf({ problems, warnings }: Inspection): string[] {
  return [...problems, ...warnings].map((sentence) => sentence.replace(/\.$/, ""));
}
