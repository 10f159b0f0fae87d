import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devDependencies, repository, version } from "../../package.json";
import * as library from "../../src";
import { exportsOf } from "../support/sources";

const ROOT = join(__dirname, "..", "..");

/** Each package, and the engine that it has nothing to do with. */
const PACKAGES = [
  { name: "cdktf-codestar-connections", otherEngine: "cdktn" },
  { name: "cdktn-codestar-connections", otherEngine: "cdktf" },
];

const EXPORTS = exportsOf("index.ts").map(({ name }) => name);
const VALUES = EXPORTS.filter((name) => name in library);
const TYPES = EXPORTS.filter((name) => !VALUES.includes(name));

/** An ES module that imports everything by its name, types too. */
const importing = (name: string): string => `
  import { createRequire } from "node:module";
  import { ${EXPORTS.join(", ")} } from "${name}";
  export type Types = [${TYPES.join(", ")}];
  const imported = { ${VALUES.join(", ")} };
  const required: { [name: string]: unknown } = createRequire(import.meta.url)("${name}");
  const same = Object.entries(imported).filter(([name, value]) => value !== undefined && value === required[name]);
  console.log(JSON.stringify(same.map(([name]) => name)));`;

/** What is stricter than the compiler's defaults, and what leaves its mistakes to the packages that are imported. */
const COMPILER_OPTIONS = {
  ...{ target: "ES2022", module: "Node16", types: ["node"], outDir: "out" },
  ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
};

describe.each(PACKAGES)("the tarball of $name, in an empty folder", ({ name, otherEngine }) => {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const installed = join(folder, "node_modules", name);
  const textOf = (path: string): string => readFileSync(join(installed, path), "utf8");
  const files = (): string[] =>
    readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
      .sort();
  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

  beforeAll(() => {
    writeFileSync(join(folder, "package.json"), "{}");
    // The engine and the bindings come with the package; a TypeScript app has the other two.
    const tarball = join(ROOT, "dist", `${name}-${version}.tgz`);
    const compiler = `typescript@${devDependencies.typescript}`;
    run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", tarball, compiler, "@types/node");
  }, 300_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("a strict program compiles, which checks the declarations of the package too; and an example synthesises", () => {
    cpSync(join(installed, "examples"), join(folder, "examples"), { recursive: true });
    writeFileSync(join(folder, "names.mts"), importing(name));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));

    run("npx", "tsc");
    run("node", "out/examples/first-pipeline.js");
    const json = readFileSync(join(folder, "cdktf.out", "stacks", "first-pipeline", "cdk.tf.json"), "utf8");

    expect(json).toContain('"aws_codepipeline"');
    // Everything is there for an ES module by its name, and is the same as for CommonJS.
    expect(TYPES.length).toBeGreaterThan(10);
    expect(JSON.parse(run("node", "out/names.mjs"))).toEqual(VALUES);
  }, 300_000);

  test("the code is one file, and the command another, and no file refers to sources that are not there", () => {
    expect(files().filter((path) => /\.[cm]?js$/.test(path))).toEqual(["lib/cli.js", "lib/index.js"]);
    expect(files().filter((path) => path.endsWith(".map") || textOf(path).includes("sourceMappingURL"))).toEqual([]);
  });

  test("the command has the name of the package, and the licences of what it is made of are there", () => {
    const { bin } = JSON.parse(textOf("package.json")) as { bin: object };

    expect(bin).toEqual({ [name]: "lib/cli.js" });
    expect(run("npx", "--no", name, "--", "wait", "--help")).toMatch(
      new RegExp(`^\\nWhich connections: [^]*Usage: ${name} wait [^]*npx ${name} wait --start`),
    );
    const licences = textOf("lib/cli.js.LICENSES.txt");
    for (const bundled of ["@aws-sdk/client-codepipeline", "commander", "log-update"]) {
      expect(licences).toMatch(new RegExp(`^${bundled} \\d`, "m"));
    }
    expect(licences).not.toMatch(/GPL|UNLICENSED|undefined/);
  });

  test("whoever imports the library loads nothing of the command", () => {
    expect(textOf("lib/index.js")).not.toMatch(/@aws-sdk|commander|child_process|cli\.js/);
  });

  test("the README links to the repository at the tag of the version", () => {
    const targets = Array.from(textOf("README.md").matchAll(/\]\(([^)\s]+)/g), ([, target = ""]) => target);
    const url = repository.url.replace(/^git\+|\.git$/g, "");

    expect(targets.filter((target) => !target.startsWith("https://"))).toEqual([]);
    expect(targets).toContain(`${url}/blob/v${version}/docs/source.md`);
    expect(targets).toContain(`${url}/tree/v${version}/examples/`);
  });

  test("the README's commands are of its engine", () => {
    const [, block = ""] = /```sh\n(npm init -y\n[^]*?)\n```/.exec(textOf("README.md")) ?? [];
    const cli = name.slice(0, 5);

    expect(block).toContain(`npm install --save-dev ${cli}-cli@`);
    expect(block).toContain(`cp node_modules/${name}/examples/first-pipeline.ts main.ts`);
    expect(block).toMatch(new RegExp(`npx ${cli} deploy$`));
    // Both have a cdktf.json.
    expect(block.replaceAll("cdktf.json", "")).not.toContain(otherEngine);
  });

  test("the README says what the package needs", () => {
    const { peerDependencies } = JSON.parse(textOf("package.json")) as { peerDependencies: { [name: string]: string } };
    const [, versions = ""] = textOf("README.md").split("## Versions");

    for (const peer of Object.keys(peerDependencies)) {
      // Constructs come with the engine.
      if (peer !== "constructs") expect(versions).toContain(`\`${peer}\``);
    }
    expect(versions.includes(`\`${otherEngine}\` 0.`)).toBe(name.startsWith("cdktf"));
  });

  test("neither the code nor its description names the packages of the other engine", () => {
    const ofProject = ["readme", "author", "homepage", "repository", "targets"];
    const withoutProject = (key: string, value: unknown) => (ofProject.includes(key) ? undefined : value);
    const manifest = JSON.stringify(JSON.parse(textOf(".jsii")), withoutProject, 1);
    const code = files().filter((path) => path.startsWith("lib/"));
    const lines = [...code.map(textOf), manifest].flatMap((text) => text.split("\n"));

    expect(manifest).toContain(`"${name}.Connection"`);
    // Both have a cdktf.json, and write to cdktf.out.
    const other = new RegExp(`\\b${otherEngine}\\b(?!\\.(?:json|out)\\b)`);
    expect(lines.filter((line) => other.test(line))).toEqual([]);
  });
});
