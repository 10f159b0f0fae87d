import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { next } from "../../local-aws/faults";
import { createConnection, createHost } from "../../local-aws/made-by-calls";
import { CommandUnderTest, pageOf } from "../support/command";
import { inState, writeProject } from "../../local-aws/terraform/deployed-stack";

const command = CommandUnderTest.ofSuite();

describe("status", () => {
  test("says of a pending connection who has to do what, and where", async () => {
    const arn = createConnection(command.account);

    expect(await command.run(["status", arn])).toEqual({
      exitCode: 2,
      stderr: "",
      stdout:
        `shop PENDING ${arn}\n  A person must activate it: open ${pageOf(arn)} and choose "Update pending connection" ` +
        "(npx cdktf-codestar-connections open).\n",
    });
  });

  test("says nothing more of an activated one", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);

    expect(await command.run(["status", arn])).toEqual({
      ...{ exitCode: 0, stderr: "", stdout: `shop AVAILABLE ${arn}\n` },
    });
  });

  test("answers in JSON, and nothing else on standard output", async () => {
    const host = createHost(command.account);
    const arn = createConnection(command.account, "shop", { HostArn: host });

    const { exitCode, stdout } = await command.run(["status", arn, host, "--json"]);

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      connections: [
        {
          ...{ arn, name: "shop", status: "PENDING", hostArn: host },
          providerType: "GitHubEnterpriseServer",
          page: pageOf(arn),
        },
      ],
      hosts: [
        {
          ...{ arn: host, name: "git", status: "PENDING", providerType: "GitHubEnterpriseServer" },
          page: "https://us-east-1.console.aws.amazon.com/codesuite/settings/connections",
        },
      ],
    });
  });

  test("a connection in error is a finding", async () => {
    const arn = createConnection(command.account);
    command.account.services.codestarConnections.store.setStatus(arn, "ERROR");

    const { exitCode, stdout } = await command.run(["status", arn]);

    expect(exitCode).toBe(3);
    expect(stdout).toContain(`  See what AWS says at ${pageOf(arn)}\n`);
  });
});

describe("where the connections are named", () => {
  const outputs = (arn: string) => ({
    shop: { Bitbucket: { connection_arn: arn, activation_reminder: `see ${arn}.` } },
  });

  test("the outputs file of cdktf deploy", async () => {
    const arn = createConnection(command.account);
    writeFileSync(join(command.folder, "outputs.json"), JSON.stringify(outputs(arn)));

    expect((await command.run(["status", "--outputs-file", "outputs.json"])).stdout).toContain(`shop PENDING ${arn}\n`);
  });

  test("terraform output -json on standard input", async () => {
    const arn = createConnection(command.account);
    const input = JSON.stringify({ connection_arn: { sensitive: false, type: "string", value: arn } });

    expect((await command.run(["status", "-"], { input })).stdout).toContain(`shop PENDING ${arn}\n`);
  });

  test("the state of the project's stacks: resources, data sources, and what pipelines use", async () => {
    const arns = ["made", "read", "used"].map((name) => createConnection(command.account, name));
    const action = { configuration: { ConnectionArn: arns[2] } };
    writeProject(
      command.folder,
      {},
      {
        resources: [
          inState("managed", "aws_codestarconnections_connection", "this", { arn: arns[0], name: "made" }),
          inState("data", "aws_codestarconnections_connection", "this", { arn: arns[1], name: "read" }),
          inState("managed", "aws_codepipeline", "this", { name: "shop", stage: [{ action: [action] }] }),
        ],
      },
    );

    const { exitCode, stdout } = await command.run(["status"]);

    expect(exitCode).toBe(2);
    expect(stdout.match(/^\w+ PENDING/gm)).toEqual(["made PENDING", "read PENDING", "used PENDING"]);
  });

  test("a project that was not deployed says where to stand and what to give", async () => {
    writeProject(command.folder, {}, { resources: [] });

    expect(await command.run(["status"])).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr:
        'There is no connection in a deployed project here. Stand in the folder of cdktf.json after "npx cdktf deploy", or give ARNs ' +
        "(npx cdktf-codestar-connections status arn:…), --outputs-file <file>, or - for what `terraform output -json` prints in the stack's folder, on standard input.\n",
    });
  });

  test.each([
    [
      "an outputs file without connections",
      ["--outputs-file", "outputs.json"],
      /^outputs\.json has no ARN of a connection or a host\. Expected are/,
    ],
    ["an outputs file that is not there", ["--outputs-file", "no.json"], /^There is no file no\.json\.\n$/],
    [
      "standard input that is not JSON",
      ["-"],
      /^Standard input is not JSON: it takes the output of `terraform output -json`\.\n$/,
    ],
    [
      "what is no ARN",
      ["shop"],
      /^"shop" is not the ARN of a connection or a host\. Such an ARN is "arn:aws:codestar-connections:/,
    ],
  ])("%s is a sentence", async (_, args, said) => {
    writeFileSync(join(command.folder, "outputs.json"), JSON.stringify({ shop: { url: "https://example.com" } }));

    const { exitCode, stdout, stderr } = await command.run(["status", ...args], { input: "no" });

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(said);
  });
});

test("whoever has read enough ends it without a word", async () => {
  const { exitCode, stderr } = await command.run(["--help"], { closesOutput: true });

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test("a host is named before the connection that needs it", async () => {
  const host = createHost(command.account);
  const arn = createConnection(command.account, "shop", { HostArn: host });

  const { stdout } = await command.run(["status", arn, host]);

  expect(stdout.match(/^\w+ PENDING/gm)).toEqual(["git PENDING", "shop PENDING"]);
});

test("a state elsewhere that Terraform was not told of here is a sentence", async () => {
  const backend = { s3: { bucket: "states", key: "shop", region: "us-east-1" } };
  writeProject(command.folder, { terraform: { backend } }, { resources: [] });

  expect(await command.run(["status"])).toEqual({
    ...{ exitCode: 1, stdout: "" },
    stderr:
      `Could not read the state of the stack in ${join(command.folder, "cdktf.out/stacks/shop")}: Backend initialization required, ` +
      'please run "terraform init". If it is deployed, run "terraform init" in that folder; or give the ARNs of the connections.\n',
  });
});

test("a project whose manifest is broken is a sentence", async () => {
  writeProject(command.folder, {}, { resources: [] });
  writeFileSync(join(command.folder, "cdktf.out/manifest.json"), "{");

  const { exitCode, stderr } = await command.run(["status"]);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/manifest\.json can't be read as JSON: SyntaxError: .*\n$/);
});

describe("what AWS refuses is one sentence", () => {
  const said = async (environment: { [name: string]: string } = {}, ...more: readonly string[]) => {
    const arn = createConnection(command.account);
    const { exitCode, stdout, stderr } = await command.run(["status", arn, ...more], { environment });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).not.toMatch(/\n.|at .*:\d+/);
    return stderr.replace(arn, "<arn>");
  };

  test("no credentials", async () => {
    const sentence = await said({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" });
    expect(sentence).toMatch(
      /^Could not read the connection <arn>: there are no AWS credentials \(.*\)\. Sign in again, for example with "aws sso login"/,
    );
  });

  test("a profile that is not there", async () => {
    expect(await said({}, "--profile", "nobody")).toMatch(
      /^Could not read the connection <arn>: there are no AWS credentials/,
    );
  });

  test("no network", async () => {
    expect(await said({ AWS_ENDPOINT_URL: "http://127.0.0.1:1" })).toBe(
      "Could not read the connection <arn>: AWS can't be reached. Look at your network, your proxy and the region.\n",
    );
  });

  test("a permission that is missing", async () => {
    command.account.denied.add("codestar-connections:GetConnection");
    expect(await said()).toBe(
      "Could not read the connection <arn>: AWS does not allow it (not authorized to perform: codestar-connections:GetConnection). " +
        "Ask for the permission, or use another --profile.\n",
    );
  });

  test("credentials that have expired", async () => {
    command.account.isExpired = true;
    expect(await said()).toMatch(
      /^Could not read the connection <arn>: the AWS credentials have expired\. Sign in again, for example with "aws sso login"/,
    );
  });

  test("too many calls", async () => {
    command.account.faults = next(1, "codestar-connections:GetConnection", "throttled");
    expect(await said()).toBe(
      "Could not read the connection <arn>: AWS asks for fewer calls. Try again in a minute.\n",
    );
  });

  test.each([
    ["no region", []],
    ["what is no region", ["--region", "us east 1"]],
  ])("%s", async (_, more) => {
    const { stderr } = await command.run(["doctor", "shop", ...more], { environment: { AWS_REGION: "" } });
    expect(stderr).toBe("No region is known, or it is none of AWS. Give --region, or set AWS_REGION.\n");
  });

  test("a region of AWS_DEFAULT_REGION is known, as the AWS CLI knows it", async () => {
    const environment = { AWS_REGION: "", AWS_DEFAULT_REGION: "eu-west-1" };
    const { stderr } = await command.run(["doctor", "shop"], { environment });
    expect(stderr).toMatch(/^There is no pipeline "shop" in eu-west-1\./);
  });

  test("a connection that is gone", async () => {
    const arn = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
    expect((await command.run(["status", arn])).stderr).toBe(
      `There is no connection ${arn} in this account: it was deleted, or it is of another account. ` +
        "Look at the ARN, the --profile, and the outputs of the last deploy.\n",
    );
  });
});

describe("the command itself", () => {
  test("--help says what each command is for, in less than 300 ms", async () => {
    const times: number[] = [];
    const run = async () => {
      const started = performance.now();
      const result = await command.run(["--help"]);
      times.push(performance.now() - started);
      return result;
    };
    const { exitCode, stdout } = await run();
    // All that a busy machine does adds to it, so the least of some runs tells.
    while (Math.min(...times) >= 300 && times.length < 20) await run();

    expect(Math.min(...times)).toBeLessThan(300);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Usage: cdktf-codestar-connections .*status .*wait .*open .*doctor .*Exit codes: 0 all well/s,
    );
  });

  test.each([
    [
      ["statsu"],
      "error: unknown command 'statsu'\n(Did you mean status?)\n(npx cdktf-codestar-connections --help says more)\n",
    ],
    [
      ["wait", "--timeout", "6"],
      "error: option '--timeout <duration>' argument '6' is invalid. It is a number and a unit: 90s, 30m or 2h.\n(npx cdktf-codestar-connections --help says more)\n",
    ],
  ])("%j is an error with what was meant", async (args, stderr) => {
    expect(await command.run(args)).toEqual({ exitCode: 1, stdout: "", stderr });
  });
});
