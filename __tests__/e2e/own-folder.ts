import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { type CommandResult, run } from "../../local-aws/terraform/command";
import { refuseSecretIn } from "../../local-aws/terraform/secrets";
import { version } from "../../package.json";

export const ROOT = resolve(__dirname, "../..");

/** The package for each engine, and what makes it. */
const PACKAGES = {
  cdktf: { tarball: `dist/cdktf-codestar-connections-${version}.tgz`, script: "npm run -s pack:cdktf" },
  cdktn: { tarball: `dist/cdktn-codestar-connections-${version}.tgz`, script: "npm run -s pack:cdktn" },
};

/** What `npm run` tells its children of this repository, where a user's npm knows nothing of it. */
const OF_THIS_REPOSITORY = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/;

/** A user's folder outside this repository. What it runs are a user's commands; the environment alone is the test's. */
export class OwnFolder {
  public readonly path = mkdtempSync(join(tmpdir(), "own-project-"));
  private readonly environment: NodeJS.ProcessEnv;

  /** `bin` is the folder of the Node that the commands run on. */
  public constructor(environment: NodeJS.ProcessEnv, bin = dirname(process.execPath)) {
    const own = Object.entries(environment).filter(([name]) => !OF_THIS_REPOSITORY.test(name));
    const others = (environment.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(ROOT));
    this.environment = {
      ...Object.fromEntries(own),
      PATH: [bin, ...others].join(delimiter),
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
    };
  }

  public run(commands: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const options = { cwd: this.path, environment: { ...this.environment, ...environment } };
    return run("sh", ["-e", "-c", commands], options);
  }

  public async succeed(commands: string, environment?: NodeJS.ProcessEnv): Promise<void> {
    const { exitCode, output } = await this.run(commands, environment);
    if (exitCode !== 0) throw new Error(`These commands failed:\n${commands}\n\n${output}`);
  }

  /** Nobody is there to answer the question of the deployment. */
  public deploy(commands: string): Promise<void> {
    return this.succeed(commands, { CDKTF_AUTO_APPROVE: "true", CDKTF_OUTPUTS_FILE: "outputs.json" });
  }

  public copy(file: string): void {
    copyFileSync(file, join(this.path, basename(file)));
  }

  public write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  public read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** The stack `shop` as it was synthesised last, without what names this folder. */
  public stack(): object {
    const { terraform, ...rest } = this.json("cdktf.out/stacks/shop/cdk.tf.json") as { terraform: object };
    return { ...rest, terraform: { ...terraform, backend: undefined } };
  }

  /** What the last deployment wrote of the reminder of the connection `Bitbucket`. */
  public outputs(): unknown {
    const { shop } = this.json("outputs.json") as { shop: { Bitbucket: { ActivationReminder: unknown } } };
    return shop.Bitbucket.ActivationReminder;
  }

  public async remove(): Promise<void> {
    refuseSecretIn(this.path, this.environment);
    await rm(this.path, { recursive: true, force: true });
  }

  private json(name: string): unknown {
    return JSON.parse(this.read(name));
  }
}

/** Makes the package of an engine, unless it is newer than all that it is made of, and returns its tarball. */
export function tarballFor(engine: keyof typeof PACKAGES): string {
  const { script } = PACKAGES[engine];
  const tarball = join(ROOT, PACKAGES[engine].tarball);
  const sources = ["src", "cli", "examples", "build"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
  const changes = [...sources, "package.json", "engines/package.json"].map(
    (name) => statSync(join(ROOT, name)).mtimeMs,
  );
  if (!existsSync(tarball) || statSync(tarball).mtimeMs < Math.max(...changes)) inRepository(script);
  return tarball;
}

/** Installs the other engine and its bindings where this repository keeps them, unless they are there as the lock file says. */
export function installEngines(): void {
  const [locked, installed] = ["package-lock.json", "node_modules/.package-lock.json"].map(
    (name) => statSync(join(ROOT, "engines", name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  if ((installed ?? 0) < (locked ?? 0)) inRepository("npm ci --prefix engines --no-audit --no-fund");
}

function inRepository(script: string): void {
  execFileSync("sh", ["-e", "-c", script], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
}
