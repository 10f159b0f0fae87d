import { expressionOn, isExpression } from "../terraform/expression";

/** The name of an action that is given none. */
export const DEFAULT_NAME = "Source";

/** The longest name of an artifact or a namespace. */
const LONGEST = 100;

/** The default name of an action's output artifact: `SourceOutput` for the action `Source`. */
export function artifactNameOf(actionName: string): string {
  return named(actionName, ".@", "Output");
}

/** The default namespace of an action's output variables: `SourceVariables` for the action `Source`, as in AWS's console. */
export function namespaceOf(actionName: string): string {
  return named(actionName, ".", "Variables");
}

/** A name from the action's, which may hold more characters than the name may; Terraform makes it from an expression. */
function named(actionName: string, refused: string, ending: string): string {
  const length = LONGEST - ending.length;
  if (isExpression(actionName)) {
    const start = expressionOn(actionName, (name) => `substr(replace(${name}, "/[${refused}]/", "-"), 0, ${length})`);
    return `${start}${ending}`;
  }
  const allowed = Array.from(actionName, (character) => (refused.includes(character) ? "-" : character));
  return allowed.slice(0, length).join("") + ending;
}
