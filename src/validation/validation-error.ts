import { Tokenization } from "cdktf";
import { Construct } from "constructs";

/** Every problem of one construct in one error: where it is, what is wrong, what was given, what was probably meant. */
export class ValidationError extends Error {
  public constructor(where: string, problems: readonly string[]) {
    super(
      problems.length === 1
        ? `${where}: ${problems[0] ?? ""}`
        : `${where}: ${problems.length} problems were found:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`,
    );
    this.name = "ValidationError";
  }
}

/** A value as an error shows it, whatever it is: quoted, and cut when it is long. */
export function given(value: unknown): string {
  const shown = show(value);
  const points = Array.from(shown);
  return points.length <= 120 ? shown : `${points.slice(0, 100).join("")}… (${points.length - 2} characters)`;
}

function show(value: unknown): string {
  // Where a string is wanted these two are slips, and JSON would show their insides, if they had an end.
  if (Construct.isConstruct(value)) return `the construct ${value.node.path}, not one of its attributes`;
  if (Tokenization.isResolvable(value)) return "an expression that is not a string: wrap it in Token.asString";
  try {
    // A function, for one, has no JSON.
    const json: unknown = JSON.stringify(value);
    return typeof json === "string" ? json : typeof value;
  } catch {
    return typeof value;
  }
}
