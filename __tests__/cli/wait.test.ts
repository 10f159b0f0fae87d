import { next } from "../../local-aws/faults";
import { createConnection, createHost } from "../../local-aws/made-by-calls";
import { CommandUnderTest } from "../support/command";

const command = CommandUnderTest.ofSuite();

/** The looks at connections that reached the account. */
const looks = () => command.account.calls.filter(({ operation }) => operation === "GetConnection");

const CURSOR_SHOWN = "\u001b[?25h";

describe("in a pipe", () => {
  test("each change is a line, until all are activated", async () => {
    const arn = createConnection(command.account);
    setTimeout(() => {
      command.account.activate(arn);
    }, 1_000);

    const { exitCode, stdout, stderr } = await command.run(["wait", arn]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^connection "shop": A person must activate it: open https:/),
      'connection "shop" is PENDING',
      'connection "shop" is AVAILABLE',
      "",
    ]);
  });

  test.each([
    ["too", false],
    ["once if it is named after it", true],
  ])("the host of a connection is waited for %s, and comes first", async (_, isNamed) => {
    const host = createHost(command.account);
    const arn = createConnection(command.account, "shop", { HostArn: host });

    const { exitCode, stdout } = await command.run(["wait", arn, ...(isNamed ? [host] : []), "--timeout", "1s"]);

    expect(exitCode).toBe(2);
    expect(stdout.split("\n")).toEqual([
      'host "git": A person must set it up: open https://us-east-1.console.aws.amazon.com/codesuite/settings/connections, choose "Hosts", the host, then "Set up host".',
      expect.stringMatching(/^connection "shop": A person must activate it/),
      'host "git" is PENDING',
      'connection "shop" is PENDING',
      "Still pending after 1 s. A person has to do it; then run this again.",
      "",
    ]);
  });

  test("JSON is the only thing on standard output", async () => {
    const arn = createConnection(command.account);

    const { exitCode, stdout } = await command.run(["wait", arn, "--timeout", "1s", "--json"]);

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ connections: [{ arn, status: "PENDING" }], hosts: [] });
  });

  test("a connection in error ends the waiting, as a finding", async () => {
    const arn = createConnection(command.account);
    command.account.services.codestarConnections.store.setStatus(arn, "ERROR");

    const { exitCode, stdout } = await command.run(["wait", arn]);

    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/connection "shop" is ERROR\. See what AWS says at https:/);
  });

  test("a connection that is deleted meanwhile is an error", async () => {
    const arn = createConnection(command.account);
    setTimeout(() => {
      command.account.services.codestarConnections.store.deleteConnection(arn);
    }, 1_000);

    const { exitCode, stderr } = await command.run(["wait", arn]);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no connection .* in this account: it was deleted/);
  });
});

describe("50 connections", () => {
  test("are each looked at at most once in five seconds, and less often when AWS asks for that", async () => {
    const arns = Array.from({ length: 50 }, (_, index) => createConnection(command.account, `shop-${index}`));
    const ofAll = new Map<string, number[]>();

    // The third round is refused.
    setTimeout(() => (command.account.faults = next(10, "codestar-connections:GetConnection", "throttled")), 8_000);
    const { exitCode } = await command.run(["wait", ...arns, "--timeout", "25s"]);

    expect(exitCode).toBe(2);
    for (const { input, time } of looks()) {
      const arn = String(input.ConnectionArn);
      ofAll.set(arn, [...(ofAll.get(arn) ?? []), time]);
    }
    const pauses = [...ofAll.values()].flatMap((times) =>
      times.slice(1).map((time, index) => time - (times[index] ?? 0)),
    );
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(4_950);
    expect(looks().filter(({ error }) => error === "ThrottlingException")).toHaveLength(10);
    // At 0, 5, 10 (refused after ten), 20 and, since all was well then, 25 or later.
    expect(looks().length).toBeLessThanOrEqual(50 + 50 + 10 + 50 + 50);
    const starts = looks().map(({ time }) => time);
    const silences = starts.slice(1).map((time, index) => time - (starts[index] ?? 0));
    expect(Math.max(...silences)).toBeGreaterThanOrEqual(9_900);
  });
});

describe("in a terminal", () => {
  test("a spinner and a clock move behind each connection until it is activated", async () => {
    const arn = createConnection(command.account);
    const running = command.inTerminal(["wait", arn]);

    await running.shows(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏].* connection "shop" is .*PENDING.* 1 s/);
    command.account.activate(arn);

    expect(await running.ended).toBe(0);
    expect(running.output()).toMatch(/connection "shop" is .*AVAILABLE/);
    expect(running.output().lastIndexOf(CURSOR_SHOWN)).toBeGreaterThan(running.output().lastIndexOf("\u001b[?25l"));
  });

  test("Ctrl-C ends it at once, and the cursor is there again", async () => {
    const arn = createConnection(command.account);
    const running = command.inTerminal(["wait", arn]);
    await running.shows("PENDING");
    const pressed = performance.now();
    running.write("\u0003");

    expect(await running.ended).toBe(130);
    expect(performance.now() - pressed).toBeLessThan(1_000);
    expect(running.output().lastIndexOf(CURSOR_SHOWN)).toBeGreaterThan(running.output().lastIndexOf("\u001b[?25l"));
  });

  test("of several, a person chooses those to wait for", async () => {
    const [one = "", other = ""] = ["one", "other"].map((name) => createConnection(command.account, name));
    const running = command.inTerminal(["wait", one, other, "--timeout", "1s"]);
    await running.shows("Wait for which?");
    // The first one's mark is taken away.
    running.write(" \r");

    expect(await running.ended).toBe(2);
    expect(running.output()).toMatch(/connection "other" is .*PENDING/);
    expect(running.output()).not.toMatch(/connection "one" is .*PENDING/);
  });

  test("Ctrl-C at a question ends it too", async () => {
    const arns = ["one", "other"].map((name) => createConnection(command.account, name));
    const running = command.inTerminal(["wait", ...arns]);
    await running.shows("Wait for which?");
    running.write("\u0003");

    expect(await running.ended).toBe(130);
    expect(running.output().lastIndexOf(CURSOR_SHOWN)).toBeGreaterThan(running.output().lastIndexOf("\u001b[?25l"));
  });
});
