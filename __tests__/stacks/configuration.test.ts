import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OutputFormat, ProviderType } from "../../src";
import { readConfiguration } from "../../stacks/configuration";
import { messageOf, testingApp } from "../support/synthesis";

const CONTEXT = {
  region: "us-east-1",
  pipelineName: "shop",
  connectionName: "MyConnection",
  providerType: "Bitbucket",
  repository: "acme/shop",
  branch: "main",
  outputFormat: "CODE_ZIP",
};
/** What the library takes. */
const READ = {
  ...{ ...CONTEXT, providerType: ProviderType.BITBUCKET, outputFormat: OutputFormat.CODE_ZIP },
  ...{ scopeToRepository: true, protectConnection: false },
};
const ARN = "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const KEYS =
  "The keys are region, pipelineName, connectionName or connectionArn, providerType, repository, branch, outputFormat, " +
  "scopeToRepository, protectConnection, stateBucket, stateRegion, stateOrganization.";

const home = process.cwd();
let folder: string;
beforeEach(() => {
  // A folder without a cdktf.json of its own.
  folder = mkdtempSync(join(tmpdir(), "configuration-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const read = (context: object) => readConfiguration(testingApp({ ...context }));

test("every key of the context is read", () => {
  expect(read(CONTEXT)).toEqual({ ...READ, connectionArn: undefined });
});

test("the context of cdktf.json is read without the CLI too, and overridden key by key", () => {
  writeFileSync("cdktf.json", JSON.stringify({ context: CONTEXT }));

  expect(read({ branch: "release" })).toMatchObject({ ...READ, branch: "release" });
});

test("an existing connection takes the place of a new one, and its provider type may be unknown", () => {
  const context = { ...CONTEXT, connectionName: null, connectionArn: ARN, providerType: null };

  expect(read(context)).toMatchObject({ connectionName: undefined, connectionArn: ARN, providerType: undefined });
});

test.each(["region", "pipelineName", "repository", "branch", "outputFormat", "providerType"])(
  "a missing %s is refused, with the keys that there are",
  (key) => {
    expect(messageOf(() => read({ ...CONTEXT, [key]: undefined }))).toBe(
      `The context of cdktf.json: ${key} must be given. ${KEYS}`,
    );
  },
);

test.each([
  ["branchName", "branch"],
  ["pipelinename", "pipelineName"],
  ["connection_arn", "connectionArn"],
  ["repositry", "repository"],
  ["repo", "repository"],
])("a key %s is refused: %s was meant", (key, meant) => {
  const message = messageOf(() => read({ ...CONTEXT, [key]: "x" }));

  expect(message).toBe(`The context of cdktf.json: "${key}" is not a key; "${meant}" was probably meant. ${KEYS}`);
});

test("a misspelled key is not called missing too", () => {
  expect(messageOf(() => read({ ...CONTEXT, repository: undefined, repositry: "acme/shop" }))).toBe(
    `The context of cdktf.json: "repositry" is not a key; "repository" was probably meant. ${KEYS}`,
  );
});

test("the keys that there are are listed once", () => {
  const message = messageOf(() => read({ repositry: "acme/shop" }));

  expect(message.split(KEYS)).toHaveLength(2);
  expect(message).toContain("region, pipelineName, branch, outputFormat must be given.");
});

test.each(["CODE_ZIP", "CODEBUILD_CLONE_REF"])("the output format %s is read as the library's own", (outputFormat) => {
  expect(read({ ...CONTEXT, outputFormat }).outputFormat).toBe(OutputFormat.of(outputFormat));
});

test.each(["team", "stackName", "key"])("a key %s, near to no other, is refused too", (key) => {
  expect(messageOf(() => read({ ...CONTEXT, [key]: "shop" }))).toBe(
    `The context of cdktf.json: "${key}" is not a key. ${KEYS}`,
  );
});

test.each([".", ".."])("the name %s is no name of a folder", (pipelineName) => {
  expect(messageOf(() => read({ ...CONTEXT, pipelineName }))).toBe(
    'The context of cdktf.json: pipelineName can\'t be "." or "..": the folder of the stack is named after it.',
  );
});

test("an unknown key is refused when it is null too", () => {
  expect(messageOf(() => read({ ...CONTEXT, team: null }))).toContain('"team" is not a key.');
});

test.each([
  "cdktfVersion",
  "cdktfRelativeModules",
  "cdktfStaticModuleAssetHash",
  "@cdktf/disable_stack_trace_in_metadata",
  "excludeStackIdFromLogicalIds",
  "allowSepCharsInLogicalIds",
])("CDKTF's own key %s is left alone", (key) => {
  expect(read({ ...CONTEXT, [key]: "x" })).not.toHaveProperty([key]);
});

test.each(["failOnConstructsOutsideOfStacks", "validateFunctionVersions", "canonicalAssetHashes", "targetVersions"])(
  "CDK Terrain's own key %s is left alone",
  (key) => {
    expect(read({ ...CONTEXT, [key]: "true" })).not.toHaveProperty([key]);
  },
);

test("both and neither of connection name and ARN are refused", () => {
  expect(messageOf(() => read({ ...CONTEXT, connectionArn: ARN }))).toBe(
    "The context of cdktf.json: only one of connectionName (a new connection) and connectionArn (an existing one) " +
      "can be given; set the other to null.",
  );
  expect(messageOf(() => read({ ...CONTEXT, connectionName: null }))).toBe(
    `The context of cdktf.json: connectionName or connectionArn must be given. ${KEYS}`,
  );
});

test.each([
  ["region", "ap-east-1", "region must be one where CodePipeline can use connections"],
  ["pipelineName", "my shop", "pipelineName must be 1 to 100 characters long and have only A-Z, a-z, 0-9 and . @ - _"],
  ["pipelineName", "x".repeat(101), "pipelineName must be 1 to 100 characters long and have only"],
  ["connectionName", "", "connectionName must be 1 to 32 characters long"],
  ["connectionName", "x".repeat(33), "connectionName must be 1 to 32 characters long"],
  ["providerType", "Subversion", "providerType must be one of Bitbucket, GitHub, GitLab"],
  [
    "providerType",
    "GitLabSelfManaged",
    "providerType can't be GitHubEnterpriseServer or GitLabSelfManaged without a host",
  ],
  ["providerType", "AzureDevOps", "providerType can't be AzureDevOps"],
  [
    "repository",
    "shop",
    'repository must be the repository\'s path, 1 to 1000 characters in exactly two parts, such as "workspace/repository"',
  ],
  ["branch", "", "branch must be 1 to 1000 characters long"],
  ["branch", "#{variables.branch}", "branch can't hold a pipeline variable"],
  ["outputFormat", "ZIP", "outputFormat must be one of CODE_ZIP, CODEBUILD_CLONE_REF"],
  ["branch", 5, "branch must be a string. Given: 5."],
])("%s %j is refused", (key, value, sentence) => {
  expect(messageOf(() => read({ ...CONTEXT, [key]: value }))).toContain(`The context of cdktf.json: ${sentence}`);
});

const EXISTING = "set connectionName to null, and connectionArn to the ARN of an existing connection";

test.each([
  ["GitHubEnterpriseServer", "GitHubEnterpriseServer or GitLabSelfManaged without a host, which no key gives"],
  ["GitLabSelfManaged", "GitHubEnterpriseServer or GitLabSelfManaged without a host, which no key gives"],
  ["AzureDevOps", "AzureDevOps for a new connection"],
])("a new connection to %s is refused with what the keys can do about it, and that does help", (providerType, what) => {
  expect(messageOf(() => read({ ...CONTEXT, providerType }))).toBe(
    `The context of cdktf.json: providerType can't be ${what}: ${EXISTING}. Given: "${providerType}".`,
  );
  const advised = { providerType, connectionName: null, connectionArn: ARN };
  expect(read({ ...CONTEXT, ...advised })).toMatchObject({
    providerType: ProviderType.of(providerType),
    connectionArn: ARN,
  });
});

test("a region without connections is refused with the list of such regions, and no advice that no key can follow", () => {
  const message = messageOf(() => read({ ...CONTEXT, region: "ap-east-1" }));

  expect(message).toMatch(/such as us-east-1: none of ap-east-1, [a-z0-9, -]+\. Given: "ap-east-1"\.$/);
});

test("a malformed ARN is refused", () => {
  const context = {
    ...CONTEXT,
    connectionName: null,
    connectionArn: "arn:aws:codeconnections:us-east-1:1:connection/x",
  };

  expect(messageOf(() => read(context))).toContain("connectionArn must be the ARN of a connection");
});

test("everything that is wrong is said in one error", () => {
  const message = messageOf(() =>
    read({ ...CONTEXT, repo: "x", branch: "", region: "cn-north-1", outputFormat: null }),
  );

  expect(message.split("\n")).toHaveLength(5);
});

describe.each(["scopeToRepository", "protectConnection"])("the key %s", (key) => {
  test.each([true, false])("may be %s", (value) => {
    expect(read({ ...CONTEXT, [key]: value })).toMatchObject({ [key]: value });
  });

  test.each(["true", 1, "no"])("can't be %j", (value) => {
    expect(messageOf(() => read({ ...CONTEXT, [key]: value }))).toBe(
      `The context of cdktf.json: ${key} must be true or false, without quotes. Given: ${JSON.stringify(value)}.`,
    );
  });
});

test("an existing connection can't be protected, since nothing here could destroy it", () => {
  const context = { ...CONTEXT, connectionName: null, connectionArn: ARN, protectConnection: true };

  expect(messageOf(() => read(context))).toBe(
    "The context of cdktf.json: protectConnection is for a new connection: set it to false or null together with " +
      "connectionArn.",
  );
});

describe("where the state is kept", () => {
  const state = (keys: object): unknown => read({ ...CONTEXT, ...keys });

  test("is in a bucket of the pipeline's region, or of another one", () => {
    expect(state({ stateBucket: "acme-state" })).toMatchObject({ stateBucket: "acme-state" });
    expect(state({ stateBucket: "acme-state", stateRegion: "eu-west-1" })).toMatchObject({ stateRegion: "eu-west-1" });
  });

  test.each([
    [{ stateBucket: "Acme" }, "stateBucket must be the name of a bucket"],
    [{ stateBucket: "ab" }, "stateBucket must be the name of a bucket"],
    [{ stateOrganization: "a b" }, "stateOrganization must be the name of an organisation"],
    [{ stateBucket: "acme-state", stateRegion: "Ireland" }, "stateRegion must be a region"],
    [{ stateRegion: "eu-west-1" }, "stateRegion is the region of stateBucket: give stateBucket too."],
    [
      { stateBucket: "acme-state", stateOrganization: "acme" },
      "only one of stateBucket (S3) and stateOrganization (HCP",
    ],
  ])("is refused with %j", (keys, message) => {
    expect(messageOf(() => state(keys))).toContain(message);
  });
});
