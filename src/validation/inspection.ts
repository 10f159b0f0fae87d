import { type TerraformResourceLifecycle, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { type Expression, isExpression } from "../terraform/expression";
import { isEmpty, type Kind, TEXT_MAP } from "./kind";
import { lifecycleOf, type OpenQuestion, repeatedAmong } from "./precondition";
import type { Rule } from "./rule";
import { parsed } from "../terraform/template";
import { given, ValidationError } from "./validation-error";

const UNCLOSED = "begins a template that nothing closes: write $${ or %%{ for the characters themselves";

/** How many elements a list may have, or how large a number may be. */
export interface Size {
  readonly min: number;
  readonly max: number;
  /** Where that is documented. */
  readonly see: string;
}

/**
 * Applies rules to the properties of one construct: literals are judged now and all their problems reported at once,
 * expressions become preconditions with the same sentence.
 */
export class Inspection {
  public readonly problems: string[] = [];
  private readonly open: OpenQuestion[] = [];

  /** Applies rules to a property, each by itself. A property that was not given breaks none. */
  public value(property: string, value: unknown, ...rules: readonly Rule[]): this {
    if (value === undefined) return this;
    if (typeof value !== "string") return this.problem(property, "must be a text", value);
    if (isExpression(value)) {
      if (parsed(value).isUnclosed) return this.problem(property, UNCLOSED, value);
      for (const { sentence, must } of rules) {
        this.open.push({ property, expression: value, sentence, condition: (reference) => must.condition(reference) });
      }
      return this;
    }
    // Terraform normalises every string to NFC, so that is the text that AWS will see.
    const text = value.normalize("NFC");
    for (const rule of rules) {
      if (!rule.must.accepts(text)) this.problem(property, rule.sentence, value, meant(rule, rules, text));
    }
    return this;
  }

  /** Applies rules to a property that must be given. */
  public required(property: string, value: unknown, ...rules: readonly Rule[]): this {
    return this.fact(`${property} must be given`, value !== undefined).value(property, value, ...rules);
  }

  /** Applies rules to a property that the program itself needs, so that no expression can serve. */
  public literal(property: string, value: unknown, ...rules: readonly Rule[]): this {
    if (typeof value !== "string" || !isExpression(value)) return this.value(property, value, ...rules);
    return this.fact(`${property} must be known at synthesis, so it can't be an expression`, false);
  }

  /** Applies rules to each element of a list that must have one, and whose length is known now. */
  public atLeastOne(property: string, values: unknown, ...rules: readonly Rule[]): this {
    if (isEmpty(values)) return this.fact(`${property} must not be empty`, false);
    return this.fact(`${property} must be given`, values !== undefined).each(property, values, ...rules);
  }

  /** Applies rules to each element of a list whose length is known now. */
  public each(property: string, values: unknown, ...rules: readonly Rule[]): this {
    if (values === undefined) return this;
    if (!Array.isArray(values) || Token.isUnresolved(values)) {
      const sentence = "must be a list of a length known at synthesis; its elements may be expressions";
      return this.problem(property, sentence, Array.isArray(values) ? "an expression" : values);
    }
    // Unlike the list itself, a copy has no holes that would be passed over.
    Array.from(values).forEach((value, index) => this.required(`${property}[${index}]`, value, ...rules));
    return this;
  }

  /** Applies a rule to each element of a list of a limited size; the list or its elements may be expressions. */
  public list(property: string, values: unknown, { min, max }: Size, rule: Rule): this {
    if (values === undefined) return this.fact(`${property} must be given`, false);
    const sized = `must have ${min} to ${max} elements`;
    // A list that only Terraform knows is a list of one token, or a token: a text from `Fn.concat`, a variable's `value`.
    const isToken = Tokenization.isResolvable(values) || (typeof values === "string" && isExpression(values));
    if (!Array.isArray(values) && !isToken) return this.problem(property, `must be a list: it ${sized}`, values);
    if (typeof values === "string" && parsed(values).isUnclosed) return this.problem(property, UNCLOSED, values);
    if (isToken || Token.isUnresolved(values)) {
      const sentence = `${sized}, and each of them ${rule.sentence}`;
      const each = rule.must.condition("element");
      const condition = (reference: string): string =>
        `try(length(${reference}) >= ${min} && length(${reference}) <= ${max} && ` +
        `alltrue([for element in ${reference} : ${each}]), false)`;
      this.open.push({ property, expression: values as Expression, sentence, condition });
      return this;
    }
    const { length } = values;
    return this.fact(`${property} ${sized}. Given: ${length}`, min <= length && length <= max).each(
      property,
      values,
      rule,
    );
  }

  /** Demands that a property which is no text is of its kind. One that was not given is. */
  public kind(property: string, value: unknown, { includes, sentence }: Kind): this {
    return value === undefined || includes(value) ? this : this.problem(property, sentence, value);
  }

  /** Demands a whole number within bounds, of the program or of Terraform. */
  public wholeNumber(property: string, value: unknown, { min, max, see }: Size): this {
    const sentence = `must be a whole number from ${min} to ${max}`;
    const token = typeof value === "number" ? Tokenization.reverseNumber(value) : undefined;
    if (token === undefined) {
      const includes = (given: unknown): boolean =>
        Number.isInteger(given) && min <= Number(given) && Number(given) <= max;
      return this.kind(property, value, { includes, sentence, see });
    }
    const condition = (reference: string): string =>
      `try(floor(${reference}) == ${reference} && ${reference} >= ${min} && ${reference} <= ${max}, false)`;
    this.open.push({ property, expression: token, sentence, condition });
    return this;
  }

  /** Demands that a property is a map from texts to texts; none of either may be a template by mistake. */
  public texts(property: string, value: unknown): this {
    if (typeof value === "string" && isExpression(value)) return this.value(property, value);
    if (value === undefined || !TEXT_MAP.includes(value)) return this.kind(property, value, TEXT_MAP);
    if (Tokenization.isResolvable(value)) return this;
    for (const [key, text] of Object.entries(value as { [key: string]: string | null })) {
      this.value(`a key of ${property}`, key).value(`${property}.${key}`, text ?? undefined);
    }
    return this;
  }

  /** Demands that a property which is no text is given, and of its kind. */
  public requiredKind(property: string, value: unknown, kind: Kind): this {
    return this.fact(`${property} must be given`, value !== undefined).kind(property, value, kind);
  }

  /** States what must be true of the properties together; it is known now whatever their values are. */
  public fact(sentence: string, holds: boolean): this {
    if (!holds) this.problems.push(`${sentence}.`);
    return this;
  }

  /** Takes over what was found wrong elsewhere, in sentences of their own. */
  public found(sentences: readonly string[]): this {
    for (const sentence of sentences) this.fact(sentence, false);
    return this;
  }

  /** Takes over another inspection's findings, so that one construct reports them together. */
  public include(other: Inspection): this {
    this.problems.push(...other.problems);
    this.open.push(...other.open);
    return this;
  }

  /** Takes over what only Terraform can judge of a value that was inspected by itself, under the property that it is given as. */
  public includeOpen(property: string, other: Inspection): this {
    this.open.push(...other.open.map((question) => ({ ...question, property: `${property}.${question.property}` })));
    return this;
  }

  /** Throws one error with all problems, if there are any. */
  public throwIfBroken(where: string): this {
    if (this.problems.length > 0) throw new ValidationError(where, this.problems);
    return this;
  }

  /** The rules that only Terraform can judge, as the `lifecycle` of a resource below `scope`, with what else is asked of it. */
  public lifecycle(
    scope: Construct,
    others: Pick<TerraformResourceLifecycle, "preventDestroy"> = {},
  ): TerraformResourceLifecycle | undefined {
    return lifecycleOf(scope, this.open, others);
  }

  /** The properties that differ between the instances of a resource, so that no other element can judge them. */
  public repeatedIn(scope: Construct): string[] {
    return repeatedAmong(scope, this.open);
  }

  private problem(property: string, sentence: string, value: unknown, meantValue?: string): this {
    const guess = meantValue === undefined ? "" : ` Did you mean ${given(meantValue)}?`;
    this.problems.push(`${property} ${sentence}. Given: ${given(value)}.${guess}`);
    return this;
  }
}

/** The rule's guess, if all rules of the property would accept it. */
function meant(rule: Rule, rules: readonly Rule[], text: string): string | undefined {
  const guess = rule.meant?.(text);
  return guess !== undefined && rules.every(({ must }) => must.accepts(guess)) ? guess : undefined;
}
