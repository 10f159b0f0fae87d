import { readFileSync } from "node:fs";
import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformHclModule, TerraformIterator, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionHost, ConnectionPolicy, type IConnection, ProviderType } from "../src";
import { outcomeOf } from "./support/said";

const OURS = { name: "shop", providerType: ProviderType.BITBUCKET };
const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const OTHER = ARN.replace("0c8b1a2f", "1d9c2b30");

const aVariable = (stack: Construct, id = "Variable") => new TerraformVariable(stack, id, { type: "string" });
const byArn = (stack: Construct, arn: string, providerType?: ProviderType) =>
  Connection.fromConnectionArn(stack, "Existing", arn, { providerType });
const oneFor = (stack: Construct, names: readonly string[]) =>
  names.map((name) => new Connection(stack, name, { ...OURS, name }));
const usedIn = (scope: Construct, connection: IConnection, codeBuildSource?: boolean) =>
  new ConnectionPolicy(scope, "Use", { grants: [{ connection, codeBuildSource }], roles: ["service"] });
const madeIn = (stack: Construct, inputs: { readonly [name: string]: string } = {}) =>
  new TerraformHclModule(stack, "Module", { source: "example/git/aws", variables: inputs });

/** The program that each numbered row of the page leads to, by the number. */
const PROGRAMS: { readonly [row: string]: (stack: Construct, other: Construct) => unknown } = {
  1: (stack) => new Connection(stack, "Bitbucket", OURS),
  2: (stack) => oneFor(stack, ["shop", "books"]),
  3: (stack) =>
    oneFor(
      stack,
      [0, 1, 2].map((number) => `shop-${String(number)}`),
    ),
  4: (stack) => oneFor(stack, ["a", "b"]),
  5: (stack) => (process.env.NO_CONNECTION === undefined ? new Connection(stack, "Bitbucket", OURS) : undefined),
  6: (stack) => {
    const { resource } = new Connection(stack, "Bitbucket", { ...OURS, activationReminder: false });
    resource.forEach = TerraformIterator.fromList(
      new TerraformVariable(stack, "All", { type: "list(string)" }).listValue,
    );
    const address = `aws_codestarconnections_connection.${resource.friendlyUniqueId}`;
    return usedIn(stack, byArn(stack, `\${${address}["shop"].arn}`));
  },
  7: (stack) => new Connection(stack, "Bitbucket", { ...OURS, name: aVariable(stack).stringValue }),
  8: (stack) =>
    new Connection(stack, "Any", { name: "shop", providerType: ProviderType.of(aVariable(stack).stringValue) }),
  9: (stack) => {
    new Connection(stack, "Bitbucket", OURS).resource.overrideLogicalId("company");
  },
  10: (stack) => {
    const { resource } = new Connection(stack, "Bitbucket", { ...OURS, preventDestroy: true });
    resource.addOverride("lifecycle.ignore_changes", ["tags"]);
  },
  11: (stack) => new Connection(stack, "Bitbucket", { ...OURS, tags: { team: "shop" } }),
  12: (stack) => {
    const provider = new AwsProvider(stack, "second", { alias: "second", region: "eu-west-1" });
    return new Connection(stack, "Bitbucket", { ...OURS, provider });
  },
  13: (stack) => {
    const providerEndpoint = "https://git.example.com";
    const host = new ConnectionHost(stack, "Host", {
      ...{ name: "git", providerEndpoint, providerType: ProviderType.GITHUB_ENTERPRISE_SERVER },
    });
    return new Connection(stack, "Ghe", { name: "shop", host });
  },
  14: (stack) => {
    new Connection(stack, "Bitbucket", OURS).resource.moveFromId("module.git.aws_codestarconnections_connection.this");
  },
  15: (stack) => {
    new Connection(stack, "Bitbucket", OURS).resource.importFrom(ARN);
  },
  16: (stack) => usedIn(stack, byArn(stack, ARN)),
  17: (stack) => usedIn(stack, byArn(stack, madeIn(stack).getString("connection_arn"), ProviderType.BITBUCKET)),
  18: (stack) => usedIn(stack, Connection.fromConnectionName(stack, "Company", "company")),
  19: (stack) =>
    usedIn(stack, byArn(stack, new DataAwsCodestarconnectionsConnection(stack, "Data", { name: "company" }).arn)),
  20: (stack) => {
    const isFirst = new TerraformVariable(stack, "First", { type: "bool" });
    return usedIn(stack, byArn(stack, Token.asString(Fn.conditional(isFirst.booleanValue, ARN, OTHER))));
  },
  21: (stack) => (process.env.EXISTING === undefined ? new Connection(stack, "Bitbucket", OURS) : byArn(stack, ARN)),
  22: (stack) => {
    const connection = new Connection(stack, "Bitbucket", OURS);
    madeIn(stack, { connection_arn: connection.connectionArn });
    return usedIn(stack, connection);
  },
  23: (stack, other) => usedIn(other, new Connection(stack, "Bitbucket", OURS)),
  24: (stack) => usedIn(stack, byArn(stack, ARN.replace("us-east-1", "eu-west-1"))),
  25: (stack) => usedIn(stack, byArn(stack, aVariable(stack).stringValue)),
  26: (stack) =>
    usedIn(stack, byArn(stack, ARN.replace("codestar-connections", "codeconnections").replace("1234", "2109"))),
  27: (stack) => usedIn(stack, new Connection(stack, "Bitbucket", OURS), true),
};

const PAGE = readFileSync("docs/coming-from.md", "utf8");
const ROWS = Array.from(PAGE.matchAll(/^\| (\d+) +\| (.*?) +\|/gm), ([, row = "", what = ""]) => [row, what] as const);

test("each of the 27 rows has a program", () => {
  expect(ROWS.map(([row]) => row)).toEqual(Object.keys(PROGRAMS));
  expect(ROWS).toHaveLength(27);
});

test.each(ROWS)("row %s (%s) becomes a program that synthesises without a word", (row) => {
  expect(outcomeOf(PROGRAMS[row] ?? fail).said).toEqual([]);
});
