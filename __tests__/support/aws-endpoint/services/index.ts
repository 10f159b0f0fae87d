import type { Service } from "../service";

/** The services of one account: a new one has nothing in it. */
export function createServices() {
  return {} satisfies Record<string, Service>;
}

export type Services = ReturnType<typeof createServices>;
