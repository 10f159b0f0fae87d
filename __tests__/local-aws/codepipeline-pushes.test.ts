import { createConnection, createRole, USE } from "../../local-aws/made-by-calls";
import { PipelineAccount } from "./pipeline-account";

const account = PipelineAccount.ofSuite();
const { call, create, activate } = account;
const setStatus = (status: "AVAILABLE" | "ERROR") => {
  account.endpoint.services.codestarConnections.store.setStatus(account.connection, status);
};
const push = (branch = "main", repository = "acme/shop", more: object = {}) =>
  account.endpoint.services.codepipeline.push({ repository, branch, ...more });

const trigger = (filter: object) => ({
  providerType: "CodeStarSourceConnection",
  gitConfiguration: { sourceActionName: "Pull", push: [filter] },
});
const branches = (includes: readonly string[], more: object = {}) => trigger({ branches: { includes, ...more } });

test("a push starts the pipelines of the repository and the branch, in the same case", () => {
  activate();
  create();

  expect(push()).toEqual(["shop"]);
  expect([push("other"), push("Main"), push("main", "acme/Shop")]).toEqual([[], [], []]);
});

test("a push starts an execution that names its connection and its commit", async () => {
  activate();
  create();
  const commitId = "5b1a3ffd1a4ff2ab1f1b8e6a37b1d6dd0bd6ac0e";

  push("main", "acme/shop", { commitId });

  const { output } = await call("ListPipelineExecutions", { pipelineName: "shop", maxResults: 1 });
  expect(output).toMatchObject({
    pipelineExecutionSummaries: [
      {
        trigger: { triggerType: "WebhookV2", triggerDetail: account.connection },
        sourceRevisions: [{ revisionId: commitId }],
      },
    ],
  });
});

test("a push in another case tells how the provider writes the repository", async () => {
  activate();
  create();
  expect(push("main", "acme/Shop")).toEqual([]);

  await call("StartPipelineExecution", { name: "shop" });

  const { output } = await call("ListActionExecutions", { pipelineName: "shop", maxResults: 1 });
  expect(output).toMatchObject({
    actionExecutionDetails: [{ output: { outputVariables: { FullRepositoryName: "acme/Shop" } } }],
  });
});

test("a push starts nothing that was made while its connection was pending, until it is updated", async () => {
  const pipeline = create();
  activate();
  expect(push()).toEqual([]);

  await call("UpdatePipeline", { pipeline });
  expect(push()).toEqual(["shop"]);
});

test("a push starts nothing over another connection, or over one that the provider does not know any more", () => {
  activate();
  create();
  const other = account.endpoint.createByHand({ name: "other", providerType: "Bitbucket", region: "us-east-1" });
  expect(push("main", "acme/shop", { connectionArn: other })).toEqual([]);
  expect(push("main", "acme/shop", { connectionArn: account.connection })).toEqual(["shop"]);

  setStatus("ERROR");
  expect(push()).toEqual([]);
  setStatus("AVAILABLE");
  expect(push()).toEqual(["shop"]);
});

test("a pipeline that is updated to a connection that is pending is not started by its pushes", async () => {
  activate();
  const pipeline = create();
  const other = createConnection(account.endpoint, "other");

  const changed = JSON.parse(JSON.stringify(pipeline).replace(account.connection, other)) as object;
  await call("UpdatePipeline", { pipeline: changed });
  account.endpoint.activate(other);

  expect(push()).toEqual([]);
});

test("a pipeline that is deleted is started by nothing, and one of the same name is registered anew", async () => {
  activate();
  create();
  await call("DeletePipeline", { name: "shop" });
  expect(push()).toEqual([]);

  setStatus("ERROR");
  create({ roleArn: createRole(account.endpoint, "again", ...USE) });
  setStatus("AVAILABLE");
  expect(push()).toEqual([]);
});

test("a push starts nothing that detects no changes", () => {
  activate();
  create({ configuration: { DetectChanges: "false" } });
  expect(push()).toEqual([]);
});

test.each<[what: string, trigger: object, starts: readonly string[], ignores: readonly string[]]>([
  ["a star in one part of its path", branches(["release/*"]), ["release/1"], ["release/1/2", "main"]],
  ["a star after a dot", branches(["v1.*"]), ["v1.2"], ["v1x2", "v2.1"]],
  ["two stars over all parts", branches(["release/**"]), ["release/1", "release/1/2"], ["main"]],
  ["a question mark", branches(["v?"]), ["v1"], ["v", "v12"]],
  ["what is not excluded", branches(["**"], { excludes: ["wip/*"] }), ["main"], ["wip/1"]],
  ["excludes alone", trigger({ branches: { excludes: ["wip/*"] } }), ["main"], ["wip/1"]],
  ["tags alone, which no branch is", trigger({ tags: { includes: ["**"] } }), [], ["main"]],
])("a trigger lets branches pass with %s", (_, only, starts, ignores) => {
  activate();
  create({ configuration: { DetectChanges: "false" }, pipeline: { triggers: [only] } });

  expect([...starts, ...ignores].filter((branch) => push(branch).length > 0)).toEqual(starts);
});
