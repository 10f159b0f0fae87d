import { known, labelOf, type ReadStage } from "./pipeline-model";

/** `#{namespace.Name}`, wherever it stands. */
const VARIABLE = /#\{[A-Za-z0-9@_-]+\.[A-Za-z0-9@_-]+\}/g;

/** The namespaces that every pipeline has: its own variables, and those of the execution. */
const BUILT_IN = ["variables", "codepipeline"];

/**
 * Variables of a namespace that no action has: they are not resolved.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function variablesOfNoNamespace(stages: readonly ReadStage[]): string[] {
  const actions = stages.flatMap((stage) => stage.actions);
  if (!actions.every(({ namespaceIsKnown }) => namespaceIsKnown)) return [];
  const namespaces = [...BUILT_IN, ...known(actions.map(({ namespace }) => namespace))];
  return actions.flatMap((action) => {
    const texts = Object.values(action.configuration).filter((value) => typeof value === "string");
    return texts
      .flatMap((text) => text.match(VARIABLE) ?? [])
      .map((variable) => ({ variable, namespace: variable.slice("#{".length, variable.indexOf(".")) }))
      .filter(({ namespace }) => !namespaces.includes(namespace))
      .map(
        ({ variable, namespace }) =>
          `${labelOf(action)} uses ${variable}, but no action has the namespace "${namespace}": use variables of the ` +
          "source, such as source.variables.commitId, or give the action its namespace",
      );
  });
}
