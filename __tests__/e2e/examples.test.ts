import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import { Connection, ProviderType } from "../../src";
import type { S3Operation } from "../../local-aws/protocols/s3";
import { TerraformProject } from "../../local-aws/terraform";
import { CdktfProject } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
import { ROOT } from "../support/documentation";
import { filesMadeBy } from "../support/example-programs";
import { accountOfSuite, describeOnTerraform, projectOf } from "./on-terraform";

/** The stack of an example. Its state is in the folder where Terraform runs, unless the example says otherwise. */
function stackOf(example: string): string {
  const json = filesMadeBy([`examples/${example}.ts`], ROOT)[`${example}.ts/stacks/${example}/cdk.tf.json`] ?? "{}";
  const { terraform, ...stack } = JSON.parse(json) as { terraform: { backend?: { local?: object } } };
  if (terraform.backend?.local !== undefined) delete terraform.backend;
  return JSON.stringify({ terraform, ...stack });
}

describeOnTerraform("the example", () => {
  const account = accountOfSuite();

  test("renamed-connection keeps the connection that had another id", async () => {
    const before = new TerraformStack(Testing.app(), "before");
    new AwsProvider(before, "aws", { region: "us-east-1" });
    new Connection(before, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET });
    const project = await projectOf(before, account());
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const [arn = ""] = account().inventory();
    account().activate(arn);

    project.write(stackOf("renamed-connection"));
    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const renamed = await project.apply();

    expect(renamed.output).toMatch(/has moved to aws_codestarconnections_connection\.SourceRepositories_\w+/);
    expect(renamed.output).toContain("0 added, 0 changed, 0 destroyed");
    expect(account().inventory()).toEqual([arn]);
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });

  test("adopted-connection keeps the ARN and the activation of a connection that was made by hand", async () => {
    const arn = account().createByHand({ name: "MadeByHand", providerType: "Bitbucket", region: "us-east-1" });
    const stack = stackOf("adopted-connection").replace(/arn:aws:codeconnections:[^"]+/, arn);
    const project = await TerraformProject.create(stack, account().environment);

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

  test("state-in-s3 keeps its state in the bucket, where a second deploy finds it locked", async () => {
    const bucket = (operation: string, Key = "", body = ""): void => {
      const call = account().services.s3.operations[operation] as S3Operation;
      call(
        { Bucket: "acme-terraform-state", Key, query: {}, headers: {}, body: Buffer.from(body) },
        { accountId: account().accountId, region: "us-east-1" },
      );
    };
    bucket("CreateBucket");
    const project = await TerraformProject.create(stackOf("state-in-s3"), account().environment);
    expect((await project.apply()).output).toContain("Apply complete!");
    const puts = account().calls.filter(({ operation }) => operation === "PutObject");
    expect(puts.map(({ input }) => String(input.Key))).toEqual(
      expect.arrayContaining(["state-in-s3.tfstate", "state-in-s3.tfstate.tflock"]),
    );

    const second = await TerraformProject.create(stackOf("state-in-s3"), account().environment);
    expect(await second.plan()).toMatchObject({ exitCode: 0, changes: false });

    // As another deploy has it while it runs.
    bucket("PutObject", "state-in-s3.tfstate.tflock", '{"ID":"0c8b1a2f","Operation":"OperationTypeApply","Who":"ci"}');
    const locked = await second.plan();
    expect(locked.exitCode).toBe(1);
    expect(locked.output).toContain("Error acquiring the state lock");
    bucket("DeleteObject", "state-in-s3.tfstate.tflock");
    expect(await second.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
    second.remove();
  });

  const callsSince = (first: number, operation: string) =>
    account()
      .calls.slice(first)
      .filter((call) => call.operation === operation);
});
