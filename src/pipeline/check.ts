import { Annotations, type ITerraformDependable, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { textNow } from "../validation/expression";
import { isConnectionSource, type ReadAction, type ReadPipeline, readPipeline } from "./reading";
import { ERRORS, WARNINGS } from "./rules";

/**
 * Checks all pipelines of the app that pull through a connection, when it is synthesised: whole, for what no construct of
 * this library can see alone.
 *
 * The stacks validate themselves one after the other, so each looks at its own pipelines. Those that were made before the
 * first use of the library are looked at when the whole app is validated.
 *
 * @param user what is in one of the app's stacks
 */
export function watchPipelines(user: IConstruct): void {
  watchStack(TerraformStack.of(user));
  const app = user.node.root;
  if (WATCHED.has(app)) return;
  WATCHED.add(app);
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
  readonly actions: readonly ReadAction[];
  readonly dependencies: readonly ITerraformDependable[];
}

/** Warns of a pipeline in the same stack that has the stage and does not wait for what it needs. */
export function expectDependencies(expectation: Expectation): void {
  const stack = TerraformStack.of(expectation.by);
  const expected = EXPECTED.get(stack) ?? new Map<string, Expectation[]>();
  EXPECTED.set(stack, expected);
  for (const action of expectation.actions) {
    const key = identityOf(action);
    expected.set(key, [...(expected.get(key) ?? []), expectation]);
  }
}

const WATCHED = new WeakSet<IConstruct>();
const JUDGED = new WeakSet<IConstruct>();
const EXPECTED = new WeakMap<TerraformStack, Map<string, Expectation[]>>();

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
    const warnings = [...WARNINGS, unmetExpectation(stack)].flatMap((rule) => rule(pipeline));
    for (const warning of warnings) warnOnce(element, `${warning}.`);
    return ERRORS.flatMap((rule) => rule(pipeline)).map((problem) => `${pipeline.path}: ${problem}${stop(problem)}`);
  });
}

/** What is in a stack, without the stacks inside it: they validate themselves. */
function elementsOf(construct: IConstruct): IConstruct[] {
  const children = construct.node.children.filter((child) => !TerraformStack.isStack(child));
  return [construct, ...children.flatMap(elementsOf)];
}

function unmetExpectation(stack: TerraformStack): (pipeline: ReadPipeline) => string[] {
  const expected = EXPECTED.get(stack);
  return ({ stages, dependencies }) => {
    const actions = expected === undefined ? [] : stages.flatMap((stage) => stage.actions).filter(isConnectionSource);
    const unmet = actions
      .map((action) => expected?.get(identityOf(action)) ?? [])
      .filter((sources) => sources.length > 0 && !sources.some((source) => isMet(source, dependencies)))
      .map(([source]) => source?.by.node.path ?? "");
    return [...new Set(unmet)].map(
      (path) =>
        `it has the source stage of ${path}, but does not wait for what that needs, so its first run can come before the ` +
        `permission: give the source's dependencies to dependsOn`,
    );
  };
}

function isMet({ by, dependencies }: Expectation, addresses: readonly (string | undefined)[]): boolean {
  return dependencies.every(({ fqn }) => addresses.includes(addressOf(by, fqn)));
}

/** The address in a full name, which is a reference in braces. Another token for it, as `dependable()` makes, costs more. */
function addressOf(scope: IConstruct, fqn: string): string {
  return textNow(scope, fqn, { preparing: false }).replace(/^\$\{(.*)\}$/, "$1");
}

/** The unresolved texts tell one source action from another: in one stack they are the same tokens. */
function identityOf({ configuration, name }: ReadAction): string {
  return JSON.stringify([name, configuration.ConnectionArn, configuration.FullRepositoryId, configuration.BranchName]);
}

/** An app may be synthesised more than once. */
function warnOnce(element: IConstruct, warning: string): void {
  if (!element.node.metadata.some(({ data }) => data === warning)) Annotations.of(element).addWarning(warning);
}

function stop(problem: string): string {
  return problem.endsWith("?") ? "" : ".";
}
