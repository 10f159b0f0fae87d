import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { AdoptedConnection } from "../../examples/adopted-connection";
import { FirstPipeline } from "../../examples/first-pipeline";
import { RenamedConnection } from "../../examples/renamed-connection";
import { Connection, ProviderType } from "../../src";
import { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
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

  test("renamed-connection keeps the connection that had another id", async () => {
    const before = new TerraformStack(Testing.app(), "before");
    new AwsProvider(before, "aws", { region: "eu-west-1" });
    new Connection(before, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET });
    const project = await projectOf(before, account());
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const [arn = ""] = account().inventory();
    account().activate(arn);

    project.write(Testing.synth(new RenamedConnection(Testing.app(), "renamed-connection"), true));
    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const renamed = await project.apply();

    expect(renamed.output).toMatch(/has moved to aws_codestarconnections_connection\.SourceRepositories_\w+/);
    expect(renamed.output).toContain("0 added, 0 changed, 0 destroyed");
    expect(account().inventory()).toEqual([arn]);
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });

  test("adopted-connection keeps the ARN and the activation of a connection that was made by hand", async () => {
    const arn = account().createByHand({ name: "MadeByHand", providerType: "Bitbucket", region: "eu-west-1" });
    const stack = new AdoptedConnection(Testing.app(), "adopted-connection", arn);
    const project = await projectOf(stack, account());

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const adopted = await project.apply();

    expect(adopted.output).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    expect(account().services.codestarConnections.store.connection(arn).status).toBe("AVAILABLE");
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });

    const destroy = await project.destroy();
    expect(destroy.exitCode).not.toBe(0);
    expect(destroy.output).toContain("Instance cannot be destroyed");
    expect(account().inventory()).toEqual([arn]);
    account().services.codestarConnections.store.deleteConnection(arn);
    project.remove();
  });

  test("two-regions is deployed in the right order by the CLI, and destroyed in the other", async () => {
    const app = new CdktfProject(await findInstallation(), account().environment, {
      program: "examples/two-regions.ts",
    });
    const first = account().calls.length;

    const deployed = await app.deploy("*");
    expect(deployed).toMatchObject({ exitCode: 0 });
    const [connection] = callsSince(first, "CreateConnection");
    const [pipeline] = callsSince(first, "CreatePipeline");
    const [arn] = account()
      .inventory()
      .filter((line) => line.includes(":connection/"));
    expect([connection?.region, pipeline?.region]).toEqual(["us-east-1", "eu-west-1"]);
    expect(pipeline?.input.pipeline.stages[0].actions[0].configuration.ConnectionArn).toBe(arn);
    expect(Object.values(app.outputs()).join("\n")).toContain('ACTION REQUIRED: connection "company" is PENDING');

    expect(await app.destroy("*")).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    app.remove();
  });

  const callsSince = (first: number, operation: string) =>
    account()
      .calls.slice(first)
      .filter((call) => call.operation === operation);
});
