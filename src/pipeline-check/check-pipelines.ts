import { Annotations, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { sharedData } from "../terraform/shared-data";
import { stopped } from "../validation/validation-error";
import { ARTIFACT_ERRORS } from "./artifacts";
import { FULL_CLONE_ERRORS } from "./full-clones";
import type { PipelineRule } from "./pipeline-rule";
import { readPipeline } from "./read-pipeline";
import { SOURCE_ACTION_ERRORS } from "./source-actions";
import { STRUCTURE_ERRORS } from "./structure";
import { inside } from "./tree";
import { TRIGGER_ERRORS } from "./triggers";
import { WARNINGS } from "./warnings";
import { missingTriggers, missingDependencies } from "./wiring";

/** What AWS refuses, or runs into. */
export const ERRORS: readonly PipelineRule[] = [
  ...TRIGGER_ERRORS,
  ...STRUCTURE_ERRORS,
  ...SOURCE_ACTION_ERRORS,
  ...FULL_CLONE_ERRORS,
  ...ARTIFACT_ERRORS,
];

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
      return problemsIn(stack, elements);
    },
  });
}

/** What is wrong in a stack that was not checked itself, and in those inside it. */
function problemsLeftIn(stack: TerraformStack): string[] {
  if (progressOf(stack).isChecked) return [];
  const { elements, stacks } = inside(stack);
  return [...problemsIn(stack, elements), ...stacks.flatMap(problemsLeftIn)];
}

function problemsIn(stack: TerraformStack, elements: readonly IConstruct[]): string[] {
  return elements.flatMap((element) => {
    const pipeline = readPipeline(element);
    if (pipeline === undefined || pipeline.sources.length === 0) return [];
    const warnings = WARNINGS.flatMap(({ broken }) => broken(pipeline));
    warnings.push(...missingDependencies(stack, element, pipeline), ...missingTriggers(element, pipeline));
    for (const warning of warnings) warnOnce(element, stopped(warning));
    return ERRORS.flatMap(({ broken }) => broken(pipeline)).map((problem) => stopped(`${pipeline.path}: ${problem}`));
  });
}

/** An app may be synthesised more than once. */
function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}
