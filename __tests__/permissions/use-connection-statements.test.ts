import type { Access } from "../../src/permissions/connection-grant";
import { useConnections } from "../../src/permissions/use-connection-statements";

const access = (others: Partial<Access> = {}): Access => ({
  connectionArn: "arn:one",
  branches: [],
  readOnly: false,
  ...others,
});
const both = (name: string) => [`codeconnections:${name}`, `codestar-connections:${name}`];

test("whole connections share one statement for both prefixes", () => {
  expect(useConnections([access(), access({ connectionArn: "arn:two" })])).toEqual([
    { Effect: "Allow", Action: both("UseConnection"), Resource: ["arn:one", "arn:two"] },
  ]);
});

test("a repository has one statement for each prefix, with the prefix's own key", () => {
  expect(useConnections([access({ repository: "acme/shop" })])).toEqual(
    ["codeconnections", "codestar-connections"].map((prefix) => ({
      Effect: "Allow",
      Action: `${prefix}:UseConnection`,
      Resource: "arn:one",
      Condition: { StringEqualsIfExists: { [`${prefix}:FullRepositoryId`]: "acme/shop" } },
    })),
  );
});

test("repositories of one connection share their statements, however they are mixed with others", () => {
  const statements = useConnections([
    access({ repository: "acme/shop" }),
    access({ repository: "acme/site", connectionArn: "arn:two" }),
    access({ repository: "acme/docs" }),
    access({ repository: "acme/tools", readOnly: true }),
  ]);

  const repositories = statements.map(({ Condition }) => Condition?.StringEqualsIfExists ?? {});
  expect(repositories.filter((_, index) => index % 2 === 1)).toEqual([
    { "codestar-connections:FullRepositoryId": ["acme/shop", "acme/docs"] },
    { "codestar-connections:FullRepositoryId": "acme/site" },
    {
      "codestar-connections:FullRepositoryId": "acme/tools",
      "codestar-connections:ProviderPermissionsRequired": "read_only",
    },
  ]);
});

describe("the operator", () => {
  test.each([
    [["acme/shop"], "StringEqualsIfExists"],
    [["acme/*"], "StringLikeIfExists"],
    [["acme/shop", "acme/*"], "StringLikeIfExists"],
    [["${var.repository}"], "StringLikeIfExists"],
  ])("for %j is %s", (repositories, operator) => {
    const [statement] = useConnections(repositories.map((repository) => access({ repository })));

    expect(Object.keys(statement?.Condition ?? {})).toEqual([operator]);
  });
});

test("a connection with every limit has them all in both statements", () => {
  const statements = useConnections([access({ repository: "acme/*", branches: ["main", "next"], readOnly: true })]);

  expect(statements.map(({ Condition }) => Condition)).toEqual(
    ["codeconnections", "codestar-connections"].map((prefix) => ({
      StringLikeIfExists: { [`${prefix}:FullRepositoryId`]: "acme/*" },
      StringEqualsIfExists: {
        [`${prefix}:BranchName`]: ["main", "next"],
        [`${prefix}:ProviderPermissionsRequired`]: "read_only",
      },
      StringNotLike: { [`${prefix}:ProviderAction`]: ["Create*", "Delete*", "GitPush", "Update*"] },
    })),
  );
});

test("a long list of repositories has the one connection as its resource, and nothing more", () => {
  const many = Array.from({ length: 50 }, (_, index) => access({ repository: `acme/service-${index}` }));

  expect(new Set(useConnections(many).map(({ Resource }) => Resource))).toEqual(new Set(["arn:one"]));
});

test("a connection that is granted twice is named once", () => {
  const twice = [access(), access({ branches: [] }), access({ connectionArn: "arn:two" })];

  expect(useConnections(twice)[0]?.Resource).toEqual(["arn:one", "arn:two"]);
});

test("branches limit a whole connection too, apart from one that has repositories", () => {
  const statements = useConnections([
    access({ branches: ["main"] }),
    access({ branches: ["main"], repository: "a/b" }),
  ]);

  expect(statements).toHaveLength(4);
  expect(statements[0]?.Condition).toEqual({ StringEqualsIfExists: { "codeconnections:BranchName": "main" } });
});

test("a project of CodeBuild that pulls by itself reads the connection and gets its token too", () => {
  const statements = useConnections([access({ codeBuildSource: true }), access({ connectionArn: "arn:two" })]);

  expect(statements).toEqual([
    { Effect: "Allow", Action: both("UseConnection"), Resource: ["arn:one", "arn:two"] },
    { Effect: "Allow", Action: [...both("GetConnection"), ...both("GetConnectionToken")], Resource: ["arn:one"] },
  ]);
});
