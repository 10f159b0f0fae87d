import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { license, version } from "../../package.json";

const ROOT = join(__dirname, "..", "..");
const BINDINGS = join(ROOT, "dist", "bindings");
const LICENSE = readFileSync(join(ROOT, "LICENSE"), "utf8");
const CHANGELOG = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");

/** Each engine, and the words of its package in the names of the languages. */
const ENGINES = [
  { engine: "cdktf", go: "github.com/cdktf/cdktf-provider-aws-go/aws/v20 v20.1.0" },
  { engine: "cdktn", go: "github.com/cdktn-io/cdktn-provider-aws-go/aws/v25 v25.5.0" },
];

describe.each(ENGINES)("the packages for $engine", ({ engine, go }) => {
  const name = `${engine}-codestar-connections`;
  const filesIn = (language: string): string[] =>
    readdirSync(join(BINDINGS, engine, language), { recursive: true, encoding: "utf8" });
  const textOf = (language: string, file: RegExp): string => {
    const found = filesIn(language).find((path) => file.test(path));
    if (found === undefined) throw new Error(`The package for ${language} has no ${String(file)}.`);
    return readFileSync(join(BINDINGS, engine, language, found), "utf8");
  };
  const [pascal, plain, module] = [
    name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    name.replaceAll("-", ""),
    name.replaceAll("-", "_"),
  ];

  test("are named as each language names packages", () => {
    expect(textOf("python", /setup\.py$/)).toContain(`"name": "${name}"`);
    expect(textOf("python", /__init__\.py$/)).toContain(`class Connection`);
    expect(filesIn("python")).toContain(`src/${module}/py.typed`);
    expect(textOf("java", /pom\.xml$/)).toContain(`<artifactId>${name}</artifactId>`);
    expect(textOf("java", /\/Connection\.java$/)).toMatch(new RegExp(`^package io\\.github\\.\\w+\\.${plain};`, "m"));
    expect(textOf("dotnet", /\.csproj$/)).toContain(`<PackageId>${pascal}</PackageId>`);
    expect(textOf("go", /go\.mod$/)).toMatch(new RegExp(`^module github\\.com/[\\w-]+/${name}-go/${plain}$`, "m"));
  });

  test("are tied in Go to one major version of the bindings", () => {
    expect(textOf("go", /go\.mod$/)).toContain(go);
  });

  test("have the version and the licence of the package for npm", () => {
    expect(textOf("python", /setup\.py$/)).toContain(`"version": "${version}",`);
    expect(textOf("python", /setup\.py$/)).toContain(`"license": "${license}",`);
    expect(textOf("java", /pom\.xml$/)).toContain(`<version>${version}</version>`);
    expect(textOf("dotnet", /\.csproj$/)).toContain(`<PackageVersion>${version}</PackageVersion>`);
    expect(textOf("go", /version$/).trim()).toBe(version);
    for (const language of ["python", "java", "dotnet", "go"]) expect(textOf(language, /LICENSE$/)).toBe(LICENSE);
  });

  test("carry the same changelog as the package for npm", () => {
    const archives = { python: /\.jsii\.tgz$/, java: /\.jsii\.tgz$/, dotnet: /\.tgz$/, go: /\.tgz$/ };
    const changelogs = Object.entries(archives).map(([language, archive]) => {
      const path = filesIn(language).find((each) => archive.test(each)) ?? "";
      const file = join(BINDINGS, engine, language, path);
      return execFileSync("tar", ["-xzOf", file, "package/CHANGELOG.md"], { encoding: "utf8" });
    });

    expect(new Set(changelogs).size).toBe(1);
    if (engine === "cdktf") expect(changelogs[0]).toBe(CHANGELOG);
  });
});
