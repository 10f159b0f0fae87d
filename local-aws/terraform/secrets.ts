import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where others put what is theirs: providers and packages. */
const NOT_OURS = [".terraform", "node_modules"];

/** Throws if what a command writes holds the secret that it is given in its environment. */
export function refuseSecret(what: string, text: string | Buffer, environment: NodeJS.ProcessEnv): void {
  const { AWS_SECRET_ACCESS_KEY: secret = "" } = environment;
  if (secret !== "" && text.includes(secret)) throw new Error(`${what} holds AWS_SECRET_ACCESS_KEY.`);
}

/** Throws if a file in a folder holds the secret of an environment: states, plans, outputs and what was synthesised. */
export function refuseSecretIn(folder: string, environment: NodeJS.ProcessEnv): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (NOT_OURS.some((other) => name.split("/").includes(other))) continue;
    const path = join(folder, name);
    if (statSync(path, { throwIfNoEntry: false })?.isFile()) refuseSecret(path, readFileSync(path), environment);
  }
}
