import type { CodepipelineStage, CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { Annotations, type ITerraformDependable, type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { literalNow, textNow } from "../validation/expression";
import { isConnectionSource, type ReadPipeline, readPipeline } from "./reading";
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
  stacksOf(app).forEach(watchStack);
  app.node.addValidation({
    validate: () =>
      stacksOf(app)
        .filter((stack) => !JUDGED.has(stack))
        .flatMap(problemsIn),
  });
}

/** What a pipeline that has this source stage must wait for. */
export interface Expectation {
  /** Where the stage was made. */
  readonly by: IConstruct;
  readonly stage: CodepipelineStage;
  readonly dependencies: readonly ITerraformDependable[];
}

/** Warns of a pipeline in the same stack that has the stage and does not wait for what it needs. */
export function expectDependencies(expectation: Expectation): void {
  for (const { configuration } of actionsOf(expectation.stage)) {
    if (configuration !== undefined) EXPECTED.set(configuration, expectation);
  }
}

/** By the configuration of its actions, the same object in every copy of the stage. */
const EXPECTED = new WeakMap<object, Expectation>();
const WATCHED = new WeakSet<IConstruct>();
const JUDGED = new WeakSet<IConstruct>();

function watchStack(stack: TerraformStack): void {
  if (WATCHED.has(stack)) return;
  WATCHED.add(stack);
  stack.node.addValidation({
    validate: () => {
      // The stacks that come after this one may hold pipelines too, with or without a source that is made there.
      stacksOf(stack.node.root).forEach(watchStack);
      JUDGED.add(stack);
      return problemsIn(stack);
    },
  });
}

function stacksOf(app: IConstruct): TerraformStack[] {
  return app.node.findAll().filter((construct) => TerraformStack.isStack(construct));
}

function problemsIn(stack: TerraformStack): string[] {
  return elementsOf(stack).flatMap((element) => {
    const pipeline = readPipeline(element);
    if (!pipeline?.stages.some(({ actions }) => actions.some(isConnectionSource))) return [];
    const warnings = WARNINGS.flatMap((rule) => rule(pipeline));
    warnings.push(...unmetExpectations(stack, element, pipeline));
    for (const warning of warnings) warnOnce(element, `${warning}.`);
    return ERRORS.flatMap((rule) => rule(pipeline)).map((problem) => `${pipeline.path}: ${problem}${stop(problem)}`);
  });
}

/** What is in a stack, without the stacks inside it: they validate themselves. */
function elementsOf(construct: IConstruct): IConstruct[] {
  const children = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return [construct, ...children.flatMap(elementsOf)];
}

/** The sources of the stage whose permissions the pipeline does not wait for. */
function unmetExpectations(stack: TerraformStack, pipeline: IConstruct, { dependencies }: ReadPipeline): string[] {
  // What it was given, since what it renders is a copy.
  const { stageInput } = pipeline as { stageInput?: unknown };
  const stages = Array.isArray(stageInput) ? (stageInput as CodepipelineStage[]) : [];
  const expectations = new Set(
    stages
      .flatMap(actionsOf)
      .map(({ configuration }) => configuration && EXPECTED.get(configuration))
      .filter((expectation) => expectation !== undefined),
  );
  return [...expectations]
    .filter(({ by }) => TerraformStack.of(by) === stack)
    .filter((expectation) => !isMet(expectation, dependencies) && !isMet(expectation, allBehind(stack, dependencies)))
    .map(
      ({ by }) =>
        `it has the source stage of ${by.node.path}, but does not wait for what that needs, so its first run can come ` +
        "before the permission: give the source's dependencies to dependsOn",
    );
}

function actionsOf(stage: CodepipelineStage | undefined): readonly Partial<CodepipelineStageAction>[] {
  const actions: unknown = stage?.action;
  return Array.isArray(actions) ? (actions as CodepipelineStageAction[]) : [];
}

function isMet({ by, dependencies }: Expectation, addresses: readonly (string | undefined)[]): boolean {
  return dependencies.every(({ fqn }) => addresses.includes(addressOf(by, fqn)));
}

/** The addresses, and those that these wait for in their turn. */
function allBehind(stack: TerraformStack, addresses: readonly (string | undefined)[]): (string | undefined)[] {
  const waiting = new Map(
    elementsOf(stack)
      .map((element) => element as Partial<TerraformResource>)
      .filter(({ dependsOn }) => Array.isArray(dependsOn))
      .map(({ fqn = "", dependsOn = [] }) => [addressOf(stack, fqn), dependsOn.map((each) => literalNow(stack, each))]),
  );
  const all = new Set(addresses);
  for (const address of all) for (const behind of waiting.get(address ?? "") ?? []) all.add(behind);
  return [...all];
}

/** The address in a full name, which is a reference in braces. Another token for it, as `dependable()` makes, costs more. */
function addressOf(scope: IConstruct, fqn: string): string {
  return textNow(scope, fqn, { preparing: false }).replace(/^\$\{(.*)\}$/, "$1");
}

/** An app may be synthesised more than once. */
function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}

function stop(problem: string): string {
  return problem.endsWith("?") ? "" : ".";
}
