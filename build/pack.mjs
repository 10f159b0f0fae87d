/**
 * Packs the library for one engine: for CDKTF with `npm run pack:cdktf`, and from the same sources for CDK Terrain with
 * `npm run pack:cdktn`. It compiles a copy of the sources: what is only for the package, such as names of CDK Terrain and
 * links that work on npm, never gets into the files of the repository.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import * as cdktn from "./cdktn.mjs";
import { homeOf, withAbsoluteLinks } from "./links.mjs";
import { targetsOf } from "./targets.mjs";

const ROOT = join(import.meta.dirname, "..");
const TARBALLS = join(ROOT, "dist");
const MAX_BYTES = 450_000;

/** In which folder each is compiled, so that the compiler finds what is installed for it, and what that is. */
const ENGINES = {
  cdktf: {
    ...{ folder: join(TARBALLS, "package"), installed: "package.json" },
    ...{ translated: (text) => text, readme: (text) => text, described: (description) => description },
  },
  cdktn: {
    ...{ folder: join(ROOT, "engines", "package"), installed: "engines/package.json" },
    ...{ translated: cdktn.translated, readme: cdktn.readme, described: cdktn.described },
  },
};

const [engine] = process.argv.slice(2);
if (!(engine in ENGINES) || process.env.npm_execpath === undefined) {
  throw new Error("Run this with npm run pack:cdktf or npm run pack:cdktn.");
}
if (engine === "cdktn" && !existsSync(join(ROOT, "engines", "node_modules"))) {
  throw new Error("CDK Terrain is not installed: run npm ci --prefix engines first.");
}
const { folder, installed, translated, readme, described } = ENGINES[engine];

function packageJson() {
  const description = described(JSON.parse(read("package.json")));
  const { dependencies, devDependencies } = JSON.parse(read(installed));
  const peers = Object.keys(description.peerDependencies);
  const compiledWith = peers.map((peer) => [peer, { ...dependencies, ...devDependencies }[peer]]);
  return {
    ...description,
    homepage: `${homeOf(description)}#readme`,
    jsii: { ...description.jsii, targets: targetsOf(description) },
    devDependencies: Object.fromEntries(compiledWith),
    // These are for the repository: its first script keeps it from being packed as it is.
    ...{ scripts: undefined, overrides: undefined },
  };
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The files of a folder, and of those in it. */
function filesIn(path) {
  const entries = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));
}

function run(cwd, script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd, stdio: "inherit" });
}

const npm = (cwd, ...args) => run(cwd, process.env.npm_execpath, ...args);

rmSync(folder, { recursive: true, force: true });
const description = packageJson();
write("package.json", JSON.stringify(description, null, 2));
write("README.md", withAbsoluteLinks(readme(read("README.md"), read("docs/moving-to-cdktn.md")), ROOT, description));
const examples = filesIn("examples").filter((path) => path.endsWith(".ts"));
for (const path of [...filesIn("src"), ...filesIn("cli"), ...examples, "CHANGELOG.md"])
  write(path, translated(read(path)));
cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));

const jsii = createRequire(import.meta.url).resolve("jsii/bin/jsii");
run(folder, jsii, "--generate-tsconfig", "tsconfig.jsii.json", "--silence-warnings=reserved-word");
run(folder, join(ROOT, "build", "bundle.mjs"));
run(folder, join(ROOT, "build", "command.mjs"), "lib/cli.js");
mkdirSync(TARBALLS, { recursive: true });
npm(folder, "pack", "--loglevel=error", "--pack-destination", TARBALLS);

const tarball = join(TARBALLS, `${description.name}-${description.version}.tgz`);
npm(ROOT, "exec", "--", "publint", "run", "--strict", tarball);
// The manifest of jsii is exported for tools, not to be imported: it has no types.
npm(ROOT, "exec", "--", "attw", "--format", "ascii", "--exclude-entrypoints", ".jsii", "--", tarball);
const { size } = statSync(tarball);
console.log(`${relative(ROOT, tarball)}: ${size / 1000} kB of at most ${MAX_BYTES / 1000}`);
if (size > MAX_BYTES) process.exitCode = 1;

if (engine === "cdktn") {
  // Not packed: what runs on CDK Terrain, to compare it with what runs on CDKTF.
  const programs = ["main.ts", "cdktf.json", "tsconfig.json", ...filesIn("stacks")];
  for (const path of programs) write(path, translated(read(path)));
}
