import { Command, CommanderError, Option } from "commander";
import { readDuration } from "./duration";
import { ExitCode } from "./exit-code";
import { Failure, failureOf, isCtrlC } from "./failure";
import { NAME, npx, VERSION } from "./package-names";
import type { SessionSettings } from "./aws/session";

interface Common extends SessionSettings {
  readonly json?: boolean;
  readonly outputsFile?: string;
}

const TARGETS = `
Which connections: those that are named by their ARNs, by --outputs-file, or by - for what
\`terraform output -json\` prints in the stack's folder; else those of the CDKTF project in this folder.`;

const EXIT_CODES = `
Exit codes: 0 all well, 1 error, 2 still pending, 3 something is wrong that a person has to see to.`;

// It is for programs that install the SDK: here it is a part of the file, and runs on what the package says.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

let code: ExitCode = ExitCode.Ok;

const program = new Command(NAME)
  .description("What comes after a deploy: is the connection activated, does the pipeline run, and if not, why?")
  .version(VERSION)
  .showHelpAfterError(`(${npx("--help")} says more)`)
  .addHelpText("after", EXIT_CODES)
  .exitOverride();

function command(name: string, description: string, ...examples: readonly string[]): Command {
  return program
    .command(name)
    .description(description)
    .option("--region <region>", "as the AWS CLI takes it; an ARN has its own")
    .option("--profile <profile>", "as the AWS CLI takes it")
    .option("--json", "write JSON, for machines")
    .addHelpText("after", `\nExamples:\n${examples.map((example) => `  $ ${example}`).join("\n")}\n${EXIT_CODES}`);
}

/** Loads what each command needs only when one runs: --help needs none of it. */
async function started({ json = false, region, profile }: Common) {
  const [{ Session }, { Screen }] = await Promise.all([import("./aws/session"), import("./screen")]);
  return [new Session({ region, profile }), new Screen(json)] as const;
}

function onTargets(name: string, description: string, ...examples: readonly string[]): Command {
  return command(name, description, ...examples)
    .argument("[arns...]", "ARNs of connections and hosts, or -")
    .option("--outputs-file <file>", "the file that `npx cdktf deploy --outputs-file` wrote")
    .addHelpText("before", `${TARGETS}\n`);
}

onTargets(
  "status",
  "say the status of connections and hosts, and what to do",
  npx("status"),
  `terraform -chdir=cdktf.out/stacks/<stack> output -json | ${npx("status - --json")}`,
).action(async (arns: readonly string[], options: Common) => {
  const { status } = await import("./commands/status");
  code = await status(...(await started(options)), { arns, outputsFile: options.outputsFile, command: "status" });
});

onTargets(
  "wait",
  "wait until connections and hosts are activated",
  npx("wait --start"),
  npx("wait --start --yes --timeout 2h --outputs-file outputs.json"),
)
  .addOption(
    new Option("--timeout <duration>", "how long at most: 90s, 30m, 2h")
      .argParser(readDuration)
      .default(readDuration("30m"), "30m"),
  )
  .option(
    "--start",
    "then get the pipelines going: register webhooks, retry failed source stages, start what never ran",
  )
  .option("--yes", "do not ask before a pipeline is sent back to AWS unchanged, so that its webhook is registered")
  .action(async (arns: readonly string[], options: Common & { timeout: number; start?: boolean; yes?: boolean }) => {
    const { wait } = await import("./commands/wait");
    const { outputsFile, timeout, start = false, yes = false } = options;
    code = await wait(...(await started(options)), { arns, outputsFile, command: "wait", timeout, start, yes });
  });

onTargets("open", "open the page of a connection in the browser, or print it", npx("open")).action(
  async (arns: readonly string[], options: Common) => {
    const { open } = await import("./commands/open");
    code = await open(...(await started(options)), { arns, outputsFile: options.outputsFile, command: "open" });
  },
);

command(
  "doctor",
  "find out why pipelines do not start or are red, and what an interrupted deploy left behind",
  npx("doctor"),
  npx("doctor shop --region eu-west-1"),
)
  .argument("[pipeline]", "the name of a pipeline; else those of the CDKTF project in this folder")
  .action(async (pipeline: string | undefined, options: Common) => {
    const { doctor } = await import("./commands/doctor");
    code = await doctor(...(await started(options)), { pipeline, region: options.region });
  });

/** A person who presses Ctrl-C wants to be gone at once. What is drawn stays, and the cursor comes back at the exit. */
process.on("SIGINT", () => {
  process.stderr.write("\n");
  process.exit(ExitCode.Interrupted);
});

// Whoever reads the output has enough of it, as `head` has.
process.stdout.on("error", ({ code: reason }: NodeJS.ErrnoException) => {
  process.exit(reason === "EPIPE" ? ExitCode.Ok : ExitCode.Error);
});

async function main(): Promise<ExitCode> {
  try {
    await program.parseAsync();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Error;
    if (isCtrlC(error)) return ExitCode.Interrupted;
    const { message } = error instanceof Failure ? error : failureOf(error, `run ${NAME}`);
    process.stderr.write(`${message}\n`);
    return ExitCode.Error;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
