import { Testing } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { newStacks } from "./synthesis";

/** What becomes of a program of two stacks. */
export interface Outcome {
  /** The sentences of the error that it throws, at once or at synthesis; else those of its warnings. */
  readonly said: readonly string[];
  /** The sentences that Terraform says where a condition of the first stack does not hold. */
  readonly conditions: readonly string[];
  /** What is in both stacks. */
  readonly elements: readonly IConstruct[];
}

/** Runs a program, and hears what the library says of it. */
export function outcomeOf(program: (stack: Construct, other: Construct) => unknown): Outcome {
  const [stack, other] = newStacks("stack", "other");
  let [json, error]: [string, string | undefined] = ["", undefined];
  try {
    program(stack, other);
    stack.prepareStack();
    json = Testing.synth(stack, true);
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  const elements = [stack, other].flatMap(({ node }) => node.findAll());
  const warnings = elements.flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === "@cdktf/warn")
      .map(({ data }) => `Warning at ${node.path}: ${String(data)}`),
  );
  const conditions = Array.from(json.matchAll(/"error_message": ("(?:[^"\\]|\\.)*")/g), ([, quoted = ""]) =>
    String(JSON.parse(quoted)),
  );
  return { said: error === undefined ? warnings : [problemsIn(error)], conditions, elements };
}

/** What CDKTF puts around the problems that validations find is not the library's. */
function problemsIn(error: string): string {
  return error
    .split("\n")
    .filter((line) => !/^(Validation failed|If you wish to ignore|$)/.test(line))
    .join("\n");
}
