import type { Precondition, TerraformResourceLifecycle } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { asReference, conditionOn, type Expression, isRepeated } from "../terraform/expression";
import { untemplated } from "../terraform/template";

/** A rule on a value that only Terraform will know: a text, or a list of texts. */
export interface OpenQuestion {
  readonly property: string;
  readonly expression: Expression;
  readonly sentence: string;
  readonly condition: (reference: string) => string;
}

/**
 * The rules that only Terraform can judge, as the `lifecycle` of a resource below `scope`, with what else is asked of it;
 * nothing if there is neither.
 */
export function lifecycleOf(
  scope: Construct,
  questions: readonly OpenQuestion[],
  { preventDestroy }: Pick<TerraformResourceLifecycle, "preventDestroy">,
): TerraformResourceLifecycle | undefined {
  const asked = preventDestroy ? { preventDestroy } : undefined;
  return questions.length === 0 ? asked : { ...asked, precondition: preconditionsOf(scope, questions) };
}

function preconditionsOf(scope: Construct, questions: readonly OpenQuestion[]): Precondition[] {
  const references = new Map<string, string>();
  return questions.map(({ property, expression, sentence, condition }) => {
    const reference = references.get(property) ?? asReference(scope, `Given-${property}`, expression);
    references.set(property, reference);
    return {
      condition: conditionOn(reference, condition),
      // Without the value: a sensitive one would suppress the whole sentence.
      errorMessage: sentenceAt(scope, `${property} ${sentence}`),
    };
  });
}

/** The properties that differ between the instances of a resource, so that no other element can judge them. */
export function repeatedAmong(scope: Construct, questions: readonly OpenQuestion[]): string[] {
  const repeated = questions.filter(
    ({ expression }) => typeof expression === "string" && isRepeated(scope, expression),
  );
  return [...new Set(repeated.map(({ property }) => property))];
}

/** A sentence about a construct, for Terraform to show: where, and what. */
export function sentenceAt(construct: IConstruct, sentence: string): string {
  return `${untemplated(construct.node.path)}: ${sentence}.`;
}
