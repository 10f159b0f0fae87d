import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  PipelineSource,
  ProviderType,
  Trigger,
} from "../../src";
import { PipelineStack } from "../../stacks/pipeline-stack";
import type { AwsEndpoint } from "../../local-aws";
import { type Block, newStack } from "../support/synthesis";
import { accountOfSuite, APPROVE, describeOnTerraform, projectOf, sentences, TRUST } from "./on-terraform";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

/** What is given through a variable, and the property whose sentence must then be read. */
const CONNECTIONS: readonly [property: string, value: string][] = [
  ["name", ""],
  ["name", "x".repeat(33)],
  ["providerType", "Subversion"],
  ["providerType", "GitHubEnterpriseServer"],
  ["providerType", "AzureDevOps"],
];
const ARNS: readonly string[] = [
  "arn:aws:codestar-connections:us-east-1:1234:connection/0c8b1a2f",
  "arn:aws:codeconnections:us-east-1:123456789012:host/0c8b1a2f",
];
const SOURCES: readonly [property: string, value: string][] = [
  ["repository", "shop"],
  ["repository", "https://bitbucket.org/acme/shop"],
  ["repository", "git@bitbucket.org:acme/shop.git"],
  ["repository", "acme/shop.git"],
  ["repository", "acme/my shop"],
  ["repository", "acme//shop"],
  ["repository", "bitbucket.org/shop"],
  ["branch", ""],
  ["branch", "x".repeat(1001)],
  ["outputFormat", "ZIP"],
  ["outputFormat", "CODEBUILD_CLONE_REF"],
  ["actionName", "Pull it"],
  ["outputArtifactName", "shop.source"],
  ["variablesNamespace", "shop.source"],
  ["stageName", ""],
  ["branch", "#{variables.branch}"],
  ["roleArn", "source"],
  ["region", "us-east"],
];
const TRIGGERS: readonly [property: string, type: string, value: string | string[], make: (given: never) => Trigger][] =
  [
    [
      "trigger.push[0].branches.includes[0] must be 1 to 255",
      "string",
      "",
      (given) => Trigger.onPush(GitPushFilter.branches({ includes: [given] })),
    ],
    [
      "trigger.push[0].tags.excludes[0] must be 1 to 255",
      "string",
      "x".repeat(256),
      (given) => Trigger.onPush(GitPushFilter.tags({ excludes: [given] })),
    ],
    [
      "trigger.push[0].filePaths.includes must have 1 to 8 elements",
      "list(string)",
      Array.from("123456789"),
      (given) => Trigger.onPush(GitPushFilter.branches({ includes: ["x"] }, { filePaths: { includes: given } })),
    ],
    [
      "trigger.pullRequest[0].branches.includes must have 1 to 8 elements",
      "list(string)",
      [""],
      (given) => Trigger.onPullRequest(GitPullRequestFilter.branches({ includes: given })),
    ],
    [
      "trigger.pullRequest[0].events[0] must be one of OPEN",
      "string",
      "MERGED",
      (given) => Trigger.onPullRequest(GitPullRequestFilter.branches({ includes: ["x"] }, { events: [given] })),
    ],
  ];
const ORDERS: readonly number[] = [0, 1000, 1.5];
const ROLE_NAMES: readonly string[] = ["", "arn:aws:iam::123456789012:policy/pipeline", "x".repeat(65)];

/** An expression as a property takes it: some take an object for a string. */
const asProperty = (property: string, expression: string): unknown => {
  if (property === "providerType") return ProviderType.of(expression);
  return property === "outputFormat" ? OutputFormat.of(expression) : expression;
};

const variable = (stack: TerraformStack, name: string, value: string): string =>
  new TerraformVariable(stack, name, { type: "string", default: value }).stringValue;

const created = (account: AwsEndpoint, operation: string) =>
  account.calls.filter((call) => call.operation === operation && call.error === undefined);

/** A pipeline around a source, so that there is something that must not be created. */
function pipelineOf(stack: TerraformStack, id: string, source: PipelineSource, roleArn: string): void {
  new Codepipeline(stack, `Pipeline${id}`, {
    name: `pipeline-${id}`,
    roleArn,
    pipelineType: "V2",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [source.stage, APPROVE],
    dependsOn: source.dependencies,
  });
}

describeOnTerraform("an expression", () => {
  const account = accountOfSuite();

  test("fails the plan with the rule's sentence when it breaks one, for every rule", async () => {
    const stack = newStack();
    const role = new IamRole(stack, "Role", { name: "pipeline", assumeRolePolicy: TRUST });
    CONNECTIONS.forEach(([property, value], index) => {
      const given = asProperty(property, variable(stack, `connection${index}`, value));
      new Connection(stack, `Connection${index}`, { providerType: ProviderType.BITBUCKET, [property]: given });
    });
    ARNS.forEach((value, index) => {
      Connection.fromConnectionArn(stack, `Existing${index}`, variable(stack, `arn${index}`, value));
    });
    const existing = Connection.fromConnectionArn(stack, "Existing", ARN, { providerType: ProviderType.BITBUCKET });
    SOURCES.forEach(([property, value], index) => {
      const source = new PipelineSource(stack, `Source${index}`, {
        connection: existing,
        repository: "acme/shop",
        branch: "main",
        pipelineRoles: [`pipeline-${index}`],
        [property]: asProperty(property, variable(stack, `source${index}`, value)),
      });
      pipelineOf(stack, String(index), source, role.arn);
    });
    TRIGGERS.forEach(([, type, value, make], index) => {
      const given = new TerraformVariable(stack, `trigger${index}`, { type, default: value });
      const trigger = make((type === "string" ? given.stringValue : given.listValue) as never);
      const settings = { repository: "acme/shop", branch: "main", pipelineRoles: [`trigger-${index}`] };
      new PipelineSource(stack, `Trigger${index}`, { connection: existing, ...settings, trigger });
    });
    ROLE_NAMES.forEach((value, index) => {
      const roles = [variable(stack, `role${index}`, value)];
      new ConnectionPolicy(stack, `Policy${index}`, { grants: [{ connection: existing }], roles });
    });
    const settings = { repository: "acme/shop", branch: "main" };
    ORDERS.forEach((value, index) => {
      const given = new TerraformVariable(stack, `order${index}`, { type: "number", default: value });
      const source = { ...settings, pipelineRoles: [`order-${index}`], runOrder: given.numberValue };
      new PipelineSource(stack, `Order${index}`, { connection: existing, ...source });
    });
    const secret = new TerraformVariable(stack, "secret", { type: "string", default: "hush-hush", sensitive: true });
    new PipelineSource(stack, "Secret", {
      connection: existing,
      repository: secret.stringValue,
      branch: "main",
      pipelineRoles: [role.name],
    });

    // What people paste, and Terraform would show, as it does not know that it is secret.
    const pasted = (name: string, value: string): string => variable(stack, name, value);
    new PipelineSource(stack, "Pasted", {
      connection: existing,
      repository: pasted("pasted1", "https://x-token-auth:hush-hush@bitbucket.org/acme/shop.git"),
      branch: "main",
      pipelineRoles: [role.name],
    });
    new ConnectionPolicy(stack, "PastedGrant", {
      grants: [
        { connection: existing, repositories: [pasted("pasted2", "https://hush-hush@bitbucket.org/acme/shop")] },
      ],
      roles: ["pasted"],
    });
    new ConnectionHost(stack, "PastedHost", {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
      providerEndpoint: pasted("pasted3", "https://admin:hush-hush@git.example.com"),
      vpcConfiguration: {
        ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
        tlsCertificate: pasted("pasted4", "-----BEGIN PRIVATE KEY-----\nhush-hush"),
      },
    });

    const project = await projectOf(stack, account());
    const { exitCode, output } = await project.plan();
    const read = sentences(output);

    expect(exitCode).toBe(1);
    CONNECTIONS.forEach(([property], index) => {
      expect(read).toContain(` stack/Connection${index}: ${property} `);
    });
    ARNS.forEach((_, index) => {
      expect(read).toContain(` stack/Existing${index}: connectionArn must be the ARN of a connection`);
    });
    SOURCES.forEach(([property], index) => {
      expect(read).toContain(` stack/Source${index}: ${property} `);
    });
    TRIGGERS.forEach(([sentence], index) => {
      expect(read).toContain(` stack/Trigger${index}: ${sentence}`);
    });
    ROLE_NAMES.forEach((_, index) => {
      expect(read).toContain(` stack/Policy${index}: roles[0] must be the name or the ARN of a role`);
    });
    for (const index of ORDERS.keys()) {
      expect(read).toContain(` stack/Order${index}: runOrder must be a whole number from 1 to 999`);
    }
    // A sensitive value in a sentence would suppress the whole of it.
    expect(read).toContain(" stack/Secret: repository must be the repository's path");
    expect(read).toContain(" stack/Pasted: repository must be the repository's path");
    expect(read).toContain(" stack/PastedGrant: grants[0].repositories[0] must be the repository's path");
    expect(read).toContain(" stack/PastedHost: providerEndpoint must be an https:// URL");
    expect(read).toContain(" stack/PastedHost: vpcConfiguration.tlsCertificate can't hold a private key");
    expect(read).not.toContain("hush-hush");
    // Each of them and no other: a sentence for each bad value.
    expect(read.match(/Resource precondition failed/g)).toHaveLength(
      CONNECTIONS.length + ARNS.length + SOURCES.length + TRIGGERS.length + ROLE_NAMES.length + ORDERS.length + 5,
    );
    project.remove();
  });

  test("stops before the pipeline when it becomes known only during apply", async () => {
    const stack = newStack();
    const role = new IamRole(stack, "Role", { name: "pipeline", assumeRolePolicy: TRUST });
    const existing = Connection.fromConnectionArn(stack, "Existing", ARN);
    const unknownArn = Connection.fromConnectionArn(stack, "Unknown", `arn:${role.uniqueId}`);
    const settings = { branch: "main", pipelineRoles: [role.name] };
    const sources = [
      new PipelineSource(stack, "Repository", { ...settings, connection: existing, repository: role.uniqueId }),
      new PipelineSource(stack, "Arn", { ...settings, connection: unknownArn, repository: "acme/shop" }),
    ];
    sources.forEach((source, index) => {
      pipelineOf(stack, String(index), source, role.arn);
    });

    const project = await projectOf(stack, account());
    const plan = await project.plan();
    expect(plan).toMatchObject({ exitCode: 0, changes: true });
    const apply = await project.apply();

    expect(apply.exitCode).not.toBe(0);
    expect(sentences(apply.output)).toContain("stack/Repository: repository must be the repository's path");
    expect(sentences(apply.output)).toContain("stack/Unknown: connectionArn must be the ARN of a connection");
    expect(created(account(), "CreatePipeline")).toEqual([]);
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });

  test("is refused as the name of the pipeline of main.ts", async () => {
    const stack = new PipelineStack(Testing.app(), "pipeline", {
      region: "us-east-1",
      pipelineName: "${var.pipeline_name}",
      connectionName: "MyConnection",
      providerType: ProviderType.BITBUCKET,
      repository: "acme/shop",
      branch: "main",
      outputFormat: OutputFormat.CODE_ZIP,
      scopeToRepository: false,
      protectConnection: false,
    });
    variable(stack, "pipeline_name", "my shop");

    const project = await projectOf(stack, account());
    const { exitCode, output } = await project.plan();

    expect(exitCode).toBe(1);
    expect(sentences(output)).toContain("pipeline: pipelineName must be 1 to 100 characters long and have only");
    project.remove();
  });

  test("that differs between the instances of a resource is checked for each of them", async () => {
    const stack = newStack();
    const names = {
      Plain: "${each.key}",
      Quoted: 'a "name" \\ of ${each.key} $${each.key}',
      Nested: '${lookup({ one = "}{", many = "${each.value}" }, each.key)}',
    };
    for (const [id, name] of Object.entries(names)) {
      // Outputs and a check are of one connection, and not of each of several.
      const settings = { providerType: ProviderType.BITBUCKET, activationReminder: false };
      const { resource } = new Connection(stack, id, { name, ...settings });
      resource.addOverride("for_each", { one: "x", many: "x".repeat(33) });
    }
    const project = await projectOf(stack, account());
    const { exitCode, output } = await project.plan();

    expect(exitCode).toBe(1);
    // Only the nested one's second name is too long, by one character.
    expect(output.match(/Error: .*/g)).toEqual(["Error: Resource precondition failed"]);
    expect(output).toContain("stack/Nested: name must be 1 to 32 characters long.");
    project.remove();
  });
});

describeOnTerraform("a variable that is null", () => {
  const account = accountOfSuite();

  test("leaves an optional property out", async () => {
    const stack = newStack();
    const nothing = (name: string, type = "string") => {
      const variable = new TerraformVariable(stack, name, { type, nullable: true, default: "" });
      variable.addOverride("default", null);
      return variable;
    };
    const lists = (name: string): string[] => nothing(name, "list(string)").listValue;
    const role = new IamRole(stack, "Role", { name: "pipeline", assumeRolePolicy: TRUST });
    const existing = Connection.fromConnectionArn(stack, "Existing", ARN, { providerType: ProviderType.BITBUCKET });
    const host = new ConnectionHost(stack, "Host", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      vpcConfiguration: {
        ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
        tlsCertificate: nothing("certificate").stringValue,
      },
    });
    new Connection(stack, "Through", { host });
    const policy = new ConnectionPolicy(stack, "Policy", {
      ...{ grants: [{ connection: existing }], roles: [role.arn] },
      ...{ description: nothing("description").stringValue, policyPath: nothing("path").stringValue },
    });
    const branches = { includes: ["main"], excludes: lists("excludes") };
    const filePaths = { includes: lists("included_paths"), excludes: ["docs/**"] };
    const source = new PipelineSource(stack, "Source", {
      ...{ connection: existing, repository: "acme/shop", branch: "main", policy },
      outputFormat: OutputFormat.of(nothing("format").stringValue),
      buildRoles: [role.name],
      variablesNamespace: nothing("namespace").stringValue,
      roleArn: nothing("role").stringValue,
      region: nothing("region").stringValue,
      runOrder: nothing("order", "number").numberValue,
      trigger: Trigger.onPushOrPullRequest(
        [GitPushFilter.branches(branches, { filePaths })],
        [GitPullRequestFilter.branches({ includes: ["main"] }, { events: lists("events") as never })],
      ),
    });
    new Codepipeline(stack, "Pipeline", {
      ...{ name: "pipeline", roleArn: role.arn, pipelineType: "V2" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });

    const project = await projectOf(stack, account());
    const { exitCode, output } = await project.apply();

    expect(output).toMatch(/Apply complete!/);
    expect(exitCode).toBe(0);
    const [pipeline] = created(account(), "CreatePipeline");
    const { stages, triggers } = pipeline?.input.pipeline as { stages: Block[]; triggers: Block[] };
    expect(Object.keys((stages[0]?.actions as object[])[0] ?? {}).sort()).toEqual([
      ...["actionTypeId", "configuration", "name", "outputArtifacts"],
    ]);
    expect(triggers[0]?.gitConfiguration).toEqual({
      sourceActionName: "Source",
      push: [{ branches: { includes: ["main"] }, filePaths: { excludes: ["docs/**"] } }],
      pullRequest: [{ branches: { includes: ["main"] } }],
    });
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });
});
