import { join } from "node:path";
import { ask, createConnection, createPipeline, createProject, createRole, TRUST } from "../../local-aws/made-by-calls";
import { CommandUnderTest } from "../support/command";
import { inState, writeProject } from "../../local-aws/terraform/deployed-stack";

const command = CommandUnderTest.ofSuite();

const PROGRAM = {
  provider: { aws: [{ region: "us-east-1" }] },
  resource: {
    aws_codepipeline: { Pipeline: { name: "shop" } },
    aws_cloudwatch_log_group: { Logs: { name: "/aws/codebuild/shop" } },
    aws_codestarconnections_connection: { Bitbucket: { name: "shop" } },
    aws_iam_role: { Role: { name_prefix: "shop-pipeline-" } },
    aws_iam_policy: { Use: { name_prefix: "use-connections-" } },
  },
};

/** What Terraform adds to a prefix. */
const UNIQUE = "20261126215230000000000001";

interface Answer {
  readonly findings: readonly { readonly id: string; readonly says: string; readonly todo: string }[];
  readonly unread: readonly object[];
}

async function examined(): Promise<Answer & { readonly exitCode: number }> {
  const { exitCode, stdout, stderr } = await command.run(["doctor", "--json"]);
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as Answer), exitCode };
}

const terraformImport = (address: string, id: string) =>
  `(cd '${join(command.folder, "cdktf.out/stacks/shop")}' && terraform import ${address} '${id}')`;

const createPolicy = (name: string) => {
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  ask(command.account, "iam", "CreatePolicy", { PolicyName: name, PolicyDocument });
};

describe("what an interrupted deploy left behind", () => {
  test("a pipeline, a log group and a connection come with the line that takes them in", async () => {
    const arn = createConnection(command.account);
    createPipeline(command.account, arn);
    ask(command.account, "logs", "CreateLogGroup", { logGroupName: "/aws/codebuild/shop" });
    writeProject(command.folder, PROGRAM, { resources: [] });

    const { exitCode, findings } = await examined();

    expect(exitCode).toBe(3);
    expect(findings.map(({ id, todo }) => [id, /\(cd .*?\)/.exec(todo)?.[0]])).toEqual([
      ["leftover", terraformImport("aws_codepipeline.Pipeline", "shop")],
      ["leftover", terraformImport("aws_cloudwatch_log_group.Logs", "/aws/codebuild/shop")],
      ["leftover", terraformImport("aws_codestarconnections_connection.Bitbucket", arn)],
    ]);
    expect(findings[0]?.says).toBe(
      'The pipeline "shop" exists, but the state of the stack "shop" does not know it: a deploy was interrupted, or it was made elsewhere.',
    );
  });

  test("so do a project, a role and a policy of a fixed name", async () => {
    const resource = {
      aws_codebuild_project: { Build: { name: "shop" }, Other: { name: "other" } },
      aws_iam_role: { Role: { name: "shop" }, Other: { name: "other" } },
      aws_iam_policy: { Use: { name: "shop" }, Other: { name: "other" } },
    };
    createProject(command.account, "shop", createRole(command.account, "shop"));
    createPolicy("shop");
    writeProject(command.folder, { ...PROGRAM, resource }, { resources: [] });

    const { findings } = await examined();

    expect(findings.map(({ todo }) => /\(cd .*?\)/.exec(todo)?.[0])).toEqual([
      terraformImport("aws_codebuild_project.Build", "shop"),
      terraformImport("aws_iam_role.Role", "shop"),
      terraformImport("aws_iam_policy.Use", "arn:aws:iam::123456789012:policy/shop"),
    ]);
  });

  test("roles and policies of an earlier try are named, and nothing is deleted", async () => {
    for (const name of [`shop-pipeline-${UNIQUE}`, "shop-pipeline-eu", "somebody-else"])
      createRole(command.account, name);
    for (const name of [`use-connections-${UNIQUE}`, "use-connections-own", "other"]) createPolicy(name);
    writeProject(command.folder, PROGRAM, { resources: [] });
    const before = command.account.inventory();

    const { findings } = await examined();

    expect(findings.map(({ says }) => says)).toEqual([
      `The role "shop-pipeline-${UNIQUE}" is named as those of the stack "shop", whose state does not know it.`,
      `The policy "use-connections-${UNIQUE}" is named as those of the stack "shop", whose state does not know it.`,
    ]);
    expect(command.account.inventory()).toEqual(before);
  });

  test("a role beside the one that the state knows is named if it has the same trust policy", async () => {
    for (const name of ["shop-pipeline-1", `shop-pipeline-${UNIQUE}`]) createRole(command.account, name);
    const known = { name: "shop-pipeline-1", name_prefix: "shop-pipeline-" };
    const withTrust = (trust: object) => {
      const role = inState("managed", "aws_iam_role", "Role", { ...known, assume_role_policy: JSON.stringify(trust) });
      writeProject(command.folder, PROGRAM, { resources: [role] });
      return examined();
    };

    expect((await withTrust(TRUST)).findings.map(({ says }) => says)).toEqual([
      expect.stringContaining(`The role "shop-pipeline-${UNIQUE}"`),
    ]);
    expect((await withTrust({ ...TRUST, Statement: [] })).findings).toEqual([]);
  });

  test("a role that a pipeline or its build runs as is in use", async () => {
    const [pull, build, left] = [1, 2, 3].map((count) => `shop-pipeline-${UNIQUE.slice(0, -1)}${count}`);
    createProject(command.account, "builds", createRole(command.account, build ?? ""));
    createPipeline(command.account, createConnection(command.account, "other"), {
      roleArn: createRole(command.account, pull ?? ""),
      pipeline: { name: "other" },
      build: {
        ...{ name: "Build", actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" } },
        ...{ inputArtifacts: [{ name: "App" }], configuration: { ProjectName: "builds" } },
      },
    });
    createRole(command.account, left ?? "");
    writeProject(command.folder, PROGRAM, { resources: [] });

    expect((await examined()).findings.map(({ says }) => says)).toEqual([
      `The role "${left ?? ""}" is named as those of the stack "shop", whose state does not know it.`,
    ]);
  });

  test("an attached policy is in use", async () => {
    createRole(command.account, "somebody");
    createPolicy(`use-connections-${UNIQUE}`);
    const PolicyArn = `arn:aws:iam::${command.account.accountId}:policy/use-connections-${UNIQUE}`;
    ask(command.account, "iam", "AttachRolePolicy", { RoleName: "somebody", PolicyArn });
    writeProject(command.folder, PROGRAM, { resources: [] });

    expect((await examined()).findings).toEqual([]);
  });

  test("a second connection of one name is named, if AWS let it through", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);
    const { connections } = command.account.services.codestarConnections.store;
    const twin = `${arn.slice(0, -4)}0000`;
    connections.set(twin, { ...connections.get(arn), arn: twin } as never);
    writeProject(command.folder, PROGRAM, {
      resources: [inState("managed", "aws_codestarconnections_connection", "Bitbucket", { name: "shop", arn })],
    });

    expect((await examined()).findings.map(({ says }) => says)).toEqual([
      `There are two connections "shop": ${arn} is of the stack "shop", ${twin} is not.`,
    ]);
  });

  test("what the state knows is nothing", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);
    createPipeline(command.account, arn);
    const { role, policy } = { role: "pipeline", policy: "use-connections-1" };
    createPolicy(policy);
    writeProject(command.folder, PROGRAM, {
      resources: [
        inState("managed", "aws_codepipeline", "Pipeline", {
          name: "shop",
          arn: "arn:aws:codepipeline:us-east-1:123456789012:shop",
        }),
        inState("managed", "aws_codestarconnections_connection", "Bitbucket", { name: "shop", arn }),
        inState("managed", "aws_iam_role", "Role", { name: role }),
        inState("managed", "aws_iam_policy", "Use", { name: policy }),
      ],
    });

    expect(await command.run(["doctor"])).toEqual({ exitCode: 0, stdout: "✓ shop: nothing found\n", stderr: "" });
  });

  test("what may not be listed is named", async () => {
    writeProject(command.folder, PROGRAM, { resources: [] });
    const lists = [
      "codestar-connections:ListConnections",
      "iam:ListRoles",
      "iam:ListPolicies",
      "logs:DescribeLogGroups",
      "codepipeline:GetPipeline",
    ];
    for (const operation of lists) command.account.denied.add(operation);

    const { exitCode, unread } = await examined();

    expect(exitCode).toBe(0);
    expect(unread).toHaveLength(5);
  });
});

test("what Terraform can't name yet is said", async () => {
  const program = { resource: { aws_codepipeline: { Pipeline: { name: "${random_pet.name.id}" } } } };
  writeProject(command.folder, program, { resources: [] });

  expect(await command.run(["doctor"])).toEqual({
    ...{ exitCode: 0, stderr: "" },
    stdout:
      "✓ nothing found, but not all could be read: this project has no pipeline yet\n" +
      "? Could not look for aws_codepipeline.Pipeline: Terraform does not know its name yet.\n",
  });
});

describe("a connection that no pipeline uses yet", () => {
  const withConnection = (arn: string) => {
    writeProject(command.folder, PROGRAM, {
      resources: [inState("managed", "aws_codestarconnections_connection", "Bitbucket", { name: "shop", arn })],
    });
  };

  test("is to be activated all the same", async () => {
    withConnection(createConnection(command.account));

    const { exitCode, stdout } = await command.run(["doctor"]);

    expect(exitCode).toBe(3);
    expect(stdout).toMatch(
      /^✗ Connections and hosts\n {2}The connection "shop" is PENDING\.\n {4}→ A person must activate it: open https:/,
    );
  });

  test("is nothing once it is activated", async () => {
    const arn = createConnection(command.account);
    command.account.activate(arn);
    withConnection(arn);

    expect(await command.run(["doctor"])).toEqual({
      ...{ exitCode: 0, stderr: "" },
      stdout: "✓ nothing found: this project has no pipeline yet\n",
    });
  });

  test("is told where it is gone", async () => {
    withConnection("arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f");

    expect((await examined()).findings).toEqual([
      {
        id: "connection-gone",
        says: "The connection arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f, which this project names, does not exist in this account.",
        todo: "If the project makes it, deploy: it is made anew. If it is of another account, use the credentials of that one.",
      },
    ]);
  });
});
