import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { TerraformIterator, type TerraformResource, type TerraformStack, Testing } from "cdktf";
import { Connection, PipelineSource, ProviderType, ResourceFamily, SourceAction } from "../../src";
import { TerraformProject } from "../../local-aws/terraform";
import { newStack } from "../support/synthesis";
import { accountOfSuite, APPROVE, describeOnTerraform, projectOf, TRUST } from "./on-terraform";

const SHOP = { name: "shop", providerType: "Bitbucket" };
const OURS = { name: "shop", providerType: ProviderType.BITBUCKET };

/** What stays as it is: the role, the bucket, and the pipeline at its address. */
function platformIn(stack: TerraformStack): { readonly role: IamRole; readonly artifactStore: object[] } {
  const role = new IamRole(stack, "Role", { name: "pipeline", assumeRolePolicy: TRUST });
  const { bucket } = new S3Bucket(stack, "Artifacts", { bucket: "artifacts-of-shop", forceDestroy: true });
  return { role, artifactStore: [{ location: bucket, type: "S3" }] };
}

const statement = (...actions: readonly string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }] });

/** The source action as people write it by hand. */
const rawAction = (ConnectionArn: string) => ({
  ...{ name: "Pull", category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
  ...{ outputArtifacts: ["App"], namespace: "Pulled" },
  configuration: { ConnectionArn, FullRepositoryId: "acme/shop", BranchName: "main", DetectChanges: "true" },
});

describeOnTerraform("coming from the provider's own resources", () => {
  const account = accountOfSuite();
  const connections = () => account().services.codestarConnections.store;

  /** Applies what people have, and activates its connection. */
  async function having(before: TerraformStack): Promise<{ readonly project: TerraformProject; readonly arn: string }> {
    const project = await projectOf(before, account());
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const [arn = ""] = [...connections().connections.keys()];
    account().activate(arn);
    return { project, arn };
  }

  /** Deploys the program with the library: nothing of the connection is lost, and nothing is left to do. */
  async function moved(project: TerraformProject, after: TerraformStack, arn: string): Promise<string> {
    project.write(Testing.synth(after, true));
    const { exitCode, output } = await project.apply();
    expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining("Apply complete!") });
    expect([...connections().connections.values()]).toMatchObject([{ arn, status: "AVAILABLE" }]);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
    return output;
  }

  async function gone(project: TerraformProject): Promise<void> {
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  }

  test("a connection, its source action and the permission are taken over, and the role is never without it", async () => {
    const before = newStack();
    const platform = platformIn(before);
    const raw = new CodestarconnectionsConnection(before, "this", SHOP);
    new IamRolePolicy(before, "Own", {
      ...{ name: "own", role: platform.role.name },
      policy: statement("codestar-connections:UseConnection", "s3:GetObject"),
    });
    new Codepipeline(before, "Pipeline", {
      ...{ name: "shop", roleArn: platform.role.arn, artifactStore: platform.artifactStore as never },
      stage: [{ name: "Source", action: [rawAction(raw.arn)] }, APPROVE],
    });
    const { project, arn } = await having(before);

    const after = newStack();
    const { role, artifactStore } = platformIn(after);
    const connection = new Connection(after, "Bitbucket", OURS);
    connection.resource.moveFromId("aws_codestarconnections_connection.this");
    const source = new PipelineSource(after, "Source", {
      ...SourceAction.propertiesOf(rawAction(connection.connectionArn), connection),
      pipelineRoles: [role.name],
    });
    // It changes only once the role has the permission of the source.
    new IamRolePolicy(after, "Own", {
      ...{ name: "own", role: role.name, policy: statement("s3:GetObject"), dependsOn: source.dependencies },
    });
    new Codepipeline(after, "Pipeline", {
      ...{ name: "shop", roleArn: role.arn, artifactStore: artifactStore as never, dependsOn: source.dependencies },
      stage: [source.stage, APPROVE],
    });
    const from = account().calls.length;
    const output = await moved(project, after, arn);

    expect(output).toContain("2 added, 1 changed, 0 destroyed");
    const calls = account().calls.slice(from);
    const attached = calls.findIndex(({ operation }) => operation === "AttachRolePolicy");
    const changed = calls.findIndex(({ operation }) => operation === "PutRolePolicy");
    expect(attached).toBeGreaterThan(-1);
    expect(changed).toBeGreaterThan(attached);
    await gone(project);
  });

  test.each<[string, (raw: TerraformResource) => void, (ours: TerraformResource) => void]>([
    [
      "that was counted is taken over",
      (raw) => (raw.count = 1),
      (ours) => {
        ours.moveFromId("aws_codestarconnections_connection.this[0]");
      },
    ],
    [
      "of a for_each is taken over",
      (raw) => (raw.forEach = TerraformIterator.fromList(["shop"])),
      (ours) => {
        ours.moveFromId('aws_codestarconnections_connection.this["shop"]');
      },
    ],
    [
      "whose overridden id is kept needs no move",
      (raw) => {
        raw.overrideLogicalId("company");
      },
      (ours) => {
        ours.overrideLogicalId("company");
      },
    ],
  ])("a connection %s", async (_, override, takeOver) => {
    const before = newStack();
    override(new CodestarconnectionsConnection(before, "this", SHOP));
    const { project, arn } = await having(before);

    const after = newStack();
    takeOver(new Connection(after, "Bitbucket", OURS).resource);
    expect(await moved(project, after, arn)).toContain("0 added, 0 changed, 0 destroyed");
    await gone(project);
  });

  test("a connection of a Terraform module is taken out of it", async () => {
    const before = newStack();
    new CodestarconnectionsConnection(before, "this", SHOP);
    const project = await TerraformProject.createOf({ git: Testing.synth(before, true) }, account().environment);
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const [arn = ""] = [...connections().connections.keys()];
    account().activate(arn);

    const after = newStack();
    const { resource } = new Connection(after, "Bitbucket", OURS);
    resource.moveFromId("module.git.aws_codestarconnections_connection.this");
    expect(await moved(project, after, arn)).toContain("0 added, 0 changed, 0 destroyed");
    await gone(project);
  });

  test("a connection of another state is imported here, and forgotten there", async () => {
    const there = newStack();
    new CodestarconnectionsConnection(there, "this", SHOP);
    const { project: other, arn } = await having(there);

    const here = newStack();
    new Connection(here, "Bitbucket", OURS).resource.importFrom(arn);
    const project = await projectOf(here, account());
    expect(await moved(project, here, arn)).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    await other.forget("aws_codestarconnections_connection.this");
    other.write(Testing.synth(newStack(), true));

    expect(await other.apply()).toMatchObject({ exitCode: 0 });
    expect([...connections().connections.values()]).toMatchObject([{ arn, status: "AVAILABLE" }]);
    other.remove();
    await gone(project);
  });

  test.each([
    ["the console or CloudFormation, by its newer ARN,", "codeconnections", ResourceFamily.CODECONNECTIONS],
    ["CloudFormation, by its older ARN,", "codestar-connections", ResourceFamily.CODESTAR_CONNECTIONS],
  ] as const)("a connection of %s is imported", async (_, family, resourceFamily) => {
    const arn = account().createByHand({ ...SHOP, region: "us-east-1", family });
    const after = newStack();
    new Connection(after, "Bitbucket", { ...OURS, resourceFamily }).resource.importFrom(arn);
    const project = await projectOf(after, account());

    expect(await moved(project, after, arn)).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    await gone(project);
  });

  test("without the move the plan would destroy the connection, and preventDestroy does not help", async () => {
    const before = newStack();
    new CodestarconnectionsConnection(before, "this", SHOP);
    const { project, arn } = await having(before);

    const after = newStack();
    new Connection(after, "Bitbucket", { ...OURS, preventDestroy: true });
    project.write(Testing.synth(after, true));
    const { output } = await project.plan();

    expect(output).toContain("1 to add, 0 to change, 1 to destroy");
    project.write(Testing.synth(before, true));
    expect([...connections().connections.keys()]).toEqual([arn]);
    await gone(project);
  });
});
