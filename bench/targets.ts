/** What the library may cost, and what a figure is worth beside it. */

/** On a busy machine the same program takes up to half as much again: what is within that is told, and fails nothing. */
const NOISE = 1.5;

export interface Verdict {
  readonly what: string;
  readonly figure: number;
  /** Such as `x` or `ms`. */
  readonly unit: string;
  readonly target: number;
  readonly holds: boolean;
}

/** The verdicts of a run, in the order in which they were given. */
export class Verdicts {
  public readonly all: Verdict[] = [];

  /** Says a figure, and holds it to its target. */
  public hold(what: string, figure: number, unit: string, target: number): void {
    const holds = figure <= target;
    this.all.push({ what, figure, unit, target, holds });
    console.log(`${what}: ${figure.toFixed(2)} ${unit}, target ${target}${holds ? "" : " (missed)"}`);
  }

  /** Fails the process where a target is missed by more than noise. What is not a number was not measured. */
  public close(): void {
    const missed = this.all.filter(({ figure, target }) => !(figure <= target * NOISE));
    if (missed.length === 0) return;
    console.log(`Missed by more than noise: ${missed.map(({ what }) => what).join(", ")}`);
    process.exitCode = 1;
  }
}
