import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundledCommand } from "./bundled-command";
import { type CommandResult, run, type Stop } from "./command";
import { refuseSecretIn } from "./secrets";
import type { Installation } from "./installation";

const ROOT = resolve(__dirname, "../..");

const CLI = require.resolve("cdktf-cli/bundle/bin/cdktf.js");

/** A context as cdktf.json holds it. */
export interface Context {
  readonly [key: string]: string | boolean | null;
}

export interface Settings {
  /** What is added to the context of this repository's cdktf.json. */
  readonly context?: Context;
  /** The program, from the root of this repository. */
  readonly program?: string;
  /** Is told of each line of a command as it comes. */
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which a command is ended; by default, what `run` takes. */
  readonly timeout?: number;
}

/**
 * An app of this repository in a folder of its own, with the real CDKTF CLI working on it: what a user has after a
 * clone, without touching the state in the user's clone.
 */
export class CdktfProject {
  public readonly folder = mkdtempSync(join(tmpdir(), "cdktf-project-"));
  private readonly environment: NodeJS.ProcessEnv;
  private bundled: string | undefined;

  public constructor(
    installation: Installation,
    environment: { readonly [name: string]: string },
    private readonly settings: Settings = {},
  ) {
    // The programs import the package by its name; tsx looks for the settings that say where that is in the current folder.
    const tsconfig = { TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json") };
    this.environment = { ...installation.environment, ...tsconfig, ...environment };
    this.configure(settings.context ?? {});
  }

  /** Writes cdktf.json anew, with this added to the context of this repository's. */
  public configure(context: Context): void {
    const { program = "main.ts" } = this.settings;
    const config = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8")) as { context: Context };
    const app = ["node", "-r", require.resolve("tsx/cjs"), join(ROOT, program)].map((word) => JSON.stringify(word));
    writeFileSync(
      join(this.folder, "cdktf.json"),
      JSON.stringify({ ...config, app: app.join(" "), context: { ...config.context, ...context } }),
    );
  }

  public deploy(...stacks: string[]): Promise<CommandResult> {
    return this.cdktf("deploy", ...stacks, "--auto-approve", "--outputs-file", "outputs.json");
  }

  public destroy(...stacks: string[]): Promise<CommandResult> {
    return this.cdktf("destroy", ...stacks, "--auto-approve");
  }

  /** A deploy or a destroy that can be stopped while it runs. */
  public interruptible(command: "deploy" | "destroy", onStart: (stop: Stop) => void): Promise<CommandResult> {
    return this.run(process.execPath, [CLI, command, "--auto-approve"], onStart);
  }

  public synth(): Promise<CommandResult> {
    return this.cdktf("synth");
  }

  /** Runs the command that this package comes with in the folder of the project. */
  public command(...args: string[]): Promise<CommandResult> {
    this.bundled ??= bundledCommand(this.folder);
    return this.run(process.execPath, [this.bundled, ...args]);
  }

  /** Runs a line as a person types it in the folder of the project. */
  public shell(line: string): Promise<CommandResult> {
    return this.run("sh", ["-c", line]);
  }

  /** The outputs of the last deployment by their names, without the construct paths that the file nests them in. */
  public outputs(): { [name: string]: string } {
    const byPath = Object.entries(this.outputsByPath());
    return Object.fromEntries(byPath.map(([path, value]) => [path.split("/").pop() ?? "", value]));
  }

  /** The same by their constructs' paths. */
  public outputsByPath(): { [path: string]: string } {
    const leaves = (node: object, above: string): [string, string][] =>
      Object.entries(node).flatMap(([name, value]) =>
        typeof value === "string" ? [[`${above}${name}`, value]] : leaves(value as object, `${above}${name}/`),
      );
    return Object.fromEntries(
      leaves(JSON.parse(readFileSync(join(this.folder, "outputs.json"), "utf8")) as object, ""),
    );
  }

  /** The stacks that the last synthesis wrote. */
  public stacks(): string[] {
    const folder = join(this.folder, "cdktf.out/stacks");
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  /** Also searches all that was written for the secret of the account. */
  public remove(): void {
    refuseSecretIn(this.folder, this.environment);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private cdktf(...args: string[]): Promise<CommandResult> {
    return this.run(process.execPath, [CLI, ...args]);
  }

  private run(command: string, args: readonly string[], onStart?: (stop: Stop) => void): Promise<CommandResult> {
    const { onLine, timeout } = this.settings;
    return run(command, args, {
      cwd: this.folder,
      environment: this.environment,
      ...(onLine && { onLine }),
      ...(timeout && { timeout }),
      ...(onStart && { onStart }),
    });
  }
}
