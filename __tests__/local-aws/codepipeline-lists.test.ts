import { createRole, USE } from "../../local-aws/made-by-calls";
import { callJson } from "./json-client";
import { PipelineAccount } from "./pipeline-account";

const account = PipelineAccount.ofSuite();
const { call, create, activate } = account;
const provider = () => account.endpoint.services.codepipeline.provider;
const start = () => call("StartPipelineExecution", { name: "shop" });

describe("ListPipelineExecutions", () => {
  const list = (input: object = {}) => call("ListPipelineExecutions", { pipelineName: "shop", ...input });

  test("has the newest first, in pages", async () => {
    create();
    await start();

    const { output: first } = await list({ maxResults: 1 });
    const caller = { triggerDetail: "arn:aws:iam::123456789012:user/local" };
    expect(first).toMatchObject({
      pipelineExecutionSummaries: [{ trigger: { ...caller, triggerType: "StartPipelineExecution" } }],
    });
    const { nextToken } = first as { nextToken: string };
    const { output: second } = await list({ maxResults: 1, nextToken });
    expect(second).toMatchObject({
      pipelineExecutionSummaries: [{ trigger: { ...caller, triggerType: "CreatePipeline" } }],
    });
    expect(second).not.toHaveProperty("nextToken");
  });

  test("says why an execution failed, and what one that did not has pulled", async () => {
    create();
    activate();
    await start();

    expect((await list()).output).toMatchObject({
      pipelineExecutionSummaries: [
        {
          status: "InProgress",
          sourceRevisions: [
            {
              actionName: "Pull",
              revisionId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
              revisionSummary: '{"ProviderType":"Bitbucket","CommitMessage":"A commit"}',
              revisionUrl: expect.stringContaining("&referenceType=COMMIT&FullRepositoryId=acme/shop&") as string,
            },
          ],
        },
        { status: "Failed", statusSummary: `Connection ${account.connection} is not available`, sourceRevisions: [] },
      ],
    });
  });

  test.each([
    [{ maxResults: 0 }, "ValidationException"],
    [{ maxResults: 101 }, "ValidationException"],
    [{ nextToken: "no" }, "InvalidNextTokenException"],
    [{ pipelineName: "gone" }, "PipelineNotFoundException"],
  ])("refuses %j with %s", async (input, code) => {
    create();
    expect((await list(input)).code).toBe(code);
  });
});

describe("ListActionExecutions", () => {
  interface Details {
    readonly actionExecutionDetails: readonly { readonly pipelineExecutionId: string }[];
    readonly nextToken?: string;
  }
  const list = (input: object = {}) => call("ListActionExecutions", { pipelineName: "shop", ...input });

  test("has each run of a source, the newest first", async () => {
    create();
    activate();
    const { actionExecutionDetails: runs } = (await list()).output as Details;
    const input = { stageName: "Source", retryMode: "FAILED_ACTIONS", ...runs[0] };
    await call("RetryStageExecution", { ...input, pipelineName: "shop" });

    expect((await list()).output).toMatchObject({
      actionExecutionDetails: [
        {
          ...{ pipelineVersion: 1, stageName: "Source", actionName: "Pull", status: "Succeeded" },
          input: {
            actionTypeId: { provider: "CodeStarSourceConnection" },
            configuration: { FullRepositoryId: "acme/shop" },
            resolvedConfiguration: { FullRepositoryId: "acme/shop" },
            region: "us-east-1",
          },
          output: { outputArtifacts: [{ name: "App" }] },
        },
        {
          status: "Failed",
          output: {
            executionResult: {
              errorDetails: {
                code: "ConfigurationError",
                message: `Connection ${account.connection} is not available`,
              },
            },
          },
        },
      ],
    });
  });

  test("has what was pulled, as the provider writes it", async () => {
    activate();
    provider().canonical("acme/Shop", "Main");
    create();

    const variables = {
      AuthorDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      BranchName: "Main",
      CommitId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      CommitMessage: "A commit",
      ConnectionArn: account.connection,
      FullRepositoryName: "acme/Shop",
      ProviderType: "Bitbucket",
    };
    expect((await list()).output).toMatchObject({
      actionExecutionDetails: [{ output: { outputVariables: variables } }],
    });
  });

  test("can be asked for one execution, in pages", async () => {
    create();
    await start();
    const { output } = await list({ maxResults: 1 });
    const { actionExecutionDetails: newest, nextToken } = output as Details;
    const { actionExecutionDetails: oldest } = (await list({ nextToken })).output as Details;
    expect(oldest).toHaveLength(1);

    const pipelineExecutionId = oldest[0]?.pipelineExecutionId;
    expect(pipelineExecutionId).not.toBe(newest[0]?.pipelineExecutionId);
    expect((await list({ filter: { pipelineExecutionId } })).output).toEqual({ actionExecutionDetails: oldest });
  });

  test.each([
    [{ maxResults: 101 }, "ValidationException"],
    [{ nextToken: "no" }, "InvalidNextTokenException"],
    [{ filter: { pipelineExecutionId: "gone" } }, "PipelineExecutionNotFoundException"],
    [{ pipelineName: "gone" }, "PipelineNotFoundException"],
  ])("refuses %j with %s", async (input, code) => {
    create();
    expect((await list(input)).code).toBe(code);
  });
});

describe("ListPipelines", () => {
  test("has those of the region, in pages", async () => {
    const roleArn = createRole(account.endpoint, "both", ...USE);
    create({ roleArn });
    create({ roleArn, pipeline: { name: "other" } });

    const { output: first } = await call("ListPipelines", { maxResults: 1 });
    expect(first).toMatchObject({
      pipelines: [{ name: "shop", version: 1, pipelineType: "V2", executionMode: "SUPERSEDED" }],
    });
    const { nextToken } = first as { nextToken: string };
    expect((await call("ListPipelines", { nextToken })).output).toMatchObject({ pipelines: [{ name: "other" }] });
    const { output: elsewhere } = await callJson(account.endpoint, "codepipeline", "ListPipelines", {}, "eu-west-1");
    expect(elsewhere).toEqual({ pipelines: [] });
  });

  test.each([
    [{ maxResults: 1001 }, "ValidationException"],
    [{ nextToken: "no" }, "InvalidNextTokenException"],
  ])("refuses %j with %s", async (input, code) => {
    expect((await call("ListPipelines", input)).code).toBe(code);
  });
});

/** A GitHub version 1 action with a token. */
const github = (OAuthToken: string) => ({
  ...{ name: "Old", actionTypeId: { category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" } },
  outputArtifacts: [{ name: "Old" }],
  configuration: { Owner: "acme", Repo: "x", Branch: "main", OAuthToken },
});

describe("GetPipeline", () => {
  test("hides the token of a GitHub version 1 action", async () => {
    create({ sources: [github("s3cret")] });

    const { output } = await call("GetPipeline", { name: "shop" });

    expect(JSON.stringify(output)).toContain('"OAuthToken":"****"');
    expect(JSON.stringify(output)).not.toContain("s3cret");
  });

  test("answers fields that AWS adds one day", async () => {
    create();
    account.endpoint.services.codepipeline.newerFields.set("shop", { newer: true });

    expect((await call("GetPipeline", { name: "shop" })).output).toMatchObject({ pipeline: { newer: true } });
  });
});

describe("UpdatePipeline", () => {
  test("keeps a hidden value as it is sent", async () => {
    const pipeline = create({ sources: [github("s3cret")] });
    const masked = JSON.parse(JSON.stringify(pipeline).replace("s3cret", "****")) as object;

    const { output } = await call("UpdatePipeline", { pipeline: masked });

    expect(JSON.stringify(output)).toContain('"OAuthToken":"****"');
  });
});
