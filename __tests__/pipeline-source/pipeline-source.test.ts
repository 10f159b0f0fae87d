import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  ActivationReminder,
  Connection,
  ConnectionPolicy,
  GitPushFilter,
  type IConnection,
  OutputFormat,
  PipelineSource,
  ProviderType,
  SourceAction,
  Trigger,
} from "../../src";
import { messageOf, newStack, synthesise, Synthesis } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const newConnection = (stack: TerraformStack) =>
  (stack.node.tryFindChild("Bitbucket") as Connection | undefined) ??
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
    {
      condition: expect.stringContaining("local.Source_Given-branch_"),
      error_message: expect.stringContaining("stack/Source: branch can't hold a pipeline variable"),
    },
  ]);
  expect(Object.values(synthesis.top("locals"))).toContain("release/${var.version}");
});

test("values that differ between the instances of a pipeline are refused, since the guard knows no instance", () => {
  const props = { repository: "acme/${each.key}", branch: "${count.index}" };
  const sentence =
    "can't depend on count or each, which only the resource that has them knows: make one in a loop of the program, or use " +
    "SourceAction alone, which does not check expressions.";

  expect(messageOf(() => sourceIn(newStack(), { branch: props.branch }))).toBe(`stack/Source: branch ${sentence}`);
  expect(messageOf(() => sourceIn(newStack(), props))).toBe(
    `stack/Source: 2 problems were found:\n  - repository ${sentence}\n  - branch ${sentence}`,
  );
});

test("a namespace that Terraform finds to be null is left out, so it is not refused", () => {
  const synthesis = synthesise((stack) => {
    sourceIn(stack, { namespace: new TerraformVariable(stack, "namespace", { type: "string" }).stringValue });
  });

  const [{ condition }] = synthesis.only("data", "aws_region").lifecycle.precondition as [{ condition: string }];
  expect(condition).toMatch(/^\$\{\(var\.namespace == null \|\| /);
});

describe("several source actions", () => {
  const onARN = (stack: TerraformStack, id: string, props: object = {}) =>
    new SourceAction({
      connection: Connection.fromConnectionArn(stack, id, ARN.replace("0c8b1a2f", id)),
      repository: `acme/${id}`,
      branch: "main",
      actionName: id,
      ...props,
    });

  test("make one stage, with a trigger each that has one, and one permission for all connections", () => {
    const trigger = Trigger.onPush(GitPushFilter.tags({ includes: ["v*"] }));
    const synthesis = synthesise((stack) => {
      const additionalActions = [onARN(stack, "library", { trigger }), onARN(stack, "docs")];
      const source = sourceIn(stack, { additionalActions });
      expect(source.stage.action).toMatchObject([{ name: "Source" }, { name: "library" }, { name: "docs" }]);
      expect(source.actions.slice(1)).toEqual(additionalActions);
      expect(source.triggers).toMatchObject([{ gitConfiguration: { sourceActionName: "library" } }]);
      expect(source.variables.commitId).toBe("#{SourceVariables.CommitId}");
      expect(source.buildPolicy).toBeUndefined();
    });

    const { Statement } = JSON.parse(String(synthesis.only("resource", "aws_iam_policy").policy)) as {
      Statement: [{ Resource: string[] }];
    };
    expect(Statement[0].Resource).toEqual([
      expect.stringContaining("aws_codestarconnections_connection"),
      ARN.replace("0c8b1a2f", "library"),
      ARN.replace("0c8b1a2f", "docs"),
    ]);
  });

  test("each have the reminder of their connection", () => {
    const synthesis = synthesise((stack) => {
      const connection = new Connection(stack, "GitHub", { providerType: ProviderType.GITHUB });
      sourceIn(stack, { additionalActions: [onARN(stack, "library", { connection })] });
    });

    expect(Object.keys(synthesis.top("check"))).toHaveLength(2);
  });

  test("let the build roles use only the connections that are cloned through", () => {
    const synthesis = synthesise((stack) => {
      const additionalActions = [onARN(stack, "library", { outputFormat: OutputFormat.CODEBUILD_CLONE_REF })];
      const source = sourceIn(stack, { additionalActions, buildRoleNames: ["build"] });
      expect(source.dependencies).toHaveLength(2);
    });

    const policies = Object.values(synthesis.blocks("resource", "aws_iam_policy")).map(({ policy }) => String(policy));
    expect(policies).toHaveLength(2);
    expect(policies.filter((policy) => policy.includes("aws_codestarconnections_connection"))).toHaveLength(1);
    const [build] = Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment")).filter(
      ({ role }) => role === "build",
    );
    expect(build?.policy_arn).toMatch(/^\$\{aws_iam_policy\.Source_BuildPolicy_/);
  });

  test("have their expressions checked by the guard, under their place in the list", () => {
    const synthesis = synthesise((stack) => {
      const repository = new TerraformVariable(stack, "repository", { type: "string" }).stringValue;
      sourceIn(stack, { additionalActions: [onARN(stack, "library", { repository })] });
    });

    expect(synthesis.only("data", "aws_region").lifecycle.precondition).toMatchObject([
      { error_message: expect.stringContaining("stack/Source: additionalActions[0].repository must be") as string },
    ]);
  });

  test.each([
    [
      { actionName: "Source" },
      'there is more than one action "Source" in the stage "Source": give each its actionName.',
    ],
    [{ outputArtifactName: "SourceOutput" }, 'more than one action has the output artifact "SourceOutput".'],
    [{ namespace: "Shop" }, 'more than one action has the namespace "Shop".'],
    [{ namespace: "SourceOutput" }, 'the namespace "SourceOutput" is also the name of an artifact.'],
    [
      { repository: "acme/shop", branch: "develop" },
      'the action "Source" and the action "library" pull two branches of "acme/shop", and both detect changes, but only ' +
        "one branch would start the pipeline: set detectChanges to false on one of them.",
    ],
  ])("that collide are refused: %j", (props, sentence) => {
    const stack = newStack();
    const connection = newConnection(stack);
    const additionalActions = [onARN(stack, "library", { connection, ...props })];
    const message = messageOf(() => sourceIn(stack, { connection, namespace: "Shop", additionalActions }));

    expect(message).toContain(sentence);
    expect(message).toMatch(/^stack\/Source: /);
  });

  test.each([
    ["the same branch of one repository", { repository: "acme/shop" }],
    ["another branch that detects nothing", { repository: "acme/shop", branch: "develop", detectChanges: false }],
    ["another branch that only Terraform knows", { repository: "acme/shop", branch: "${var.branch}" }],
    ["another repository", { branch: "develop" }],
  ])("may pull %s", (_, props) => {
    const stack = newStack();
    const connection = newConnection(stack);
    const additionalActions = [onARN(stack, "library", { connection, ...props })];

    expect(() => sourceIn(stack, { connection, additionalActions })).not.toThrow();
  });

  test("may pull another branch of a repository that has the same path, through another connection", () => {
    const stack = newStack();
    const additionalActions = [onARN(stack, "library", { repository: "acme/shop", branch: "develop" })];

    expect(() => sourceIn(stack, { additionalActions })).not.toThrow();
  });

  test.each([
    ["x", 'additionalActions must be a list of source actions. Given: "x".'],
    [[{}], "additionalActions[0] must be a source action: new SourceAction(…). Given: {}."],
    [[undefined], "additionalActions[0] must be given."],
    [[null], "additionalActions[0] must be a source action: new SourceAction(…). Given: null."],
  ])("must be source actions, not %j", (additionalActions, sentence) => {
    expect(messageOf(() => sourceIn(newStack(), { additionalActions }))).toBe(`stack/Source: ${sentence}`);
  });

  test("need a build role when one of them is a full clone", () => {
    const stack = newStack();
    const additionalActions = [onARN(stack, "library", { outputFormat: OutputFormat.CODEBUILD_CLONE_REF })];

    expect(messageOf(() => sourceIn(stack, { additionalActions }))).toContain(
      "stack/Source: additionalActions[0].outputFormat can't be CODEBUILD_CLONE_REF without buildRoleNames",
    );
  });
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

describe("the permission", () => {
  const documentsOf = (synthesis: Synthesis) =>
    Object.values(synthesis.blocks("resource", "aws_iam_policy")).map(({ policy }) => String(policy));

  test("can be limited to the repositories of the source actions, and to reading", () => {
    const synthesis = synthesise((stack) => {
      const connection = newConnection(stack);
      const docs = new SourceAction({ connection, repository: "acme/docs", branch: "main", actionName: "Docs" });
      sourceIn(stack, { additionalActions: [docs], scopeToRepositories: true, readOnly: true });
    });

    const [document = "{}"] = documentsOf(synthesis);
    const { Statement } = JSON.parse(document) as { Statement: { Condition: { [operator: string]: object } }[] };
    expect(Statement.map(({ Condition }) => Condition.StringEqualsIfExists)).toEqual(
      ["codeconnections", "codestar-connections"].map((prefix) => ({
        [`${prefix}:FullRepositoryId`]: ["acme/shop", "acme/docs"],
        [`${prefix}:ProviderPermissionsRequired`]: "read_only",
      })),
    );
  });

  test("of build roles is limited to what they clone", () => {
    const synthesis = synthesise((stack) => {
      const connection = newConnection(stack);
      const docs = new SourceAction({
        ...{ connection, repository: "acme/docs", branch: "main", actionName: "Docs" },
        outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
      });
      const source = sourceIn(stack, {
        additionalActions: [docs],
        scopeToRepositories: true,
        buildRoleNames: ["build"],
      });
      expect(source.buildPolicy?.policies).toHaveLength(1);
    });

    expect(documentsOf(synthesis).filter((document) => document.includes("acme/docs"))).toHaveLength(2);
    expect(documentsOf(synthesis).filter((document) => document.includes("acme/shop"))).toHaveLength(1);
  });

  test("of a role that runs the pipeline and builds is given once", () => {
    const synthesis = synthesise((stack) => {
      const connection = newConnection(stack);
      const docs = new SourceAction({
        ...{ connection, repository: "acme/docs", branch: "main", actionName: "Docs" },
        outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
      });
      sourceIn(stack, { additionalActions: [docs], scopeToRepositories: true, buildRoleNames: ["pipeline"] });
    });

    expect(rolesOf(synthesis)).toEqual(["pipeline"]);
  });

  test("of two actions on one connection is one, if one of them is cloned", () => {
    const synthesis = synthesise((stack) => {
      const connection = newConnection(stack);
      const docs = new SourceAction({
        ...{ connection, repository: "acme/docs", branch: "main", actionName: "Docs" },
        outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
      });
      sourceIn(stack, { additionalActions: [docs], buildRoleNames: ["build"] });
    });

    expect(documentsOf(synthesis)).toHaveLength(1);
    expect(rolesOf(synthesis)).toEqual(["build", "pipeline"]);
  });

  test("of a repository that only Terraform knows is written with it", () => {
    const synthesis = synthesise((stack) => {
      const repository = new TerraformVariable(stack, "repository", { type: "string" }).stringValue;
      sourceIn(stack, { repository, scopeToRepositories: true });
    });

    expect(JSON.stringify(synthesis.top("locals"))).toContain('FullRepositoryId\\":\\"${var.repository}\\"');
  });
});

describe("a policy that many sources share", () => {
  const shared = (stack: TerraformStack, grant: object = {}, id = "Fleet") =>
    new ConnectionPolicy(stack, id, {
      grants: [{ connection: newConnection(stack), ...grant }],
      roleNames: ["pipeline"],
    });
  const on = (stack: TerraformStack, policy: ConnectionPolicy, props: object = {}) =>
    sourceIn(stack, { policy, pipelineRoleNames: undefined, ...props });

  test("is what the pipeline waits for, and the source makes none of its own", () => {
    const synthesis = synthesise((stack) => {
      const policy = shared(stack);
      const source = on(stack, policy);
      expect(source.policy).toBe(policy);
      expect(source.dependencies).toEqual(policy.dependencies);
    });

    expect(Object.keys(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
  });

  test("lets eleven sources use one role, for which their own policies would be too many", () => {
    const eleven = (props: object) => () => {
      const stack = newStack();
      const policy = shared(stack);
      for (let index = 1; index <= 11; index++) {
        const settings = { connection: newConnection(stack), repository: `acme/shop-${index}`, branch: "main" };
        new PipelineSource(stack, `Source${index}`, { ...settings, ...("policy" in props ? { policy } : props) });
      }
    };

    expect(eleven({ policy: true })).not.toThrow();
    expect(eleven({ pipelineRoleNames: ["own"] })).toThrow(/would get 11 managed policies .*Make one ConnectionPolicy/);
  });

  test("must allow what each source action pulls", () => {
    const stack = newStack();
    const policy = shared(stack, { repositories: ["acme/site", "other/*"] });

    expect(messageOf(() => on(stack, policy))).toBe(
      'stack/Source: policy does not allow "acme/shop" (branch "main") through stack/Bitbucket, which the source ' +
        'action "Source" pulls: add it to the grants of stack/Fleet, in the same case.',
    );
  });

  test.each<[string, object, object, boolean]>([
    ["the repository by a pattern", { repositories: ["acme/*"] }, {}, true],
    ["the branch", { branches: ["main"] }, {}, true],
    ["another branch", { branches: ["next"] }, {}, false],
    [
      "another branch, where a trigger says which count",
      { branches: ["next"] },
      { trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["next"] })) },
      true,
    ],
  ])("may allow %s", (_, grant, props, accepted) => {
    const stack = newStack();
    const make = () => on(stack, shared(stack, grant), props);

    if (accepted) expect(make).not.toThrow();
    else expect(make).toThrow(/policy does not allow "acme\/shop"/);
  });

  test("says itself who runs the pipeline", () => {
    const stack = newStack();

    expect(messageOf(() => sourceIn(stack, { policy: shared(stack) }))).toBe(
      "stack/Source: pipelineRoleNames can't be given beside policy: name the roles in the roleNames of the policy, or " +
        "leave policy out.",
    );
  });

  describe("and a full clone", () => {
    const clone = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };

    test("need the build role to be named", () => {
      const stack = newStack();

      expect(messageOf(() => on(stack, shared(stack), clone))).toContain(
        "outputFormat can't be CODEBUILD_CLONE_REF without buildRoleNames",
      );
    });

    test("give a build role that the policy has no second permission", () => {
      const stack = newStack();

      expect(on(stack, shared(stack), { ...clone, buildRoleNames: ["pipeline"] }).buildPolicy).toBeUndefined();
    });

    test("give another build role what it clones, limited on request", () => {
      const stack = newStack();
      const policy = shared(stack);
      const build = { buildRoleNames: ["build"], scopeToRepositories: true };
      const source = on(stack, policy, { ...clone, ...build });

      const { policy: document } = source.buildPolicy?.policies[0]?.toTerraform().resource.aws_iam_policy[
        source.buildPolicy.policies[0].friendlyUniqueId
      ] as { policy: string };
      expect(document).toContain('"codeconnections:FullRepositoryId":"acme/shop"');
      expect(source.dependencies).toEqual([...policy.dependencies, ...(source.buildPolicy?.dependencies ?? [])]);
    });
  });

  test("or roles must be given", () => {
    expect(messageOf(() => sourceIn(newStack(), { pipelineRoleNames: undefined }))).toContain(
      "pipelineRoleNames or policy must be given",
    );
  });

  test("may be on the same connection under another name", () => {
    const stack = newStack();
    const arn = new TerraformVariable(stack, "arn", { type: "string" });
    const [granted, used] = ["Granted", "Used"].map((id) => Connection.fromConnectionArn(stack, id, arn.stringValue));
    const policy = shared(stack, { connection: granted });

    expect(() => on(stack, policy, { connection: used })).not.toThrow();
  });

  test("may be on a connection that is made here, by another reading of its ARN", () => {
    const stack = newStack();
    const policy = shared(stack);
    const { arn } = newConnection(stack).resource as CodestarconnectionsConnection;
    const used = Connection.fromConnectionArn(stack, "Again", arn);

    expect(() => on(stack, policy, { connection: used })).not.toThrow();
  });

  test("of a stack that depends on the source's own is refused", () => {
    const app = Testing.app();
    const [owner, user] = [new TerraformStack(app, "owner"), new TerraformStack(app, "user")];
    user.addDependency(owner);
    const connection = Connection.fromConnectionArn(user, "Existing", ARN);
    const policy = shared(user, { connection });

    expect(messageOf(() => on(owner, policy, { connection }))).toBe(
      "owner/Source: policy is in the stack user, which depends on this one: make it in the stack of the roles, before the " +
        "stacks that use it.",
    );
  });

  test("of another stack makes the whole stack wait", () => {
    const app = Testing.app();
    const [owner, user] = ["owner", "user"].map((id) => {
      const stack = new TerraformStack(app, id);
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      return stack;
    }) as [TerraformStack, TerraformStack];
    const policy = shared(owner);
    const source = on(user, policy, { connection: newConnection(owner) });

    expect(source.dependencies).toEqual([]);
    expect(user.dependencies).toEqual([owner]);
  });
});
