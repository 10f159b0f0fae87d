import { type TerraformResourceLifecycle, Token } from "cdktf";
import type { Construct } from "constructs";
import { asReference, expressionOn, isExpression } from "./expression";
import { given, ValidationError } from "./validation-error";
import type { Rule } from "./rule";

/** An element of `lifecycle.precondition`. */
export type Precondition = NonNullable<TerraformResourceLifecycle["precondition"]>[number];

/** A rule on a value that only Terraform will know. */
interface OpenQuestion {
  readonly property: string;
  readonly expression: string;
  readonly rule: Rule;
}

/**
 * Applies rules to the properties of one construct: literals are judged now and all their problems reported at once,
 * expressions become preconditions with the same sentence.
 */
export class Inspection {
  public readonly problems: string[] = [];
  private readonly open: OpenQuestion[] = [];

  /** Applies rules to a property, the first broken one counts. A property that was not given breaks none. */
  public value(property: string, value: unknown, ...rules: readonly Rule[]): this {
    if (value === undefined) return this;
    if (typeof value !== "string") {
      this.problems.push(`${property} must be a text. Given: ${given(value)}.`);
    } else if (isExpression(value)) {
      this.open.push(...rules.map((rule) => ({ property, expression: value, rule })));
    } else {
      // Terraform normalises every string to NFC, so that is the text that AWS will see.
      const text = value.normalize("NFC");
      const broken = rules.find(({ must }) => !must.accepts(text));
      if (broken) this.problems.push(`${property} ${broken.sentence}. Given: ${given(value)}.${guess(broken, text)}`);
    }
    return this;
  }

  /** Applies rules to a property that must be given. */
  public required(property: string, value: unknown, ...rules: readonly Rule[]): this {
    return this.fact(`${property} must be given`, value !== undefined).value(property, value, ...rules);
  }

  /** Applies rules to each element of a list whose length is known now. */
  public each(property: string, values: readonly string[] | undefined, ...rules: readonly Rule[]): this {
    if (values === undefined) return this;
    const isList = Array.isArray(values) && !Token.isUnresolved(values);
    if (isList) values.forEach((value, index) => this.value(`${property}[${index}]`, value, ...rules));
    return this.fact(
      `${property} must be a list of a length known at synthesis; its elements may be expressions`,
      isList,
    );
  }

  /** Applies rules to each element of a list that must have one. */
  public atLeastOne(property: string, values: readonly string[] | undefined, ...rules: readonly Rule[]): this {
    return this.fact(`${property} must name at least one`, !!values?.length).each(property, values, ...rules);
  }

  /** States what must be true of the properties together; it is known now whatever their values are. */
  public fact(sentence: string, holds: boolean): this {
    if (!holds) this.problems.push(`${sentence}.`);
    return this;
  }

  /** Takes over another inspection's findings, so that one construct reports them together. */
  public include(other: Inspection): this {
    this.problems.push(...other.problems);
    this.open.push(...other.open);
    return this;
  }

  /** Throws one error with all problems, if there are any. */
  public throwIfBroken(where: string): this {
    if (this.problems.length > 0) throw new ValidationError(where, this.problems);
    return this;
  }

  /** The rules that only Terraform can judge, for the `lifecycle` of a resource below `scope`. */
  public preconditions(scope: Construct): Precondition[] {
    const references = new Map<string, string>();
    return this.open.map(({ property, expression, rule }) => {
      const reference = references.get(property) ?? asReference(scope, `Given-${property}`, expression);
      references.set(property, reference);
      return {
        condition: expressionOn(reference, (name) => rule.must.condition(name)),
        // Without the value: a sensitive one would suppress the whole sentence.
        errorMessage: `${scope.node.path}: ${property} ${rule.sentence}.`,
      };
    });
  }
}

function guess(rule: Rule, text: string): string {
  const meant = rule.meant?.(text);
  return meant !== undefined && rule.must.accepts(meant) ? ` Did you mean ${given(meant)}?` : "";
}
