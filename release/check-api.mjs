/**
 * Fails if the sources break the public API of the last release, or if its reference in docs/api.md is not what they say:
 * `npm run api:check`, on what was built.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeReference } from "./reference.mjs";

const ROOT = join(import.meta.dirname, "..");
/** Inside the project, so that the assemblies of the packages that it names are found. */
const LAST = join(ROOT, "dist", "last-release");
const ACKNOWLEDGED = "release/acknowledged.txt";
process.chdir(ROOT);

function isCompatible() {
  mkdirSync(LAST, { recursive: true });
  copyFileSync("package.json", join(LAST, "package.json"));
  copyFileSync("release/api.json", join(LAST, ".jsii"));
  const diff = createRequire(import.meta.url).resolve("jsii-diff/bin/jsii-diff");
  const args = [diff, "--error-on", "all", "--keys", "--ignore-file", ACKNOWLEDGED, LAST, "."];
  return spawnSync(process.execPath, args, { stdio: "inherit" }).status === 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

if (isCompatible()) console.log("Programs that use the last release go on working.");
else {
  fail(
    `Programs that use the last release break. Undo that, or acknowledge it: put its key, in brackets above, into ${ACKNOWLEDGED}, ` +
      "and say BREAKING CHANGE in the message of the commit.",
  );
}
if (!writeReference("dist/api")) fail("The reference could not be generated.");
else if (readFileSync("dist/api.md", "utf8") !== readFileSync("docs/api.md", "utf8")) {
  fail("docs/api.md is not what the sources say: run npm run api, and commit it.");
} else console.log("docs/api.md is what the sources say.");
