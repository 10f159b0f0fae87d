import { Annotations, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isConnectionSource } from "./pipeline-model";
import { inside } from "./tree";
import { forgottenTriggers, unmetExpectations } from "./wiring";
import { readPipeline } from "./read-pipeline";
import { ERRORS, WARNINGS } from "./rules";

/**
 * Checks all pipelines of the app that pull through a connection, when it is synthesised: whole, for what no construct of
 * this library can see alone.
 *
 * The stacks validate themselves one after the other, so each looks at its own pipelines. A stack that none of them could
 * enlist in time is looked at when the whole app is validated.
 *
 * @param user what is in one of the app's stacks
 */
export function watchPipelines(user: IConstruct): void {
  watchStack(TerraformStack.of(user));
  const app = user.node.root;
  if (WATCHED.has(app)) return;
  WATCHED.add(app);
  inside(app).stacks.forEach(watchStack);
  app.node.addValidation({ validate: () => inside(app).stacks.flatMap(problemsLeftIn) });
}

const WATCHED = new WeakSet<IConstruct>();
const JUDGED = new WeakSet<IConstruct>();

function watchStack(stack: TerraformStack): void {
  if (WATCHED.has(stack)) return;
  WATCHED.add(stack);
  stack.node.addValidation({
    validate: () => {
      const { elements, stacks } = inside(stack);
      // The stacks that come after this one may hold pipelines too, with or without a source that is made there.
      [...inside(stack.node.root).stacks, ...stacks].forEach(watchStack);
      JUDGED.add(stack);
      return problemsIn(stack, elements);
    },
  });
}

/** What is wrong in a stack that was not looked at itself, and in those inside it. */
function problemsLeftIn(stack: TerraformStack): string[] {
  if (JUDGED.has(stack)) return [];
  const { elements, stacks } = inside(stack);
  return [...problemsIn(stack, elements), ...stacks.flatMap(problemsLeftIn)];
}

function problemsIn(stack: TerraformStack, elements: readonly IConstruct[]): string[] {
  return elements.flatMap((element) => {
    const pipeline = readPipeline(element);
    if (!pipeline?.actions.some(isConnectionSource)) return [];
    const warnings = WARNINGS.flatMap(({ broken }) => broken(pipeline));
    warnings.push(...unmetExpectations(stack, element, pipeline), ...forgottenTriggers(element, pipeline));
    for (const warning of warnings) warnOnce(element, `${warning}.`);
    return ERRORS.flatMap(({ broken }) => broken(pipeline)).map(
      (problem) => `${pipeline.path}: ${problem}${stop(problem)}`,
    );
  });
}

/** An app may be synthesised more than once. */
function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}

function stop(problem: string): string {
  return problem.endsWith("?") ? "" : ".";
}
