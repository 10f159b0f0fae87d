import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { refuseSecret } from "./secrets";

export interface CommandResult {
  readonly exitCode: number;
  /** Both output streams as they came, without colours. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is ended. */
  readonly timeout?: number;
  /** Is told of each line as it comes. */
  readonly onLine?: (line: string) => void;
  /** Is given a way to stop the command and all that it has started, as Ctrl-C in a terminal does. */
  readonly onStart?: (stop: Stop) => void;
}

export type Stop = (signal: "SIGINT" | "SIGKILL") => void;

/** Runs a command to its end. The event loop goes on meanwhile, since the endpoint lives in this process. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { cwd, environment: env, timeout = 300_000, onLine, onStart } = options;
  // With a process group of its own, what it has started can be stopped with it.
  const detached = onStart !== undefined;
  const child = spawn(command, args, { cwd, env, timeout, detached, stdio: ["ignore", "pipe", "pipe"] });
  onStart?.((signal) => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, signal);
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    if (onLine !== undefined) {
      createInterface({ input: stream }).on("line", (line) => {
        onLine(withoutColours(line));
      });
    }
  }
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      resolve(code ?? 1);
    });
  });
  const output = withoutColours(Buffer.concat(chunks).toString("utf8"));
  refuseSecret(`The output of ${command} ${args.join(" ")}`, output, env);
  return { exitCode, output };
}

function withoutColours(output: string): string {
  // eslint-disable-next-line no-control-regex -- terminal control sequences are what is taken out
  return output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
}
