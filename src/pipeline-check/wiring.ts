import type { CodepipelineStage, CodepipelineStageAction } from "@cdktf/provider-aws/lib/codepipeline";
import { type ITerraformDependable, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { literalIfKnown, renderNow } from "../terraform/expression";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";
import { GUIDE } from "../codepipeline/limits";
import { once, type ReadAction, type ReadPipeline } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";
import { inside } from "./tree";

/** What a pipeline that has this source stage must wait for. */
interface Needs {
  /** Where the stage was made. */
  readonly by: IConstruct;
  readonly dependencies: readonly ITerraformDependable[];
  /** Who gets the permission to pull; nothing where another copy of this library made the policy. */
  readonly pipelineRoles?: Granted;
  /** Who gets the permission to clone. */
  readonly buildRoles?: Granted;
}

/** Roles that get a permission. */
export interface Granted {
  /** Where they are named, such as `pipelineRoles of stack/Source`. */
  readonly place: string;
  /** Whether they have it from a policy that is not of this library. */
  readonly isOfOthers?: boolean;
  /** The names or ARNs, each with the construct that it was given to. */
  readonly roles: readonly (readonly [scope: IConstruct, role: string])[];
}

/** What is known of an action, kept at its configuration: the same object in every copy of the action. */
interface Wiring {
  hasTrigger?: boolean;
  needs?: Needs;
  branches?: GrantedBranches;
}

/** What a policy says of the branches of the action's repository. */
export interface GrantedBranches {
  /** Where it says so, such as `the grants of stack/Policy`. */
  readonly place: string;
  readonly allows: (branch: string) => boolean;
  /** The names and patterns that it allows; nothing where it allows all. */
  readonly patterns: () => readonly string[] | undefined;
}

/** Warns of a pipeline in the same stack that has the stage and does not wait for what it needs. */
export function expectDependencies(stage: CodepipelineStage, needs: Needs): void {
  for (const { configuration } of actionsOf(stage)) if (configuration) ownWiring(configuration).needs = needs;
}

/** Warns of a pipeline that has the action and not its trigger. */
export function expectTrigger({ configuration }: CodepipelineStageAction): void {
  if (configuration) ownWiring(configuration).hasTrigger = true;
}

/** Warns of a pipeline that starts on branches which the action may not pull. */
export function expectBranches({ configuration }: CodepipelineStageAction, branches: GrantedBranches): void {
  if (configuration) ownWiring(configuration).branches = branches;
}

function ownWiring(configuration: object): Wiring {
  return sharedData<Wiring>(configuration, "wiring", () => ({}));
}

const sourcesHaveTheirDependencies: PipelineRule = {
  id: "source-dependencies",
  sentence: "a pipeline waits for the dependencies of the source whose stage it has",
  see: `${GUIDE}/connections.html`,
  broken: (pipeline) => missingDependencies(pipeline),
};

function missingDependencies(pipeline: ReadPipeline): string[] {
  const stack = TerraformStack.of(pipeline.construct);
  const { dependencies } = pipeline;
  const needed = new Set(givenWirings(pipeline).map(({ wiring }) => wiring.needs));
  return [...needed]
    .filter((needs) => needs !== undefined)
    .filter(({ by }) => TerraformStack.of(by) === stack)
    .filter((needs) => !isMet(needs, dependencies) && !isMet(needs, allBehind(stack, dependencies)))
    .map(
      ({ by }) =>
        `the pipeline has the source stage of ${by.node.path}, but not the dependencies of this source, so the first ` +
        "run can start before the permission and the checks are there: add `dependsOn: source.dependencies`",
    );
}

const sourcesHaveTheirTriggers: PipelineRule = {
  id: "source-trigger",
  sentence: "a pipeline has the trigger of a source action that was made with one",
  see: `${GUIDE}/pipelines-filter.html`,
  broken: (pipeline) => missingTriggers(pipeline),
};

function missingTriggers(pipeline: ReadPipeline): string[] {
  const on = pipeline.triggers.map(({ action }) => action);
  // A trigger on an action whose name is an expression may be the one.
  if (!pipeline.triggersAreKnown || on.includes(undefined)) return [];
  return givenWirings(pipeline)
    .filter(({ wiring }) => wiring.hasTrigger)
    .map(({ name }) => name)
    .filter((name) => name !== undefined && !on.includes(name))
    .map(
      (name) =>
        `the source action "${name ?? ""}" has a trigger, but the pipeline was not given this trigger, so no change ` +
        "starts the pipeline: add `trigger: source.triggers` (PipelineSource) or `trigger: [action.trigger]` " +
        "(SourceAction)",
    );
}

/** What a program may have forgotten between a source and its pipeline. */
export const WIRING_WARNINGS: readonly PipelineRule[] = [sourcesHaveTheirDependencies, sourcesHaveTheirTriggers];

/** What is known of the actions that a pipeline was given, since what it renders are copies. */
const givenWirings = once(({ construct, sources, stagesAreKnown }): readonly GivenWiring[] => {
  const { stageInput } = construct as { stageInput?: unknown };
  const actions = Array.isArray(stageInput) ? (stageInput as CodepipelineStage[]).flatMap(actionsOf) : [];
  return actions.flatMap(({ name: given, configuration }) => {
    const wiring = (configuration && sharedDataIfAny(configuration, "wiring")) as Wiring | undefined;
    if (wiring === undefined) return [];
    const name = literalIfKnown(construct, given);
    // An override may have taken the action away.
    const isThere = !stagesAreKnown || name === undefined || sources.some((each) => (each.name ?? name) === name);
    return isThere ? [{ name, wiring }] : [];
  });
});

/** What is known of one of its source actions. */
export function wiringOf(pipeline: ReadPipeline, { name }: Pick<ReadAction, "name">): Wiring | undefined {
  return name === undefined ? undefined : givenWirings(pipeline).find((each) => each.name === name)?.wiring;
}

interface GivenWiring {
  readonly name: string | undefined;
  readonly wiring: Wiring;
}

function actionsOf(stage: CodepipelineStage | undefined): readonly Partial<CodepipelineStageAction>[] {
  const actions: unknown = stage?.action;
  return Array.isArray(actions) ? (actions as CodepipelineStageAction[]) : [];
}

function isMet({ by, dependencies }: Needs, addresses: readonly (string | undefined)[]): boolean {
  return dependencies.every((each) => addresses.includes(addressOf(by, each)));
}

/** The addresses, and those that these wait for in their turn. */
function allBehind(stack: TerraformStack, addresses: readonly (string | undefined)[]): (string | undefined)[] {
  const waiting = new Map(
    inside(stack)
      .elements.map((element) => element as Partial<TerraformResource>)
      .filter(({ dependsOn }) => Array.isArray(dependsOn))
      .map(({ fqn = "", dependsOn = [] }) => [
        addressIn(stack, fqn),
        dependsOn.map((each) => literalIfKnown(stack, each)),
      ]),
  );
  const all = new Set(addresses);
  for (const address of all) for (const behind of waiting.get(address ?? "") ?? []) all.add(behind);
  return [...all];
}

/** The address of what is waited for; that of a resource takes no rendering. */
function addressOf(scope: IConstruct, dependency: ITerraformDependable): string {
  if (!TerraformResource.isTerraformResource(dependency)) return addressIn(scope, dependency.fqn);
  return `${dependency.terraformResourceType}.${dependency.friendlyUniqueId}`;
}

/** The address in a full name, which is a reference in braces. Another token for it, as `dependable()` makes, costs more. */
function addressIn(scope: IConstruct, fqn: string): string {
  return renderNow(scope, fqn, { preparing: false }).replace(/^\$\{(.*)\}$/, "$1");
}
