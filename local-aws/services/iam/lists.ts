import { page } from "../../pages";
import type { Input } from "../../service";
import { maxItems, optional } from "./checks";

/** One page of a list, under its name, as IAM asks for it and answers it. */
export function listed(name: string, all: readonly unknown[], input: Input): object {
  const { items, nextToken } = page(all, maxItems(input), optional(input, "Marker"), "ValidationError");
  return { [name]: items, IsTruncated: nextToken !== undefined, Marker: nextToken };
}

/** What is below the path that a list is asked for. */
export function below<T extends { readonly path: string }>(all: readonly T[], input: Input): T[] {
  const prefix = optional(input, "PathPrefix") ?? "/";
  return all.filter(({ path }) => path.startsWith(prefix));
}
