import { basename, join } from "node:path";
import { EXAMPLES, ROOT } from "../support/documentation";
import { filesMadeBy } from "../support/example-programs";

/** The same programs with the names of CDK Terrain: `npm run pack:cdktn` writes them. */
const ON_CDKTN = join(ROOT, "engines", "package");

const PROGRAMS = ["main.ts", ...EXAMPLES.map((name) => `examples/${name}.ts`)];

/** The JSON of the stacks that each program makes, by their paths. */
function stacksIn(cwd: string): { readonly [path: string]: Stack } {
  const made = Object.entries(filesMadeBy(PROGRAMS, cwd)).filter(([path]) => path.endsWith(".tf.json"));
  return Object.fromEntries(made.map(([path, json]) => [path, comparable(json, cwd)]));
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
  const own = json.replaceAll(`${cwd}/`, "").replaceAll("npx cdktn", "npx cdktf");
  const stack = JSON.parse(own) as Stack;
  delete stack["//"].metadata.version;
  delete stack.terraform.required_providers.aws;
  return stack;
}

test("main.ts and the examples make the same on both engines", () => {
  const stacks = stacksIn(ROOT);

  const programs = new Set(Object.keys(stacks).map((path) => path.split("/")[0] ?? ""));
  expect([...programs].sort()).toEqual(PROGRAMS.map((path) => basename(path)).sort());
  expect(stacksIn(ON_CDKTN)).toEqual(stacks);
}, 120_000);
