import { Testing } from "cdktf";
import { FirstPipeline } from "../../examples/first-pipeline";
import { accountOfSuite, describeOnTerraform, projectOf } from "./on-terraform";

describeOnTerraform("the example", () => {
  const account = accountOfSuite();

  test("first-pipeline is valid, applies, and destroys", async () => {
    const project = await projectOf(new FirstPipeline(Testing.app(), "first-pipeline"), account());

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  });
});
