/**
 * Bundles the command in cli/ into one file, so that the library has no runtime dependency: `node build/command.mjs <file>`.
 * Beside it are the licences of what is bundled.
 */
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [outfile] = process.argv.slice(2);
const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));

const { metafile } = await build({
  ...{ entryPoints: ["cli/main.ts"], outfile, bundle: true, metafile: true, logLevel: "warning" },
  ...{ platform: "node", target: "node20", minify: true, legalComments: "none", mainFields: ["module", "main"] },
  banner: { js: `#!/usr/bin/env node\nconst importMetaUrl = require("node:url").pathToFileURL(__filename).href;` },
  // What ES modules call their address, in a file that is none.
  define: {
    ...{ PACKAGE_NAME: JSON.stringify(name), PACKAGE_VERSION: JSON.stringify(version) },
    "import.meta.url": "importMetaUrl",
  },
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
);
const texts = new Map();
for (const path of [...packages].sort()) {
  const { name: of, version: at, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? `License: ${license}` : readFileSync(join(path, file), "utf8").trim();
  texts.set(text, [...(texts.get(text) ?? []), `${of} ${at} (${license})`]);
}
const sections = [...texts].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
writeFileSync(`${outfile}.LICENSES.txt`, sections.join(`\n${"-".repeat(80)}\n\n`));
