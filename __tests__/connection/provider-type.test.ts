import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionHost, PipelineSource, ProviderType, ResourceFamily } from "../../src";
import { factsOf, providerTypes } from "../../src/connection/provider-type";
import { messageOf, newStack, preconditionsOf, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";

const warningsOf = ({ node }: Construct): unknown[] =>
  node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

const VALUES: readonly (readonly [string, ProviderType])[] = [
  ["Bitbucket", ProviderType.BITBUCKET],
  ["GitHub", ProviderType.GITHUB],
  ["GitLab", ProviderType.GITLAB],
  ["GitHubEnterpriseServer", ProviderType.GITHUB_ENTERPRISE_SERVER],
  ["GitLabSelfManaged", ProviderType.GITLAB_SELF_MANAGED],
  ["AzureDevOps", ProviderType.AZURE_DEVOPS],
];

test.each(VALUES)("%s is the value of its constant, and of it the one object", (value, type) => {
  expect(type.value).toBe(value);
  expect(String(type)).toBe(value);
  expect(ProviderType.of(value)).toBe(type);
  expect(factsOf(type)).toBeDefined();
});

test("all that is known of has its constant", () => {
  expect(providerTypes(() => true)).toEqual(VALUES.map(([value]) => value));
});

test("the same value gives the same object, known or not, and another value another one", () => {
  expect(ProviderType.of("SVN")).toBe(ProviderType.of("SVN"));
  expect(ProviderType.of("SVN")).not.toBe(ProviderType.of("svn"));
  expect(ProviderType.of("${var.type}")).toBe(ProviderType.of("${var.type}"));
});

test("it is told by a connection and a host as it was given", () => {
  const stack = newStack();
  const host = new ConnectionHost(stack, "Host", {
    providerType: ProviderType.of("GitHubEnterpriseServer"),
    providerEndpoint: "https://git.example.com",
  });
  const bitbucket = ProviderType.of("Bitbucket");

  expect(host.providerType).toBe(ProviderType.GITHUB_ENTERPRISE_SERVER);
  expect(new Connection(stack, "Through", { host }).providerType).toBe(ProviderType.GITHUB_ENTERPRISE_SERVER);
  expect(new Connection(stack, "Bitbucket", { providerType: bitbucket }).providerType).toBe(ProviderType.BITBUCKET);
  const existing = Connection.fromConnectionArn(stack, "Existing", ARN, { providerType: bitbucket });
  expect(existing.providerType).toBe(ProviderType.BITBUCKET);
});

describe("one that is unknown", () => {
  const providerType = ProviderType.of("bitbuckett");
  const KNOWN =
    "providerType must be one of Bitbucket, GitHub, GitLab, GitHubEnterpriseServer, GitLabSelfManaged, AzureDevOps";

  test("is refused by a connection that is made, with a guess", () => {
    expect(messageOf(() => new Connection(newStack(), "Bitbucket", { providerType }))).toBe(
      `stack/Bitbucket: ${KNOWN}. Given: "bitbuckett". Did you mean "Bitbucket"?`,
    );
  });

  test("is refused by a host that is made, with a guess", () => {
    const props = { providerType: ProviderType.of("github"), providerEndpoint: "https://git.example.com" };

    expect(messageOf(() => new ConnectionHost(newStack(), "Host", props))).toMatch(
      /^stack\/Host: providerType must be one of GitHubEnterpriseServer, GitLabSelfManaged: .* Given: "github"\. Did you mean "GitHubEnterpriseServer"\?$/,
    );
  });

  test.each([
    [
      "by its ARN",
      (type: ProviderType) => Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType: type }),
    ],
    [
      "by its name",
      (type: ProviderType) => Connection.fromConnectionName(newStack(), "Existing", "mine", { providerType: type }),
    ],
  ])("is warned of by an existing connection %s, with a guess where there is one", (_, make) => {
    const sentence = `${KNOWN}, as far as this library knows. Given:`;

    expect(warningsOf(make(providerType))).toEqual([`${sentence} "bitbuckett". Did you mean "Bitbucket"?`]);
    expect(warningsOf(make(ProviderType.of("SVN")))).toEqual([`${sentence} "SVN".`]);
    expect(warningsOf(make(ProviderType.AZURE_DEVOPS))).toEqual([]);
    expect(warningsOf(make(ProviderType.of("${var.type}")))).toEqual([]);
  });

  test("is warned of by an existing host, unless it is known to be no installed one", () => {
    const make = (type: ProviderType) =>
      ConnectionHost.fromHostArn(newStack(), "Host", HOST_ARN, { providerType: type });

    expect(warningsOf(make(ProviderType.of("GitHubEnterprise")))).toEqual([
      expect.stringMatching(
        /^providerType must be one of .*, as far as this library knows\. Given: "GitHubEnterprise"\. Did/,
      ),
    ]);
    expect(warningsOf(make(ProviderType.GITLAB_SELF_MANAGED))).toEqual([]);
    expect(messageOf(() => make(ProviderType.GITHUB))).toMatch(/^stack\/Host: providerType must be one of GitHubEnter/);
  });

  test("of an existing connection demands no more of a repository than all providers do", () => {
    const stack = newStack();
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN, { providerType });
    const settings = { connection, branch: "main", pipelineRoles: ["pipeline"] };

    expect(() => new PipelineSource(stack, "Source", { ...settings, repository: "a/b/c" })).not.toThrow();
  });
});

describe("an expression", () => {
  test("is written as it is, and checked by Terraform", () => {
    const synthesis = synthesise((stack) => {
      const type = new TerraformVariable(stack, "type", { type: "string" }).stringValue;
      const { resource } = new Connection(stack, "Bitbucket", { name: "x", providerType: ProviderType.of(type) });
      expect(preconditionsOf(resource)).toEqual([
        {
          condition: expect.stringMatching(
            /^\$\{try\(contains\(\["Bitbucket", .*"\], var\.type\), false\)\}$/,
          ) as string,
          error_message: expect.stringMatching(/^stack\/Bitbucket: providerType must be one of Bitbucket, /) as string,
        },
        expect.objectContaining({ error_message: expect.stringContaining("can't be AzureDevOps") as string }),
        expect.objectContaining({ error_message: expect.stringContaining("without a host") as string }),
      ]);
    });

    expect(synthesis.only("resource", "aws_codestarconnections_connection").provider_type).toBe("${var.type}");
  });

  test("that is an attribute of something else is one too", () => {
    const stack = newStack();
    const first = new Connection(stack, "First", {
      providerType: ProviderType.BITBUCKET,
      resourceFamily: ResourceFamily.CODESTAR_CONNECTIONS,
    });
    const type = first.resource.getStringAttribute("provider_type");

    expect(() => new Connection(stack, "Second", { providerType: ProviderType.of(type) })).not.toThrow();
  });
});

test.each([
  ["Bitbucket", '. Given: "Bitbucket". Did you mean ProviderType.BITBUCKET?'],
  [{}, ". Given: {}."],
  [{ value: 1 }, '. Given: {"value":1}.'],
  [1, ". Given: 1."],
])("%j in its place is refused", (providerType, rest) => {
  const props = { providerType } as unknown as { providerType: ProviderType };

  expect(messageOf(() => new Connection(newStack(), "Bitbucket", props))).toBe(
    "stack/Bitbucket: providerType must be a ProviderType: ProviderType.BITBUCKET, ProviderType.GITHUB, " +
      "ProviderType.GITLAB, ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED, " +
      `ProviderType.AZURE_DEVOPS${rest}`,
  );
});

test.each([undefined, null, "", 1, {}, "Bitbucket", ProviderType.of("toString"), ProviderType.of("constructor")])(
  "nothing is known of %p",
  (type) => {
    expect(factsOf(type as ProviderType)).toBeUndefined();
  },
);
