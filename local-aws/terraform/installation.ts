import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { cdktf as bindings } from "@cdktf/provider-aws/package.json";
import { findMirror, type ProviderRelease } from "./provider-mirror";

/** How Terraform gets its AWS provider on this machine. */
export interface Installation {
  /** For people: which way was chosen. */
  readonly says: string;
  /** The environment for Terraform and for the CDKTF CLI. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The oldest Terraform with `check` blocks. */
const OLDEST: readonly [number, number] = [1, 5];

/** The version of the `terraform` on the PATH, or what to do about there being none that serves. */
export function terraformVersion(): { readonly version: string } | { readonly missing: string } {
  const wanted = `Install Terraform ${OLDEST.join(".")} or newer (https://developer.hashicorp.com/terraform/install)`;
  try {
    const output = execFileSync("terraform", ["version", "-json"], { env: baseEnvironment(), encoding: "utf8" });
    const { terraform_version: version } = JSON.parse(output) as { terraform_version: string };
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const serves = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
    return serves ? { version } : { missing: `Terraform ${version} has no check blocks. ${wanted}.` };
  } catch {
    return { missing: `There is no terraform on the PATH. ${wanted} and start again.` };
  }
}

let found: Promise<Installation> | undefined;

/** Finds out, once a process, how Terraform can get the provider; throws, with what to do, when it can't. */
export function findInstallation(): Promise<Installation> {
  return (found ??= find());
}

async function find(): Promise<Installation> {
  const environment = baseEnvironment();
  const configured = ownConfiguration(environment);
  if (configured !== undefined) return { says: `your Terraform CLI configuration, ${configured}`, environment };
  if (await registryAnswers()) return { says: "the public Terraform registry", environment };

  const mirror = mirrorWith({ name: "hashicorp/aws", version: bindings.provider.version });
  const folder = mkdtempSync(join(tmpdir(), "terraform-cli-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, "mirror.tfrc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`);
  return { says: `the provider mirror ${mirror}`, environment: { ...environment, TF_CLI_CONFIG_FILE: file } };
}

/** The mirror to use, or a sentence that says how to make one. */
export function mirrorWith(release: ProviderRelease): string {
  const mirror = findMirror(release);
  if (mirror !== undefined) return mirror;
  throw new Error(
    `The public Terraform registry can't be reached, and no provider mirror with ${release.name} ${release.version} ` +
      "was found. Make one where the registry can be reached, with `terraform providers mirror ~/.terraform.d/plugins`, " +
      "or let TF_CLI_CONFIG_FILE name a Terraform CLI configuration with a mirror of yours.",
  );
}

/**
 * This process's environment without what would lead Terraform elsewhere: the caller's AWS account above all, which
 * these runs must never reach.
 */
function baseEnvironment(): NodeJS.ProcessEnv {
  const { TF_CLI_CONFIG_FILE: file, TF_PLUGIN_CACHE_DIR: cache } = process.env;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|TF|CDKTF)_/.test(name))),
    // A name without a file behind it is a leftover: Terraform would warn and then go on without it.
    ...(file !== undefined && isFile(file) && { TF_CLI_CONFIG_FILE: file }),
    ...(cache !== undefined && { TF_PLUGIN_CACHE_DIR: cache }),
    CHECKPOINT_DISABLE: "1",
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    TF_IN_AUTOMATION: "1",
  };
}

/** The configuration that says where providers come from: the one that is named, or the user's standing one. */
function ownConfiguration({ TF_CLI_CONFIG_FILE: named }: NodeJS.ProcessEnv): string | undefined {
  if (named !== undefined) return named;
  const standing = join(homedir(), ".terraformrc");
  return isFile(standing) && readFileSync(standing, "utf8").includes("provider_installation") ? standing : undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

async function registryAnswers(): Promise<boolean> {
  try {
    const { ok } = await fetch("https://registry.terraform.io/.well-known/terraform.json", {
      signal: AbortSignal.timeout(3000),
    });
    return ok;
  } catch {
    return false;
  }
}
