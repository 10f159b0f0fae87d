import checkbox from "@inquirer/checkbox";
import confirm from "@inquirer/confirm";
import select from "@inquirer/select";
import type { Screen } from "./screen";

interface Choice<T> {
  readonly value: T;
  readonly name: string;
}

/** Some of several, all of them unless a person takes marks away. Nobody is asked outside a terminal. */
export async function chooseSome<T>(
  screen: Screen,
  message: string,
  choices: readonly Choice<T>[],
): Promise<readonly T[]> {
  if (choices.length < 2 || !screen.isTerminal) return choices.map(({ value }) => value);
  return checkbox({ message, required: true, choices: choices.map((choice) => ({ ...choice, checked: true })) });
}

/** One of several. Outside a terminal it is nothing: the caller says what to type. */
export async function chooseOne<T>(
  screen: Screen,
  message: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  if (choices.length < 2) return choices[0]?.value;
  return screen.isTerminal ? select({ message, choices }) : undefined;
}

export function agree(message: string): Promise<boolean> {
  return confirm({ message, default: true });
}
