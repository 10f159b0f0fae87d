import { GUIDE, SOURCE_VARIABLES } from "../codepipeline/limits";
import { nearest } from "../validation/nearest";
import { guessed } from "../validation/validation-error";
import { isConnectionSource, known, labelOf, once } from "./pipeline-model";
import type { PipelineRule } from "./pipeline-rule";

/** A variable that a pipeline uses, and who uses it. */
interface Use {
  readonly user: string;
  readonly written: string;
  readonly namespace: string;
  readonly name: string;
}

/** `#{namespace.Name}`, wherever it stands. */
const VARIABLE = /#\{([A-Za-z0-9@_-]+)\.([A-Za-z0-9@_-]+)\}/g;

/** The namespace of the pipeline's own variables, and that of the execution. */
const [OF_PIPELINE, OF_EXECUTION] = ["variables", "codepipeline"];

const SEE = `${GUIDE}/reference-variables.html`;

const variablesHaveTheirNamespace: PipelineRule = {
  id: "variable-namespace",
  sentence: "a variable is of a namespace that an action has",
  see: SEE,
  broken: (pipeline) => {
    const { actions } = pipeline;
    if (!actions.every(({ namespaceIsKnown }) => namespaceIsKnown)) return [];
    const namespaces = [OF_PIPELINE, OF_EXECUTION, ...known(actions.map(({ namespace }) => namespace))];
    return usesIn(pipeline)
      .filter(({ namespace }) => !namespaces.includes(namespace))
      .map(
        ({ user, written, namespace }) =>
          `${user} uses ${written}, but no action has the namespace "${namespace}": use variables of the source, such ` +
          "as source.variables.commitId, or give the action its namespace",
      );
  },
};

const sourcesHaveTheVariable: PipelineRule = {
  id: "variable-of-source",
  sentence: `the variables of an action that pulls through a connection are ${SOURCE_VARIABLES.join(", ")}`,
  see: `${GUIDE}/reference-variables.html#reference-variables-list-configured`,
  broken: (pipeline) => {
    const namespaces = known(pipeline.sources.map(({ namespace }) => namespace));
    // Two actions of one namespace are an error by themselves.
    const others = known(
      pipeline.actions.filter((each) => !isConnectionSource(each)).map(({ namespace }) => namespace),
    );
    return usesIn(pipeline)
      .filter(({ namespace }) => namespaces.includes(namespace) && !others.includes(namespace))
      .filter(({ name }) => !SOURCE_VARIABLES.includes(name))
      .map(({ user, written, namespace, name }) => {
        const guess = nearest(name, SOURCE_VARIABLES);
        return (
          `${user} uses ${written}, but AWS documents no variable "${name}" of a source action on a connection` +
          (guess === undefined ? `. There are: ${SOURCE_VARIABLES.join(", ")}` : guessed(`#{${namespace}.${guess}}`))
        );
      });
  },
};

const variablesAreDeclared: PipelineRule = {
  id: "variable-declared",
  sentence: "a variable of the pipeline is declared by it",
  see: SEE,
  broken: (pipeline) => {
    const { variables, variablesAreKnown } = pipeline;
    const names = known(variables);
    if (!variablesAreKnown || names.length < variables.length) return [];
    return usesIn(pipeline)
      .filter(({ namespace, name }) => namespace === OF_PIPELINE && !names.includes(name))
      .map(({ user, written, name }) => {
        const guess = nearest(name, names);
        return (
          `${user} uses ${written}, but the pipeline has no variable "${name}": declare it in variable of the pipeline` +
          guessed(guess && `#{${OF_PIPELINE}.${guess}}`)
        );
      });
  },
};

/** The variables that the actions and the conditions of a pipeline use; in most pipelines there are none. */
const usesIn = once(({ actions, stages }): readonly Use[] => {
  const uses: Use[] = [];
  for (const action of actions) {
    // The settings of a source have a rule of their own.
    if (isConnectionSource(action)) continue;
    collect(uses, () => labelOf(action), action.configuration);
  }
  for (const { conditions } of stages) {
    for (const { rules } of conditions) {
      for (const { label, configuration } of rules) collect(uses, () => label, configuration);
    }
  }
  return uses;
});

function collect(uses: Use[], user: () => string, configuration: { readonly [key: string]: unknown }): void {
  for (const value of Object.values(configuration)) {
    if (typeof value !== "string" || !value.includes("#{")) continue;
    for (const [written, namespace = "", name = ""] of value.matchAll(VARIABLE)) {
      uses.push({ user: user(), written, namespace, name });
    }
  }
}

/** Variables that CodePipeline does not resolve. */
export const VARIABLE_WARNINGS: readonly PipelineRule[] = [
  variablesHaveTheirNamespace,
  sourcesHaveTheVariable,
  variablesAreDeclared,
];
