/** What the development tools are: their licences, what they run when they are installed, and whether they are the same. */
import { execFileSync } from "node:child_process";
import { ROOT, textOf } from "./support/documentation";

/** Nothing of them is in the library. What the command bundles is listed in lib/cli.js.LICENSES.txt. */
const LICENCES: { readonly [licence: string]: string } = {
  ...{ MIT: "permissive", ISC: "permissive", "0BSD": "permissive", "BlueOak-1.0.0": "permissive" },
  ...{ "Apache-2.0": "permissive", "BSD-2-Clause": "permissive", "BSD-3-Clause": "permissive" },
  ...{ "Apache-2.0 AND MIT": "permissive", "Python-2.0": "permissive" },
  ...{ "CC0-1.0": "public domain", Unlicense: "public domain", "Public Domain": "public domain" },
  ...{ "(MIT OR CC0-1.0)": "MIT is chosen", "(MIT OR GPL-3.0-or-later)": "MIT is chosen" },
  "CC-BY-4.0": "data on browsers: caniuse-lite",
  "MPL-2.0": "CDKTF, CDK Terrain and the bindings, which every user of them has; used as they are",
  "AGPL-3.0-or-later":
    "a simulator of IAM, for the tests and the local endpoint; used as it is, and passed on to nobody",
};

/** What runs code of its own when it is installed: each fetches or links the binary for the platform. */
const INSTALL_SCRIPTS = ["@parcel/watcher", "@swc/core", "esbuild", "unrs-resolver"];

/** Whose licence is no reason to worry as long as nothing of it is passed on. */
const NOT_PASSED_ON = ["@cloud-copilot/iam-policy", "@cloud-copilot/iam-simulate", "@cloud-copilot/iam-utils"];

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
}

describe.each([
  "package-lock.json",
  "engines/package-lock.json",
  "bench/aws-cdk/package-lock.json",
  "mutants/package-lock.json",
])("%s", (file) => {
  const lock = JSON.parse(textOf(file)) as { packages: { [path: string]: Locked } };
  const { "": own, ...packages } = lock.packages;
  const those = (which: (locked: Locked, name: string) => boolean): string[] =>
    Object.entries(packages)
      .map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ""), locked }))
      .filter(({ name, locked }) => which(locked, name))
      .map(({ name }) => name);

  test("holds packages", () => {
    expect(own).toBeDefined();
    expect(Object.keys(packages).length).toBeGreaterThan(5);
  });

  test("has a checksum for each, which npm ci compares", () => {
    expect(those(({ integrity, inBundle }) => !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ""))).toEqual([]);
  });

  test("takes each from a registry, and none from a repository or a folder", () => {
    expect(those(({ resolved = "https://" }) => !resolved.startsWith("https://"))).toEqual([]);
    expect(those(({ version }) => !/^\d+\.\d+\.\d+/.test(version ?? ""))).toEqual([]);
  });

  test("has licences that are known only", () => {
    expect(those(({ license = "" }) => !Object.hasOwn(LICENCES, license))).toEqual([]);
    expect(those(({ license }, name) => license?.includes("AGPL") === true && !NOT_PASSED_ON.includes(name))).toEqual(
      [],
    );
  });

  test("runs no code at the installation but what is known", () => {
    const scripts = those(({ hasInstallScript }) => hasInstallScript === true);
    expect(scripts.filter((name) => !INSTALL_SCRIPTS.includes(name))).toEqual([]);
  });
});

test("what may not be passed on is used by the tests and the local endpoint only", () => {
  const files = execFileSync("git", ["grep", "-l", "@cloud-copilot", "--", "*.ts", "*.mjs"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(
    files
      .trim()
      .split("\n")
      .filter((path) => !/^(__tests__|local-aws)\//.test(path)),
  ).toEqual([]);
});
