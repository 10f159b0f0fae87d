import { Annotations, type TerraformResourceLifecycle, Token, Tokenization } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { type Expression, isExpression } from "../terraform/expression";
import { type Referenced, referenceIn } from "../terraform/reference";
import { parsed } from "../terraform/template";
import { isEmpty, type Kind, STRING_MAP } from "./kind";
import { type Condition, lifecycleOf, repeatedAmong, type Treatment } from "./precondition";
import { attributeNamed, meant, type Rule, type Size } from "./rule";
import { given, guessed, stopped, ValidationError } from "./validation-error";

const UNCLOSED =
  'has "${" or "%{" without the closing "}": add the "}", or write "$${" or "%%{" to get these characters literally';

const UNWRAPPED = "must be a string: wrap the expression in Token.asString";

/**
 * Applies rules to values: literals are checked now and all their problems reported at once, expressions become
 * preconditions with the same sentence.
 */
export class Inspection {
  public readonly problems: string[] = [];
  public readonly warnings: string[] = [];
  private readonly conditions: Condition[] = [];
  /** The properties that broke a rule, without what is in them. */
  private readonly broken = new Set<string>();

  /** @param scope where references are read; without it, Terraform checks all of them */
  public constructor(private readonly scope?: IConstruct) {}

  /** Applies rules to a string, each by itself. A value that was not given breaks none. */
  public value(property: string, value: unknown, ...rules: readonly Rule[]): this {
    return this.string(property, value, rules, {});
  }

  /** The same, for a property that is treated in some way. */
  public string(property: string, value: unknown, rules: readonly Rule[], treatment: Treatment): this {
    if (value === undefined) return this;
    if (Tokenization.isResolvable(value)) return this.problem(property, UNWRAPPED, value);
    if (typeof value !== "string") return this.problem(property, "must be a string", value);
    if (isExpression(value)) return this.expression(property, value, rules, treatment);
    // Terraform normalises every string to NFC, so that is the string that AWS will see.
    const normalised = value.normalize("NFC");
    for (const rule of rules) {
      if (!rule.must.accepts(normalised)) {
        this.problem(property, rule.sentence, value, meant(rule, rules, normalised));
      }
    }
    return this;
  }

  /** Applies rules to a property that must be given. */
  public required(property: string, value: unknown, ...rules: readonly Rule[]): this {
    const given = value ?? undefined;
    return this.given(property, given).value(property, given, ...rules);
  }

  /** Applies rules to a property that must be known at synthesis, so that no expression can serve. */
  public literal(property: string, value: unknown, ...rules: readonly Rule[]): this {
    if (typeof value !== "string" || !isExpression(value)) return this.value(property, value, ...rules);
    return this.fact(`${property} must be known at synthesis, so it can't be an expression`, false, property);
  }

  /** Applies rules to each element of a list whose length is known now. */
  public each(property: string, values: unknown, ...rules: readonly Rule[]): this {
    if (values === undefined) return this;
    if (!Array.isArray(values) || Token.isUnresolved(values)) {
      const sentence = "must be a list whose length is known at synthesis (the elements may be expressions)";
      return this.problem(property, sentence, Array.isArray(values) ? "an expression" : values);
    }
    // Unlike the list itself, a copy has no holes that would be passed over.
    Array.from(values).forEach((value, index) => this.required(`${property}[${index}]`, value, ...rules));
    return this;
  }

  /** Applies a rule to each element of a list of a limited size; the list or its elements may be expressions. */
  public list(property: string, values: unknown, { min, max }: Size, rule: Rule, treatment: Treatment = {}): this {
    if (values === undefined) return this;
    const sized = `must have ${min} to ${max} elements`;
    // A list that is known at plan is a list of one token, or a token: a string from `Fn.concat`, a variable's `value`.
    const isToken = Tokenization.isResolvable(values) || (typeof values === "string" && isExpression(values));
    if (!Array.isArray(values) && !isToken) {
      return this.problem(property, `must be a list of ${min} to ${max} elements`, values);
    }
    if (typeof values === "string" && parsed(values).isUnclosed) return this.problem(property, UNCLOSED, values);
    if (isToken || Token.isUnresolved(values)) {
      const each = rule.must.condition("element");
      return this.condition(
        property,
        values as Expression,
        `${sized}, and each of them ${rule.sentence}`,
        (reference) =>
          `try(length(${reference}) >= ${min} && length(${reference}) <= ${max} && ` +
          `alltrue([for element in ${reference} : ${each}]), false)`,
        treatment,
      );
    }
    const { length } = values;
    return this.fact(`${property} ${sized}. Given: ${length}`, min <= length && length <= max, property).each(
      property,
      values,
      rule,
    );
  }

  /** Demands that a value which is no string is of its kind. One that was not given is. The rules are on a guess. */
  public kind(property: string, value: unknown, { includes, sentence, meant }: Kind, ...rules: readonly Rule[]): this {
    if (value === undefined || includes(value)) return this;
    const isAllowed = (guess: string): boolean => rules.every(({ must }) => must.accepts(guess));
    return this.problem(property, sentence, value, meant?.(value, isAllowed));
  }

  /** Demands a whole number within bounds; it may be an expression. */
  public wholeNumber(property: string, value: unknown, { min, max, see }: Size, treatment: Treatment = {}): this {
    const sentence = `must be a whole number from ${min} to ${max}`;
    const token = typeof value === "number" ? Tokenization.reverseNumber(value) : undefined;
    if (token === undefined) {
      const includes = (given: unknown): boolean =>
        Number.isInteger(given) && min <= Number(given) && Number(given) <= max;
      return this.kind(property, value, { includes, sentence, see });
    }
    const condition = (reference: string): string =>
      `try(floor(${reference}) == ${reference} && ${reference} >= ${min} && ${reference} <= ${max}, false)`;
    return this.condition(property, token, sentence, condition, treatment);
  }

  /** Demands a map from strings to strings; none of either may be an unclosed template. */
  public stringMap(property: string, value: unknown): this {
    // Some functions of Terraform give their map as a string, such as `Fn.merge`.
    if (typeof value === "string" && isExpression(value)) return this.value(property, value);
    if (value === undefined || !STRING_MAP.includes(value)) return this.kind(property, value, STRING_MAP);
    if (Tokenization.isResolvable(value)) return this;
    for (const [key, each] of Object.entries(value as { [key: string]: string | null })) {
      this.value(`a key of ${property}`, key).value(`${property}.${key}`, each ?? undefined);
    }
    return this;
  }

  /** Demands that a property is given. */
  public given(property: string, value: unknown): this {
    return this.fact(`${property} must be given`, value !== undefined, property);
  }

  /** Demands that a list is not empty. */
  public notEmpty(property: string, values: unknown, more = ""): this {
    return this.fact(`${property} must not be empty${more}`, !isEmpty(values), property);
  }

  /** States what must be true of several properties together; it is known now whatever their values are. */
  public fact(sentence: string, holds: boolean, property?: string): this {
    if (holds) return this;
    this.problems.push(stopped(sentence));
    if (property !== undefined) this.broken.add(rootOf(property));
    return this;
  }

  /** Whether none of the properties broke a rule. */
  public isSound(...properties: readonly string[]): boolean {
    return !properties.some((property) => this.broken.has(property));
  }

  /** Takes over what was found wrong elsewhere, in sentences of their own. */
  public found(sentences: readonly string[]): this {
    for (const sentence of sentences) this.fact(sentence, false);
    return this;
  }

  /** Warns of what may be a mistake, and may be newer than this library. */
  public doubt(sentence: string, isFine = false): this {
    if (!isFine) this.warnings.push(stopped(sentence));
    return this;
  }

  /** Warns of a literal that is not among those that are known. */
  public known(property: string, value: string | undefined, rule: Rule): this {
    if (value === undefined || isExpression(value) || rule.must.accepts(value)) return this;
    const guess = rule.meant?.(value);
    return this.doubt(
      `${property} ${rule.sentence}, as far as this library knows. Given: ${given(value)}${guessed(guess && given(guess))}`,
    );
  }

  /** Takes over another inspection's findings, so that one construct reports them together. */
  public include(other: Inspection): this {
    this.problems.push(...other.problems);
    this.warnings.push(...other.warnings);
    this.conditions.push(...other.conditions);
    for (const property of other.broken) this.broken.add(property);
    return this;
  }

  /** The conditions on properties alone, of the properties that a resource takes. */
  public only(takes: (property: string) => boolean): Inspection {
    const part = new Inspection(this.scope);
    part.conditions.push(...this.conditions.filter(({ property }) => takes(property)));
    return part;
  }

  /** Takes over the conditions on a value that was checked by itself, under the property that it is given as. */
  public includeConditions(property: string, other: Inspection): this {
    this.conditions.push(
      ...other.conditions.map((each) => ({ ...each, of: this.scope, property: `${property}.${each.property}` })),
    );
    return this;
  }

  /** Throws one error with all problems and warnings, if there are problems; else adds the warnings to the construct. */
  public throwIfBroken(where: IConstruct | string): this {
    const path = typeof where === "string" ? where : where.node.path;
    // A warning may say where a problem comes from: a property with another name leaves the right one missing.
    if (this.problems.length > 0) throw new ValidationError(path, this.problems, this.warnings);
    const noted = typeof where === "string" ? this.scope : where;
    // What has no place in the tree is warned of at a construct that is not the one meant.
    const start = typeof where === "string" ? `${where}: ` : "";
    if (noted !== undefined) for (const warning of this.warnings) Annotations.of(noted).addWarning(start + warning);
    return this;
  }

  /** The conditions as the `lifecycle` of a resource below `scope`, with what else is demanded of it. */
  public lifecycle(
    scope: Construct,
    demands: Pick<TerraformResourceLifecycle, "preventDestroy"> = {},
  ): TerraformResourceLifecycle | undefined {
    return lifecycleOf(scope, this.conditions, demands);
  }

  /** The properties that differ between the instances of a resource, so that no other element can check them. */
  public repeatedIn(scope: Construct): string[] {
    return repeatedAmong(scope, this.conditions);
  }

  private expression(property: string, value: string, rules: readonly Rule[], treatment: Treatment): this {
    const isAboutReferences = rules.some(({ refersTo }) => refersTo !== undefined);
    const referenced = isAboutReferences && this.scope ? referenceIn(this.scope, value) : undefined;
    // A reference is closed, and reading a template takes time.
    if (referenced === undefined && parsed(value).isUnclosed) return this.problem(property, UNCLOSED, value);
    const named = referenced && attributeNamed(referenced);
    for (const { sentence, must, refersTo } of rules) {
      if (referenced === undefined || named === undefined || refersTo === undefined) {
        const isSecret = rules.some(({ isOnSecrets }) => isOnSecrets);
        this.condition(property, value, sentence, (reference) => must.condition(reference), treatment, isSecret);
      } else if (!refersTo.includes(named)) this.misplaced(property, sentence, referenced, named);
    }
    return this;
  }

  private misplaced(property: string, sentence: string, { label }: Referenced, named: string): void {
    this.fact(`${property} ${sentence}. Given: ${label}, which is ${named}`, false, property);
  }

  private condition(
    property: string,
    expression: Expression,
    sentence: string,
    on: (reference: string) => string,
    { orNull = false, isOptional = false }: Treatment,
    isSecret = false,
  ): this {
    const condition = orNull ? (reference: string) => `(${reference} == null || ${on(reference)})` : on;
    this.conditions.push({ of: this.scope, property, expression, sentence, isOptional, isSecret, on: condition });
    return this;
  }

  private problem(property: string, sentence: string, value: unknown, guess?: string): this {
    return this.fact(`${property} ${sentence}. Given: ${given(value)}${guessed(guess)}`, false, property);
  }
}

/** `grants` of `grants[0].repositories`. */
function rootOf(property: string): string {
  return /^[^.[]*/.exec(property)?.[0] ?? property;
}
