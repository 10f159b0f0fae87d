/**
 * Packs the library for CDK Terrain from the same sources: with its names in place of CDKTF's, and compiled against its
 * packages, which are installed in engines/. Run it with `npm run pack:cdktn`.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const TARBALLS = join(ROOT, "dist");
/** Inside engines/, so that the compiler finds what is installed there. */
const FOLDER = join(ROOT, "engines", "package");

/** What an app of CDK Terrain has installed. Each minor version of it goes with one major version of the bindings. */
const PEERS = { "@cdktn/provider-aws": ">=25.5.0 <26.0.0", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" };

/** The names of packages in imports and in Markdown, commands, and the name of this package. */
function inCdktn(text) {
  return text
    .replace(/(["`])(@?)cdktf(?=["`]|\/provider-aws)/g, "$1$2cdktn")
    .replace(/\bnpx cdktf\b/g, "npx cdktn")
    .replace(/\bcdktf(?=-codestar-connections)/g, "cdktn");
}

function packageJson() {
  const { name, description, keywords, devDependencies, overrides, scripts, ...rest } = JSON.parse(
    read("package.json"),
  );
  const { dependencies } = JSON.parse(read("engines/package.json"));
  return {
    ...rest,
    name: inCdktn(name),
    description: description.replace("CDKTF", "CDK Terrain"),
    keywords: keywords.map((keyword) => (keyword === "cdktf" ? "cdktn" : keyword)),
    engines: { node: ">=22.19.0" },
    peerDependencies: PEERS,
    devDependencies: Object.fromEntries(Object.keys(PEERS).map((peer) => [peer, dependencies[peer]])),
  };
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}

function write(path, text) {
  mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
  writeFileSync(join(FOLDER, path), text);
}

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: FOLDER, stdio: "inherit" });
}

rmSync(FOLDER, { recursive: true, force: true });
const sources = readdirSync(join(ROOT, "src"), { recursive: true }).filter((name) => name.endsWith(".ts"));
for (const path of [...sources.map((name) => join("src", name)), "README.md", "CHANGELOG.md"]) {
  write(path, inCdktn(read(path)));
}
cpSync(join(ROOT, "LICENSE"), join(FOLDER, "LICENSE"));
write("package.json", JSON.stringify(packageJson(), null, 2));

const jsii = createRequire(import.meta.url).resolve("jsii/bin/jsii");
run(jsii, "--generate-tsconfig", "tsconfig.jsii.json", "--silence-warnings=reserved-word");
run(join(ROOT, "build", "bundle.mjs"));
mkdirSync(TARBALLS, { recursive: true });
run(process.env.npm_execpath, "pack", "--silent", "--pack-destination", TARBALLS);
