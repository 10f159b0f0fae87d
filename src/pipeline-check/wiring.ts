import type { CodepipelineStage, CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { type ITerraformDependable, type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { literalNow, textNow } from "../terraform/expression";
import { inside } from "./tree";
import type { ReadPipeline } from "./pipeline-model";

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

/** Warns of a pipeline that has the action and not its trigger. */
export function expectTrigger({ configuration }: CodepipelineStageAction): void {
  if (configuration !== undefined) TRIGGERED.add(configuration);
}

/** The configurations of the actions that have a trigger. */
const TRIGGERED = new WeakSet();

/** The sources of the stage whose permissions the pipeline does not wait for. */
export function unmetExpectations(
  stack: TerraformStack,
  pipeline: IConstruct,
  { dependencies }: ReadPipeline,
): string[] {
  const expectations = new Set(
    givenActions(pipeline)
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

/** The triggers of its source actions that the pipeline was not given. */
export function forgottenTriggers(pipeline: IConstruct, { triggers, triggersAreKnown }: ReadPipeline): string[] {
  const on = triggers.map(({ action }) => action);
  // A trigger on an action that only Terraform knows may be the one.
  if (!triggersAreKnown || on.includes(undefined)) return [];
  return givenActions(pipeline)
    .filter(({ configuration }) => configuration && TRIGGERED.has(configuration))
    .map(({ name }) => literalNow(pipeline, name))
    .filter((name) => name !== undefined && !on.includes(name))
    .map(
      (name) =>
        `the source action "${name ?? ""}" has a trigger that the pipeline has not, so no change starts it: give the ` +
        "source's triggers to trigger",
    );
}

/** The actions that a pipeline was given, since what it renders are copies. */
function givenActions(pipeline: IConstruct): readonly Partial<CodepipelineStageAction>[] {
  const { stageInput } = pipeline as { stageInput?: unknown };
  return Array.isArray(stageInput) ? (stageInput as CodepipelineStage[]).flatMap(actionsOf) : [];
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
    inside(stack)
      .elements.map((element) => element as Partial<TerraformResource>)
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
