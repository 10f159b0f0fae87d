import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
/** The same programs with the names of CDK Terrain: `npm run pack:cdktn` writes them. */
const ON_CDKTN = join(ROOT, "engines", "package");

// What the stacks of the examples have in common is no program.
const EXAMPLES = readdirSync(join(ROOT, "examples")).filter((name) => name !== "platform.ts");
const PROGRAMS = ["main.ts", ...EXAMPLES.map((name) => `examples/${name}`)];
const NAMES = ["main.ts", ...EXAMPLES];

/** Runs each program as the main one, in one process: to start one takes longer than a program. */
const RUN_ALL = `
  const { basename, join, resolve } = require("node:path");
  const [folder, ...programs] = process.argv.slice(1);
  for (const program of programs) {
    process.env.CDKTF_OUTDIR = join(folder, basename(program));
    require("node:module").runMain(resolve(program));
  }`;

/** The JSON of the stacks that each program makes, by their paths. */
function stacksIn(cwd: string): { readonly [path: string]: Stack } {
  const folder = mkdtempSync(join(tmpdir(), "same-json-"));
  const args = ["-r", "tsx/cjs", "-e", RUN_ALL, folder, ...PROGRAMS];
  execFileSync(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".tf.json"));
  const stacks = paths.map((path) => [path, comparable(readFileSync(join(folder, path), "utf8"), cwd)]);
  rmSync(folder, { recursive: true });
  return Object.fromEntries(stacks) as { [path: string]: Stack };
}

interface Stack {
  readonly "//": { readonly metadata: { version?: string } };
  readonly terraform: { readonly required_providers: { aws?: object } };
}

/**
 * A stack but for what each engine has its own of: its version, that of the AWS provider which its bindings are made for
 * (`aws` is short for `hashicorp/aws`), the name of the package in the reminder, and the folder of the state, which is where it
 * ran.
 */
function comparable(json: string, cwd: string): Stack {
  const own = json.replaceAll(`${cwd}/`, "").replaceAll("npx cdktn-", "npx cdktf-");
  const stack = JSON.parse(own) as Stack;
  delete stack["//"].metadata.version;
  delete stack.terraform.required_providers.aws;
  return stack;
}

test("main.ts and the examples make the same on both engines", () => {
  const stacks = stacksIn(ROOT);

  expect([...new Set(Object.keys(stacks).map((path) => path.split("/")[0]))].sort()).toEqual(NAMES.sort());
  expect(stacksIn(ON_CDKTN)).toEqual(stacks);
}, 120_000);
