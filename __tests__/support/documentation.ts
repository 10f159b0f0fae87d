import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");

/** What people read, by the path in the repository. */
export const PAGES: readonly string[] = [
  ...["README.md", "CONTRIBUTING.md", "examples/README.md"],
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path))
    .sort(),
];

export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** A fenced block of code. */
export interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

export function blocksOf(page: string, text = textOf(page)): Block[] {
  return Array.from(text.matchAll(/^( *)```(\w+)\n([^]*?)\n\1```$/gm), (match) => {
    const [, indentation = "", language = "", code = ""] = match;
    const line = text.slice(0, match.index).split("\n").length;
    return { page, line, language, code: code.replace(new RegExp(`^${indentation}`, "gm"), "") };
  });
}

/** The reference, which is generated from the sources. */
export const REFERENCE = "docs/api.md";

/** The examples in the comments of the sources, as the reference has them. Its other blocks are signatures. */
export function examplesInReference(): Block[] {
  const lines = textOf(REFERENCE).split("\n");
  return blocksOf(REFERENCE).filter(({ line }) => lines[line - 3] === "*Example*");
}

/** The examples, by what each is called. */
export const EXAMPLES: readonly string[] = readdirSync(join(ROOT, "examples"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

/** A section of a page: what stands below one of its headings, up to the next. */
export function sectionOf(page: string, heading: string): string {
  const found = textOf(page)
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`));
  if (found === undefined) throw new Error(`${page} has no section "${heading}".`);
  return found;
}
