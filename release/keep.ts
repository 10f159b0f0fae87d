/**
 * Keeps what a release promises, for the tests to hold the next sources to: `npm run release:keep`, right after a release.
 * `api.json` is the public API, and `state.json` the Terraform state that the release makes of the program in program.ts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsEndpoint } from "../local-aws";
import { TerraformProject } from "../local-aws/terraform";
import { makeExisting, synthesised } from "./everything";

interface Assembly {
  readonly dependencyClosure: object;
  readonly [part: string]: unknown;
}

const WITHOUT = ["readme", "targets", "locationInModule", "symbolId"];

/** The assembly of jsii without what says nothing about the API: texts, places in the sources, other packages' names. */
function keepApi(): void {
  const assembly = JSON.parse(readFileSync(".jsii", "utf8")) as Assembly;
  const dependencyClosure = Object.fromEntries(Object.keys(assembly.dependencyClosure).map((name) => [name, {}]));
  const json = JSON.stringify({ ...assembly, dependencyClosure }, (key, value: unknown) => {
    if (WITHOUT.includes(key)) return undefined;
    return key === "docs" ? apiIn(value as Docs) : value;
  });
  writeFileSync(join(__dirname, "api.json"), json);
}

interface Docs {
  readonly stability?: string;
  readonly deprecated?: string;
}

function apiIn({ stability, deprecated }: Docs): Docs | undefined {
  return stability === undefined && deprecated === undefined ? undefined : { stability, deprecated };
}

async function keepState(): Promise<void> {
  const account = await AwsEndpoint.start();
  makeExisting(account);
  const project = await TerraformProject.create(synthesised(), account.environment);
  try {
    const { exitCode, output } = await project.apply();
    if (exitCode !== 0) throw new Error(output);
    const { output: state } = await project.shell("cat terraform.tfstate");
    writeFileSync(join(__dirname, "state.json"), state);
  } finally {
    project.remove();
    await account.stop();
  }
}

async function main(): Promise<void> {
  keepApi();
  await keepState();
}

void main();
