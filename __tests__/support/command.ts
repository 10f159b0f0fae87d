import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn as spawnTerminal } from "@lydell/node-pty";
import { AwsEndpoint } from "../../local-aws";
import { bundledCommand } from "../../local-aws/terraform/bundled-command";

/** What a run of the command came to. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface Running {
  readonly output: () => string;
  readonly write: (text: string) => void;
  /** Until something is on the screen. */
  readonly shows: (text: string | RegExp) => Promise<void>;
  readonly ended: Promise<number>;
}

/** The bundled command, a folder that it runs in, and the account that it talks to: new for each test. */
export class CommandUnderTest {
  public account!: AwsEndpoint;
  public folder = "";

  private readonly running = new Set<{ kill: () => unknown }>();
  private file = "";
  private readonly bundle = mkdtempSync(join(tmpdir(), "command-"));

  /** Bundles the command for the suite that this is called in. */
  public static ofSuite(): CommandUnderTest {
    const command = new CommandUnderTest();
    beforeAll(() => {
      command.file = bundledCommand(command.bundle);
    });
    beforeEach(async () => {
      command.account = await AwsEndpoint.start();
      command.folder = mkdtempSync(join(tmpdir(), "project-"));
    });
    afterEach(async () => {
      for (const each of command.running) each.kill();
      command.running.clear();
      await command.account.stop();
      rmSync(command.folder, { recursive: true });
      expect(command.account.unknownOperations).toEqual([]);
    });
    afterAll(() => {
      rmSync(command.bundle, { recursive: true });
    });
    return command;
  }

  /** Runs it without a terminal. */
  public run(
    args: readonly string[],
    { input, environment = {}, closesOutput = false }: RunOptions = {},
  ): Promise<Ran> {
    const child = spawn(process.execPath, [this.file, ...args], {
      cwd: this.folder,
      env: this.environment(environment),
    });
    this.running.add(child);
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout.setEncoding("utf8").on("data", (text: string) => out.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => err.push(text));
    child.stdin.end(input ?? "");
    if (closesOutput) child.stdout.destroy();
    return new Promise((done) => {
      child.on("close", (code) => {
        done({ exitCode: code ?? -1, stdout: out.join(""), stderr: err.join("") });
      });
    });
  }

  /** Runs it in a pseudo-terminal. */
  public inTerminal(args: readonly string[], environment: Environment = {}): Running {
    const terminal = spawnTerminal(process.execPath, [this.file, ...args], {
      ...{ cwd: this.folder, cols: 200, rows: 40, env: { ...this.environment(environment), TERM: "xterm-256color" } },
    });
    const ended = new Promise<number>((done) => {
      terminal.onExit(({ exitCode }) => {
        this.running.delete(terminal);
        done(exitCode);
      });
    });
    this.running.add(terminal);
    let output = "";
    terminal.onData((text) => (output += text));
    const shows = async (text: string | RegExp): Promise<void> => {
      for (let tries = 0; tries < 300; tries++) {
        if (typeof text === "string" ? output.includes(text) : text.test(output)) return;
        await new Promise((resolved) => setTimeout(resolved, 50));
      }
      throw new Error(`${String(text)} was not shown:\n${output}`);
    };
    return {
      output: () => output,
      write: (text) => {
        terminal.write(text);
      },
      shows,
      ended,
    };
  }

  private environment(more: Environment): { [name: string]: string } {
    const { PATH = "", HOME = "" } = process.env;
    return { PATH, HOME, AWS_REGION: "us-east-1", ...this.account.environment, ...more };
  }
}

/** The page of a connection of the account in us-east-1. */
export function pageOf(connectionArn: string): string {
  const [, id = ""] = connectionArn.split("/");
  return `https://us-east-1.console.aws.amazon.com/codesuite/settings/123456789012/us-east-1/connections/${id}`;
}

interface Environment {
  readonly [name: string]: string;
}

interface RunOptions {
  readonly input?: string;
  /** Whether nobody reads what the command writes. */
  readonly closesOutput?: boolean;
  readonly environment?: Environment;
}
