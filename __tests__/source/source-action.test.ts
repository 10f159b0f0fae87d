import { TerraformVariable } from "cdktf";
import { Connection, OutputFormat, ProviderType, SourceAction } from "../../src";
import { messageOf, newStack } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

function actionWith(props: object, providerType?: ProviderType): SourceAction {
  const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType });
  return new SourceAction({ connection, repository: "acme/shop", branch: "main", ...props });
}

test("a minimal action is a CodeStarSourceConnection action with everything that AWS needs", () => {
  expect(actionWith({}).action).toEqual({
    name: "Source",
    category: "Source",
    owner: "AWS",
    provider: "CodeStarSourceConnection",
    version: "1",
    outputArtifacts: ["SourceOutput"],
    configuration: {
      ConnectionArn: ARN,
      FullRepositoryId: "acme/shop",
      BranchName: "main",
      OutputArtifactFormat: "CODE_ZIP",
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
    namespace: "Shop@main",
    runOrder: 999,
  });

  expect(action).toMatchObject({
    name: "Pull.shop@main",
    namespace: "Shop@main",
    runOrder: 999,
    outputArtifacts: ["shop_source"],
    configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF", DetectChanges: "false" },
  });
  expect(outputArtifactName).toBe("shop_source");
});

describe("repository", () => {
  test.each([
    [ProviderType.BITBUCKET, "acme/shop"],
    [ProviderType.GITHUB, "Acme-Inc/shop.js"],
    [ProviderType.GITLAB, "acme/shop"],
    [ProviderType.GITLAB_SELF_MANAGED, "acme/web/front-end/shop"],
    [ProviderType.AZURE_DEVOPS, "acme/Web Shop/shop"],
    [undefined, "acme/web/shop"],
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
    [undefined, "shop", undefined],
  ])("of %s: %j is refused", (providerType, repository, meant) => {
    const message = messageOf(() => actionWith({ repository }, providerType));

    expect(message).toMatch(/^SourceAction Source: repository must be the repository's path, such as "/);
    expect(message).toContain('no URL, no ".git", no spaces, no empty parts');
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });

  test.each(["", " ", "x".repeat(1001), "https://dev.azure.com/acme/web/_git/shop"])(
    "of Azure DevOps: %j is refused",
    (repository) => {
      expect(messageOf(() => actionWith({ repository }, ProviderType.AZURE_DEVOPS))).toContain(
        "repository must be the repository's path of 1 to 1000 characters",
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

  test.each(["", "x".repeat(1001)])("%j is refused", (branch) => {
    expect(messageOf(() => actionWith({ branch }))).toContain("branch must be 1 to 1000 characters long. Given: ");
  });

  test("a long value is cut in the message", () => {
    expect(messageOf(() => actionWith({ branch: "x".repeat(1001) })).length).toBeLessThan(250);
  });

  test("a missing one is refused: there is no hidden default", () => {
    expect(messageOf(() => actionWith({ branch: undefined }))).toBe("SourceAction Source: branch must be given.");
  });
});

describe("names", () => {
  const NAME = "1 to 100 of the characters A-Z, a-z, 0-9 and";

  test.each([
    ["actionName", "A-z_09.@"],
    ["actionName", "a".repeat(100)],
    ["outputArtifactName", "A-z_09"],
    ["outputArtifactName", "a".repeat(100)],
    ["namespace", "A-z_09@"],
    ["namespace", "a".repeat(100)],
  ])("%s %j is accepted", (property, value) => {
    expect(() => actionWith({ [property]: value })).not.toThrow();
  });

  test.each([
    ["actionName", "", undefined],
    ["actionName", "a".repeat(101), "a".repeat(100)],
    ["actionName", "Pull it", "Pull-it"],
    ["actionName", "a\n", "a"],
    ["outputArtifactName", "shop.source", "shopsource"],
    ["outputArtifactName", "", undefined],
    ["outputArtifactName", "a".repeat(101), "a".repeat(100)],
    ["namespace", "shop.source", "shopsource"],
    ["namespace", "", undefined],
    ["namespace", "a".repeat(101), "a".repeat(100)],
  ])("%s %j is refused", (property, value, meant) => {
    const message = messageOf(() => actionWith({ [property]: value }));

    expect(message).toContain(`${property} must be ${NAME}`);
    expect(/Did you mean "(.*)"\?/.exec(message)?.[1]).toBe(meant);
  });
});

test.each(["no", 0, null])("detectChanges %j is refused", (detectChanges) => {
  expect(messageOf(() => actionWith({ detectChanges }))).toBe(
    `SourceAction Source: detectChanges must be true or false. Given: ${JSON.stringify(detectChanges)}.`,
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

test("an unknown output format is refused, and the one that was meant is guessed", () => {
  expect(messageOf(() => actionWith({ outputFormat: "code-zip" }))).toBe(
    "SourceAction Source: outputFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF. " +
      'Given: "code-zip". Did you mean "CODE_ZIP"?',
  );
});

test("expressions are welcome", () => {
  const variable = new TerraformVariable(newStack(), "anything", { type: "string" }).stringValue;

  expect(() =>
    actionWith({ repository: variable, branch: variable, actionName: variable, namespace: variable }),
  ).not.toThrow();
});
