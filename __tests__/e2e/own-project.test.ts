import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { findInstallation } from "../../local-aws/terraform/installation";
import { dependencies as engines } from "../../engines/package.json";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";
import { installEngines, OwnFolder, ROOT, tarballFor } from "./own-folder";

const [PAGE, STARTED] = [["docs/own-project.md", "docs/moving-to-cdktn.md"], ["docs/getting-started.md"]].map((pages) =>
  pages.map((page) => readFileSync(join(ROOT, page), "utf8")).join("\n"),
) as [string, string];

/** The first code block of a section of the page in a language. */
function block(section: string, language: string): string {
  const text = PAGE.split(/^## /m).find((each) => each.startsWith(`${section}\n`)) ?? "";
  const [, indentation = "", code] = new RegExp(`^( *)\`\`\`${language}\n([^]*?)\n *\`\`\`$`, "m").exec(text) ?? [];
  if (code === undefined) throw new Error(`"${section}" has no block of ${language}.`);
  return code.replace(new RegExp(`^${indentation}`, "gm"), "");
}

/** What the page says between two pieces of its text. */
function quoted(before: string, after: string): string {
  const text = PAGE.split(before)[1]?.split(after)[0];
  if (text === undefined) throw new Error(`The pages no longer say "${before}".`);
  return text;
}

/** The commands at the start of a text, up to the end of its block. */
const commandsOf = (text: string): string[] => (text.split("\n```")[0] ?? "").split("\n");

/** The imports of a section, and below them the program that all languages share. */
const program = (section: string, language: string): string =>
  `${block(section, language)}\n\n${block("The program", "ts")}\n`;

describeOnTerraform("the pages about a project of one's own, followed word by word,", () => {
  const account = accountOfSuite();
  const removals: Promise<void>[] = [];
  /** Folders with bindings take seconds to remove: that goes on beside the next test. */
  const remove = (folder: OwnFolder) => removals.push(folder.remove());
  afterAll(() => Promise.all(removals));

  const newFolder = async (bin?: string): Promise<OwnFolder> => {
    const { environment } = await findInstallation();
    return new OwnFolder({ ...environment, ...account().environment }, bin);
  };

  const deploysAndDestroys = async (folder: OwnFolder, deploy: string, destroy: string) => {
    await folder.deploy(deploy);
    expect(folder.outputs()).toEqual({
      connection_arn: expect.stringMatching(/^arn:aws:codestar-connections:us-east-1:123456789012:connection\//),
      connection_status: "PENDING",
      activation_reminder: expect.stringMatching(/^ACTION REQUIRED: connection "shop" is PENDING;/),
    });
    expect(account().inventory()).toContain("arn:aws:codepipeline:us-east-1:123456789012:shop");
    const name = deploy.includes("cdktn") ? "cdktn-codestar-connections" : "cdktf-codestar-connections";
    const { exitCode, output } = await folder.run(`npx --no ${name} status`);
    expect({ exitCode, output }).toMatchObject({ exitCode: 2, output: expect.stringMatching(/^shop PENDING arn:/) });
    await folder.deploy(destroy);
    expect(account().inventory()).toEqual([]);
  };

  describe("with CDKTF", () => {
    let tarball: string;
    let deployed: object | undefined;
    let empty: OwnFolder;
    beforeAll(async () => {
      tarball = tarballFor("cdktf");
      empty = await newFolder();
      empty.copy(tarball);
    });
    afterAll(() => {
      remove(empty);
    });

    test("deploys and destroys TypeScript in a folder that cdktf init made, where tsc and ts-jest work too", async () => {
      const folder = await newFolder();
      const cli = require.resolve("cdktf-cli/bundle/bin/cdktf.js");
      const answers =
        "--project-name shop --project-description shop --enable-crash-reporting false --from-terraform-project no --providers=";
      // This one command refuses the settings of the others.
      const settings = { CDKTF_SKIP_PROVIDER_LOCK: undefined };
      await folder.succeed(`node "${cli}" init --template=typescript --local ${answers}`, settings);
      folder.copy(tarball);

      await folder.succeed(block("TypeScript", "sh"));
      folder.write("main.ts", program("TypeScript", "ts"));

      await folder.succeed("npx tsc --noEmit");
      await folder.succeed("npm test");
      await deploysAndDestroys(folder, block("Deploy", "sh"), "npx cdktf destroy");
      deployed = folder.stack();
      remove(folder);
    });

    // One after the other in one folder: each installs only what those before it installed, and more.
    test.each([
      { section: "JavaScript", install: "JavaScript", language: "js", main: "main.js" },
      { section: "ES modules", install: "JavaScript", language: "js", main: "main.mjs" },
      { section: "TypeScript", install: "TypeScript", language: "ts", main: "main.ts" },
    ])(
      "synthesises from $section, in a folder of one's own, the very stack that was deployed",
      async ({ section, install, language, main }) => {
        await empty.succeed(block(install, "sh"));
        empty.write("cdktf.json", block(section, "json"));
        empty.write(main, program(section, language));

        await empty.succeed("npx cdktf synth");

        expect(deployed).toBeDefined();
        expect(empty.stack()).toEqual(deployed);
      },
    );

    test("is tested by Jest, as docs/testing.md says", async () => {
      const page = readFileSync(join(ROOT, "docs/testing.md"), "utf8");
      const blocks = (language: string) =>
        Array.from(page.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``, "g")), ([, code = ""]) => code);
      empty.write("jest.config.js", blocks("js").join("\n"));
      empty.write("shop.test.ts", blocks("ts").join("\n\n"));

      const { exitCode, output } = await empty.run(blocks("sh")[0] ?? "");

      expect({ exitCode, output }).toMatchObject({
        exitCode: 0,
        output: expect.stringContaining("Tests:       1 passed"),
      });
    });

    test("gets from an empty folder to a green source stage, as docs/getting-started.md says", async () => {
      const [install = "", program = "", deploy = "", wait = "", destroy = ""] = Array.from(
        STARTED.matchAll(/```sh\n([^]*?)\n```/g),
        ([, code = ""]) => code,
      );
      const copy = `${install}\n${program}\n${deploy}`;
      expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain(`\`\`\`sh\n${copy}\n\`\`\``);
      await empty.succeed(install);
      await empty.succeed(program);

      await empty.deploy(deploy);
      const [, plan = "", deployInCi = "", waitInCi = ""] = readFileSync(join(ROOT, "docs/ci.md"), "utf8").split(
        "```sh\n",
      );
      const [, diff = ""] = commandsOf(plan);
      expect(await empty.run(diff)).toMatchObject({ exitCode: 0 });
      await empty.succeed(commandsOf(deployInCi).join("\n"));
      expect(empty.read("status.txt")).toMatch(/MyConnection[^]*PENDING[^]*https:\/\/us-east-1\.console\.aws/);

      const [arn = ""] = account()
        .inventory()
        .filter((line) => line.includes(":connection/"));
      account().activate(arn);
      const started = await empty.run(`${wait} --yes`);
      expect(started).toMatchObject({ exitCode: 0 });
      expect(started.output).toMatch(/shop.*retried/i);
      expect(await empty.run(commandsOf(waitInCi).join("\n"))).toMatchObject({ exitCode: 0 });
      await empty.deploy(destroy);
      expect(account().inventory()).toEqual([]);
    });
  });

  describe("with CDK Terrain", () => {
    const folders: OwnFolder[] = [];
    afterAll(() => {
      folders.forEach(remove);
    });

    /** The folder of a Node that cdktn-cli runs on: this process's own, or else one from npm. */
    const supportedNode = async (): Promise<string> => {
      const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
      if (major > 22 || (major === 22 && minor >= 19)) return dirname(process.execPath);
      const platform = process.platform === "win32" ? "win" : process.platform;
      const name = `node-${platform}-${process.arch}`;
      const tools = await newFolder();
      await tools.succeed(`npm install --prefix . ${name}@22`);
      folders.push(tools);
      return join(tools.path, "node_modules", name, "bin");
    };

    test("deploys and destroys TypeScript with cdktn, on Node 22.19 or newer", async () => {
      installEngines();
      const folder = await newFolder(await supportedNode());
      folders.push(folder);
      folder.copy(tarballFor("cdktn"));

      await folder.succeed(block("A new project", "sh"));
      folder.write("cdktf.json", block("A new project", "json"));
      const withProviderOfTests = `${quoted("only for that, it adds `", "`")};\napp.synth();`;
      folder.write("main.ts", program("A new project", "ts").replace("app.synth();", withProviderOfTests));

      await deploysAndDestroys(folder, "npx cdktn deploy", "npx cdktn destroy");
    });
  });
});

describe("the package for CDKTF in an app of CDK Terrain", () => {
  let folder: OwnFolder;
  beforeAll(() => {
    installEngines();
    folder = new OwnFolder(process.env);
    const own = join(folder.path, "node_modules/cdktf-codestar-connections");
    mkdirSync(own, { recursive: true });
    execFileSync("tar", ["-xzf", tarballFor("cdktf"), "--strip-components=1", "-C", own]);
    for (const name of ["constructs", "cdktn", "@cdktn/provider-aws"]) link(name, `engines/node_modules/${name}`);
    folder.write("main.ts", program("A new project", "ts").replace("cdktn-codestar", "cdktf-codestar"));
  });
  afterAll(() => folder.remove());

  /** As npm lays it out, without a copy of hundreds of megabytes. */
  const link = (name: string, target: string): void => {
    const path = join(folder.path, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    symlinkSync(join(ROOT, target), path);
  };
  const synthesise = `node -r "${require.resolve("tsx/cjs")}" main.ts`;

  test("stops with the message that docs/moving-to-cdktn.md quotes", async () => {
    for (const name of ["cdktf", "@cdktf/provider-aws"]) link(name, `node_modules/${name}`);

    const { exitCode, output } = await folder.run(synthesise);

    expect(exitCode).not.toBe(0);
    expect(output).toContain(quoted("```text\n", "\n```"));
  });

  test("works with the aliases of docs/moving-to-cdktn.md, which name the very versions of the app", async () => {
    const commands = block("The package and the app are made for different engines", "sh");
    const aliases = [...commands.matchAll(/"overrides\.(\S+?)=npm:(\S+)@(\S+?)"/g)];
    expect(aliases.map(([, name]) => name)).toEqual(["cdktf", "@cdktf/provider-aws"]);
    for (const [, name = "", target = "", version] of aliases) {
      expect(engines).toHaveProperty([target], version);
      link(name, `engines/node_modules/${target}`);
    }

    await folder.succeed(synthesise);

    expect(folder.stack()).toHaveProperty("resource.aws_codestarconnections_connection");
  });
});
