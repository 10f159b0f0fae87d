import { text } from "node:stream/consumers";
import { arnsIn, parseArn, readArn, type TargetArn } from "./arn";
import { Failure, nothingFound } from "./failure";
import { findStacks, json, type Stack } from "./project/project";
import { CONNECTIONS, instancesOf } from "./project/state";

/** Where the connections and hosts are named. */
export interface TargetSettings {
  /** ARNs, or `-` for JSON on standard input. */
  readonly arns: readonly string[];
  readonly outputsFile?: string;
  /** The command, for the message that says what to type. */
  readonly command: string;
}

const HOSTS = ["aws_codestarconnections_host", "aws_codeconnections_host"];

/** The connections and hosts that are meant: those that are given, else those of the project in the current folder. */
export async function findTargets(settings: TargetSettings): Promise<readonly TargetArn[]> {
  return hostsFirst(await named(settings));
}

async function named({ arns, outputsFile, command }: TargetSettings): Promise<readonly TargetArn[]> {
  if (outputsFile !== undefined) return inJson(await json(outputsFile), outputsFile);
  if (arns.includes("-")) return inJson(await standardInput(), "Standard input");
  if (arns.length > 0) return arns.map(readArn);
  const found = (await findStacks()).flatMap(targetsOf);
  if (found.length === 0) throw nothingFound("There is no connection in a deployed project here.", command);
  return found;
}

/** Each once, in the order in which a person sees to them: a connection can be activated only when its host is set up. */
export function hostsFirst(targets: readonly TargetArn[]): readonly TargetArn[] {
  const each = [...new Map(targets.map((target) => [target.arn, target])).values()];
  return [...each.filter(({ kind }) => kind === "host"), ...each.filter(({ kind }) => kind !== "host")];
}

/** The connections that a stack makes, reads or gives to its pipelines, and its hosts. */
export function targetsOf({ state }: Stack): readonly TargetArn[] {
  const own = instancesOf(state, [...CONNECTIONS, ...HOSTS]).map(({ arn }) => arn);
  const ofPipelines = arnsIn(instancesOf(state, ["aws_codepipeline"], "managed"));
  return [...own, ...ofPipelines].flatMap((arn) => parseArn(String(arn)) ?? []);
}

function inJson(value: unknown, from: string): readonly TargetArn[] {
  const found = arnsIn(value).flatMap((arn) => parseArn(arn) ?? []);
  if (found.length > 0) return found;
  throw new Failure(
    `${from} has no ARN of a connection or a host. Expected are the outputs of "npx cdktf deploy --outputs-file <file>" or of ` +
      '"terraform output -json", of a stack with a Connection whose reminder is not switched off.',
  );
}

async function standardInput(): Promise<unknown> {
  if (process.stdin.isTTY) throw new Failure("- reads standard input, which is a terminal here: pipe JSON into it.");
  try {
    return JSON.parse(await text(process.stdin)) as unknown;
  } catch {
    throw new Failure("Standard input is not JSON: it takes the output of `terraform output -json`.");
  }
}
