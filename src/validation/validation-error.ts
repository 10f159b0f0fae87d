import { Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { withoutControlCharacters, withoutCredentials } from "./safe-text";

/** Every problem of one construct in one error: where it is, what is wrong, what was given, what was probably meant. */
export class ValidationError extends Error {
  public constructor(where: string, problems: readonly string[], warnings: readonly string[] = []) {
    const lines = [...problems, ...warnings.map((warning) => `Warning: ${warning}`)];
    const found = problems.length === 1 ? "1 problem was found" : `${problems.length} problems were found`;
    super(
      lines.length === 1
        ? `${where}: ${lines.join("")}`
        : `${where}: ${found}:\n${lines.map((line) => `  - ${line}`).join("\n")}`,
    );
    this.name = "ValidationError";
  }
}

/** A value as an error shows it, whatever it is: quoted, and cut when it is long. */
export function given(value: unknown): string {
  const shown = withoutCredentials(show(value));
  const points = Array.from(shown);
  return points.length <= 120 ? shown : `${points.slice(0, 100).join("")}… (${points.length - 2} characters)`;
}

function show(value: unknown): string {
  if (Construct.isConstruct(value)) return `the construct ${value.node.path}, not one of its attributes`;
  if (Tokenization.isResolvable(value) || (typeof value === "string" && Token.isUnresolved(value)))
    return "an expression";
  const name = classOf(value);
  if (name !== undefined) return `an object of the class ${name}`;
  try {
    // A function, for one, has no JSON.
    const json: unknown = JSON.stringify(value);
    return typeof json === "string" ? json : typeof value;
  } catch {
    return typeof value;
  }
}

/** The class of an object that has one: JSON would show what is inside. */
function classOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date) return undefined;
  const { constructor } = value;
  return typeof constructor === "function" && constructor !== Object ? constructor.name : undefined;
}

/** A sentence as it is shown, with its full stop, unless it ends with a question. */
export function stopped(sentence: string): string {
  const shown = withoutControlCharacters(withoutCredentials(sentence));
  return shown.endsWith("?") ? shown : `${shown}.`;
}

/** What was probably meant, as the end of a sentence. */
export function guessed(guess: string | undefined): string {
  return guess === undefined ? "" : `. Did you mean ${guess}?`;
}
