import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs each program as the main one, in one process: to start one takes longer than a program. */
const RUN_ALL = `
  const { basename, join, resolve } = require("node:path");
  const [folder, ...programs] = process.argv.slice(1);
  for (const program of programs) {
    process.env.CDKTF_OUTDIR = join(folder, basename(program));
    require("node:module").runMain(resolve(program));
  }`;

/** What programs make when they are run in a folder, by the path in their outputs: `fleet.ts/stacks/fleet/cdk.tf.json`. */
export function filesMadeBy(programs: readonly string[], cwd: string): { readonly [path: string]: string } {
  const folder = mkdtempSync(join(tmpdir(), "programs-"));
  const args = ["-r", "tsx/cjs", "-e", RUN_ALL, folder, ...programs];
  execFileSync(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  rmSync(folder, { recursive: true });
  return files;
}
