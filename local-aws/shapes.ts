import { AwsError } from "./aws-error";
import type { Operation } from "./service";
import type { Scope } from "./account";

/** A shape of AWS's API models: what is wrong with a value, in AWS's own sentences; nothing when it fits. */
export interface Shape<T = unknown> {
  (value: unknown, at: string): string[];
  /** What a value that fits is. It exists for the compiler only. */
  readonly value?: T;
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

interface Rule {
  /** What a member must do, e.g. `have length less than or equal to 32`. */
  readonly sentence: string;
  readonly holds: (value: string) => boolean;
}

interface StringShape extends Shape<string> {
  readonly rules: readonly Rule[];
}

/** The type of the values that fit a shape. */
export type Of<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<{ [key: string]: Shape }>;
type Structure<R, O> = { readonly [K in keyof R]: Of<R[K]> } & { readonly [K in keyof O]?: Of<O[K]> };

/** A string. Lengths are counted in Unicode code points, and a pattern must match the whole string, as AWS does. */
export function string(
  bounds: Bounds & { readonly pattern?: string; readonly values?: readonly string[] } = {},
): StringShape {
  const { min, max, pattern, values } = bounds;
  const rules: Rule[] = [];
  const length = (value: string) => Array.from(value).length;
  if (max !== undefined) rules.push({ sentence: atMost("length", max), holds: (value) => length(value) <= max });
  if (min !== undefined) rules.push({ sentence: atLeast("length", min), holds: (value) => length(value) >= min });
  if (pattern !== undefined) {
    const whole = new RegExp(`^(?:${pattern})$`, "su");
    rules.push({ sentence: `satisfy regular expression pattern: ${pattern}`, holds: (value) => whole.test(value) });
  }
  if (values !== undefined) {
    const sentence = `satisfy enum value set: [${values.join(", ")}]`;
    rules.push({ sentence, holds: (value) => values.includes(value) });
  }
  const shape: Shape<string> = (value, at) => {
    if (typeof value !== "string") throw wrongType(at, "a string");
    return rules
      .filter(({ holds }) => !holds(value))
      .map(({ sentence }) => constraint(`Value '${value}'`, at, `Member must ${sentence}`));
  };
  return Object.assign(shape, { rules });
}

export function integer(bounds: Bounds = {}): Shape<number> {
  return (value, at) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(at, "an integer");
    return outOfBounds("value", value, bounds).map((failure) => constraint(`Value '${value}'`, at, failure));
  };
}

export const boolean: Shape<boolean> = (value, at) => {
  if (typeof value !== "boolean") throw wrongType(at, "a boolean");
  return [];
};

export function list<T>(member: Shape<T>, bounds: Bounds = {}): Shape<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw wrongType(at, "a list");
    return [
      ...outOfBounds("length", value.length, bounds).map((failure) => constraint("Value", at, failure)),
      ...value.flatMap((item: unknown, index) => member(item, `${at}.${index + 1}.member`)),
    ];
  };
}

/** A map. Of strings, AWS tells what they must satisfy, but not which one does not. */
export function map<T>(
  key: StringShape,
  value: Shape<T> | StringShape,
  bounds: Bounds = {},
): Shape<{ readonly [key: string]: T }> {
  return (entries, at) => {
    if (!isObject(entries)) throw wrongType(at, "a map");
    return [
      ...outOfBounds("length", Object.keys(entries).length, bounds).map((failure) => constraint("Value", at, failure)),
      ...inMap("keys", Object.keys(entries), key, at),
      ...("rules" in value
        ? inMap("value", Object.values(entries), value, at)
        : Object.entries(entries).flatMap(([name, item]) => value(item, `${at}.${name}.member`))),
    ];
  };
}

function inMap(kind: "keys" | "value", items: readonly unknown[], shape: StringShape, at: string): string[] {
  if (items.every((item) => shape(item, at).length === 0)) return [];
  const sentences = shape.rules.map(({ sentence }) => `Member must ${sentence}`);
  return [constraint("Value", at, `Map ${kind} must satisfy constraint: [${sentences.join(", ")}]`)];
}

/** A structure. Fields that it does not name are let through unseen, as AWS does. */
export function structure<R extends Fields, O extends Fields>(fields: {
  readonly required?: R;
  readonly optional?: O;
}): Shape<Structure<R, O>> {
  const required: Fields = fields.required ?? {};
  const optional: Fields = fields.optional ?? {};
  return (value, at) => {
    if (!isObject(value)) throw wrongType(at, "a structure");
    return Object.entries({ ...required, ...optional }).flatMap(([name, shape]) => {
      const path = `${at === "" ? "" : `${at}.`}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      const field = value[name] ?? undefined;
      if (field !== undefined) return shape(field, path);
      return name in required ? [constraint("Value null", path, "Member must not be null")] : [];
    });
  };
}

/** An operation that runs only on input of the right shape; what fails is told all at once, with the service's code. */
export function checked<T>(
  shape: Shape<T>,
  run: (input: T, scope: Scope) => unknown,
  code = "ValidationException",
): Operation {
  return (input, scope) => {
    const failures = shape(input, "");
    if (failures.length > 0) {
      const count = `${failures.length} validation error${failures.length > 1 ? "s" : ""} detected`;
      throw new AwsError(code, `${count}: ${failures.join("; ")}`);
    }
    return run(input as T, scope);
  };
}

function outOfBounds(what: "length" | "value", size: number, { min, max }: Bounds): string[] {
  if (min !== undefined && size < min) return [`Member must ${atLeast(what, min)}`];
  if (max !== undefined && size > max) return [`Member must ${atMost(what, max)}`];
  return [];
}

const atLeast = (what: string, min: number) => `have ${what} greater than or equal to ${min}`;
const atMost = (what: string, max: number) => `have ${what} less than or equal to ${max}`;

function constraint(what: string, at: string, failure: string): string {
  return `${what} at '${at}' failed to satisfy constraint: ${failure}`;
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongType(at: string, expected: string): AwsError {
  return new AwsError("SerializationException", `The value at '${at}' is not ${expected}`);
}
