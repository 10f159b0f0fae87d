import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { TerraformProject } from "../../local-aws/terraform";
import { EXAMPLES, PAGES, ROOT } from "../support/documentation";
import { filesMadeBy } from "../support/example-programs";
import { SETTING } from "../support/setting";
import { compiled, snippetsOf, typeErrorsOf } from "../support/snippets";
import type { Block } from "../support/synthesis";
import { warningsOf } from "../support/pipelines";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

/** Whose snippets are tested elsewhere: as a project of its own, and as a part of an example. */
const ELSEWHERE = ["README.md", "docs/own-project.md", "docs/moving-to-cdktn.md", "docs/testing.md"];

/** Examples with services that the local endpoint does not have, or with things that must exist: they are validated only. */
const NOT_APPLIED = [
  ...["adopted-connection", "renamed-connection", "existing-connection", "azure-devops"],
  ...["codebuild-source", "failed-source", "gated-pipeline", "gitlab-self-managed", "state-in-s3"],
];

const SNIPPETS = PAGES.filter((page) => !ELSEWHERE.includes(page)).map((page) => snippetsOf(page, SETTING));

/** The stack of an example, without the backend and the imports, which only a whole configuration has. */
function asModule(json: string): string {
  const { terraform, ...stack } = JSON.parse(json) as { terraform: { backend?: object }; import?: object };
  delete terraform.backend;
  delete stack.import;
  return JSON.stringify({ terraform, ...stack });
}

/** The stacks of the examples, by the example, or by the example and the stack where it has several. */
function examples(): { readonly [name: string]: string } {
  const files = Object.entries(
    filesMadeBy(
      EXAMPLES.map((name) => `examples/${name}.ts`),
      ROOT,
    ),
  );
  return Object.fromEntries(
    files.flatMap(([path, json]) => {
      const [, example = "", stack = ""] = /^(.*)\.ts\/stacks\/(.*)\/cdk\.tf\.json$/.exec(path) ?? [];
      return stack === "" ? [] : [[example === stack ? example : `${example}-${stack}`, asModule(json)] as const];
    }),
  );
}

describeOnTerraform("the documentation", () => {
  const account = accountOfSuite();
  const stacks: { [name: string]: string } = {};

  test("has snippets that the compiler takes", () => {
    expect(SNIPPETS.reduce((sum, { blocks }) => sum + blocks.length, 0)).toBeGreaterThan(15);
    expect(typeErrorsOf(SNIPPETS)).toEqual([]);
  });

  const all = SNIPPETS.flatMap((snippets) => snippets.blocks.map((block, index) => ({ snippets, block, index })));
  test.each(all.map(({ block, ...rest }) => [`${block.page}:${block.line}`, rest] as const))(
    "the snippet at %s synthesises without a warning",
    (at, { snippets, index }) => {
      const stack = new TerraformStack(Testing.app(), "snippet");
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- as the snippet's own imports
      const [snippet] = compiled(snippets, (module) => require(module) as unknown).slice(index);
      snippet?.call(stack);

      stacks[at.replace(/\W/g, "-")] = Testing.synth(stack, true);
      expect(stack.node.findAll().flatMap(warningsOf)).toEqual([]);
    },
  );

  test("has examples that synthesise without a warning", () => {
    const manifests = filesMadeBy(
      EXAMPLES.map((name) => `examples/${name}.ts`),
      ROOT,
    );
    const said = Object.entries(manifests).flatMap(([path, json]) => {
      if (!path.endsWith("manifest.json")) return [];
      const { stacks: made } = JSON.parse(json) as { stacks: { [id: string]: { annotations: { message: string }[] } } };
      return Object.values(made).flatMap(({ annotations }) => annotations.map(({ message }) => `${path}: ${message}`));
    });

    expect(said).toEqual([]);
  });

  test("has snippets and examples that Terraform takes", async () => {
    const project = await TerraformProject.createOf({ ...stacks, ...examples() }, account().environment);

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    project.remove();
  });

  test("has examples that are applied, plan to change nothing, and destroy", async () => {
    const applied = Object.entries(examples()).filter(
      // Stacks that read the state of others are deployed by CDKTF: see the test of examples/two-regions.ts.
      ([name, json]) =>
        !NOT_APPLIED.includes(name) && !json.includes("terraform_remote_state") && !name.includes("shared"),
    );
    const project = await TerraformProject.createOf(Object.fromEntries(applied), account().environment);

    expect((await project.apply()).output).toMatch(/Apply complete!/);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });

    const created = account().calls.filter(({ operation }) => operation === "CreatePipeline");
    const pipelines = Object.fromEntries(created.map(({ input: { pipeline } }) => [pipeline.name, pipeline] as const));
    const names = applied.map(([name]) => name);
    expect(names).toHaveLength(13);
    const several = Object.keys(pipelines);
    expect(several.filter((name) => name.startsWith("monorepo-")).sort()).toEqual([
      "monorepo-cart",
      "monorepo-catalogue",
    ]);
    expect(several.filter((name) => name.startsWith("fleet-"))).toHaveLength(12);
    const attached = account().calls.filter(
      ({ operation, input }) => operation === "AttachRolePolicy" && String(input.PolicyArn).includes("/pipelines/"),
    );
    expect(attached).toHaveLength(1);
    const triggersOf = (name: string): Block => pipelines[name].triggers?.[0]?.gitConfiguration as Block;
    expect(triggersOf("monorepo-cart").push[0].filePaths.includes).toEqual(["services/cart/**", "shared/**"]);
    expect(triggersOf("tag-releases").push[0].tags).toEqual({ includes: ["v*"], excludes: ["*-rc*"] });
    expect(triggersOf("pull-requests").pullRequest[0].events).toEqual(["OPEN", "UPDATED"]);
    const sourcesOf = (name: string): Block[] => pipelines[name].stages[0].actions as Block[];
    expect(sourcesOf("full-clone")[0]?.configuration.OutputArtifactFormat).toBe("CODEBUILD_CLONE_REF");
    expect(sourcesOf("several-sources")).toMatchObject([
      { name: "Shop", namespace: "ShopVariables" },
      { name: "Library", namespace: "LibraryVariables" },
    ]);
    expect(pipelines["deployed-build"].stages[2].actions[0].configuration.ObjectKey).toBe(
      "#{SourceVariables.CommitId}",
    );

    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  });
});
