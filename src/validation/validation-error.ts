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

/** A value as an error shows it: quoted, and cut when it is long. */
export function given(value: unknown): string {
  const shown = JSON.stringify(value);
  const points = Array.from(shown);
  return points.length <= 120 ? shown : `${points.slice(0, 100).join("")}… (${points.length - 2} characters)`;
}
