/**
 * Writes the reference of the public API, of what was built: `npm run api` into docs/api.md.
 *
 * The generator takes every assembly below its folder for one that the package may mean. So it gets a folder with the
 * packages that the library is compiled with, and not those of engines/.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(import.meta.dirname, "..");
const STAGE = join(ROOT, "dist", "reference");

/** @param file where to, without the `.md`; whether it was written is the answer */
export function writeReference(file) {
  rmSync(STAGE, { recursive: true, force: true });
  mkdirSync(STAGE, { recursive: true });
  for (const name of ["package.json", ".jsii"]) copyFileSync(join(ROOT, name), join(STAGE, name));
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const name of Object.keys(peerDependencies)) {
    const link = join(STAGE, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link, "dir");
  }
  const docgen = createRequire(import.meta.url).resolve("jsii-docgen/bin/jsii-docgen");
  return (
    spawnSync(process.execPath, [docgen, "--output", resolve(file)], { cwd: STAGE, stdio: "inherit" }).status === 0
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !writeReference(process.argv[2])) process.exitCode = 1;
