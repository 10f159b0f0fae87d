import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as manifest from "../package.json";

const ROOT = join(__dirname, "..");
const PACKAGE = "cdktf-codestar-connections";

/**
 * Where Node finds what a program imports, or the code of its error. It is asked from inside the package, which finds
 * itself by its name and through its `exports`, as its users find it. The files need not be built for that. Jest has a
 * resolver of its own, hence the process.
 */
function found(...specifiers: readonly string[]): string[] {
  const program = `
    const resolve = (specifier) => {
      try { return import.meta.resolve(specifier); } catch ({ code }) { return code; }
    };
    console.log(JSON.stringify(process.argv.slice(1).map(resolve)));`;
  const args = ["--input-type=module", "--eval", program, "--", ...specifiers];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as string[];
}

const fileAt = (path: string): string => pathToFileURL(join(ROOT, path)).href;

describe("the package", () => {
  test("is imported by its name, and its description by tools", () => {
    expect(found(PACKAGE, `${PACKAGE}/package.json`, `${PACKAGE}/.jsii`)).toEqual(
      ["lib/index.js", "package.json", ".jsii"].map(fileAt),
    );
  });

  test("keeps every other file to itself: no path into it can be imported", () => {
    const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
    const compiled = sources.map((path) => `lib/${path.replace(/\.ts$/, "")}`);
    const paths = [
      ...["", "lib", "src", "src/index.ts", "README.md", "LICENSE", "CHANGELOG.md"],
      ...compiled.flatMap((path) => [path, `${path}.js`, `${path}.d.ts`]),
    ];
    const answers = found(...paths.map((path) => `${PACKAGE}/${path}`));

    expect(paths).toEqual(expect.arrayContaining(["lib/index.js", "lib/source/source-action"]));
    expect(answers).toHaveLength(paths.length);
    expect(paths.filter((_, index) => answers[index] !== "ERR_PACKAGE_PATH_NOT_EXPORTED")).toEqual([]);
  });

  test("has its command in a clone as soon as that is installed, so that npx finds it there", () => {
    const { bin, scripts } = manifest as { bin: object; scripts: { [name: string]: string } };

    // npm runs it after an install in the clone, but in no project that installs the package.
    expect(scripts.prepare).toBe("npm run -s build:command");
    expect(scripts["build:command"]).toContain(Object.values(bin).join());
  });
});
