import { AwsEndpoint } from "../../local-aws";
import { createConnection, createPipeline, createRole, type PipelineChanges, USE } from "../support/account";
import { callJson } from "./json-client";

let endpoint: AwsEndpoint;
let connection: string;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
  connection = createConnection(endpoint);
});
afterEach(() => endpoint.stop());

const call = (operation: string, input: object) => callJson(endpoint, "codepipeline", operation, input, "us-east-1");
const create = (changes?: PipelineChanges) => createPipeline(endpoint, connection, changes);
const activate = () => {
  endpoint.activate(connection);
};

interface StageState {
  readonly latestExecution?: { readonly status: string; readonly pipelineExecutionId: string };
  readonly actionStates: readonly { readonly latestExecution?: object }[];
}

const stages = async () => {
  const { output } = await call("GetPipelineState", { name: "shop" });
  return (output as { stageStates: readonly [StageState, StageState] }).stageStates;
};
const retry = async () => {
  const [{ latestExecution }] = await stages();
  const { pipelineExecutionId } = latestExecution ?? {};
  return { pipelineName: "shop", stageName: "Source", pipelineExecutionId, retryMode: "FAILED_ACTIONS" };
};

describe("the source stage", () => {
  test("fails while the connection is pending", async () => {
    create();

    const [source, next] = await stages();

    expect(source.latestExecution?.status).toBe("Failed");
    expect(source.actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { message: `Connection ${connection} is not available` },
    });
    expect(next.latestExecution).toBeUndefined();
  });

  test("succeeds with an activated connection, and the next stage is in progress", async () => {
    activate();
    create();

    const [source, next] = await stages();

    expect(source.latestExecution?.status).toBe("Succeeded");
    expect(next.latestExecution?.status).toBe("InProgress");
  });

  test.each([[[]], [USE.slice(0, 1)], [USE.slice(1)]])("fails if its role may only %j", async (actions) => {
    activate();
    create({ roleArn: createRole(endpoint, "poor", ...actions) });

    expect((await stages())[0].actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { message: expect.stringContaining("The provided role does not have sufficient permissions.") },
    });
  });

  test("fails for what the provider refuses", async () => {
    activate();
    endpoint.services.codepipeline.provider.refusals.set("acme/shop", "No Branch [main] found");
    create();

    expect((await stages())[0].actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { message: "No Branch [main] found" },
    });
  });
});

describe("RetryStageExecution", () => {
  test("runs the failed actions again", async () => {
    create();
    activate();

    expect((await call("RetryStageExecution", await retry())).code).toBeUndefined();
    expect((await stages())[0].latestExecution?.status).toBe("Succeeded");
  });

  test("refuses a stage that has not failed, or is not there, and an older execution", async () => {
    create();
    const first = await retry();
    expect((await call("RetryStageExecution", { ...first, stageName: "Next" })).code).toBe(
      "StageNotRetryableException",
    );
    expect((await call("RetryStageExecution", { ...first, stageName: "No" })).code).toBe("StageNotFoundException");

    await call("StartPipelineExecution", { name: "shop" });
    expect((await call("RetryStageExecution", first)).code).toBe("NotLatestPipelineExecutionException");
  });
});

describe("lists", () => {
  test("ListPipelineExecutions has the newest first, in pages", async () => {
    create();
    await call("StartPipelineExecution", { name: "shop" });
    const list = (input: object = {}) =>
      call("ListPipelineExecutions", { pipelineName: "shop", maxResults: 1, ...input });

    const { output: first } = await list();
    expect(first).toMatchObject({
      pipelineExecutionSummaries: [{ status: "Failed", trigger: { triggerType: "StartPipelineExecution" } }],
    });
    const { nextToken } = first as { nextToken: string };
    expect((await list({ nextToken })).output).toMatchObject({
      pipelineExecutionSummaries: [{ trigger: { triggerType: "CreatePipeline" } }],
    });
    expect((await list({ nextToken: "no" })).code).toBe("InvalidNextTokenException");
  });

  test("ListActionExecutions has each run of a source, with what it pulled as the provider writes it", async () => {
    create();
    activate();
    endpoint.services.codepipeline.provider.spellings.set("acme/shop", "acme/Shop");
    await call("RetryStageExecution", await retry());

    const { output } = await call("ListActionExecutions", { pipelineName: "shop" });

    expect(output).toMatchObject({
      actionExecutionDetails: [
        { status: "Succeeded", output: { outputVariables: { FullRepositoryName: "acme/Shop", BranchName: "main" } } },
        { status: "Failed", output: { executionResult: { errorDetails: { code: "ConfigurationError" } } } },
      ],
    });
  });

  test("ListPipelines has those of the region", async () => {
    create();

    expect((await call("ListPipelines", {})).output).toMatchObject({ pipelines: [{ name: "shop", version: 1 }] });
    expect((await callJson(endpoint, "codepipeline", "ListPipelines", {}, "eu-west-1")).output).toEqual({
      pipelines: [],
    });
  });
});

describe("a push", () => {
  const push = (branch = "main", repository = "acme/shop") =>
    endpoint.services.codepipeline.push({ repository, branch });

  test("starts the pipelines of the repository and the branch, in the same case", () => {
    activate();
    create();

    expect(push()).toEqual(["shop"]);
    expect([push("other"), push("main", "acme/Shop")]).toEqual([[], []]);
  });

  test("starts nothing that was made while its connection was pending, until it is updated", async () => {
    const pipeline = create();
    activate();
    expect(push()).toEqual([]);

    await call("UpdatePipeline", { pipeline });
    expect(push()).toEqual(["shop"]);
  });

  test("starts what a trigger lets pass, and nothing that detects no changes", () => {
    activate();
    const trigger = (includes: readonly string[]) => ({
      providerType: "CodeStarSourceConnection",
      gitConfiguration: { sourceActionName: "Pull", push: [{ branches: { includes } }] },
    });
    const configuration = { DetectChanges: "false" };
    create({ configuration });
    expect(push()).toEqual([]);

    createPipeline(endpoint, connection, {
      ...{ configuration, roleArn: createRole(endpoint, "other", ...USE) },
      pipeline: { name: "released", triggers: [trigger(["release/*"])] },
    });
    expect([push(), push("release/1"), push("release/1/2")]).toEqual([[], ["released"], []]);
  });
});

test("GetPipeline hides the token of a GitHub version 1 action, and answers what AWS adds one day", async () => {
  activate();
  const github = {
    ...{ name: "Old", actionTypeId: { category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" } },
    ...{
      outputArtifacts: [{ name: "Old" }],
      configuration: { Owner: "acme", Repo: "x", Branch: "main", OAuthToken: "s3cret" },
    },
  };
  create({ sources: [github] });
  endpoint.services.codepipeline.newerFields.set("shop", { newer: true });

  const { output } = await call("GetPipeline", { name: "shop" });

  expect(output).toMatchObject({ pipeline: { newer: true } });
  expect(JSON.stringify(output)).toContain('"OAuthToken":"****"');
});
