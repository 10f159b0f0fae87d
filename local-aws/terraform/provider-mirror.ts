import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** A provider as a mirror stores it. */
export interface ProviderRelease {
  /** E.g. `hashicorp/aws`. */
  readonly name: string;
  readonly version: string;
}

const REGISTRY = "registry.terraform.io";
/** How far below a search root a mirror may be: enough for `/opt/tools/terraform/providers`, fast enough to look. */
const DEPTH = 4;

/** The first folder that is a filesystem mirror with the release: Terraform's own places, then likely ones. */
export function findMirror(release: ProviderRelease, home = homedir()): string | undefined {
  const searched = function* (): Iterable<string> {
    yield* impliedMirrors(home);
    for (const root of ["/opt", "/usr/share", "/usr/local/share", home]) yield* mirrorsBelow(root, DEPTH);
  };
  for (const mirror of searched()) if (holds(mirror, release)) return mirror;
  return undefined;
}

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
export function impliedMirrors(home: string): string[] {
  const shared = process.env.XDG_DATA_DIRS?.split(delimiter) ?? ["/usr/local/share", "/usr/share"];
  const data = process.env.XDG_DATA_HOME ?? join(home, ".local/share");
  return [
    // Below the current folder; absolute, since Terraform will run in another.
    resolve("terraform.d/plugins"),
    join(home, ".terraform.d/plugins"),
    join(home, "Library/Application Support/io.terraform/plugins"),
    "/Library/Application Support/io.terraform/plugins",
    ...[data, ...shared].map((folder) => join(folder, "terraform/plugins")),
  ];
}

function* mirrorsBelow(folder: string, depth: number): Iterable<string> {
  const entries = foldersIn(folder);
  if (entries.includes(REGISTRY)) yield folder;
  if (depth === 0) return;
  for (const entry of entries) {
    if (entry !== "node_modules") yield* mirrorsBelow(join(folder, entry), depth - 1);
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // Not there, or not ours to read: no mirror for us either way.
    return [];
  }
}

/** A mirror holds a release unpacked in a folder of its own, or packed as ZIP files. */
function holds(mirror: string, { name, version }: ProviderRelease): boolean {
  const folder = join(mirror, REGISTRY, name);
  if (existsSync(join(folder, version))) return true;
  const prefix = `terraform-provider-${name.split("/").pop() ?? ""}_${version}_`;
  return existsSync(folder) && readdirSync(folder).some((file) => file.startsWith(prefix));
}
