import { ask, createPipeline, createRole, USE } from "../../local-aws/made-by-calls";
import { PipelineAccount } from "./pipeline-account";

const account = PipelineAccount.ofSuite();
const { call, create, activate } = account;

interface StageState {
  readonly latestExecution?: { readonly status: string; readonly pipelineExecutionId: string };
  readonly actionStates: readonly { readonly latestExecution?: { readonly externalExecutionId?: string } }[];
}

const stages = async () => {
  const { output } = await call("GetPipelineState", { name: "shop" });
  return (output as { stageStates: readonly [StageState, StageState] }).stageStates;
};
const start = () => call("StartPipelineExecution", { name: "shop" });
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
      errorDetails: { message: `Connection ${account.connection} is not available` },
    });
    expect(next.latestExecution).toBeUndefined();
  });

  test("fails with a connection in error", async () => {
    activate();
    account.endpoint.services.codestarConnections.store.setStatus(account.connection, "ERROR");
    create();

    expect((await stages())[0].actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { code: "ConfigurationError", message: `Connection ${account.connection} is not available` },
    });
  });

  test("succeeds with an activated connection, and the next stage is in progress", async () => {
    activate();
    create();

    const [source, next] = await stages();

    expect(source.latestExecution?.status).toBe("Succeeded");
    expect(next.latestExecution?.status).toBe("InProgress");
  });

  test("has what was pulled, and where the console shows it", async () => {
    activate();
    create();
    const commitId = "5b1a3ffd1a4ff2ab1f1b8e6a37b1d6dd0bd6ac0e";
    account.endpoint.services.codepipeline.push({ repository: "acme/shop", branch: "main", commitId });

    const redirect = `https://us-east-1.console.aws.amazon.com/codesuite/settings/connections/redirect?connectionArn=${account.connection}`;
    expect((await stages())[0].actionStates[0]).toEqual({
      actionName: "Pull",
      currentRevision: { revisionId: commitId },
      latestExecution: {
        actionExecutionId: expect.any(String) as string,
        status: "Succeeded",
        summary: '{"ProviderType":"Bitbucket","CommitMessage":"A commit"}',
        lastStatusChange: expect.any(Number) as number,
        externalExecutionId: commitId,
      },
      entityUrl: `${redirect}&referenceType=BRANCH&FullRepositoryId=acme/shop&Branch=main`,
      revisionUrl: `${redirect}&referenceType=COMMIT&FullRepositoryId=acme/shop&Commit=${commitId}`,
    });
  });

  test("pulls the same commit again until there is a push", async () => {
    activate();
    create();
    const commit = async () => (await stages())[0].actionStates[0]?.latestExecution?.externalExecutionId;
    const first = await commit();
    await start();
    expect(await commit()).toBe(first);

    account.endpoint.services.codepipeline.push({ repository: "acme/shop", branch: "main" });
    expect(await commit()).not.toBe(first);
  });

  test.each([[[]], [USE.slice(0, 1)], [USE.slice(1)]])("fails if its role may only %j", async (actions) => {
    activate();
    create({ roleArn: createRole(account.endpoint, "poor", ...actions) });

    expect((await stages())[0].actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { message: expect.stringContaining("The provided role does not have sufficient permissions.") },
    });
  });

  test("needs no more than conditions on what CodePipeline says of the repository", async () => {
    activate();
    const roleArn = createRole(account.endpoint, "conditional");
    const statement = (service: string) => ({
      ...{ Effect: "Allow", Action: `${service}:UseConnection`, Resource: account.connection },
      Condition: {
        StringEquals: { [`${service}:FullRepositoryId`]: "acme/shop", [`${service}:BranchName`]: "main" },
        StringEqualsIfExists: { [`${service}:ProviderPermissionsRequired`]: "read_only" },
      },
    });
    const document = {
      Version: "2012-10-17",
      Statement: ["codestar-connections", "codeconnections"].map(statement),
    };
    const input = { RoleName: "conditional", PolicyName: "use", PolicyDocument: JSON.stringify(document) };
    ask(account.endpoint, "iam", "PutRolePolicy", input);
    create({ roleArn });
    expect((await stages())[0].latestExecution?.status).toBe("Succeeded");

    createPipeline(account.endpoint, account.connection, {
      ...{ roleArn, configuration: { BranchName: "other" }, pipeline: { name: "other" } },
    });
    const { output } = await call("ListPipelineExecutions", { pipelineName: "other" });
    expect(output).toMatchObject({
      pipelineExecutionSummaries: [
        { status: "Failed", statusSummary: expect.stringContaining("sufficient permissions") as string },
      ],
    });
  });

  test("fails for what the provider refuses", async () => {
    activate();
    account.endpoint.services.codepipeline.provider.refusals.set("acme/shop", "No Branch [main] found");
    create();

    expect((await stages())[0].actionStates[0]?.latestExecution).toMatchObject({
      errorDetails: { message: "No Branch [main] found" },
    });
  });
});

describe("StartPipelineExecution", () => {
  test("supersedes what waits in the second stage", async () => {
    activate();
    create();
    const first = (await stages())[1].latestExecution?.pipelineExecutionId;

    const { output } = await start();

    const { pipelineExecutionId: second } = output as { pipelineExecutionId: string };
    expect((await stages())[1].latestExecution?.pipelineExecutionId).toBe(second);
    expect((await call("ListPipelineExecutions", { pipelineName: "shop" })).output).toMatchObject({
      pipelineExecutionSummaries: [
        { pipelineExecutionId: second, status: "InProgress" },
        { pipelineExecutionId: first, status: "Superseded" },
      ],
    });
  });

  test("leaves what waits in the second stage there if its own source fails", async () => {
    activate();
    create();
    const [{ latestExecution: first }] = await stages();
    account.endpoint.services.codestarConnections.store.setStatus(account.connection, "ERROR");

    await start();

    const [source, next] = await stages();
    expect(source.latestExecution?.status).toBe("Failed");
    expect(next.latestExecution).toEqual({ ...first, status: "InProgress" });
  });

  test("supersedes nothing in a queue", async () => {
    activate();
    create({ pipeline: { executionMode: "QUEUED" } });

    await start();

    expect((await call("ListPipelineExecutions", { pipelineName: "shop" })).output).toMatchObject({
      pipelineExecutionSummaries: [{ status: "InProgress" }, { status: "InProgress" }],
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

  test("runs all actions again on request", async () => {
    const configuration = { FullRepositoryId: "acme/docs", ConnectionArn: account.connection, BranchName: "main" };
    const docs = {
      ...{ name: "Docs", configuration, outputArtifacts: [{ name: "Docs" }] },
      actionTypeId: { category: "Source", owner: "AWS", provider: "CodeStarSourceConnection", version: "1" },
    };
    activate();
    account.endpoint.services.codepipeline.provider.refusals.set("acme/docs", "No Branch [main] found");
    create({ sources: [docs] });
    const names = async () => {
      const { output } = await call("ListActionExecutions", { pipelineName: "shop" });
      const { actionExecutionDetails: details } = output as { actionExecutionDetails: { actionName: string }[] };
      return details.map(({ actionName }) => actionName);
    };

    await call("RetryStageExecution", await retry());
    expect(await names()).toEqual(["Docs", "Docs", "Pull"]);
    await call("RetryStageExecution", { ...(await retry()), retryMode: "ALL_ACTIONS" });
    expect(await names()).toEqual(["Docs", "Pull", "Docs", "Docs", "Pull"]);
  });

  test("refuses a stage that has not failed, or is not there, and an older execution", async () => {
    create();
    const first = await retry();
    expect((await call("RetryStageExecution", { ...first, stageName: "Next" })).code).toBe(
      "StageNotRetryableException",
    );
    expect((await call("RetryStageExecution", { ...first, stageName: "No" })).code).toBe("StageNotFoundException");

    await start();
    expect((await call("RetryStageExecution", first)).code).toBe("NotLatestPipelineExecutionException");
  });
});
