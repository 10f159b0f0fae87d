import { GUIDE } from "../codepipeline/limits";
import { labelOf, type ReadPipeline } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";

/** What only a pipeline of type V2 can have. */
interface Feature {
  readonly id: string;
  readonly sentence: string;
  readonly see: string;
  /** What a pipeline has of it, as the rest of "a pipeline with". */
  readonly foundIn: (pipeline: ReadPipeline) => string | undefined;
}

const FEATURES: readonly Feature[] = [
  {
    id: "trigger-pipeline-type",
    sentence: "triggers need",
    see: `${GUIDE}/pipelines-triggers.html`,
    foundIn: ({ triggers }) => (triggers.length > 0 ? "triggers" : undefined),
  },
  {
    id: "execution-mode-pipeline-type",
    sentence: "an execution mode other than SUPERSEDED needs",
    see: `${GUIDE}/concepts-how-it-works.html`,
    foundIn: ({ executionMode = "SUPERSEDED" }) =>
      executionMode === "SUPERSEDED" ? undefined : `the execution mode ${executionMode}`,
  },
  {
    id: "variable-pipeline-type",
    sentence: "variables of a pipeline need",
    see: `${GUIDE}/reference-variables.html`,
    foundIn: ({ variables }) => (variables.length > 0 ? "variables" : undefined),
  },
  {
    id: "condition-pipeline-type",
    sentence: "conditions of a stage need",
    see: `${GUIDE}/stage-conditions.html`,
    foundIn: ({ stages }) => {
      const [condition] = stages.flatMap(({ conditions }) => conditions);
      return condition && `conditions (${condition.at})`;
    },
  },
  {
    id: "commands-pipeline-type",
    sentence: "a Commands action needs",
    see: `${GUIDE}/action-reference-Commands.html`,
    foundIn: ({ actions }) => {
      const action = actions.find(({ provider, owner }) => provider === "Commands" && owner === "AWS");
      return action && `a Commands action (${labelOf(action)})`;
    },
  },
];

/** What CodePipeline refuses of pipelines of type V1. */
export const PIPELINE_TYPE_ERRORS: readonly PipelineRule[] = FEATURES.map(({ id, sentence, see, foundIn }) => ({
  id,
  sentence: `${sentence} pipelineType "V2"`,
  see,
  broken: (pipeline) => {
    const { type, typeIsDefault } = pipeline;
    const found = type === undefined || type === "V2" ? undefined : foundIn(pipeline);
    if (found === undefined) return [];
    const given = `"${type ?? ""}"${typeIsDefault ? " (the default)" : ""}`;
    return [`a pipeline with ${found} must have pipelineType "V2". Given: ${given}`];
  },
}));
