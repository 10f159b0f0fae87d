import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Bundles the command of this package into a folder, and tells the file. */
export function bundledCommand(folder: string): string {
  const file = join(folder, "command.js");
  execFileSync(process.execPath, [join(ROOT, "build/command.mjs"), file], { cwd: ROOT });
  return file;
}
