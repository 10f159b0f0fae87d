import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  Connection,
  ConnectionPolicy,
  type IConnection,
  OutputFormat,
  PipelineSource,
  ProviderType,
  SourceAction,
} from "../../src";
import { building, errorOn, warningsOf } from "../support/pipelines";
import { messageOf, newStack, newStacks, synthesise, type Synthesis, synthesisOf } from "../support/synthesis";

const CLONE = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF, buildRoles: ["build"] };

const connectionIn = (stack: TerraformStack): Connection =>
  (stack.node.tryFindChild("Bitbucket") as Connection | undefined) ??
  new Connection(stack, "Bitbucket", { name: "shop", providerType: ProviderType.BITBUCKET });

function sourceIn(stack: TerraformStack, props: object = {}, id = "Source"): PipelineSource {
  return new PipelineSource(stack, id, {
    connection: connectionIn(stack),
    repository: "acme/shop",
    branch: "main",
    pipelineRoles: ["pipeline"],
    ...props,
  });
}

/** What each role gets: the documents of the policies that are attached to it. */
function documentsOf(synthesis: Synthesis): { [role: string]: string[] } {
  const policies = synthesis.blocks("resource", "aws_iam_policy");
  const documents: { [role: string]: string[] } = {};
  for (const { role, policy_arn } of Object.values(synthesis.blocks("resource", "aws_iam_role_policy_attachment"))) {
    const [, name = ""] = /^\$\{aws_iam_policy\.(.*)\.arn\}$/.exec(String(policy_arn)) ?? [];
    documents[String(role)] = [...(documents[String(role)] ?? []), String(policies[name]?.policy)];
  }
  return documents;
}

const repositoriesIn = (documents: readonly string[] = []): string[][] =>
  documents.map((document) =>
    [.../"codeconnections:FullRepositoryId":(\[[^\]]*\]|"[^"]*")/g[Symbol.matchAll](document)].flatMap(
      ([, value = ""]) => [JSON.parse(value) as string | string[]].flat(),
    ),
  );

describe("roles that have the permission already", () => {
  test("get none, and the source has its stage, its rules and what the pipeline waits for", () => {
    const synthesis = synthesise((stack) => {
      const source = sourceIn(stack, { createPolicy: false, pipelineRoles: undefined, requireActivation: true });
      expect(source.policy).toBeUndefined();
      expect(source.buildPolicy).toBeUndefined();
      expect(source.dependencies).toHaveLength(1);
      expect(source.stage).toMatchObject({ name: "Source", action: [{ provider: "CodeStarSourceConnection" }] });
    });

    expect(Object.keys(synthesis.top("resource"))).toEqual(["aws_codestarconnections_connection"]);
    expect(messageOf(() => sourceIn(newStack(), { createPolicy: false, branch: "" }))).toMatch(/branch must/);
  });

  test("are checked by a guard where they are expressions", () => {
    const stack = newStack();
    const role = new TerraformVariable(stack, "role", { type: "string" }).stringValue;
    const { dependencies } = sourceIn(stack, { createPolicy: false, pipelineRoles: [role] });

    expect(dependencies).toHaveLength(1);
    expect(synthesisOf(stack).only("data", "aws_region").lifecycle.precondition).toEqual([
      expect.objectContaining({ error_message: expect.stringMatching(/^stack\/Source: pipelineRoles\[0\] must be/) }),
    ]);
  });

  test("are compared with the role of the pipeline, if they are named", () => {
    const stack = newStack();
    const [right, wrong] = ["Right", "Wrong"].map((id) => new IamRole(stack, id, { assumeRolePolicy: "{}" }));
    const source = sourceIn(stack, { createPolicy: false, pipelineRoles: [right?.name] });
    const pipeline = new Codepipeline(stack, "Pipeline", {
      ...{ name: "shop", roleArn: wrong?.arn ?? "", artifactStore: [{ location: "artifacts", type: "S3" }] },
      ...{ stage: [source.stage, building()], dependsOn: source.dependencies },
    });

    expect(errorOn(stack)).toBe("");
    expect(warningsOf(pipeline)).toEqual([
      expect.stringContaining(
        "the pipeline runs as stack/Wrong, which is not among the roles that have the permission to use the connection: " +
          "pipelineRoles of stack/Source has only stack/Right. Add it there.",
      ),
    ]);
  });

  test("may be of any account, since nothing is made for them", () => {
    const stack = newStack();
    const ours = { alias: "ours", region: "us-east-1", allowedAccountIds: ["123456789012"] };
    const provider = new AwsProvider(stack, "ours", ours);
    const [pull, build] = ["pull", "build"].map((name) => [`arn:aws:iam::210987654321:role/${name}`]);
    const props = { provider, pipelineRoles: pull, buildRoles: build };

    expect(() => sourceIn(stack, { ...props, createPolicy: false })).not.toThrow();
    expect(messageOf(() => sourceIn(stack, props, "Two"))).toContain("pipelineRoles[0] must be a role of");
  });

  test("let the pipeline wait for what checks its connections", () => {
    const stack = newStack();
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    const connections = ["One", "Two"].map((id) => Connection.fromConnectionArn(stack, id, arn));
    const [connection, other] = connections as [IConnection, IConnection];
    const pull = { connection: other, repository: "acme/docs", branch: "main", actionName: "Docs" };
    const { dependencies } = sourceIn(stack, {
      ...{ createPolicy: false, pipelineRoles: undefined, connection },
      additionalActions: [new SourceAction(pull)],
    });

    expect(dependencies).toEqual(expect.arrayContaining(connections.flatMap(({ dependencies: own }) => own)));
    expect(new Set(connections.flatMap(({ dependencies: own }) => own)).size).toBe(2);
  });

  describe("of the builds", () => {
    /** A pipeline with a full clone, whose build runs as the role Build. */
    const cloned = (
      named: (roles: { readonly pipe: IamRole; readonly build: IamRole; readonly other: IamRole }) => object,
    ) => {
      const stack = newStack();
      const role = (id: string) => new IamRole(stack, id, { assumeRolePolicy: "{}" });
      const roles = { pipe: role("Pipe"), build: role("Build"), other: role("Other") };
      const project = new CodebuildProject(stack, "Project", {
        ...{ name: "builds", serviceRole: roles.build.arn, artifacts: { type: "CODEPIPELINE" } },
        ...{ source: { type: "CODEPIPELINE" } },
        environment: {
          type: "LINUX_CONTAINER",
          image: "aws/codebuild/standard:7.0",
          computeType: "BUILD_GENERAL1_SMALL",
        },
      });
      const { outputFormat } = CLONE;
      const source = sourceIn(stack, { createPolicy: false, outputFormat, ...named(roles) });
      const build = {
        ...{ name: "Build", category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" },
        ...{ inputArtifacts: [source.outputArtifactName], configuration: { ProjectName: project.name } },
      };
      const pipeline = new Codepipeline(stack, "Pipeline", {
        ...{ name: "shop", roleArn: roles.pipe.arn, artifactStore: [{ location: "artifacts", type: "S3" }] },
        ...{ stage: [source.stage, { name: "Build", action: [build] }], dependsOn: source.dependencies },
      });

      expect(errorOn(stack)).toBe("");
      return warningsOf(pipeline);
    };

    test.each<[string, Parameters<typeof cloned>[0]]>([
      ["only those of the pipeline are named", ({ pipe }) => ({ pipelineRoles: [pipe.name] })],
      [
        "the role is named among those of the pipeline",
        ({ pipe, build, other }) => ({ pipelineRoles: [pipe.name, build.name], buildRoles: [other.name] }),
      ],
      [
        "the role is named among those of the builds",
        ({ pipe, build }) => ({ pipelineRoles: [pipe.name], buildRoles: [build.name] }),
      ],
    ])("nothing is said, where %s", (_, named) => {
      expect(cloned(named)).toEqual([]);
    });

    test("it is said that another one is named", () => {
      const named = cloned(({ pipe, other }) => ({ pipelineRoles: [pipe.name], buildRoles: [other.name] }));

      expect(named).toEqual([
        expect.stringContaining("stack/Build (serviceRole of stack/Project), which is not among the"),
      ]);
    });
  });

  test("may build a full clone without being named", () => {
    const { outputFormat } = CLONE;

    expect(() => sourceIn(newStack(), { createPolicy: false, outputFormat })).not.toThrow();
    expect(() => sourceIn(newStack(), { outputFormat })).toThrow(/set createPolicy to false/);
  });

  test.each([
    ["scopeToRepositories", { scopeToRepositories: true }],
    ["readOnly, inline", { readOnly: true, inline: true }],
    ["buildRepositories", { buildRepositories: ["acme/lib"] }],
  ])("need no %s", (names, props) => {
    expect(messageOf(() => sourceIn(newStack(), { createPolicy: false, ...props }))).toBe(
      `stack/Source: createPolicy: false makes no policy, which ${names} would be of: leave ${names} out.`,
    );
  });

  test("need no policy", () => {
    const stack = newStack();
    const policy = new ConnectionPolicy(stack, "Policy", {
      grants: [{ connection: connectionIn(stack) }],
      roles: ["pipeline"],
    });

    expect(messageOf(() => sourceIn(stack, { createPolicy: false, pipelineRoles: undefined, policy }))).toContain(
      "createPolicy: false makes no policy, which policy would be of",
    );
  });
});

describe("builds that need more repositories than the pipeline", () => {
  const scoped = { ...CLONE, scopeToRepositories: true, buildRepositories: ["acme/lib", "acme/tools-*"] };

  test("get those, and the pipeline does not", () => {
    const documents = documentsOf(synthesise((stack) => sourceIn(stack, scoped)));

    expect(repositoriesIn(documents.pipeline)).toEqual([["acme/shop"]]);
    expect(repositoriesIn(documents.build)).toEqual([["acme/shop", "acme/lib", "acme/tools-*"]]);
  });

  test("get them also where one role is both", () => {
    const documents = documentsOf(synthesise((stack) => sourceIn(stack, { ...scoped, buildRoles: ["pipeline"] })));

    expect(repositoriesIn(documents.pipeline).flat()).toEqual(expect.arrayContaining(["acme/shop", "acme/lib"]));
  });

  test.each([
    [{ scopeToRepositories: false }, "buildRepositories needs scopeToRepositories: true, because without it"],
    [{ buildRoles: undefined }, "buildRepositories needs buildRoles, which it is for."],
    [{ outputFormat: undefined }, "buildRepositories needs a full clone, which outputFormat CODEBUILD_CLONE_REF makes"],
    [
      { buildRepositories: ["acme/lib/x"] },
      "buildRepositories[0] must be the repository's path, 1 to 1000 characters in exactly two parts",
    ],
    [{ buildRepositories: [] }, "buildRepositories must"],
    [{ buildRepositories: ["lib"] }, "buildRepositories[0] must"],
  ])("are refused with %j", (wrong, message) => {
    expect(messageOf(() => sourceIn(newStack(), { ...scoped, ...wrong }))).toContain(message);
  });
});

test("builds of a ZIP get no policy, whatever roles they have", () => {
  const source = sourceIn(newStack(), { buildRoles: ["build"] });

  expect(source.policy).toBeDefined();
  expect(source.buildPolicy).toBeUndefined();
});

describe("builds beside a policy that is given", () => {
  /** What the role of the build gets beside the policy of the pipeline's role. */
  const given = (grant: object, props: object = {}): string => {
    const synthesis = synthesise((stack) => {
      const grants = [{ connection: connectionIn(stack), ...grant }];
      const policy = new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] });
      sourceIn(stack, { ...CLONE, pipelineRoles: undefined, policy, ...props });
    });
    return documentsOf(synthesis).build?.join() ?? "";
  };

  test("get what they clone, where it is limited to repositories", () => {
    expect(repositoriesIn([given({ repositories: ["acme/*", "other/site"] })])).toEqual([["acme/shop"]]);
  });

  test("only read, where it only allows that", () => {
    expect(given({ readOnly: true })).toContain("read_only");
    expect(given({ repositories: ["acme/shop"] })).not.toContain("read_only");
  });

  test("get the whole connection, where it is not limited", () => {
    expect(given({})).toContain("UseConnection");
    expect(repositoriesIn([given({})])).toEqual([[]]);
  });

  test("get what the source says, whatever the policy limits", () => {
    const limited = { repositories: ["acme/shop"], readOnly: true };
    const document = given(limited, { scopeToRepositories: false, readOnly: false });

    expect(repositoriesIn([document])).toEqual([[]]);
    expect(document).not.toContain("read_only");
  });
});

describe("two sources of one stack", () => {
  const two = (one: object, other: object) => (stack: TerraformStack) => {
    const sources = [sourceIn(stack, one, "One"), sourceIn(stack, other, "Two")];
    return sources.map(({ dependencies }) => dependencies.map((each) => (each as unknown as IamRole).node.path));
  };

  test("on one role and connection share one policy, and both wait for it", () => {
    const synthesis = synthesise((stack) => {
      const [one, other] = two({}, { repository: "acme/site" })(stack);
      expect(one).toEqual(["stack/One/Policy/Attachment-pipeline"]);
      expect(other).toEqual(one);
    });

    expect(documentsOf(synthesis).pipeline).toHaveLength(1);
  });

  test("add the roles that have none yet", () => {
    const synthesis = synthesise((stack) => {
      const [, other] = two({}, { pipelineRoles: ["pipeline", "other"] })(stack);
      expect(other).toEqual(["stack/One/Policy/Attachment-pipeline", "stack/Two/Policy/Attachment-other"]);
    });

    expect(Object.values(documentsOf(synthesis)).map(({ length }) => length)).toEqual([1, 1]);
  });

  test("wait for their own roles only, since another role may itself wait for a pipeline", () => {
    synthesise((stack) => {
      const [one, other] = two({ pipelineRoles: ["pipeline", "other"] }, {})(stack);
      expect(one).toEqual(["stack/One/Policy/Attachment-pipeline", "stack/One/Policy/Attachment-other"]);
      expect(other).toEqual(["stack/One/Policy/Attachment-pipeline"]);
    });
  });

  test("wait for the check of their own connection, where they share the policy of another one's", () => {
    const stack = newStack();
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    const [one, other] = ["C", "D"].map((id) => Connection.fromConnectionArn(stack, id, arn));
    const { policy } = sourceIn(stack, { connection: one }, "One");
    const second = sourceIn(stack, { connection: other }, "Two");

    expect(second.policy).toBe(policy);
    expect(second.dependencies).toEqual(expect.arrayContaining(other?.dependencies ?? []));
    expect(other?.dependencies).toHaveLength(1);
  });

  test("give a role that runs the pipeline and builds nothing twice", () => {
    const synthesis = synthesise((stack) => {
      const zipped = new SourceAction({
        ...{ connection: connectionIn(stack), repository: "acme/docs", branch: "main", actionName: "Docs" },
      });
      const shared = { ...CLONE, scopeToRepositories: true, additionalActions: [zipped] };
      sourceIn(stack, { ...shared, pipelineRoles: ["one"], buildRoles: ["one"] }, "One");
      sourceIn(stack, { ...shared, pipelineRoles: ["one", "two"], buildRoles: ["one"] }, "Two");
    });

    expect(Object.values(documentsOf(synthesis)).map(({ length }) => length)).toEqual([1, 1]);
  });

  test("share one policy in whatever order their actions are", () => {
    const synthesis = synthesise((stack) => {
      const pull = (repository: string) => ({ connection: connectionIn(stack), repository, branch: "main" });
      const both = (id: string, first: string, second: string) =>
        sourceIn(
          stack,
          {
            ...{ ...pull(first), scopeToRepositories: true },
            additionalActions: [new SourceAction({ ...pull(second), actionName: "Second" })],
          },
          id,
        );
      both("One", "acme/shop", "acme/site");
      both("Two", "acme/site", "acme/shop");
    });

    expect(Object.values(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
  });

  test("know a role by the role, whatever names it", () => {
    const synthesis = synthesise((stack) => {
      const role = new IamRole(stack, "Role", { assumeRolePolicy: "{}" });
      two({ pipelineRoles: [role.name] }, { pipelineRoles: [role.arn] })(stack);
    });

    expect(Object.values(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
  });

  test("share the policy of their builds too", () => {
    const synthesis = synthesise(two({ ...CLONE, readOnly: true }, { ...CLONE, readOnly: true }));

    expect(Object.values(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
  });

  test.each<[string, object]>([
    ["repositories", { scopeToRepositories: true }],
    ["rights", { readOnly: true }],
    ["kinds of policy", { inline: true }],
  ])("with different %s have a policy each", (_, other) => {
    const { policy, inline } = ((synthesis) => ({
      policy: Object.keys(synthesis.blocks("resource", "aws_iam_policy")).length,
      inline: Object.keys(synthesis.blocks("resource", "aws_iam_role_policy")).length,
    }))(synthesise(two({}, other)));

    expect(policy + inline).toBe(2);
  });

  test("through different providers have a policy each", () => {
    const synthesis = synthesise((stack) => {
      const provider = new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" });
      two({}, { provider })(stack);
    });

    expect(Object.values(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(2);
  });

  test("do not share one that was taken out of the program", () => {
    const synthesis = synthesise((stack) => {
      sourceIn(stack, {}, "One");
      stack.node.tryRemoveChild("One");
      sourceIn(stack, {}, "Two");
    });

    expect(documentsOf(synthesis).pipeline).toHaveLength(1);
  });

  test("of two stacks have a policy each", () => {
    const stacks = newStacks("one", "two");

    for (const stack of stacks) {
      sourceIn(stack);
      expect(Object.values(synthesisOf(stack).blocks("resource", "aws_iam_policy"))).toHaveLength(1);
    }
  });
});
