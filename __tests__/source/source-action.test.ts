import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { type TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Connection, GitPushFilter, OutputFormat, ProviderType, SourceAction, Trigger } from "../../src";
import { warningsOf } from "../support/pipelines";
import { type Block, messageOf, newStack, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

/** A pipeline has at least two stages. */
const APPROVAL = {
  name: "Approval",
  action: [{ name: "Approval", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
};

function actionWith(props: object, providerType?: ProviderType): SourceAction {
  const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType });
  return new SourceAction({ connection, repository: "acme/shop", branch: "main", ...props });
}

/** The action as it stands in a pipeline; `before` the synthesis, whatever is asked of it happens. */
function rendered(props: object, before?: (source: SourceAction) => unknown): Block {
  return renderedIn(() => props, before);
}

/** The same for properties that are made in the stack of the pipeline. */
function renderedIn(
  propsOf: (stack: TerraformStack) => object,
  before: (source: SourceAction) => unknown = () => undefined,
): Block {
  const synthesis = synthesise((stack) => {
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const source = new SourceAction({ connection, repository: "acme/shop", branch: "main", ...propsOf(stack) });
    new Codepipeline(stack, "Pipeline", {
      name: "shop",
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      pipelineType: "V2",
      stage: [{ name: "Source", action: [source.action] }, APPROVAL],
      trigger: source.trigger ? [source.trigger] : [],
    });
    before(source);
  });
  return synthesis.only("resource", "aws_codepipeline").stage[0].action[0] as Block;
}

test("a minimal action is a CodeStarSourceConnection action with everything that AWS needs", () => {
  expect(rendered({})).toEqual({
    name: "Source",
    category: "Source",
    owner: "AWS",
    provider: "CodeStarSourceConnection",
    version: "1",
    namespace: null,
    output_artifacts: ["SourceOutput"],
    configuration: {
      ConnectionArn: ARN,
      FullRepositoryId: "acme/shop",
      BranchName: "main",
      DetectChanges: "true",
    },
  });
});

test("a maximal action passes everything on", () => {
  const { action, outputArtifactName } = actionWith({
    outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
    detectChanges: false,
    actionName: "Pull.shop@main",
    outputArtifactName: "shop_source",
    variablesNamespace: "Shop@main",
    runOrder: 999,
    roleArn: "arn:aws:iam::123456789012:role/source",
    region: "eu-west-1",
  });

  expect(action).toMatchObject({
    name: "Pull.shop@main",
    namespace: "Shop@main",
    runOrder: 999,
    roleArn: "arn:aws:iam::123456789012:role/source",
    region: "eu-west-1",
    outputArtifacts: ["shop_source"],
    configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF", DetectChanges: "false" },
  });
  expect(outputArtifactName).toBe("shop_source");
});

describe("the output variables", () => {
  test("are written with the action's namespace", () => {
    const { variables } = actionWith({ variablesNamespace: "Shop" });

    expect(variables.namespace).toBe("Shop");
    expect([
      variables.authorDate,
      variables.branchName,
      variables.commitId,
      variables.commitMessage,
      variables.connectionArn,
      variables.fullRepositoryName,
    ]).toEqual([
      "#{Shop.AuthorDate}",
      "#{Shop.BranchName}",
      "#{Shop.CommitId}",
      "#{Shop.CommitMessage}",
      "#{Shop.ConnectionArn}",
      "#{Shop.FullRepositoryName}",
    ]);
  });

  test("give the action its namespace when they are asked for, even after the pipeline is made", () => {
    expect(rendered({}, ({ variables }) => variables.commitId).namespace).toBe("SourceVariables");
    expect(rendered({ actionName: "Pull.shop" }, ({ variables }) => variables.commitId).namespace).toBe(
      "Pull-shopVariables",
    );
  });

  test.each([
    ["none", () => undefined, "null"],
    ["its namespace", ({ variables }: SourceAction) => variables.commitId, '"SourceVariables"'],
  ])("give it %s in HCL too", (_, before, namespace) => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const source = new SourceAction({ connection, repository: "acme/shop", branch: "main" });
    new Codepipeline(stack, "Pipeline", {
      name: "shop",
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [{ name: "Source", action: [source.action] }, APPROVAL],
    });
    before(source);

    expect(/namespace = .*/.exec(Testing.synthHcl(stack))?.[0].replace(/\s+/g, " ")).toBe(`namespace = ${namespace}`);
  });

  test("give it none when nobody asks, unless it was named", () => {
    expect(rendered({}).namespace).toBeNull();
    expect(rendered({ variablesNamespace: "Shop" }).namespace).toBe("Shop");
  });
});

describe("the change detection", () => {
  const trigger = Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }));

  test.each([
    ["on by itself", {}, "true"],
    ["off on request", { detectChanges: false }, "false"],
    ["off with a trigger", { trigger }, "false"],
    ["on with a trigger when that is asked for", { trigger, detectChanges: true }, "true"],
  ])("is %s", (_, props, expected) => {
    expect(rendered(props).configuration.DetectChanges).toBe(expected);
  });

  test("may be an expression", () => {
    const flag = (stack: TerraformStack) => new TerraformVariable(stack, "flag", { type: "bool" }).booleanValue;

    expect(renderedIn((stack) => ({ detectChanges: flag(stack) })).configuration.DetectChanges).toBe(
      '${coalesce(tostring(var.flag), "true")}',
    );
  });
});

describe("role and region", () => {
  test.each([
    ["roleArn", "arn:aws:iam::123456789012:role/source"],
    ["roleArn", "arn:aws-us-gov:iam::123456789012:role/team/source@prod"],
    ["region", "us-gov-east-1"],
    ["region", "${var.region}"],
  ])("%s %s is accepted", (property, value) => {
    expect(() => actionWith({ [property]: value })).not.toThrow();
  });

  test.each([
    ["roleArn", "source", undefined],
    ["roleArn", "arn:aws:iam::12345678901:role/source", undefined],
    ["roleArn", "arn:aws:iam::123456789012:role/", undefined],
    ["roleArn", "arn:aws:iam::123456789012:user/source", undefined],
    ["roleArn", " arn:aws:iam::123456789012:role/source", "arn:aws:iam::123456789012:role/source"],
    ["region", "US-East-1", "us-east-1"],
    ["region", "us-east", undefined],
    ["region", "", undefined],
  ])("%s %j is refused", (property, value, meant) => {
    const message = messageOf(() => actionWith({ [property]: value }));

    expect(message).toContain(`SourceAction Source: ${property} must be `);
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });
});

describe("repository", () => {
  test.each([
    [ProviderType.BITBUCKET, "acme/shop"],
    [ProviderType.GITHUB, "Acme-Inc/shop.js"],
    [ProviderType.GITLAB, "acme/shop"],
    [ProviderType.GITLAB_SELF_MANAGED, "acme/web/front-end/shop"],
    [ProviderType.AZURE_DEVOPS, "acme/Web Shop/shop"],
    [undefined, "acme/web/shop"],
    [undefined, "acme/Web Shop/shop"],
    [ProviderType.AZURE_DEVOPS, "x".repeat(1000)],
    [ProviderType.GITHUB, ".github/.github"],
    [ProviderType.BITBUCKET, `a/${"b".repeat(998)}`],
  ])("of %s: %s is accepted", (providerType, repository) => {
    expect(() => actionWith({ repository }, providerType)).not.toThrow();
  });

  test.each([
    [ProviderType.BITBUCKET, "shop", undefined],
    [ProviderType.BITBUCKET, "", undefined],
    [ProviderType.BITBUCKET, "https://bitbucket.org/acme/shop", "acme/shop"],
    [ProviderType.BITBUCKET, "https://someone@bitbucket.org/acme/shop.git", "acme/shop"],
    [ProviderType.BITBUCKET, "https://bitbucket.org/acme/shop/src/main/", "acme/shop"],
    [ProviderType.BITBUCKET, "git@bitbucket.org:acme/shop.git", "acme/shop"],
    [ProviderType.BITBUCKET, "ssh://git@bitbucket.org/acme/shop.git", "acme/shop"],
    [ProviderType.BITBUCKET, "bitbucket.org/acme/shop", "acme/shop"],
    [ProviderType.BITBUCKET, "acme/shop.git", "acme/shop"],
    [ProviderType.BITBUCKET, "acme/my shop", "acme/my-shop"],
    [ProviderType.BITBUCKET, " acme/shop", "acme/shop"],
    [ProviderType.BITBUCKET, "acme//shop", "acme/shop"],
    [ProviderType.BITBUCKET, "/acme/shop/", "acme/shop"],
    [ProviderType.BITBUCKET, "acme/", undefined],
    [ProviderType.BITBUCKET, "acme/shop.GIT", "acme/shop"],
    [ProviderType.BITBUCKET, "Bitbucket.ORG/shop", undefined],
    [ProviderType.BITBUCKET, "acme:web/shop", "web/shop"],
    [ProviderType.BITBUCKET, "acme\\shop", "acme/shop"],
    [ProviderType.BITBUCKET, "./shop", undefined],
    [ProviderType.BITBUCKET, "acme/..", undefined],
    [ProviderType.BITBUCKET, "acme/shop\u00a0", "acme/shop"],
    [ProviderType.BITBUCKET, "acme/\u200bshop", undefined],
    [ProviderType.BITBUCKET, "acme/web/shop", undefined],
    [ProviderType.BITBUCKET, `a/${"b".repeat(999)}`, undefined],
    [ProviderType.GITHUB, "https://github.com/acme/shop/tree/main", "acme/shop"],
    [ProviderType.GITHUB, "acme", undefined],
    [ProviderType.GITLAB, "gitlab.com/acme/web/shop", "acme/web/shop"],
    [ProviderType.GITLAB, "https://gitlab.com/acme/web/shop/-/tree/main", "acme/web/shop"],
    [ProviderType.GITLAB_SELF_MANAGED, "https://git.acme.example:8443/acme/shop.git", "acme/shop"],
    [ProviderType.GITLAB_SELF_MANAGED, "https://git.acme.example/acme/web/shop", "acme/web/shop"],
  ])("of %s: %j is refused", (providerType, repository, meant) => {
    const message = messageOf(() => actionWith({ repository }, providerType));

    expect(message).toMatch(
      /^SourceAction Source: repository must be the repository's path, 1 to 1000 characters in (exactly two|two or more) parts, such as "/,
    );
    expect(message).toContain('Not allowed: a URL, ".git" at the end, spaces, the characters : @ ? # \\, a pipeline ');
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });

  test.each([
    ["shop", undefined],
    ["acme/shop ", "acme/shop"],
    [" acme/shop", "acme/shop"],
    ["acme/ /shop", undefined],
    ["https://bitbucket.org/acme/shop", "acme/shop"],
    ["git@github.com:acme/shop.git", "acme/shop"],
    ["https://dev.azure.com/acme/web/_git/shop", "acme/web/shop"],
    ["git@ssh.dev.azure.com:v3/acme/web/shop", "acme/web/shop"],
    ["ssh://git@ssh.dev.azure.com:22/v3/acme/web/shop", "acme/web/shop"],
    ["https://acme@dev.azure.com/acme/Shop%20Team/_git/web%20shop", "acme/Shop Team/web shop"],
    ["https://acme.visualstudio.com/Shop%20Team/_git/shop?path=/README.md", "acme/Shop Team/shop"],
    ["https://acme.visualstudio.com/DefaultCollection/web/_git/shop", "acme/web/shop"],
    ["https://dev.azure.com/acme/_git/shop", "acme/shop/shop"],
    ["https://gitlab.acme.example/group/project.git", "group/project"],
    ["https://bitbucket.org/acme/shop/src", "acme/shop"],
    ["https://github.com/acme/shop/issues", "acme/shop"],
  ])("of an unknown provider: %j is refused, but for its spaces", (repository, meant) => {
    const message = messageOf(() => actionWith({ repository }));

    expect(message).toContain(
      'in two or more parts, such as "owner/repository". Not allowed: a URL, ".git" at the end, the characters ',
    );
    if (meant !== undefined) expect(message).toContain(`Did you mean "${meant}"?`);
  });

  test.each(["", " ", "x".repeat(1001), "https://dev.azure.com/acme/web/_git/shop"])(
    "of Azure DevOps: %j is refused",
    (repository) => {
      expect(messageOf(() => actionWith({ repository }, ProviderType.AZURE_DEVOPS))).toContain(
        "repository must be the repository's path, 1 to 1000 characters",
      );
    },
  );

  test("the form that the error shows is the provider's", () => {
    expect(messageOf(() => actionWith({ repository: "shop" }, ProviderType.BITBUCKET))).toContain(
      '"workspace/repository"',
    );
    expect(messageOf(() => actionWith({ repository: "shop" }, ProviderType.GITHUB))).toContain('"owner/repository"');
    expect(messageOf(() => actionWith({ repository: "shop" }, ProviderType.GITLAB))).toContain('"group/project"');
  });
});

describe("branch", () => {
  test.each(["m", "feature/ABC-1_x", "x".repeat(1000), "ünïcode"])("%j is accepted", (branch) => {
    expect(actionWith({ branch }).action.configuration?.BranchName).toBe(branch);
  });

  test.each(["#{variables.branch}", "release/#{variables.version}"])("%s is refused", (branch) => {
    expect(messageOf(() => actionWith({ branch }))).toBe(
      "SourceAction Source: branch can't hold a pipeline variable: CodePipeline does not resolve #{variables.…} in a " +
        `source action. Given: "${branch}".`,
    );
  });

  test.each(["fix-#{4}", "#{variables", "variables.x"])("%s is no pipeline variable", (branch) => {
    expect(() => actionWith({ branch })).not.toThrow();
  });

  test.each(["", "x".repeat(1001)])("%j is refused", (branch) => {
    expect(messageOf(() => actionWith({ branch }))).toContain("branch must be 1 to 1000 characters long. Given: ");
  });

  test.each(["main\n", "\u001b[31mmain"])("%j, which holds a control character, is refused", (branch) => {
    expect(messageOf(() => actionWith({ branch }))).toBe(
      "SourceAction Source: branch can't hold control characters, such as a line break or an escape sequence. Given: " +
        `${JSON.stringify(branch)}.`,
    );
  });

  test("a control character that JSON leaves as it is, is shown as an escape too", () => {
    expect(messageOf(() => actionWith({ branch: "a\u007f" }))).toMatch(/Given: "a\\u007f"\.$/);
  });

  test("a long value is cut in the message", () => {
    expect(messageOf(() => actionWith({ branch: "x".repeat(1001) })).length).toBeLessThan(250);
  });

  test("a missing one is refused: there is no hidden default", () => {
    expect(messageOf(() => actionWith({ branch: undefined }))).toBe("SourceAction Source: branch must be given.");
  });
});

describe("names", () => {
  const NAME = "1 to 100 characters long and have only A-Z, a-z, 0-9 and";

  test.each([
    ["actionName", "A-z_09.@"],
    ["actionName", "a".repeat(100)],
    ["outputArtifactName", "A-z_09"],
    ["outputArtifactName", "a".repeat(100)],
    ["variablesNamespace", "A-z_09@"],
    ["variablesNamespace", "a".repeat(100)],
  ])("%s %j is accepted", (property, value) => {
    expect(() => actionWith({ [property]: value })).not.toThrow();
  });

  test.each([
    ["actionName", "", undefined],
    ["actionName", "a".repeat(101), undefined],
    ["actionName", "Pull it", "Pull-it"],
    ["actionName", "a\n", "a"],
    ["actionName", "日本a", undefined],
    ["actionName", "(pull/it)", "pull-it"],
    ["outputArtifactName", "shop.source", "shop-source"],
    ["outputArtifactName", "", undefined],
    ["outputArtifactName", "a".repeat(101), undefined],
    ["variablesNamespace", "shop.source", "shop-source"],
    ["variablesNamespace", "", undefined],
    ["variablesNamespace", "a".repeat(101), undefined],
  ])("%s %j is refused", (property, value, meant) => {
    const message = messageOf(() => actionWith({ [property]: value }));

    expect(message).toContain(`${property} must be ${NAME}`);
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });
});

test.each(["no", 0, {}])("detectChanges %j is refused", (detectChanges) => {
  expect(messageOf(() => actionWith({ detectChanges }))).toBe(
    `SourceAction Source: detectChanges must be a boolean (true or false) or an expression. Given: ${JSON.stringify(detectChanges)}.`,
  );
});

describe("run order", () => {
  test.each([1, 999])("%d is accepted", (runOrder) => {
    expect(actionWith({ runOrder }).action.runOrder).toBe(runOrder);
  });

  test.each([0, 1000, 1.5])("%d is refused", (runOrder) => {
    expect(messageOf(() => actionWith({ runOrder }))).toBe(
      `SourceAction Source: runOrder must be a whole number from 1 to 999. Given: ${runOrder}.`,
    );
  });
});

describe("the output format", () => {
  test("is no plain string, and the message says what to write", () => {
    expect(messageOf(() => actionWith({ outputFormat: "CODE_ZIP" }))).toBe(
      "SourceAction Source: outputFormat must be an OutputFormat: OutputFormat.CODE_ZIP, " +
        'OutputFormat.CODEBUILD_CLONE_REF. Given: "CODE_ZIP". Did you mean OutputFormat.CODE_ZIP?',
    );
  });

  test("of one value is one object, which is written as its value", () => {
    expect(OutputFormat.of("CODE_ZIP")).toBe(OutputFormat.CODE_ZIP);
    expect(String(OutputFormat.of("NEWER"))).toBe("NEWER");
    expect(OutputFormat.of("${var.format}")).toBe(OutputFormat.of("${var.format}"));
  });

  test("may be newer than this library, or an expression", () => {
    for (const value of ["NEWER", "${var.format}"]) {
      const outputFormat = OutputFormat.of(value);
      const source = actionWith({ outputFormat });

      expect(source.outputFormat).toBe(outputFormat);
      expect(source.action.configuration?.OutputArtifactFormat).toBe(value);
    }
  });

  test("may come from another copy of this library", () => {
    expect(actionWith({ outputFormat: { value: "CODE_ZIP" } }).action.configuration?.OutputArtifactFormat).toBe(
      "CODE_ZIP",
    );
  });

  test("that is left out is CodePipeline's own, so that nothing is written", () => {
    const source = actionWith({});

    expect(source.outputFormat).toBe(OutputFormat.CODE_ZIP);
    expect(source.action.configuration).not.toHaveProperty("OutputArtifactFormat");
  });
});

describe("a property", () => {
  test("that is null is not given", () => {
    const nothing = {
      ...{ outputFormat: null, trigger: null, detectChanges: null, actionName: null, outputArtifactName: null },
      ...{ variablesNamespace: null, runOrder: null, roleArn: null, region: null },
    };

    expect(rendered(nothing)).toEqual(rendered({}));
    expect(messageOf(() => actionWith({ connection: null, repository: null, branch: null }))).toBe(
      "SourceAction Source: 3 problems were found:\n" +
        "  - connection must be given.\n  - repository must be given.\n  - branch must be given.",
    );
  });

  test.each([
    ["namespace", "Shop", undefined],
    ["repo", "acme/shop", undefined],
    ["tags", {}, undefined],
    ["actionname", "Pull", "actionName"],
    ["brnch", "main", "branch"],
    ["variableNamespace", "Shop", "variablesNamespace"],
  ])(
    "%s is none: it is warned of where it has no effect, and refused where another was meant",
    (name, value, meant) => {
      const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN);
      const make = () => actionWith({ connection, ...(meant === "branch" && { branch: undefined }), [name]: value });

      if (meant === undefined) {
        expect(make).not.toThrow();
        expect(warningsOf(connection)).toEqual([
          `SourceAction Source: ${name} is not a property here, so it has no effect.`,
        ]);
      } else {
        expect(messageOf(make)).toContain(`${name} is not a property. Did you mean ${meant}?`);
      }
    },
  );

  test("is guessed more freely where one that must be given is missing", () => {
    expect(messageOf(() => actionWith({ repository: undefined, repo: "acme/shop" }))).toBe(
      "SourceAction Source: 2 problems were found:\n" +
        "  - repo is not a property. Did you mean repository?\n  - repository must be given.",
    );
  });
});

describe("names that are not given", () => {
  test("come from the action's", () => {
    const { outputArtifactName, variables } = actionWith({ actionName: "Pull.shop@main" });

    expect(outputArtifactName).toBe("Pull-shop-mainOutput");
    expect(variables.namespace).toBe("Pull-shop@mainVariables");
  });

  test("are never too long", () => {
    const { outputArtifactName, variables } = actionWith({ actionName: "x".repeat(100) });

    expect(outputArtifactName).toBe(`${"x".repeat(94)}Output`);
    expect(variables.namespace).toBe(`${"x".repeat(91)}Variables`);
  });

  test("are made by Terraform when the action's is an expression", () => {
    const actionName = (stack: TerraformStack) => new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    const action = renderedIn(
      (stack) => ({ actionName: actionName(stack) }),
      ({ variables }) => variables.commitId,
    );

    expect(action.output_artifacts).toEqual(['${substr(replace(var.name, "/[.@]/", "-"), 0, 94)}Output']);
    expect(action.namespace).toBe('${substr(replace(var.name, "/[.]/", "-"), 0, 91)}Variables');
  });
});

test("expressions are welcome", () => {
  const variable = new TerraformVariable(newStack(), "anything", { type: "string" }).stringValue;

  expect(() =>
    actionWith({ repository: variable, branch: variable, actionName: variable, variablesNamespace: variable }),
  ).not.toThrow();
});
