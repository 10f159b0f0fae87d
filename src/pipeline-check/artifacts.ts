import { ARTIFACT_COUNTS, type Bounds, BUILDS, GUIDE, STRUCTURE } from "../codepipeline/limits";
import { nearest } from "../validation/nearest";
import { given, guessed } from "../validation/validation-error";
import { labelOf, type ReadAction, type ReadCondition, type ReadPipeline, typeOf } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";

const inputsAreHandedOver: PipelineRule = {
  id: "artifact-handed-over",
  sentence: "each input artifact is an output artifact of an earlier stage, or of a lower run order of the same stage",
  see: STRUCTURE,
  broken: (pipeline) => (pipeline.stagesAreKnown ? inputsOfNobody(pipeline) : []),
};

function inputsOfNobody({ stages }: ReadPipeline): string[] {
  const problems: string[] = [];
  const handedOver = new Set<string>();
  for (const { actions, conditions } of stages) {
    const before = conditions.filter(({ isBeforeEntry }) => isBeforeEntry);
    problems.push(...inputsOfConditions(before, handedOver));
    for (const action of actions) {
      const missing = action.inputs.filter((name) => !handedOver.has(name));
      if (missing.length === 0) continue;
      const beside = actions.filter((other) => mayRunBefore(other, action));
      const there = [...handedOver, ...beside.flatMap(({ outputs }) => outputs)];
      // What is not known may be the one.
      if (!beside.every(outputsAreKnown)) continue;
      for (const input of missing.filter((name) => !there.includes(name))) {
        problems.push(sentenceOn(labelOf(action), input, there));
      }
    }
    if (!actions.every(outputsAreKnown)) return problems;
    for (const { outputs } of actions) outputs.forEach((output) => handedOver.add(output));
    const after = conditions.filter(({ isBeforeEntry }) => !isBeforeEntry);
    problems.push(...inputsOfConditions(after, handedOver));
  }
  return problems;
}

/** What conditions take that is not there when they are checked. */
function inputsOfConditions(conditions: readonly ReadCondition[], handedOver: ReadonlySet<string>): string[] {
  return conditions
    .flatMap(({ rules }) => rules)
    .flatMap(({ label, inputs }) =>
      inputs.filter((name) => !handedOver.has(name)).map((name) => sentenceOn(label, name, [...handedOver])),
    );
}

function sentenceOn(consumer: string, input: string, there: readonly string[]): string {
  const guess = nearest(input, there) ?? (there.length === 1 ? there[0] : undefined);
  return (
    `${consumer} takes the artifact "${input}", which no action before it hands over` +
    (there.length < 2 ? "" : `. There are: ${there.map((name) => `"${name}"`).join(", ")}`) +
    (guess === undefined ? "" : `. Did you mean "${guess}"?`)
  );
}

/** Whether another action of the stage ends before this one starts, as far as their run orders are known. */
function mayRunBefore(other: ReadAction, action: ReadAction): boolean {
  if (other === action) return false;
  const [first, second] = [orderOf(other), orderOf(action)];
  return first === undefined || second === undefined || first < second;
}

/** CodePipeline's default is 1. */
function orderOf({ runOrder = 1 }: ReadAction): number | undefined {
  return typeof runOrder === "number" ? runOrder : undefined;
}

function outputsAreKnown({ outputs, outputCount }: ReadAction): boolean {
  return outputs.length === outputCount;
}

const artifactsAreAsMany: PipelineRule = {
  id: "artifact-count",
  sentence: "an action of AWS takes and hands over as many artifacts as its type has",
  see: `${GUIDE}/reference-action-artifacts.html`,
  broken: ({ actions }) =>
    actions.flatMap((action) => {
      const bounds = action.version === "1" ? ARTIFACT_COUNTS[typeOf(action) ?? ""] : undefined;
      if (bounds === undefined) return [];
      return [
        ...countProblem(action, "take", "input", action.inputCount, bounds.inputs),
        ...countProblem(action, "hand over", "output", action.outputCount, bounds.outputs),
      ];
    }),
};

function countProblem(
  action: ReadAction,
  verb: string,
  kind: string,
  count: number | undefined,
  [min, max]: Bounds,
): string[] {
  if (count === undefined || (min <= count && count <= max)) return [];
  const allowed = max === 0 ? "no" : min === max ? `exactly ${min}` : `${min} to ${max}`;
  const artifacts = max === 1 ? "artifact" : "artifacts";
  return [
    `${labelOf(action)} (${action.provider ?? ""}) must ${verb} ${allowed} ${kind} ${artifacts}. Given: ${count}`,
  ];
}

const buildsKnowTheirPrimarySource: PipelineRule = {
  id: "primary-source",
  sentence: "a CodeBuild action with several input artifacts names one of them as its PrimarySource",
  see: `${GUIDE}/action-reference-CodeBuild.html`,
  broken: ({ actions }) =>
    actions
      .filter((action) => (action.inputCount ?? 0) > 1 && action.configurationIsKnown)
      .filter((action) => BUILDS.includes(typeOf(action) ?? ""))
      .flatMap((action) => {
        const { configuration, inputs, inputCount, setting } = action;
        const primary = setting("PrimarySource");
        const isGiven = configuration.PrimarySource !== undefined && configuration.PrimarySource !== null;
        // What is an expression may be any of them.
        if ((isGiven && primary === undefined) || inputs.length !== inputCount || inputs.includes(primary ?? ""))
          return [];
        const guess = primary === undefined ? undefined : nearest(primary, inputs);
        return [
          `${labelOf(action)} has ${inputs.length} input artifacts, so its configuration must have PrimarySource, which is ` +
            `one of them: ${inputs.map((name) => `"${name}"`).join(", ")}` +
            (primary === undefined ? "" : `. Given: ${given(primary)}`) +
            guessed(guess && given(guess)),
        ];
      }),
};

/** What CodePipeline refuses of artifacts. */
export const ARTIFACT_ERRORS: readonly PipelineRule[] = [
  inputsAreHandedOver,
  artifactsAreAsMany,
  buildsKnowTheirPrimarySource,
];
