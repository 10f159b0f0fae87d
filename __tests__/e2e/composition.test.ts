import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { Connection, OutputFormat, PipelineSource, ProviderType } from "../../src";
import type { TerraformProject } from "../../local-aws/terraform";
import { newStack } from "../support/synthesis";
import { accountOfSuite, APPROVE, describeOnTerraform, makeRoleElsewhere, projectOf, TRUST } from "./on-terraform";

const NAME = 'a "quoted" \\ $ % { name';

/** A stack with roles, a bucket and pipelines of its user's, into which the constructs are composed. */
function userStack(): TerraformStack {
  const stack = newStack();
  const role = new IamRole(stack, "Role", { namePrefix: "pipeline-", assumeRolePolicy: TRUST });
  const bucket = new S3Bucket(stack, "Bucket", { bucketPrefix: "artifacts-", forceDestroy: true });
  const government = new AwsProvider(stack, "government", { alias: "government", region: "us-gov-east-1" });
  const variable = (name: string, value: string) =>
    new TerraformVariable(stack, name, { type: "string", default: value }).stringValue;

  const bitbucket = new Connection(stack, "Bitbucket", {
    name: NAME,
    providerType: ProviderType.BITBUCKET,
    outputPrefix: "bitbucket_",
  });
  const github = new Connection(stack, "GitHub", {
    name: variable("name", "Expressed"),
    providerType: ProviderType.of(variable("type", "GitHub")),
    tags: { team: "shop" },
  });
  new Connection(stack, "GitLab", {
    name: "GitLab",
    providerType: ProviderType.GITLAB,
    provider: government,
    outputPrefix: "gitlab_",
  });

  const sources = {
    bitbucket: new PipelineSource(stack, "Plain", {
      connection: bitbucket,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [role.name],
    }),
    github: new PipelineSource(stack, "FullClone", {
      connection: github,
      repository: variable("repository", "acme/shop"),
      branch: `release/${variable("release", "1")}`,
      outputFormat: OutputFormat.of(variable("format", "CODEBUILD_CLONE_REF")),
      pipelineRoles: [role.name],
      buildRoles: ["made-elsewhere"],
      inline: true,
      variablesNamespace: "Source",
      detectChanges: false,
    }),
  };
  for (const [name, source] of Object.entries(sources)) {
    new Codepipeline(stack, `Pipeline-${name}`, {
      name,
      roleArn: role.arn,
      pipelineType: "V2",
      artifactStore: [{ location: bucket.bucket, type: "S3" }],
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  }
  return stack;
}

describeOnTerraform("the constructs in a stack of their user's", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  beforeAll(async () => {
    makeRoleElsewhere(account(), "made-elsewhere");
    project = await projectOf(userStack(), account());
  });
  afterAll(() => {
    project.remove();
  });

  test("are applied, and then plan to change nothing", async () => {
    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const apply = await project.apply();
    expect(apply.output).toMatch(/Apply complete!/);

    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("tell the name as it was written, and the page of the partition", async () => {
    const outputs = await project.outputs();

    expect(outputs.bitbucket_activation_reminder).toMatch(
      `ACTION REQUIRED: connection "${NAME}" is PENDING;\npipelines that use it fail`,
    );
    const id = String(outputs.gitlab_connection_arn).split("/").pop() ?? "";
    expect(outputs.gitlab_connection_arn).toMatch(/^arn:aws-us-gov:codestar-connections:us-gov-east-1:/);
    expect(outputs.gitlab_activation_reminder).toContain(
      `https://us-gov-east-1.console.amazonaws-us-gov.com/codesuite/settings/123456789012/us-gov-east-1/connections/${id}\n` +
        "     or, in Developer Tools > Settings > Connections, choose it:\n" +
        " https://us-gov-east-1.console.amazonaws-us-gov.com/codesuite/settings/connections\n",
    );
  });

  test("grant roles made here and elsewhere, managed and inline", () => {
    const granted = account().calls.filter(({ operation }) =>
      ["AttachRolePolicy", "PutRolePolicy"].includes(operation),
    );

    expect(
      granted.map(({ operation, input }) => `${operation} ${String(input.RoleName).replace(/\d+$/, "")}`).sort(),
    ).toEqual(["AttachRolePolicy pipeline-", "PutRolePolicy made-elsewhere", "PutRolePolicy pipeline-"]);
  });

  test("reach the pipeline as AWS's own configuration keys", () => {
    const created = account().calls.filter(({ operation }) => operation === "CreatePipeline");
    const actions = Object.fromEntries(
      created.map(({ input }) => [input.pipeline.name, input.pipeline.stages[0].actions[0]] as const),
    );

    expect(actions.bitbucket.configuration).toMatchObject({
      FullRepositoryId: "acme/shop",
      BranchName: "main",
      DetectChanges: "true",
    });
    expect(actions.github).toMatchObject({
      namespace: "Source",
      configuration: {
        FullRepositoryId: "acme/shop",
        BranchName: "release/1",
        OutputArtifactFormat: "CODEBUILD_CLONE_REF",
        DetectChanges: "false",
      },
    });
  });

  test("are destroyed, and nothing is left of them", async () => {
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([expect.stringContaining("role/made-elsewhere")]);
  });
});
