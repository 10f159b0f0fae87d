import {
  ask,
  createConnection,
  createHost,
  createPipeline,
  createProject,
  createRole,
  type PipelineChanges,
  USE,
} from "../../local-aws/made-by-calls";
import { CommandUnderTest } from "../support/command";

const command = CommandUnderTest.ofSuite();

interface Answer {
  readonly findings: readonly { readonly id: string; readonly says: string; readonly todo: string }[];
  readonly unread: readonly { readonly what: string; readonly because: string }[];
}

/** What the doctor says of the pipeline `shop`. */
async function examined(): Promise<Answer & { readonly exitCode: number }> {
  const { exitCode, stdout, stderr } = await command.run(["doctor", "shop", "--json"]);
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as Answer), exitCode };
}

/** An activated connection, and a pipeline that uses it. */
function pipelineWith(changes: PipelineChanges = {}): string {
  const arn = createConnection(command.account);
  command.account.activate(arn);
  createPipeline(command.account, arn, changes);
  return arn;
}

const trigger = (push: object) => ({
  ...{ providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName: "Pull", push: [push] } },
});
const build = (more: object = {}) => ({
  ...{ name: "Build", actionTypeId: { category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" } },
  ...{ inputArtifacts: [{ name: "App" }], configuration: { ProjectName: "builds", ...more } },
});

describe("a sound pipeline", () => {
  test("has nothing", async () => {
    pipelineWith();

    expect(await command.run(["doctor", "shop"])).toEqual({
      exitCode: 0,
      stdout: "✓ shop: nothing found\n",
      stderr: "",
    });
  });

  test("has nothing with a full clone, triggers and several sources", async () => {
    createProject(command.account, "builds", createRole(command.account, "build", ...USE));
    pipelineWith({
      configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF", DetectChanges: "false" },
      build: build(),
      pipeline: { triggers: [trigger({ branches: { includes: ["main", "release/*"], excludes: ["release/old"] } })] },
    });

    expect(await examined()).toMatchObject({ exitCode: 0, findings: [], unread: [] });
  });

  test("has nothing if a source of another kind can start it", async () => {
    const bucket = {
      ...{ name: "Base", actionTypeId: { category: "Source", owner: "AWS", provider: "S3", version: "1" } },
      ...{ configuration: { S3Bucket: "base", S3ObjectKey: "base.zip" }, outputArtifacts: [{ name: "Base" }] },
    };
    pipelineWith({ configuration: { DetectChanges: "false" }, sources: [bucket] });

    expect(await examined()).toMatchObject({ exitCode: 0, findings: [] });
  });

  test("has nothing after a push started it", async () => {
    pipelineWith();
    command.account.services.codepipeline.push({ repository: "acme/shop", branch: "main" });

    expect(await examined()).toMatchObject({ exitCode: 0, findings: [] });
  });
});

/** A pipeline that is broken in one way, the check that finds it, and what it says. */
const BROKEN: readonly (readonly [cause: string, make: () => void, id: string, says: RegExp, todo: RegExp])[] = [
  [
    "a pending connection",
    () => {
      createPipeline(command.account, createConnection(command.account));
    },
    "connection-status",
    /^The connection "shop" is PENDING\.$/,
    /^A person must activate it: open https:\S+ and choose "Update pending connection"/,
  ],
  [
    "a connection in error",
    () => {
      command.account.services.codestarConnections.store.setStatus(pipelineWith(), "ERROR");
    },
    "connection-status",
    /^The connection "shop" is ERROR\.$/,
    /^See what AWS says at https:\S+ Often its app was removed at the provider/,
  ],
  [
    "a host that nobody set up",
    () => {
      const host = createHost(command.account);
      createPipeline(command.account, createConnection(command.account, "shop", { HostArn: host }));
    },
    "host-status",
    /^The host "git" is PENDING, so the connection "shop" can't be activated\.$/,
    /^A person must set it up: open https:/,
  ],
  [
    "a connection that is gone",
    () => {
      command.account.services.codestarConnections.store.deleteConnection(pipelineWith());
    },
    "connection-gone",
    /^The action "Pull" uses the connection arn:\S+, which does not exist in this account\.$/,
    /^Give the action an existing connection/,
  ],
  [
    "a role with one of the two permissions",
    () => {
      pipelineWith({ roleArn: createRole(command.account, "poor", "codestar-connections:UseConnection") });
    },
    "permission",
    /^The role of the pipeline, arn:aws:iam::123456789012:role\/poor, is not allowed codeconnections:UseConnection on the connection of the action "Pull"/,
    /^Give the role to the source: pipelineRoles of PipelineSource/,
  ],
  [
    "a build role without the permission for a full clone",
    () => {
      createProject(command.account, "builds", createRole(command.account, "build"));
      pipelineWith({ configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF" }, build: build() });
    },
    "permission",
    /^The role of the build "Build", arn:aws:iam::123456789012:role\/build, is not allowed codestar-connections:UseConnection and codeconnections:UseConnection/,
    /buildRoles of PipelineSource/,
  ],
  [
    "an overriding build role without the permission",
    () => {
      const ServiceRoleArnOverride = createRole(command.account, "override");
      createProject(command.account, "builds", createRole(command.account, "build", ...USE));
      pipelineWith({
        ...{ configuration: { OutputArtifactFormat: "CODEBUILD_CLONE_REF" }, build: build({ ServiceRoleArnOverride }) },
      });
    },
    "permission",
    /^The role of the build "Build", arn:aws:iam::123456789012:role\/override,/,
    /buildRoles/,
  ],
  [
    "a role that was deleted",
    () => {
      pipelineWith();
      ask(command.account, "iam", "DeleteRolePolicy", { RoleName: "pipeline", PolicyName: "own" });
      ask(command.account, "iam", "DeleteRole", { RoleName: "pipeline" });
    },
    "role-gone",
    /^The role of the pipeline, arn:aws:iam::123456789012:role\/pipeline, does not exist\.$/,
    /^Create the role, and deploy\.$/,
  ],
  [
    "nothing that starts it",
    () => {
      pipelineWith({ configuration: { DetectChanges: "false" } });
    },
    "no-trigger",
    /^Nothing starts the pipeline: DetectChanges of "Pull" is "false", and no trigger names it\.$/,
    /^Set detectChanges to true, or give the pipeline a trigger/,
  ],
  [
    "a filter beside change detection",
    () => {
      pipelineWith({ pipeline: { triggers: [trigger({ branches: { includes: ["release/*"] } })] } });
    },
    "detect-changes",
    /^The action "Pull" has a trigger with filters, and its DetectChanges is not "false"\.$/,
    /^Set detectChanges to false/,
  ],
  [
    "a filter that lets nothing pass",
    () => {
      const branches = { includes: ["release/1"], excludes: ["release/*"] };
      pipelineWith({ configuration: { DetectChanges: "false" }, pipeline: { triggers: [trigger({ branches })] } });
    },
    "filter-excludes-all",
    /^A filter of the trigger for "Pull" lets nothing pass: all that its branches include \(release\/1\) they exclude too \(release\/\*\)\.$/,
    /^Take the pattern out of the excludes/,
  ],
  [
    "made while its connection was pending",
    () => {
      const arn = createConnection(command.account);
      createPipeline(command.account, arn);
      command.account.activate(arn);
    },
    "made-while-pending",
    /^It was made while its connection was pending, and no push has started it since: AWS can be without its webhook\.$/,
    /^Run npx cdktf-codestar-connections wait --start, or open https:\S+, choose "Edit", then "Save"\.$/,
  ],
  [
    "a last execution from before the activation",
    () => {
      const arn = pipelineWith();
      const { store } = command.account.services.codestarConnections;
      store.setStatus(arn, "PENDING");
      ask(command.account, "codepipeline", "StartPipelineExecution", { name: "shop" });
      store.setStatus(arn, "AVAILABLE");
    },
    "last-error",
    /^The action "Pull" failed while its connection was not available\. It is now\.$/,
    /^Retry it: npx cdktf-codestar-connections wait --start/,
  ],
  [
    "a branch that is not there",
    () => {
      refused("No Branch [main] found for FullRepositoryName [acme/shop]");
    },
    "last-error",
    /^The action "Pull" failed: the branch does not exist in the repository\. AWS says: No Branch \[main\] found/,
    /^Look at the branch of the source/,
  ],
  [
    "a repository that the app may not see",
    () => {
      refused("[GitHub] No Repository found with FullRepositoryName [acme/shop]: repository not found");
    },
    "last-error",
    /^The action "Pull" failed: the repository does not exist, or the provider's app is not installed for it\./,
    /add the repository to the app at the provider\.$/,
  ],
  [
    "an error that nobody has seen yet",
    () => {
      refused("The flux capacitor is empty.");
    },
    "last-error",
    /^The action "Pull" failed\. AWS says: The flux capacitor is empty\.$/,
    /^Do what AWS says, and retry the stage\.$/,
  ],
  [
    "a repository in another case",
    () => {
      command.account.services.codepipeline.provider.spellings.set("acme/shop", "acme/Shop");
      pipelineWith();
    },
    "spelling",
    /^The action "Pull" has the repository "acme\/shop", but the provider writes it "acme\/Shop"\./,
    /^Set repository to "acme\/Shop", and deploy\.$/,
  ],
  [
    "a branch in another case",
    () => {
      command.account.services.codepipeline.provider.spellings.set("main", "Main");
      pipelineWith();
    },
    "spelling",
    /^The action "Pull" has the branch "main", but the provider writes it "Main"\./,
    /^Set branch to "Main", and deploy\.$/,
  ],
];

function refused(message: string): void {
  command.account.services.codepipeline.provider.refusals.set("acme/shop", message);
  pipelineWith();
}

describe("a broken pipeline", () => {
  test.each(BROKEN)("%s is named, and nothing else", async (_, make, id, says, todo) => {
    make();

    const { exitCode, findings, unread } = await examined();

    expect({ exitCode, findings, unread }).toEqual({
      exitCode: 3,
      findings: [{ id, pipeline: "shop", says: expect.stringMatching(says), todo: expect.stringMatching(todo) }],
      unread: [],
    });
  });

  test("is shown to people with what to do", async () => {
    pipelineWith({ configuration: { DetectChanges: "false" } });

    expect((await command.run(["doctor", "shop"])).stdout).toBe(
      '✗ shop\n  Nothing starts the pipeline: DetectChanges of "Pull" is "false", and no trigger names it.\n' +
        "    → Set detectChanges to true, or give the pipeline a trigger of the type V2. If it is started by hand or on a schedule, all is well.\n",
    );
  });
});

describe("what the caller may not read", () => {
  test.each([
    ["iam:SimulatePrincipalPolicy", "simulate the policies of arn:aws:iam::123456789012:role/pipeline"],
    ["codestar-connections:GetConnection", "read the connection "],
    ["codepipeline:ListPipelineExecutions", 'read the executions of "shop"'],
    ["codepipeline:ListActionExecutions", 'read the actions of "shop"'],
  ])("%s is named, and does not stop the rest", async (operation, what) => {
    pipelineWith({ configuration: { DetectChanges: "false" } });
    command.account.denied.add(operation);

    const { exitCode, findings, unread } = await examined();

    expect({ exitCode, ids: findings.map(({ id }) => id) }).toEqual({ exitCode: 3, ids: ["no-trigger"] });
    expect(unread).toEqual([{ what: expect.stringContaining(what), because: expect.stringContaining(operation) }]);
  });

  test("a pipeline that can't be read at all is an error", async () => {
    pipelineWith();
    command.account.denied.add("codepipeline:GetPipeline");

    expect(await command.run(["doctor", "shop"])).toEqual({
      ...{ exitCode: 1, stderr: "" },
      stdout: '? Could not read the pipeline "shop": not authorized to perform: codepipeline:GetPipeline.\n',
    });
  });

  test("what IAM says against what has happened counts as not checked", async () => {
    pipelineWith();
    ask(command.account, "iam", "DeleteRolePolicy", { RoleName: "pipeline", PolicyName: "own" });

    const { exitCode, findings, unread } = await examined();

    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    expect(unread).toEqual([
      {
        what: "check the permission of arn:aws:iam::123456789012:role/pipeline",
        because:
          "IAM denies it codestar-connections:UseConnection and codeconnections:UseConnection in a simulation, but the last execution has pulled",
      },
    ]);
  });

  test("is shown to people", async () => {
    pipelineWith();
    command.account.denied.add("iam:SimulatePrincipalPolicy");

    expect((await command.run(["doctor", "shop"])).stdout).toMatch(
      /^✓ shop: nothing found, but not all could be read\n\? Could not simulate the policies of arn:\S+: .*not authorized to perform: iam:SimulatePrincipalPolicy.*\.\n$/,
    );
  });
});

describe("which pipeline", () => {
  test("one that is not there is a sentence", async () => {
    expect(await command.run(["doctor", "no"])).toEqual({
      ...{ exitCode: 1, stdout: "" },
      stderr: 'There is no pipeline "no" in us-east-1. Look at its name and its region; --region takes another one.\n',
    });
  });

  test("one of another region is looked for there", async () => {
    pipelineWith();

    expect((await command.run(["doctor", "shop", "--region", "eu-west-1"])).stderr).toMatch(
      /^There is no pipeline "shop" in eu-west-1\. Look at its name and its region/,
    );
  });

  test("without a name and a project, those of the region are told", async () => {
    pipelineWith();

    expect((await command.run(["doctor"])).stderr).toBe(
      "There is no project here. Name a pipeline: npx cdktf-codestar-connections doctor <pipeline>. There are: shop.\n",
    );
  });

  test("without a name, a project and a region, it says where to stand", async () => {
    const { exitCode, stderr } = await command.run(["doctor"], { environment: { AWS_REGION: "" } });

    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "There is no project here. Stand in the folder of cdktf.json after a synthesis, or name a pipeline: " +
        "npx cdktf-codestar-connections doctor <pipeline> --region <region>.\n",
    );
  });

  test("in a terminal a person chooses one", async () => {
    const arn = pipelineWith();
    createPipeline(command.account, arn, {
      ...{ pipeline: { name: "other" }, roleArn: createRole(command.account, "other", ...USE) },
    });
    const running = command.inTerminal(["doctor"]);
    await running.shows("Which pipeline?");
    running.write("\u001b[B\u001b[B\r");

    expect(await running.ended).toBe(0);
    expect(running.output()).toContain("nothing found");
    expect(running.output().match(/nothing found/g)).toHaveLength(1);
  });
});
