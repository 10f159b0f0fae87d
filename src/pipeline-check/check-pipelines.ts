import { Annotations, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { sharedData } from "../terraform/shared-data";
import { stopped } from "../validation/validation-error";
import { adjustmentsIfAny } from "./pipeline-check";
import type { ReadPipeline } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";
import { readPipeline } from "./read-pipeline";
import { ERRORS, WARNINGS } from "./rules";
import { inside, Resources } from "./tree";

/** What a stack, or the app, was done with. */
interface Progress {
  isWatched?: boolean;
  isChecked?: boolean;
}

const progressOf = (construct: IConstruct): Progress => sharedData<Progress>(construct, "pipeline-check", () => ({}));

/**
 * Checks all pipelines of the app that pull through a connection, when it is synthesised: as a whole, for what no
 * construct of this library can see alone.
 *
 * The stacks validate themselves one after the other, so each checks its own pipelines. A stack that was not found in time
 * is checked when the whole app is validated.
 *
 * @param user what is in one of the app's stacks
 */
export function watchPipelines(user: IConstruct): void {
  watchStack(TerraformStack.of(user));
  const app = user.node.root;
  const progress = progressOf(app);
  if (progress.isWatched) return;
  progress.isWatched = true;
  inside(app).stacks.forEach(watchStack);
  app.node.addValidation({ validate: () => inside(app).stacks.flatMap(problemsLeftIn) });
}

function watchStack(stack: TerraformStack): void {
  const progress = progressOf(stack);
  if (progress.isWatched) return;
  progress.isWatched = true;
  stack.node.addValidation({
    validate: () => {
      const { elements, stacks } = inside(stack);
      // The stacks that come after this one may hold pipelines too, with or without a source that is made there.
      [...inside(stack.node.root).stacks, ...stacks].forEach(watchStack);
      progress.isChecked = true;
      return problemsIn(elements);
    },
  });
}

/** What is wrong in a stack that was not checked itself, and in those inside it. */
function problemsLeftIn(stack: TerraformStack): string[] {
  if (progressOf(stack).isChecked) return [];
  const { elements, stacks } = inside(stack);
  return [...problemsIn(elements), ...stacks.flatMap(problemsLeftIn)];
}

function problemsIn(elements: readonly IConstruct[]): string[] {
  const resources = new Resources();
  return elements.flatMap((element) => {
    const pipeline = readPipeline(element, resources);
    if (pipeline === undefined || pipeline.sources.length === 0) return [];
    const { acknowledged, lowered } = adjustmentsIfAny(element);
    const errors: string[] = [];
    for (const rule of ERRORS) {
      for (const sentence of said(rule, pipeline)) {
        if (lowered.includes(rule.id)) warnOnce(element, sentence);
        else errors.push(`${pipeline.path}: ${sentence}`);
      }
    }
    for (const rule of WARNINGS) {
      if (!acknowledged.includes(rule.id)) for (const sentence of said(rule, pipeline)) warnOnce(element, sentence);
    }
    return errors;
  });
}

/** What a rule says of a pipeline. */
function said({ id, broken }: PipelineRule, pipeline: ReadPipeline): readonly string[] {
  const problems = broken(pipeline);
  // Most rules find nothing, and a program can have thousands of pipelines.
  return problems.length === 0 ? NOTHING : problems.map((problem) => `${stopped(problem)} [${id}]`);
}

const NOTHING: readonly string[] = [];

/** An app may be synthesised more than once. */
function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}
