import { ask, createConnection, createPipeline, createRole, USE } from "../../local-aws/made-by-calls";
import { CommandUnderTest } from "../support/command";

const command = CommandUnderTest.ofSuite();

const service = () => command.account.services.codepipeline;
const push = () => service().push({ repository: "acme/shop", branch: "main" });
const operations = () => command.account.calls.map(({ operation }) => operation);
const statusOf = (name = "shop") => {
  const state = ask(command.account, "codepipeline", "GetPipelineState", { name });
  return (state as { stageStates: { latestExecution?: { status: string } }[] }).stageStates[0]?.latestExecution?.status;
};

/** A pipeline that was made while its connection was pending, which is activated since. */
function madeWhilePending(changes: Parameters<typeof createPipeline>[2] = {}): string {
  const arn = createConnection(command.account);
  createPipeline(command.account, arn, changes);
  command.account.activate(arn);
  expect([push(), statusOf()]).toEqual([[], "Failed"]);
  return arn;
}

describe("wait --start", () => {
  test("with --yes registers the webhook, and retries the source stage", async () => {
    const arn = madeWhilePending();

    const { exitCode, stdout, stderr } = await command.run(["wait", arn, "--start", "--yes"]);

    expect(stderr).toBe("");
    expect(stdout).toContain(
      '✓ pipeline "shop": sent back unchanged, so that pushes start it; its source stage is retried\n',
    );
    expect(exitCode).toBe(0);
    expect(statusOf()).toBe("Succeeded");
    expect(push()).toEqual(["shop"]);
  });

  test("without --yes and without a terminal updates nothing, and says what to do", async () => {
    const arn = madeWhilePending();

    const { exitCode, stdout } = await command.run(["wait", arn, "--start"]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain('✓ pipeline "shop": its source stage is retried\n');
    expect(stdout).toContain(
      '! pipeline "shop": It was made while its connection was pending, so pushes may not start it until it is saved once. In the ' +
        "console, open https://us-east-1.console.aws.amazon.com/codesuite/codepipeline/pipelines/shop/view?region=us-east-1, " +
        'choose "Edit", then "Save". Or run npx cdktf-codestar-connections wait --start --yes.\n',
    );
    expect(operations()).not.toContain("UpdatePipeline");
  });

  test.each([
    ["asks before it updates", "\r", 0, ["shop"]],
    ["takes a no", "n\r", 3, []],
    ["ends with Ctrl-C at the question", "\u0003", 130, []],
  ])("in a terminal %s", async (_, keys, exitCode, started) => {
    const arn = madeWhilePending();
    const running = command.inTerminal(["wait", arn, "--start"]);
    await running.shows("Send it back to AWS unchanged, once, so that they do?");
    running.write(keys);

    expect(await running.ended).toBe(exitCode);
    expect(operations().includes("UpdatePipeline")).toBe(exitCode === 0);
    expect(push()).toEqual(started);
  });

  test("without a pipeline says that a deploy may make one", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);

    expect((await command.run(["wait", arn, "--start"])).stdout).toContain(
      "No pipeline uses them. If yours waits for the activation, deploy now: npx cdktf deploy\n",
    );
  });

  test("leaves a pipeline alone that runs and is started by pushes", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);
    createPipeline(command.account, arn);

    const { exitCode, stdout } = await command.run(["wait", arn, "--start", "--yes"]);

    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'connection "shop" is AVAILABLE\n✓ pipeline "shop": nothing to do\n',
    });
    expect(operations().filter((each) => /^(Update|Start|Retry)/.test(each))).toEqual([]);
  });

  test("a second time has nothing to do", async () => {
    const arn = madeWhilePending();
    await command.run(["wait", arn, "--start", "--yes"]);
    const before = operations().length;

    const { stdout } = await command.run(["wait", arn, "--start", "--yes"]);

    expect(stdout).toContain('✓ pipeline "shop": nothing to do\n');
    expect(operations().slice(before)).not.toContain("UpdatePipeline");
  });

  test("leaves a pipeline of another connection alone", async () => {
    const arn = madeWhilePending();
    const other = createConnection(command.account, "other");
    createPipeline(command.account, other, {
      ...{ pipeline: { name: "other" }, roleArn: createRole(command.account, "other", ...USE) },
    });

    const { stdout } = await command.run(["wait", arn, "--start", "--yes"]);

    expect(stdout).not.toContain('pipeline "other"');
    expect(statusOf("other")).toBe("Failed");
  });

  test("does nothing while the connection is pending", async () => {
    const arn = createConnection(command.account);
    createPipeline(command.account, arn);

    const { exitCode } = await command.run(["wait", arn, "--start", "--yes", "--timeout", "1s"]);

    expect(exitCode).toBe(2);
    expect(operations()).not.toContain("GetPipeline");
  });

  test("answers in JSON what it did", async () => {
    const arn = madeWhilePending();

    const { stdout } = await command.run(["wait", arn, "--start", "--yes", "--json"]);

    expect(JSON.parse(stdout)).toMatchObject({
      connections: [{ arn, status: "AVAILABLE" }],
      pipelines: [{ name: "shop", region: "us-east-1", did: ["updated", "retried"] }],
    });
  });
});

describe("a pipeline that would lose something", () => {
  const byHand = /In the console, open https:\S+, choose "Edit", then "Save"\./;

  test("is not sent back with a value that AWS hides", async () => {
    const github = {
      ...{ name: "Old", actionTypeId: { category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" } },
      configuration: { Owner: "acme", Repo: "old", Branch: "main", OAuthToken: "s3cret" },
      outputArtifacts: [{ name: "Old" }],
    };
    const arn = madeWhilePending({ sources: [github] });

    const { exitCode, stdout } = await command.run(["wait", arn, "--start", "--yes"]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      "It is not sent back by this command, because AWS hides the value of stages.0.actions.1.configuration.OAuthToken, and would lose it.",
    );
    expect(stdout).toMatch(byHand);
    expect(operations()).not.toContain("UpdatePipeline");
  });

  test("is not sent back with a field that the SDK does not know", async () => {
    const arn = madeWhilePending();
    service().newerFields.set("shop", { newer: { field: true } });

    const { exitCode, stdout } = await command.run(["wait", arn, "--start", "--yes"]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain("because it has a setting that this version of the command does not know.");
    expect(stdout).toMatch(byHand);
    expect(operations()).not.toContain("UpdatePipeline");
  });
});

test("what AWS refuses for one pipeline is said, and the others go on", async () => {
  const arn = madeWhilePending();
  command.account.denied.add("codepipeline:UpdatePipeline");

  const { exitCode, stdout } = await command.run(["wait", arn, "--start", "--yes"]);

  expect(exitCode).toBe(3);
  expect(stdout).toContain(
    '! pipeline "shop": Could not get the pipeline "shop" going: AWS does not allow it (not authorized to perform: codepipeline:UpdatePipeline).',
  );
});
