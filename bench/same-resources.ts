/** Proves that both programs plan the same resources: otherwise it would say nothing what one costs beside the other. */
import { deepStrictEqual } from "node:assert";
import { costOf, writtenBy } from "./measure";
import type { Shape } from "./programs/platform";

interface Resources {
  readonly [type: string]: { readonly [name: string]: unknown };
}

export async function provePlansAlike(shape: Shape): Promise<void> {
  for (const program of ["ours", "by-hand"] as const) await costOf({ program, shape });
  const [ours, byHand] = [writtenBy("ours", shape).map(planned), writtenBy("by-hand", shape).map(planned)];
  deepStrictEqual(ours, byHand);
}

/** All resources, whatever they are called: in place of a reference stands the whole resource that it leads to. */
function planned(json: string): string[] {
  const { resource } = JSON.parse(json) as { resource: Resources };
  const told = (type: string, name: string): string =>
    `${type} ${JSON.stringify(resource[type]?.[name], withoutNotes)}`.replace(
      /\b(aws_\w+)\.([\w-]+)/g,
      (_, toType: string, toName: string) => told(toType, toName),
    );
  return Object.entries(resource)
    .flatMap(([type, named]) => Object.keys(named).map((name) => told(type, name)))
    .sort();
}

/** Leaves out what is no part of a resource: CDKTF's comments, and preconditions that the library puts on values. */
function withoutNotes(key: string, value: unknown): unknown {
  const isGuard = key === "lifecycle" && Object.keys(value as object).join() === "precondition";
  return key === "//" || isGuard ? undefined : value;
}
