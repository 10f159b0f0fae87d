import type { IResolvable, IResolveContext, Precondition, TerraformResourceLifecycle } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { conditionOn, type Expression } from "../terraform/expression";
import { asReference, asSensitive, isRepeated } from "../terraform/reference";
import { untemplated } from "../terraform/template";
import { ValidationError } from "./validation-error";

/** A rule on a value that is known at plan or apply only: a string, a number, or a list of strings. */
export interface Condition {
  /** The construct that was given the property, where another one carries the condition. */
  readonly of?: IConstruct;
  readonly property: string;
  readonly expression: Expression;
  readonly sentence: string;
  /** Whether the property can be left out, as by a lazy value that turns out to be nothing. */
  readonly isOptional: boolean;
  /** Whether Terraform must not show the value, since people paste credentials here. */
  readonly isSecret: boolean;
  /** The Terraform condition on the value behind a reference. */
  readonly on: (reference: string) => string;
}

/** How a property is treated, beyond its rules. */
export interface Treatment {
  /** A null that Terraform finds leaves the property out, so it breaks no rule. */
  readonly orNull?: boolean;
  /** A lazy value that turns out to be nothing leaves the property out. */
  readonly isOptional?: boolean;
}

/** What a resource demands besides conditions. */
type Demands = Pick<TerraformResourceLifecycle, "preventDestroy">;

/** The conditions as the `lifecycle` of a resource below `scope`, with what else is demanded; nothing if there is neither. */
export function lifecycleOf(
  scope: Construct,
  conditions: readonly Condition[],
  { preventDestroy }: Demands,
): TerraformResourceLifecycle | undefined {
  const demands = preventDestroy ? { preventDestroy } : undefined;
  return conditions.length === 0 ? demands : { ...demands, precondition: preconditionsOf(scope, conditions) };
}

function preconditionsOf(scope: Construct, conditions: readonly Condition[]): Precondition[] {
  const references = new Map<string, string>();
  return conditions.map(({ of = scope, property, expression, sentence, isOptional, isSecret, on }) => {
    // What differs between the instances of a resource can stand in no local.
    const isHidden = isSecret && typeof expression === "string" && !isRepeated(scope, expression);
    const id = `Given-${property}`;
    const reference =
      references.get(property) ?? (isHidden ? asSensitive(scope, id, expression) : asReference(scope, id, expression));
    references.set(property, reference);
    const block = {
      condition: conditionOn(reference, isHidden ? (hidden) => `nonsensitive(${on(hidden)})` : on),
      // Without the value: a sensitive one would suppress the whole sentence.
      error_message: sentenceAt(of, `${property} ${sentence}`),
    };
    return ifThereIs(expression, block, () => {
      if (!isOptional) throw new ValidationError(of.node.path, [`${property} must be given.`]);
    }) as unknown as Precondition;
  });
}

/** A block that is left out where the value turns out to be nothing, as a lazy one can. */
function ifThereIs(value: Expression, block: object, onNothing: () => void): IResolvable {
  return {
    creationStack: [],
    resolve: (context: IResolveContext) => {
      const resolved: unknown = context.resolve(value);
      if (resolved !== undefined && resolved !== null) return block;
      onNothing();
      return undefined;
    },
    toString: () => "a precondition",
  };
}

/** The properties that differ between the instances of a resource, so that no other element can check them. */
export function repeatedAmong(scope: Construct, conditions: readonly Condition[]): string[] {
  const repeated = conditions.filter(
    ({ expression }) => typeof expression === "string" && isRepeated(scope, expression),
  );
  return [...new Set(repeated.map(({ property }) => property))];
}

/** A sentence about a construct, for Terraform to show: where, and what. */
export function sentenceAt(construct: IConstruct, sentence: string): string {
  return `${untemplated(construct.node.path)}: ${sentence}.`;
}
