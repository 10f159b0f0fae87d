import { Connection, type IConnection, ProviderType } from "../../src";
import { type Access, accessesOf, allows, type ConnectionGrant } from "../../src/permissions/connection-grant";
import { newStack } from "../support/synthesis";

const of = (connectionArn: string) => ({ connectionArn }) as IConnection;
const connection = of("arn:one");
const access = (others: Partial<ConnectionGrant> = {}): Access => {
  const [first] = accessesOf([{ connection, ...others }]);
  if (first === undefined) throw new Error("A grant gives an access.");
  return first;
};

test("grants come down to single repositories, each once, in their order", () => {
  const grants = [
    { connection, repositories: ["acme/shop", "acme/site"] },
    { connection, repositories: ["acme/docs", "acme/shop"] },
    { connection },
  ];

  expect(accessesOf([...grants, { connection, repositories: ["acme/shop"], branches: ["next"] }])).toHaveLength(5);
  expect(accessesOf(grants).map(({ repository }) => repository)).toEqual([
    "acme/shop",
    "acme/site",
    "acme/docs",
    undefined,
  ]);
});

describe.each<[string, Partial<ConnectionGrant>, Partial<ConnectionGrant>, boolean]>([
  ["a whole connection lets a repository through", {}, { repositories: ["a/b"] }, true],
  ["a repository does not let a whole connection through", { repositories: ["a/b"] }, {}, false],
  ["another connection does not", { connection: of("arn:two") }, {}, false],
  ["an ARN that is an expression may be of any connection", { connection: of("${var.arn}") }, {}, true],
  ["so may the ARN that is looked for", {}, { connection: of("${data.x.y.arn}") }, true],
  [
    "a connection that is made here is no other one",
    { connection: of("${aws_codestarconnections_connection.a.arn}") },
    { connection: of("${aws_codeconnections_connection.b.arn}") },
    false,
  ],
  ["nor is it one that exists", { connection: of("${aws_codeconnections_connection.b.arn}") }, {}, false],
  [
    "a connection that is made here is known by its ARN and by its id",
    { connection: of("${aws_codestarconnections_connection.a.arn}") },
    { connection: of("${aws_codestarconnections_connection.a.id}") },
    true,
  ],
  [
    "a literal is no connection that is made here",
    {},
    { connection: of("${aws_codeconnections_connection.b.arn}") },
    false,
  ],
  ["the same repository does", { repositories: ["a/b"] }, { repositories: ["a/b"] }, true],
  ["another one does not", { repositories: ["a/b"] }, { repositories: ["a/bb"] }, false],
  ["a pattern does, slashes too", { repositories: ["a/*"] }, { repositories: ["a/b/c"] }, true],
  ["a pattern's dot is a dot", { repositories: ["a.*/b"] }, { repositories: ["ab/b"] }, false],
  ["an expression may", { repositories: ["a/b"] }, { repositories: ["${var.x}"] }, true],
  ["a pattern that is an expression may", { repositories: ["${var.x}"] }, { repositories: ["a/b"] }, true],
  ["any branch is let through where none is named", {}, { branches: ["main"] }, true],
  ["one of the branches is let through", { branches: ["main", "v*"] }, { branches: ["v1"] }, true],
  ["another branch is not", { branches: ["main"] }, { branches: ["next"] }, false],
])("%s", (_, given, wanted, allowed) => {
  test(allowed ? "allowed" : "not allowed", () => {
    expect(allows(newStack(), access(given), access(wanted))).toBe(allowed);
  });
});

test("connections that are made here are told apart by what they are, not by what they are called", () => {
  const stack = newStack();
  const make = (id: string) => new Connection(stack, id, { name: id, providerType: ProviderType.BITBUCKET });
  const [one, other] = [make("One"), make("Other")];
  const again = Connection.fromConnectionArn(stack, "Again", one.connectionArn);
  const typed = of("${aws_codestarconnections_connection.One_94F3E8F8.arn}");

  const isAllowed = (granted: IConnection, wanted: IConnection) =>
    allows(stack, access({ connection: granted }), access({ connection: wanted }));
  expect(isAllowed(one, one)).toBe(true);
  expect(isAllowed(one, again)).toBe(true);
  expect(isAllowed(one, other)).toBe(false);
  expect(isAllowed(other, again)).toBe(false);
  // Which of the two a reference is that was typed by hand shows only when they are rendered.
  expect([isAllowed(one, typed), isAllowed(other, typed)]).toEqual([true, true]);
});
