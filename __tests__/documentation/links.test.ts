import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { EXAMPLES, PAGES, ROOT, textOf } from "../support/documentation";

/** What a page links to in the repository: the file, and the heading in it. */
function linksIn(page: string): { readonly file: string; readonly anchor: string }[] {
  const prose = textOf(page).replace(/```[^]*?```/g, "");
  return Array.from(prose.matchAll(/\]\((?![a-z]+:)([^)\s#]*)#?([^)\s]*)\)/g), ([, file = "", anchor = ""]) => ({
    file: file === "" ? page : normalize(join(dirname(page), file)),
    anchor,
  }));
}

/** The anchors that GitHub gives to the headings of a page. */
function anchorsIn(page: string): string[] {
  return Array.from(textOf(page).matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(PAGES)("%s", (page) => {
  test("links to files, folders and headings that are there", () => {
    const dead = linksIn(page).filter(
      ({ file, anchor }) => !existsSync(join(ROOT, file)) || (anchor !== "" && !anchorsIn(file).includes(anchor)),
    );

    expect(dead).toEqual([]);
  });
});

test("the pages have many links, and some to headings", () => {
  const links = PAGES.flatMap(linksIn);

  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ anchor }) => anchor !== "").length).toBeGreaterThan(20);
});

test("each page of docs/ is linked from the README", () => {
  const linked = linksIn("README.md").map(({ file }) => file);
  const guides = PAGES.filter((page) => /^docs\/[^/]+\.md$/.test(page));

  expect(guides.filter((page) => !linked.includes(page))).toEqual([]);
});

test("the index of the examples has each of them", () => {
  const linked = linksIn("examples/README.md").map(({ file }) => file);

  expect(EXAMPLES.filter((name) => !linked.includes(`examples/${name}.ts`))).toEqual([]);
});

test("the README has at most 100 lines", () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(100);
});

describe("the examples", () => {
  const platforms = EXAMPLES.map((name) => {
    const [, made] =
      /\n(\/\*\* What your stack has already:[^]*?)\n(?:const app|\/\*\*(?! (?:A role that only)))/.exec(
        textOf(`examples/${name}.ts`),
      ) ?? [];
    return made;
  });

  test("have the same of what a stack has already, with a build or without", () => {
    expect(new Set(platforms.filter((made) => made !== undefined)).size).toBe(2);
  });

  test.each(EXAMPLES)("%s imports the package by its name, and nothing of the repository", (name) => {
    const imported = Array.from(textOf(`examples/${name}.ts`).matchAll(/ from "([^"]+)"/g), ([, from]) => from);

    expect(imported.filter((from) => from?.startsWith("."))).toEqual([]);
    expect(textOf(`examples/${name}.ts`)).toContain(`examples/${name}.ts"`);
  });
});
