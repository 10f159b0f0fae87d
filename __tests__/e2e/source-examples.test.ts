import { Testing } from "cdktf";
import { DeployedBuild } from "../../examples/deployed-build";
import { Fleet } from "../../examples/fleet";
import { FullClone } from "../../examples/full-clone";
import { Monorepo } from "../../examples/monorepo";
import { PullRequests } from "../../examples/pull-requests";
import { SeveralSources } from "../../examples/several-sources";
import { TagReleases } from "../../examples/tag-releases";
import type { Block } from "../support/synthesis";
import { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

const EXAMPLES = {
  "deployed-build": DeployedBuild,
  fleet: Fleet,
  "full-clone": FullClone,
  monorepo: Monorepo,
  "pull-requests": PullRequests,
  "several-sources": SeveralSources,
  "tag-releases": TagReleases,
};

describeOnTerraform("the examples of sources and permissions", () => {
  const account = accountOfSuite();

  test("are valid, are applied, plan to change nothing, and destroy", async () => {
    const stacks = Object.entries(EXAMPLES).map(
      ([id, Example]) => [id, Testing.synth(new Example(Testing.app(), id), true)] as const,
    );
    const project = await TerraformProject.createOf(Object.fromEntries(stacks), account().environment);

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const applied = await project.apply();
    expect(applied.output).toMatch(/Apply complete!/);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });

    const created = account().calls.filter(({ operation }) => operation === "CreatePipeline");
    const pipelines = Object.fromEntries(created.map(({ input: { pipeline } }) => [pipeline.name, pipeline] as const));
    const singles = Object.keys(EXAMPLES).filter((id) => id !== "monorepo" && id !== "fleet");
    const several = Object.keys(pipelines).filter((name) => !singles.includes(name));
    expect(Object.keys(pipelines)).toEqual(expect.arrayContaining(singles));
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
