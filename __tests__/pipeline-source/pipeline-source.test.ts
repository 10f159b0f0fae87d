import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Op, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  Connection,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  type IConnection,
  OutputFormat,
  PipelineSource,
  ProviderType,
  type PullRequestEvent,
  SourceAction,
  Trigger,
} from "../../src";
import { building, errorOn, pipelineIn, warningsOf } from "../support/pipelines";
import { messageOf, newStack, synthesise, Synthesis, testingApp } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const newConnection = (stack: TerraformStack) =>
  (stack.node.tryFindChild("Bitbucket") as Connection | undefined) ??
  new Connection(stack, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET });

function sourceIn(stack: TerraformStack, props: object = {}): PipelineSource {
  return new PipelineSource(stack, "Source", {
    connection: newConnection(stack),
    repository: "acme/shop",
    branch: "main",
    pipelineRoles: ["pipeline"],
    ...props,
  });
}

const rolesOf = (synthesis: Synthesis) =>
  Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"))
    .map(({ role }) => String(role))
    .sort();

test("a minimal source gives the stage and the permission, and no guard; the reminder is the connection's", () => {
  const synthesis = synthesise((stack) => {
    const source = sourceIn(stack);
    expect(source.stage).toMatchObject({ name: "Source", action: [{ name: "Source", category: "Source" }] });
    expect(source).not.toHaveProperty("activationReminder");
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
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aws", { region });
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    new PipelineSource(stack, "Source", {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: ["pipeline"],
      ...props,
    });
    return new Synthesis(Testing.synth(stack, true));
  };

  test("is refused where CodePipeline can't use connections, and accepted on request", () => {
    expect(messageOf(() => inRegion("ap-east-1"))).toMatch(
      /^stack\/Source: the provider's region must be a region where .* set allowAnyRegion to true\)\. Given: "ap-east-1"\.$/,
    );
    expect(() => inRegion("ap-east-1", { allowAnyRegion: true })).not.toThrow();
  });

  test("that is known at plan is warned of", () => {
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
      stage: [source.stage, building()],
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
    sourceIn(stack, { inline: true, provider });
  });

  expect(synthesis.only("resource", "aws_iam_role_policy")).toMatchObject({ role: "pipeline", provider: "aws.west" });
});

describe("build roles", () => {
  const fullClone = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };

  test("of a full clone get the permission", () => {
    expect(rolesOf(synthesise((stack) => sourceIn(stack, { ...fullClone, buildRoles: ["build"] })))).toEqual([
      "build",
      "pipeline",
    ]);
  });

  test("of a ZIP get none", () => {
    expect(rolesOf(synthesise((stack) => sourceIn(stack, { buildRoles: ["build"] })))).toEqual(["pipeline"]);
  });

  test("of a format that is an expression get it, since it may be a full clone", () => {
    const roles = { outputFormat: OutputFormat.of("${var.format}"), buildRoles: ["build"] };

    expect(rolesOf(synthesise((stack) => sourceIn(stack, roles)))).toEqual(["build", "pipeline"]);
  });

  test.each([undefined, []])("of a full clone must be named, not %j", (buildRoles) => {
    expect(messageOf(() => sourceIn(newStack(), { ...fullClone, buildRoles }))).toContain(
      "stack/Source: outputFormat can't be CODEBUILD_CLONE_REF without buildRoles: CodeBuild clones the repository itself",
    );
  });

  test("must be named for a format that is an expression, unless it turns out to be a ZIP", () => {
    const synthesis = synthesise((stack) => sourceIn(stack, { outputFormat: OutputFormat.of("${var.format}") }));

    const preconditions = synthesis.only("data", "aws_region").lifecycle.precondition as { error_message: string }[];
    const sentences = preconditions.map(({ error_message }) => error_message);
    expect(sentences).toEqual([
      expect.stringContaining("outputFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF."),
      expect.stringContaining("outputFormat can't be CODEBUILD_CLONE_REF without buildRoles"),
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
      condition: expect.stringMatching(/^\$\{nonsensitive\(.*local\.Source_Given-repository_/),
      error_message: expect.stringMatching(/^stack\/Source: repository must be the repository's path/),
    },
    {
      condition: expect.stringMatching(/^\$\{nonsensitive\(.*local\.Source_Given-repository_/),
      error_message: expect.stringContaining("stack/Source: repository can't hold *"),
    },
    {
      condition: expect.stringContaining("local.Source_Given-branch_"),
      error_message: "stack/Source: branch must be 1 to 1000 characters long.",
    },
    {
      condition: expect.stringContaining("local.Source_Given-branch_"),
      error_message: expect.stringContaining("stack/Source: branch can't hold a pipeline variable"),
    },
    {
      condition: expect.stringContaining("local.Source_Given-branch_"),
      error_message: expect.stringContaining("stack/Source: branch can't hold control characters"),
    },
  ]);
  expect(Object.values(synthesis.top("locals"))).toContain("release/${var.version}");
});

test("values that differ between the instances of a pipeline are refused, since the guard knows no instance", () => {
  const props = { repository: "acme/${each.key}", branch: "${count.index}" };
  const sentence =
    "can't use count or each: only the resource with count or for_each knows their value. Create one PipelineSource for " +
    "each value in a loop of your program, or use SourceAction without PipelineSource (SourceAction does not check " +
    "expressions).";

  expect(messageOf(() => sourceIn(newStack(), { branch: props.branch }))).toBe(`stack/Source: branch ${sentence}`);
  expect(messageOf(() => sourceIn(newStack(), props))).toBe(
    `stack/Source: 2 problems were found:\n  - repository ${sentence}\n  - branch ${sentence}`,
  );
});

describe("an optional argument that Terraform finds to be null is left out, so it is not refused:", () => {
  test.each(["variablesNamespace", "roleArn", "region", "runOrder"])("%s", (property) => {
    const synthesis = synthesise((stack) => {
      const variable = new TerraformVariable(stack, "value", { type: property === "runOrder" ? "number" : "string" });
      sourceIn(stack, { [property]: property === "runOrder" ? variable.numberValue : variable.stringValue });
    });

    const [{ condition }] = synthesis.only("data", "aws_region").lifecycle.precondition as [{ condition: string }];
    expect(condition).toMatch(/^\$\{\((var\.value|local\.Source_Given-runOrder_\w+) == null \|\| .*\)\}$/);
  });

  test("the lists of a trigger's filters", () => {
    const synthesis = synthesise((stack) => {
      const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
      const filter = GitPullRequestFilter.branches(
        { includes: list, excludes: list },
        { filePaths: { includes: list }, events: list as PullRequestEvent[] },
      );
      sourceIn(stack, { trigger: Trigger.onPullRequest(filter) });
    });

    const conditions = synthesis.only("data", "aws_region").lifecycle.precondition as { condition: string }[];
    expect(conditions).toHaveLength(4);
    for (const { condition } of conditions) {
      const [, local = ""] = /^\$\{\(local\.(Source_Given-trigger\w+) == null \|\| .*\)\}$/.exec(condition) ?? [];
      expect(synthesis.top("locals")[local]).toBe("${var.list}");
    }
  });

  test.each(["repository", "branch", "stageName", "actionName", "outputArtifactName"])(
    "but not %s, which is never left out",
    (property) => {
      const synthesis = synthesise((stack) => {
        sourceIn(stack, { [property]: new TerraformVariable(stack, "value", { type: "string" }).stringValue });
      });

      expect(synthesis.json).toContain(`stack/Source: ${property} must be`);
      expect(synthesis.json).not.toContain("== null");
    },
  );
});

describe("a property", () => {
  test("that is null is not given, nested ones and those in lists too", () => {
    const nothing = {
      ...{ outputFormat: null, trigger: null, detectChanges: null, variablesNamespace: null, runOrder: null },
      ...{ roleArn: null, region: null, stageName: null, additionalActions: null, policy: null, buildRoles: null },
      ...{ scopeToRepositories: null, readOnly: null, inline: null, requireActivation: null, provider: null },
    };

    expect(synthesise((stack) => sourceIn(stack, nothing)).json).toBe(synthesise((stack) => sourceIn(stack)).json);
    expect(messageOf(() => sourceIn(newStack(), { pipelineRoles: null }))).toBe(
      "stack/Source: pipelineRoles or policy must be given, or createPolicy: false where the roles have the permission already.",
    );
    expect(messageOf(() => sourceIn(newStack(), { pipelineRoles: ["pipeline", null] }))).toBe(
      "stack/Source: pipelineRoles[1] must be given.",
    );
  });

  test("that is a construct, and no connection, is refused", () => {
    const stack = newStack();

    expect(messageOf(() => sourceIn(stack, { connection: stack }))).toContain("connection must be a connection");
  });

  test("that is no source action, though it has a connection, is refused", () => {
    const stack = newStack();
    const connection = newConnection(stack);

    expect(messageOf(() => sourceIn(stack, { additionalActions: [{ connection }] }))).toContain(
      "additionalActions[0] must be",
    );
  });

  test("that is none of ours is warned of, at the source, once", () => {
    const stack = newStack();
    const source = sourceIn(stack, { namespace: "Shop", tags: { team: "shop" } });

    const sentence = "is not a property here, so it has no effect.";
    expect(warningsOf(source)).toEqual([`namespace ${sentence}`, `tags ${sentence}`]);
    expect(stack.node.findAll().flatMap(warningsOf)).toHaveLength(2);
  });

  test.each([
    ["readonly", true, "readOnly"],
    ["buildRols", ["build"], "buildRoles"],
    ["buildRole", ["build"], "buildRoles"],
    ["detectchanges", false, "detectChanges"],
    ["additionalAction", [], "additionalActions"],
  ])("%s is misspelt, and refused", (name, value, meant) => {
    expect(messageOf(() => sourceIn(newStack(), { [name]: value }))).toBe(
      `stack/Source: ${name} is not a property. Did you mean ${meant}?`,
    );
  });

  test("a property like one that is given too is somebody's own, and only warned of", () => {
    const stack = newStack();
    const source = sourceIn(stack, { pipelineRole: "pipeline" });

    expect(warningsOf(source)).toEqual(["pipelineRole is not a property here, so it has no effect."]);
  });
});

describe("detectChanges", () => {
  test("may be an expression: the guard checks it, and null becomes the default", () => {
    const synthesis = synthesise((stack) => {
      const flag = new TerraformVariable(stack, "detects", { type: "bool" }).booleanValue;
      const { stage, dependencies } = sourceIn(stack, { detectChanges: Op.not(flag) });
      pipelineIn(stack, [], { stage: [stage, building()], dependsOn: dependencies });
    });

    const { stage } = synthesis.only("resource", "aws_codepipeline");
    expect(stage[0].action[0].configuration.DetectChanges).toBe('${coalesce(tostring("${!var.detects}"), "true")}');
    expect(synthesis.only("data", "aws_region").lifecycle.precondition).toEqual([
      {
        condition: expect.stringMatching(/^\$\{\(local\.\S+ == null \|\| try\(contains\(\["true", .*tostring\(local\./),
        error_message: 'stack/Source: detectChanges must be "true" or "false".',
      },
    ]);
  });

  test.each(["true", 1])("is no string or number: %j", (detectChanges) => {
    expect(messageOf(() => sourceIn(newStack(), { detectChanges }))).toBe(
      `stack/Source: detectChanges must be a boolean (true or false) or an expression. Given: ${JSON.stringify(detectChanges)}.`,
    );
  });
});

describe("an output format", () => {
  const withFormat = (value: string) => {
    const stack = newStack();
    const source = sourceIn(stack, { outputFormat: OutputFormat.of(value), buildRoles: ["build"] });
    const { stage, dependencies } = source;
    const pipeline = pipelineIn(stack, [], { stage: [stage, building()], dependsOn: dependencies });
    const synthesis = new Synthesis(Testing.synth(stack, true));
    return { synthesis, source, warnings: stack.node.findAll().flatMap(warningsOf), ofPipeline: warningsOf(pipeline) };
  };

  test("that is unknown is warned of at synthesis, once, and written", () => {
    const { synthesis, warnings, ofPipeline } = withFormat("CODE_TAR");

    expect(warnings).toEqual(ofPipeline);
    expect(ofPipeline).toEqual([
      "stage[0].action[0].configuration.OutputArtifactFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF, as far as " +
        'this library knows. Given: "CODE_TAR". [source-output-format]',
    ]);
    const { stage } = synthesis.only("resource", "aws_codepipeline");
    expect(stage[0].action[0].configuration.OutputArtifactFormat).toBe("CODE_TAR");
    expect(synthesis.top("data")).toEqual({});
  });

  test("that is an expression is checked at plan", () => {
    const { synthesis, warnings } = withFormat("${var.format}");

    expect(warnings).toEqual([]);
    expect(synthesis.only("data", "aws_region").lifecycle.precondition).toEqual([
      {
        condition: '${(var.format == null || try(contains(["CODE_ZIP", "CODEBUILD_CLONE_REF"], var.format), false))}',
        error_message: "stack/Source: outputFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF.",
      },
    ]);
  });
});

describe("roles", () => {
  const ARN_OF = "arn:aws:iam::123456789012:role/team/";
  const role = (stack: TerraformStack, id = "Role") => new IamRole(stack, id, { assumeRolePolicy: "{}" });

  test("are given by names or ARNs, and get the permission by their names", () => {
    const outputFormat = OutputFormat.CODEBUILD_CLONE_REF;
    const synthesis = synthesise((stack) => {
      const build = [`${ARN_OF}build`, "build", "pipeline"];
      sourceIn(stack, { outputFormat, pipelineRoles: [`${ARN_OF}pipeline`], buildRoles: build });
    });

    expect(rolesOf(synthesis)).toEqual(["build", "pipeline"]);
  });

  test("of the program need no precondition, and one that runs the pipeline and builds is one role", () => {
    const outputFormat = OutputFormat.CODEBUILD_CLONE_REF;
    const synthesis = synthesise((stack) => {
      const { arn, name } = role(stack);
      sourceIn(stack, { outputFormat, pipelineRoles: [arn], buildRoles: [name] });
    });

    expect(rolesOf(synthesis)).toEqual(["${aws_iam_role.Role.name}"]);
    expect(synthesis.only("resource", "aws_iam_policy")).not.toHaveProperty("lifecycle");
    expect(synthesis.top("data")).toEqual({});
  });

  test("of a policy are known by their names and by their ARNs", () => {
    const outputFormat = OutputFormat.CODEBUILD_CLONE_REF;
    const stack = newStack();
    const { arn, name } = role(stack);
    const policy = new ConnectionPolicy(stack, "Fleet", {
      grants: [{ connection: newConnection(stack) }],
      roles: [name, "build"],
    });
    const buildRoles = [arn, `${ARN_OF}build`];
    const source = sourceIn(stack, { policy, pipelineRoles: undefined, outputFormat, buildRoles });

    expect(source.buildPolicy).toBeUndefined();
  });

  test.each(["pipelineRoles", "buildRoles"])("that are something else of the program are refused: %s", (property) => {
    const stack = newStack();
    const policy = new IamPolicy(stack, "Other", { policy: "{}" });
    const { connectionArn } = newConnection(stack);
    const roles = { pipelineRoles: ["pipeline"], [property]: [policy.arn, connectionArn] };

    const sentence =
      "must be the name or the ARN of a role; a name is 1 to 64 characters long and has only A-Z, a-z, 0-9 and _ + = , . @ -";
    expect(messageOf(() => sourceIn(stack, roles))).toBe(
      "stack/Source: 2 problems were found:\n" +
        `  - ${property}[0] ${sentence}. Given: aws_iam_policy.Other.arn, which is the ARN of a policy.\n` +
        `  - ${property}[1] ${sentence}. Given: arn of stack/Bitbucket/Resource, which is the ARN of a connection.`,
    );
  });

  test("that are expressions are checked by the policy, names or ARNs", () => {
    const synthesis = synthesise((stack) => {
      const value = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
      sourceIn(stack, { pipelineRoles: [value("one"), value("other")] });
    });

    const { lifecycle } = synthesis.only("resource", "aws_iam_policy");
    expect(lifecycle.precondition).toHaveLength(2);
    expect(rolesOf(synthesis)).toEqual(['${regex("[^/]*$", var.one)}', '${regex("[^/]*$", var.other)}']);
    expect(synthesis.top("data")).toEqual({});
  });
});

test("two sources that are given the same properties are each checked, and share one permission", () => {
  const two = (props: object) => (stack: TerraformStack) => {
    const shared = { connection: newConnection(stack), repository: "acme/shop", branch: "main", ...props };
    return ["One", "Two"].map((id) => messageOrNot(() => new PipelineSource(stack, id, shared)));
  };
  const messageOrNot = (make: () => unknown): string => {
    try {
      make();
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };

  const synthesis = synthesise((stack) => {
    expect(two({ pipelineRoles: ["pipeline"] })(stack)).toEqual(["", ""]);
  });
  expect(rolesOf(synthesis)).toEqual(["pipeline"]);
  expect(two({ pipelineRoles: ["my role"], branch: "" })(newStack())).toEqual([
    expect.stringMatching(/^stack\/One: 2 problems/),
    expect.stringMatching(/^stack\/Two: 2 problems/),
  ]);
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
      const source = sourceIn(stack, { additionalActions, buildRoles: ["build"] });
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
      { error_message: expect.stringContaining("additionalActions[0].repository can't hold *") as string },
    ]);
  });

  /** What the synthesis of a pipeline says that has the source's stage with an additional action. */
  const errorWith = (
    additional: (stack: TerraformStack, connection: Connection) => SourceAction,
    props: object = {},
  ) => {
    const stack = newStack();
    const connection = newConnection(stack);
    const source = sourceIn(stack, { connection, ...props, additionalActions: [additional(stack, connection)] });
    const { stage, triggers: trigger, dependencies: dependsOn } = source;
    pipelineIn(stack, [], { stage: [stage, building()], trigger, dependsOn });
    return errorOn(stack);
  };

  test.each([
    [
      { actionName: "Source" },
      'more than one action in the stage "Source" has the name "Source": give each action a different name (actionName of a SourceAction).',
    ],
    [
      { outputArtifactName: "SourceOutput" },
      'more than one action has the output artifact "SourceOutput": give each action a different one (outputArtifactName of a SourceAction).',
    ],
    [
      { variablesNamespace: "Shop" },
      'more than one action has the namespace "Shop": give each action a different one (variablesNamespace of a SourceAction).',
    ],
    [
      { variablesNamespace: "SourceOutput" },
      '"SourceOutput" is both a namespace and the name of an artifact: change one of them.',
    ],
    [
      { repository: "acme/shop", branch: "develop" },
      'the action "Source" and the action "library" pull two branches of "acme/shop", and both detect changes: ' +
        "set detectChanges to false on one of them, or use a pipeline for each branch. [source-branches-detected]",
    ],
  ])("that collide are refused when the pipeline is synthesised, once: %j", (props, sentence) => {
    const error = errorWith((stack, connection) => onARN(stack, "library", { connection, ...props }), {
      variablesNamespace: "Shop",
    });

    expect(error).toContain(`[stack] stack/Pipeline: ${sentence}`);
    expect(error.split(sentence)).toHaveLength(2);
  });

  test.each([
    ["the same branch of one repository", { repository: "acme/shop" }],
    ["another branch that detects nothing", { repository: "acme/shop", branch: "develop", detectChanges: false }],
    ["another branch that is an expression", { repository: "acme/shop", branch: "${var.branch}" }],
    ["another repository", { branch: "develop" }],
  ])("may pull %s", (_, props) => {
    expect(errorWith((stack, connection) => onARN(stack, "library", { connection, ...props }))).toBe("");
  });

  test("may pull another branch of a repository that has the same path, through another connection", () => {
    expect(errorWith((stack) => onARN(stack, "library", { repository: "acme/shop", branch: "develop" }))).toBe("");
  });

  test.each([
    ["x", 'additionalActions must be a list of source actions. Given: "x".'],
    [[{}], "additionalActions[0] must be a source action: new SourceAction(…). Given: {}."],
    [[undefined], "additionalActions[0] must be given."],
    [[null], "additionalActions[0] must be given."],
  ])("must be source actions, not %j", (additionalActions, sentence) => {
    expect(messageOf(() => sourceIn(newStack(), { additionalActions }))).toBe(`stack/Source: ${sentence}`);
  });

  test("need a build role when one of them is a full clone", () => {
    const stack = newStack();
    const additionalActions = [onARN(stack, "library", { outputFormat: OutputFormat.CODEBUILD_CLONE_REF })];

    expect(messageOf(() => sourceIn(stack, { additionalActions }))).toContain(
      "stack/Source: additionalActions[0].outputFormat can't be CODEBUILD_CLONE_REF without buildRoles",
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
      pipelineRoles: ["pipeline"],
    });

  test("is not made where that would need a reading that nobody asked for", () => {
    const synthesis = synthesise((stack) => on(stack, Connection.fromConnectionArn(stack, "Existing", ARN)));

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

  test("is the connection's own, and the source adds nothing to it", () => {
    const make = (stack: TerraformStack) =>
      Connection.fromConnectionArn(stack, "Existing", ARN, { activationReminder: true, outputPrefix: "shop_" });
    const [alone, used] = [make, (stack: TerraformStack) => on(stack, make(stack))].map(synthesise);

    expect(Object.keys(used?.top("output") ?? {})).toContain("shop_activation_reminder");
    expect(used?.top("output")).toEqual(alone?.top("output"));
    expect(used?.top("check")).toEqual(alone?.top("check"));
  });
});

test("two sources on one connection share its reminder, in the stack that owns the connection", () => {
  const app = testingApp();
  const owner = new TerraformStack(app, "owner");
  const user = new TerraformStack(app, "user");
  for (const stack of [owner, user]) new AwsProvider(stack, "aws", { region: "us-east-1" });
  const connection = newConnection(owner);
  for (const id of ["One", "Two"]) {
    new PipelineSource(user, id, {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: ["pipeline"],
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
      pipelineRoles: [],
      buildRoles: ["my role"],
    }),
  );

  expect(message.split("\n").map((line) => line.replace(/^ {2}- (\S+).*$/, "$1"))).toEqual([
    "stack/Source: 5 problems were found:",
    "repository",
    "branch",
    "stageName",
    "pipelineRoles",
    "buildRoles[0]",
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
        buildRoles: ["build"],
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
      sourceIn(stack, { additionalActions: [docs], scopeToRepositories: true, buildRoles: ["pipeline"] });
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
      sourceIn(stack, { additionalActions: [docs], buildRoles: ["build"] });
    });

    expect(documentsOf(synthesis)).toHaveLength(1);
    expect(rolesOf(synthesis)).toEqual(["build", "pipeline"]);
  });

  test("of a repository that is an expression is written with it", () => {
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
      roles: ["pipeline"],
    });
  const on = (stack: TerraformStack, policy: ConnectionPolicy, props: object = {}) =>
    sourceIn(stack, { policy, pipelineRoles: undefined, ...props });

  test("is what the pipeline waits for, and the source makes none of its own", () => {
    const synthesis = synthesise((stack) => {
      const policy = shared(stack);
      const source = on(stack, policy);
      expect(source.policy).toBe(policy);
      expect(source.dependencies).toEqual(policy.dependencies);
    });

    expect(Object.keys(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
  });

  test("lets eleven sources use one role, for which policies limited to one repository each would be too many", () => {
    const eleven = (props: object) => () => {
      const stack = newStack();
      const policy = shared(stack);
      for (let index = 1; index <= 11; index++) {
        const settings = { connection: newConnection(stack), repository: `acme/shop-${index}`, branch: "main" };
        new PipelineSource(stack, `Source${index}`, { ...settings, ...("policy" in props ? { policy } : props) });
      }
    };

    expect(eleven({ policy: true })).not.toThrow();
    expect(eleven({ pipelineRoles: ["own"] })).not.toThrow();
    expect(eleven({ pipelineRoles: ["own"], scopeToRepositories: true })).toThrow(
      /would have 11 managed policies .*create one ConnectionPolicy/,
    );
  });

  test("must allow what each source action pulls", () => {
    const stack = newStack();
    const policy = shared(stack, { repositories: ["acme/site", "other/*"] });

    expect(messageOf(() => on(stack, policy))).toBe(
      'stack/Source: policy does not allow what the source action "Source" pulls: "acme/shop" (branch "main") through ' +
        "the connection stack/Bitbucket. Add the repository and the branch to the grants of stack/Fleet; upper and " +
        "lower case must match.",
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
    else expect(make).toThrow(/policy does not allow what the source action "Source" pulls: "acme\/shop"/);
  });

  test("says itself who runs the pipeline", () => {
    const stack = newStack();

    expect(messageOf(() => sourceIn(stack, { policy: shared(stack) }))).toBe(
      "stack/Source: pipelineRoles can't be given together with policy: add these roles to roles of the " +
        "ConnectionPolicy and leave pipelineRoles out, or leave policy out.",
    );
  });

  describe("and a full clone", () => {
    const clone = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };

    test("need the build role to be named", () => {
      const stack = newStack();

      expect(messageOf(() => on(stack, shared(stack), clone))).toContain(
        "outputFormat can't be CODEBUILD_CLONE_REF without buildRoles",
      );
    });

    test("give a build role that the policy has no second permission", () => {
      const stack = newStack();

      expect(on(stack, shared(stack), { ...clone, buildRoles: ["pipeline"] }).buildPolicy).toBeUndefined();
    });

    test("give another build role what it clones, limited on request", () => {
      const stack = newStack();
      const policy = shared(stack);
      const build = { buildRoles: ["build"], scopeToRepositories: true };
      const source = on(stack, policy, { ...clone, ...build });

      const { policy: document } = source.buildPolicy?.policies[0]?.toTerraform().resource.aws_iam_policy[
        source.buildPolicy.policies[0].friendlyUniqueId
      ] as { policy: string };
      expect(document).toContain('"codeconnections:FullRepositoryId":"acme/shop"');
      expect(source.dependencies).toEqual([...policy.dependencies, ...(source.buildPolicy?.dependencies ?? [])]);
    });
  });

  test("or roles must be given", () => {
    expect(messageOf(() => sourceIn(newStack(), { pipelineRoles: undefined }))).toContain(
      "pipelineRoles or policy must be given",
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
    const app = testingApp();
    const [owner, user] = [new TerraformStack(app, "owner"), new TerraformStack(app, "user")];
    user.addDependency(owner);
    const connection = Connection.fromConnectionArn(user, "Existing", ARN);
    const policy = shared(user, { connection });

    expect(messageOf(() => on(owner, policy, { connection }))).toBe(
      "owner/Source: policy is in the stack user, which depends on the stack owner, so this would be a cycle: create the " +
        "policy in the stack of the roles.",
    );
  });

  test("of another stack makes the whole stack wait", () => {
    const app = testingApp();
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
