/**
 * Generates the library for Python, Java, C# and Go, from what `npm run pack:cdktf` and `npm run pack:cdktn` have compiled:
 * `npm run bindings`. The packages are in dist/bindings, ready to be built with the tools of each language.
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const BINDINGS = join(ROOT, "dist", "bindings");
const PACKED = { cdktf: join(ROOT, "dist", "package"), cdktn: join(ROOT, "engines", "package") };

function run(command, ...args) {
  execFileSync(command, args, { stdio: "inherit" });
}

const pacmak = createRequire(import.meta.url).resolve("jsii-pacmak/bin/jsii-pacmak");
rmSync(BINDINGS, { recursive: true, force: true });
for (const [engine, folder] of Object.entries(PACKED)) {
  const outdir = join(BINDINGS, engine);
  run(process.execPath, pacmak, folder, "--code-only", "--no-npmignore", "--outdir", outdir);
  run("python3", "-m", "compileall", "-q", join(outdir, "python"));
}
console.log(
  "Python, for both engines: generated and byte-compiled. It is not run here: that takes the runtime of jsii.",
);
console.log(
  "Java, C# and Go, for both engines: generated. They are not compiled here: that takes their tools and registries.",
);
