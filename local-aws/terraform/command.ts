import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

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
}

/** Runs a command to its end. The event loop goes on meanwhile, since the endpoint lives in this process. */
export async function run(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const { cwd, environment: env, timeout = 300_000, onLine } = options;
  const child = spawn(command, args, { cwd, env, timeout, stdio: ["ignore", "pipe", "pipe"] });
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
  return { exitCode, output: withoutColours(Buffer.concat(chunks).toString("utf8")) };
}

function withoutColours(output: string): string {
  // eslint-disable-next-line no-control-regex -- terminal control sequences are what is taken out
  return output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "");
}
