import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type CommandResult, run } from "./command";
import { findInstallation } from "./installation";
import { refuseSecretIn } from "./secrets";

/** What CDKTF calls a synthesised stack. */
const STACK = "cdk.tf.json";

/** The commands whose output is JSON here. */
const PLAIN = ["output", "show"];

/** What `terraform plan` says that it would do. */
export type Plan = CommandResult & { readonly changes: boolean };

/** A change as `terraform show -json` tells it. */
export interface PlannedChange {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly after: { readonly [attribute: string]: unknown };
    readonly after_unknown: object;
    readonly after_sensitive: object;
  };
}

/** A synthesised stack in a folder of its own, with the real Terraform working on it. */
export class TerraformProject {
  /** Several stacks in one run: each is a module of a project around them. */
  public static createOf(
    stacks: { readonly [name: string]: string },
    environment: { [key: string]: string },
  ): Promise<TerraformProject> {
    const module = Object.fromEntries(Object.keys(stacks).map((name) => [name, { source: `./${name}` }]));
    return TerraformProject.create(JSON.stringify({ module }), environment, stacks);
  }

  /** A folder with the stack's JSON, and with that of its modules, initialised. */
  public static async create(
    synthesised: string,
    environment: { [key: string]: string },
    modules: { readonly [name: string]: string } = {},
  ): Promise<TerraformProject> {
    const inFolders = Object.entries(modules).map(([name, content]) => [`${name}/${STACK}`, content] as const);
    return TerraformProject.createIn({ [STACK]: synthesised, ...Object.fromEntries(inFolders) }, environment);
  }

  /** A folder with files of any name, as a stack in Terraform's own language has it, initialised. */
  public static async createIn(
    files: { readonly [name: string]: string },
    environment: { [key: string]: string },
  ): Promise<TerraformProject> {
    const installation = await findInstallation();
    const folder = mkdtempSync(join(tmpdir(), "terraform-project-"));
    const project = new TerraformProject(folder, { ...installation.environment, ...environment });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await project.succeed("init", "-input=false");
    return project;
  }

  private constructor(
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Replaces the stack. */
  public write(synthesised: string): void {
    writeFileSync(join(this.folder, STACK), synthesised);
  }

  public async validate(): Promise<{ valid: boolean; diagnostics: unknown[] }> {
    const { output } = await this.terraform("validate", "-json");
    const { valid, diagnostics } = JSON.parse(output) as { valid: boolean; diagnostics: unknown[] };
    return { valid, diagnostics };
  }

  public async plan(...args: string[]): Promise<Plan> {
    const result = await this.terraform("plan", "-input=false", "-detailed-exitcode", ...args);
    // 0: no changes, 2: changes, 1: failed.
    return { ...result, exitCode: result.exitCode === 1 ? 1 : 0, changes: result.exitCode === 2 };
  }

  /** What a plan would do to each resource, and read, attribute by attribute. */
  public async plannedChanges(...args: string[]): Promise<PlannedChange[]> {
    await this.succeed("plan", "-input=false", "-out=planned", ...args);
    const { output } = await this.succeed("show", "-json", "planned");
    return (JSON.parse(output) as { resource_changes: PlannedChange[] }).resource_changes;
  }

  public apply(...args: string[]): Promise<CommandResult> {
    return this.terraform("apply", "-input=false", "-auto-approve", ...args);
  }

  public destroy(...args: string[]): Promise<CommandResult> {
    return this.terraform("destroy", "-input=false", "-auto-approve", ...args);
  }

  /** Runs a line as a person types it in the folder of the project. */
  public shell(line: string): Promise<CommandResult> {
    return run("sh", ["-c", line], { cwd: this.folder, environment: this.environment });
  }

  /** Takes a resource out of the state. It stays in AWS. */
  public async forget(address: string): Promise<void> {
    await this.succeed("state", "rm", address);
  }

  /** The outputs' values by name. */
  public async outputs(): Promise<{ [key: string]: unknown }> {
    const { output } = await this.succeed("output", "-json");
    const outputs = JSON.parse(output) as { [key: string]: { value: unknown } };
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** Also searches all that was written for the secret of the account. */
  public remove(): void {
    refuseSecretIn(this.folder, this.environment);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private terraform(...args: string[]): Promise<CommandResult> {
    return run("terraform", [...args, ...(PLAIN.includes(args[0] ?? "") ? [] : ["-no-color"])], {
      cwd: this.folder,
      environment: this.environment,
    });
  }

  private async succeed(...args: string[]): Promise<CommandResult> {
    const result = await this.terraform(...args);
    if (result.exitCode !== 0) throw new Error(`terraform ${args.join(" ")} failed:\n${result.output}`);
    return result;
  }
}
