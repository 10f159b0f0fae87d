import { STRUCTURE } from "../codepipeline/limits";
import { nearest } from "../validation/nearest";
import { labelOf, type ReadAction, type ReadPipeline } from "./pipeline-model";
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
  for (const { actions } of stages) {
    for (const action of actions) {
      const missing = action.inputs.filter((name) => !handedOver.has(name));
      if (missing.length === 0) continue;
      const beside = actions.filter((other) => mayRunBefore(other, action));
      const there = [...handedOver, ...beside.flatMap(({ outputs }) => outputs)];
      // What is not known may be the one.
      if (!beside.every(outputsAreKnown)) continue;
      for (const input of missing.filter((name) => !there.includes(name))) {
        problems.push(sentenceOn(action, input, there));
      }
    }
    if (!actions.every(outputsAreKnown)) return problems;
    for (const { outputs } of actions) outputs.forEach((output) => handedOver.add(output));
  }
  return problems;
}

function sentenceOn(action: ReadAction, input: string, there: readonly string[]): string {
  const guess = nearest(input, there) ?? (there.length === 1 ? there[0] : undefined);
  return (
    `${labelOf(action)} takes the artifact "${input}", which no action before it hands over` +
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

/** What CodePipeline refuses of artifacts. */
export const ARTIFACT_ERRORS: readonly PipelineRule[] = [inputsAreHandedOver];
