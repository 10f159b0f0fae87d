import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createConnection, createHost } from "../../local-aws/made-by-calls";
import { CommandUnderTest, pageOf } from "../support/command";

const command = CommandUnderTest.ofSuite();

describe("open", () => {
  test("prints the page where there is no terminal", async () => {
    const arn = createConnection(command.account);

    expect(await command.run(["open", arn])).toEqual({
      ...{ exitCode: 0, stderr: "", stdout: `Open this page in a browser:\n${pageOf(arn)}\n` },
    });
  });

  test("prints the host's page first, since a connection needs its host", async () => {
    const host = createHost(command.account);
    const arn = createConnection(command.account, "shop", { HostArn: host });

    expect((await command.run(["open", arn, host])).stderr).toBe(
      `There are 2 pages, and no terminal to choose in. Give one of the ARNs:\n  npx cdktf-codestar-connections open ${host}\n  npx cdktf-codestar-connections open ${arn}\n`,
    );
  });

  test("takes the only one that is pending", async () => {
    const [done = "", arn = ""] = ["done", "shop"].map((name) => createConnection(command.account, name));
    command.account.activate(done);

    expect((await command.run(["open", done, arn])).stdout).toContain(pageOf(arn));
  });

  test("answers in JSON", async () => {
    const arn = createConnection(command.account);

    expect(JSON.parse((await command.run(["open", arn, "--json"])).stdout)).toEqual({
      arn,
      status: "PENDING",
      page: pageOf(arn),
    });
  });

  test("opens the browser in a terminal", async () => {
    const arn = createConnection(command.account);
    const running = command.inTerminal(["open", arn], browserThatWrites());

    expect(await running.ended).toBe(0);
    expect(running.output()).toContain(`Opened ${pageOf(arn)}`);
    expect(readFileSync(join(command.folder, "opened"), "utf8")).toBe(`${pageOf(arn)}\n`);
  });

  test("prints the page in a session over SSH", async () => {
    const arn = createConnection(command.account);
    const running = command.inTerminal(["open", arn], {
      ...browserThatWrites(),
      SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22",
    });

    expect(await running.ended).toBe(0);
    expect(running.output()).toContain("Open this page in a browser:");
    expect(existsSync(join(command.folder, "opened"))).toBe(false);
  });

  /** What Linux opens pages with; it keeps the page's address. */
  function browserThatWrites(): { [name: string]: string } {
    const program = join(command.folder, "xdg-open");
    writeFileSync(program, `#!/bin/sh\necho "$1" > ${join(command.folder, "opened")}\n`);
    chmodSync(program, 0o755);
    return { DISPLAY: ":0", PATH: `${command.folder}:${process.env.PATH ?? ""}` };
  }
});
