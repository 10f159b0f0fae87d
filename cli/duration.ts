import { InvalidArgumentError } from "commander";

const UNITS: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000 };

/** A time such as 90s, 30m or 2h, in milliseconds. */
export function readDuration(text: string): number {
  const [, number = "", unit = ""] = /^(\d+)([smh])$/.exec(text.trim()) ?? [];
  const milliseconds = Number(number) * (UNITS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError("It is a number and a unit: 90s, 30m or 2h.");
}

/** A time as people read it, such as 2 min 05 s. */
export function spelled(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}
