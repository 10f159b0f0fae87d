/**
 * Puts the compiled code into one file, lib/index.js: 70 files take longer to load than one. Of the type declarations, those
 * stay that the entry leads to.
 */
import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const {
  outputFiles: [file],
} = await build({
  ...{ entryPoints: ["lib/index.js"], outfile: "lib/index.js", bundle: true, write: false },
  ...{ platform: "node", target: "node20", packages: "external", logLevel: "warning" },
  // The paths of a tsconfig.json above would make parts of the bundle of what is external.
  tsconfigRaw: {},
});

// The bundler gives a class that names itself another name. Its `keepNames` costs a call for each function that is made.
const renamed = [...file.text.matchAll(/\bvar (\w+) = class _\1\b/g)].map(([, name]) => name);
const code = renamed.reduce((text, name) => text.replaceAll(new RegExp(`\\b_${name}\\b`, "g"), name), file.text);
writeFileSync("lib/index.js", code);

const declarations = new Set([join("lib", "index.d.ts")]);
// The set grows as it is read.
for (const path of declarations) {
  for (const [, from] of readFileSync(path, "utf8").matchAll(/\bfrom "(\.[^"]*)"/g)) {
    const imported = join(dirname(path), `${from}.d.ts`);
    if (existsSync(imported)) declarations.add(imported);
  }
}
for (const name of readdirSync("lib", { recursive: true })) {
  const path = join("lib", name);
  if (path.endsWith(".d.ts") && !declarations.has(path)) rmSync(path);
}
