import { quoted } from "../terraform/template";

/**
 * What must hold of a string, said once and checked twice: at synthesis for a literal, by Terraform for an expression.
 *
 * Patterns stay in the subset that JavaScript (with the `u` flag) and Terraform's RE2 read alike: no look-around, no
 * back-references, no `\s` or `\w`, no repeat above 1,000.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export interface Constraint {
  /** Whether a literal fulfils it. */
  accepts(value: string): boolean;
  /** The Terraform condition that says the same of the expression `reference`. */
  condition(reference: string): string;
}

/** The string matches the pattern. Anchor it: both checks search. */
export function matching(pattern: string): Constraint {
  const expression = new RegExp(pattern, "u");
  const literal = quoted(pattern);
  return {
    accepts: (value) => expression.test(value),
    condition: (reference) => `can(regex(${literal}, ${reference}))`,
  };
}

/** A string inside a pattern, with nothing in it left to be interpreted. */
export function escaped(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** A pattern for a string in capital and small letters; RE2 and JavaScript share no flag for it. */
export function anyCase(value: string): string {
  return value.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`).replace(/\./g, "\\.");
}

/** The pattern is found nowhere in the string. */
export function without(pattern: string): Constraint {
  const found = matching(pattern);
  return { accepts: (value) => !found.accepts(value), condition: (reference) => `!${found.condition(reference)}` };
}

/** The constraint holds, or the pattern is not found, so that the string is nothing that the constraint is about. */
export function where(pattern: string, constraint: Constraint): Constraint {
  const found = matching(pattern);
  return {
    accepts: (value) => !found.accepts(value) || constraint.accepts(value),
    condition: (reference) => `(!${found.condition(reference)} || ${constraint.condition(reference)})`,
  };
}

/**
 * The string has so many characters, counted as Unicode code points: AWS counts them so, and a pattern is where JavaScript
 * and Terraform do too (`length()` counts grapheme clusters in one and UTF-16 units in the other).
 */
export function characters(min: number, max: number): Constraint {
  return max <= LARGEST_REPEAT ? matching(`^[\\s\\S]{${min},${max}}$`) : manyCharacters(min, max);
}

/** RE2 takes no larger number in a repeat. */
const LARGEST_REPEAT = 1000;

function manyCharacters(min: number, max: number): Constraint {
  const count = (reference: string): string => `length(regexall("[\\\\s\\\\S]", ${reference}))`;
  return {
    accepts: (value) => {
      const { length } = Array.from(value);
      return min <= length && length <= max;
    },
    condition: (reference) => `try(${count(reference)} >= ${min} && ${count(reference)} <= ${max}, false)`,
  };
}

/** The string has so many bytes in UTF-8. */
export function bytes(min: number, max: number): Constraint {
  // Terraform counts no bytes. But each byte more makes the base64 form longer, which is ASCII.
  const inBase64 = (count: number): number => Math.ceil((count * 4) / 3);
  const length = (reference: string): string => `length(replace(base64encode(${reference}), "=", ""))`;
  return {
    accepts: (value) => {
      const count = Buffer.byteLength(value);
      return min <= count && count <= max;
    },
    condition: (reference) =>
      `try(${length(reference)} >= ${inBase64(min)} && ${length(reference)} <= ${inBase64(max)}, false)`,
  };
}

/** The string is one of the values, in exactly this spelling. */
export function oneOf(values: readonly string[]): Constraint {
  return {
    accepts: (value) => values.includes(value),
    condition: (reference) => `try(contains([${values.map(quoted).join(", ")}], ${reference}), false)`,
  };
}

/** The string is none of the values. */
export function noneOf(values: readonly string[]): Constraint {
  const listed = oneOf(values);
  return { accepts: (value) => !listed.accepts(value), condition: (reference) => `!${listed.condition(reference)}` };
}

/** The constraint holds, or Terraform finds no value, which leaves an optional property out. */
export function orNull(constraint: Constraint): Constraint {
  return {
    accepts: (value) => constraint.accepts(value),
    condition: (reference) => `(${reference} == null || ${constraint.condition(reference)})`,
  };
}

/** All of the constraints hold. */
export function all(...constraints: readonly Constraint[]): Constraint {
  return {
    accepts: (value) => constraints.every((constraint) => constraint.accepts(value)),
    condition: (reference) => `(${constraints.map((constraint) => constraint.condition(reference)).join(" && ")})`,
  };
}

/** What the length of a string is counted in. */
export interface LengthUnit {
  /** Its name in a sentence, in the plural. */
  readonly label: string;
  /** What the end of the sentence explains of it. */
  readonly note: string;
  readonly count: (value: string) => number;
  /** That a string is so long, and no longer. */
  readonly between: (min: number, max: number) => Constraint;
}

/** Unicode code points, as AWS counts. */
export const CHARACTERS: LengthUnit = {
  label: "characters",
  note: "",
  count: (value) => Array.from(value).length,
  between: characters,
};

/** Bytes of UTF-8, as the newer resources of Terraform's AWS provider count. */
export const BYTES: LengthUnit = {
  label: "bytes of UTF-8",
  note: " (one character is 1 to 4 bytes)",
  count: (value) => Buffer.byteLength(value),
  between: bytes,
};
