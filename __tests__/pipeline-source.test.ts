import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { ActivationReminder, Connection, type IConnection, OutputFormat, PipelineSource, ProviderType } from "../src";
import { messageOf, newStack, synthesise, Synthesis } from "./support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const newConnection = (stack: TerraformStack) =>
  new Connection(stack, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET });

function sourceIn(stack: TerraformStack, props: object = {}): PipelineSource {
  return new PipelineSource(stack, "Source", {
    connection: newConnection(stack),
    repository: "acme/shop",
    branch: "main",
    pipelineRoleNames: ["pipeline"],
    ...props,
  });
}

const rolesOf = (synthesis: Synthesis) =>
  Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"))
    .map(({ role }) => String(role))
    .sort();

test("a minimal source gives the stage, the permission and the reminder, and no guard", () => {
  const synthesis = synthesise((stack) => {
    const source = sourceIn(stack);
    expect(source.stage).toMatchObject({ name: "Source", action: [{ name: "Source", category: "Source" }] });
    expect(source.triggers).toEqual([]);
    expect(source.outputArtifactName).toBe("SourceOutput");
    expect(source.dependencies).toHaveLength(1);
  });

  expect(rolesOf(synthesis)).toEqual(["pipeline"]);
  expect(Object.keys(synthesis.top("output"))).toHaveLength(3);
  expect(Object.keys(synthesis.top("check"))).toHaveLength(1);
  expect(synthesis.top("data")).toEqual({});
});

describe("the region of the pipeline", () => {
  const inRegion = (region: string | undefined, props: object = {}) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AwsProvider(stack, "aws", { region });
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    new PipelineSource(stack, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoleNames: ["pipeline"],
      ...props,
    });
    return new Synthesis(Testing.synth(stack, true));
  };

  test("is refused where CodePipeline can't use connections, and accepted on request", () => {
    expect(messageOf(() => inRegion("ap-east-1"))).toMatch(
      /^stack\/Source: the provider's region must be one where .* set allowAnyRegion to true\)\. Given: "ap-east-1"\.$/,
    );
    expect(() => inRegion("ap-east-1", { allowAnyRegion: true })).not.toThrow();
  });

  test("that only Terraform knows is warned of", () => {
    expect(Object.keys(inRegion(undefined).top("check"))).toEqual([
      expect.stringMatching(/^Source_RegionCheck_/) as string,
    ]);
  });
});

test("any pipeline takes the stage and waits for the permission", () => {
  const synthesis = synthesise((stack) => {
    const source = sourceIn(stack, { stageName: "Pull" });
    new Codepipeline(stack, "Pipeline", {
      name: "shop",
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      pipelineType: "V2",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [source.stage, { name: "Build", action: [] }],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  });

  const { stage, depends_on } = synthesis.only("resource", "aws_codepipeline");
  expect(stage[0]).toMatchObject({ name: "Pull", action: [{ provider: "CodeStarSourceConnection" }] });
  expect(depends_on).toEqual([
    expect.stringMatching(/^aws_iam_role_policy_attachment\.Source_Policy_Attachment-pipeline_/),
  ]);
});

test("the permission can be inline, and made with another provider", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    sourceIn(stack, { inlinePolicies: true, provider });
  });

  expect(synthesis.only("resource", "aws_iam_role_policy")).toMatchObject({ role: "pipeline", provider: "aws.west" });
});

describe("build roles", () => {
  const fullClone = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };

  test("of a full clone get the permission", () => {
    expect(rolesOf(synthesise((stack) => sourceIn(stack, { ...fullClone, buildRoleNames: ["build"] })))).toEqual([
      "build",
      "pipeline",
    ]);
  });

  test("of a ZIP get none", () => {
    expect(rolesOf(synthesise((stack) => sourceIn(stack, { buildRoleNames: ["build"] })))).toEqual(["pipeline"]);
  });

  test("of a format that only Terraform knows get it, since it may be a full clone", () => {
    const roles = { outputFormat: "${var.format}", buildRoleNames: ["build"] };

    expect(rolesOf(synthesise((stack) => sourceIn(stack, roles)))).toEqual(["build", "pipeline"]);
  });

  test.each([undefined, []])("of a full clone must be named, not %j", (buildRoleNames) => {
    expect(messageOf(() => sourceIn(newStack(), { ...fullClone, buildRoleNames }))).toContain(
      "stack/Source: outputFormat can't be CODEBUILD_CLONE_REF without buildRoleNames: CodeBuild clones the repository itself",
    );
  });

  test("must be named for a format that only Terraform knows, unless it turns out to be a ZIP", () => {
    const synthesis = synthesise((stack) => sourceIn(stack, { outputFormat: "${var.format}" }));

    const preconditions = synthesis.only("data", "aws_region").lifecycle.precondition as { error_message: string }[];
    const sentences = preconditions.map(({ error_message }) => error_message);
    expect(sentences).toEqual([
      expect.stringContaining("outputFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF."),
      expect.stringContaining("outputFormat can't be CODEBUILD_CLONE_REF without buildRoleNames"),
    ]);
  });
});

test("expressions are checked by a guard that the pipeline waits for", () => {
  const synthesis = synthesise((stack) => {
    const repository = new TerraformVariable(stack, "repository", { type: "string" }).stringValue;
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const { dependencies } = sourceIn(stack, { repository, branch: "release/${var.version}", provider });
    expect(dependencies.map(({ fqn }) => fqn)).toHaveLength(2);
  });

  const { lifecycle, provider } = synthesis.only("data", "aws_region");
  expect(provider).toBe("aws.west");
  expect(lifecycle.precondition).toEqual([
    {
      condition: expect.stringContaining("var.repository"),
      error_message: expect.stringMatching(/^stack\/Source: repository must be the repository's path/),
    },
    {
      condition: expect.stringContaining("local.Source_Given-branch_"),
      error_message: "stack/Source: branch must be 1 to 1000 characters long.",
    },
  ]);
  expect(Object.values(synthesis.top("locals"))).toContain("release/${var.version}");
});

test("a namespace that Terraform finds to be null is left out, so it is not refused", () => {
  const synthesis = synthesise((stack) => {
    sourceIn(stack, { namespace: new TerraformVariable(stack, "namespace", { type: "string" }).stringValue });
  });

  const [{ condition }] = synthesis.only("data", "aws_region").lifecycle.precondition as [{ condition: string }];
  expect(condition).toMatch(/^\$\{\(var\.namespace == null \|\| /);
});

describe("the reminder of an existing connection", () => {
  const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
  const on = (stack: TerraformStack, connection: IConnection) =>
    new PipelineSource(stack, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoleNames: ["pipeline"],
    });

  test("is not made where that would need a reading that nobody asked for", () => {
    const synthesis = synthesise((stack) => {
      expect(on(stack, Connection.fromConnectionArn(stack, "Existing", ARN)).activationReminder).toBeUndefined();
    });

    expect(synthesis.top("output")).toEqual({});
    expect(synthesis.top("check")).toEqual({});
    expect(synthesis.top("data")).toEqual({});
  });

  test("is made where it is read, and where it is found by its name", () => {
    for (const make of [
      (stack: TerraformStack) => Connection.fromConnectionArn(stack, "Existing", ARN, { readStatus: true }),
      (stack: TerraformStack) => Connection.fromConnectionName(stack, "Existing", "MyConnection"),
    ]) {
      const synthesis = synthesise((stack) => on(stack, make(stack)));

      expect(Object.keys(synthesis.top("output"))).toHaveLength(3);
      expect(Object.keys(synthesis.top("check"))).toHaveLength(1);
    }
  });

  test("is the user's own, if there is one", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const reminder = new ActivationReminder(stack, "Reminder", { connection });

    expect(on(stack, connection).activationReminder).toBe(reminder);
  });
});

test("two sources on one connection share its reminder, in the stack that owns the connection", () => {
  const app = Testing.app();
  const owner = new TerraformStack(app, "owner");
  const user = new TerraformStack(app, "user");
  for (const stack of [owner, user]) new AwsProvider(stack, "aws", { region: "us-east-1" });
  const connection = newConnection(owner);
  for (const id of ["One", "Two"]) {
    new PipelineSource(user, id, {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoleNames: ["pipeline"],
    });
  }

  const inUser = new Synthesis(Testing.synth(user, true));
  const inOwner = new Synthesis(Testing.synth(owner, true));
  expect(Object.keys(inOwner.top("check"))).toHaveLength(1);
  expect(inUser.top("check")).toEqual({});
  expect(inUser.top("output")).toEqual({});
});

test("all that is wrong is said at once, and nothing of it is made", () => {
  const stack = newStack();
  const message = messageOf(() =>
    sourceIn(stack, {
      repository: "shop",
      branch: "",
      stageName: "Pull it",
      outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
      pipelineRoleNames: [],
      buildRoleNames: ["my role"],
    }),
  );

  expect(message.split("\n").map((line) => line.replace(/^ {2}- (\S+).*$/, "$1"))).toEqual([
    "stack/Source: 5 problems were found:",
    "repository",
    "branch",
    "stageName",
    "pipelineRoleNames",
    "buildRoleNames[0]",
  ]);
});
