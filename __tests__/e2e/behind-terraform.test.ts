import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type TerraformStack, Testing } from "cdktf";
import { Connection, ConnectionPolicy, PipelineSource, ProviderType } from "../../src";
import { ask } from "../../local-aws/made-by-calls";
import type { PlannedChange, TerraformProject } from "../../local-aws/terraform";
import type { CommandResult } from "../../local-aws/terraform/command";
import { newStack } from "../support/synthesis";
import { accountOfSuite, APPROVE, describeOnTerraform, projectOf, sentences, TRUST } from "./on-terraform";

/** Pipelines of some repositories, on one connection and one role, whose policy names the repositories. */
function fleet(repositories: readonly string[]): TerraformStack {
  const stack = newStack();
  const role = new IamRole(stack, "Role", { name: "pipelines", assumeRolePolicy: TRUST });
  const connection = new Connection(stack, "Bitbucket", { name: "company", providerType: ProviderType.BITBUCKET });
  const policy = new ConnectionPolicy(stack, "Policy", {
    grants: [{ connection, repositories: repositories.map((name) => `acme/${name}`) }],
    roles: [role.name],
  });
  repositories.forEach((name, index) => {
    const source = new PipelineSource(stack, `Source${index}`, {
      ...{ connection, repository: `acme/${name}`, branch: "main", policy },
    });
    new Codepipeline(stack, `Pipeline${index}`, {
      ...{ name: `pipeline-${index}`, roleArn: role.arn, pipelineType: "V2" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [source.stage, APPROVE],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  });
  return stack;
}

/** What a plan changes, such as `update aws_codepipeline`. */
const changesIn = (changes: readonly PlannedChange[]) =>
  changes
    .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
    .map(({ type, change }) => `${change.actions.join("+")} ${type}`)
    .sort();

interface PipelineDeclaration {
  readonly stages: readonly { readonly actions: readonly { configuration: { [key: string]: string } }[] }[];
  triggers?: readonly object[];
}

describeOnTerraform("behind Terraform's back", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  beforeAll(async () => {
    project = await projectOf(fleet(["shop"]), account());
  });
  afterAll(() => {
    project.remove();
  });

  const connection = (): string => [...account().services.codestarConnections.store.connections.keys()].join();
  const pipelineNow = (): PipelineDeclaration => {
    const answer = ask(account(), "codepipeline", "GetPipeline", { name: "pipeline-0" });
    return (answer as { pipeline: PipelineDeclaration }).pipeline;
  };
  const configuration = () => pipelineNow().stages[0]?.actions[0]?.configuration ?? {};
  /** Applies what a plan has to change, and tells it. */
  const repair = async (): Promise<string[]> => {
    const changes = changesIn(await project.plannedChanges());
    expect(await project.apply("planned")).toMatchObject({ exitCode: 0 });
    return changes;
  };

  test("credentials expire during an apply: the next one goes on where it stopped", async () => {
    account().faults = ({ action }) => {
      account().isExpired ||= action === "iam:AttachRolePolicy";
      return undefined;
    };
    const expired = await project.apply();
    expect(expired).toMatchObject({ exitCode: 1, output: expect.stringContaining("ExpiredToken") });
    const made = connection();

    account().faults = undefined;
    account().isExpired = false;
    expect(await project.apply()).toMatchObject({ exitCode: 0 });

    expect(connection()).toBe(made);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("a second apply at the same time is refused, and changes nothing", async () => {
    const second: Promise<CommandResult>[] = [];
    account().faults = ({ number }) => {
      if (second.length === 0) second.push(project.apply());
      // The first one is still at it when the second one asks for the lock.
      return number % 2 === 0 ? "slow" : undefined;
    };
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    account().faults = undefined;

    const [refused] = await Promise.all(second);
    expect(refused).toMatchObject({ exitCode: 1, output: expect.stringContaining("Error acquiring the state lock") });
  });

  test("the policy is detached, and the branch and the triggers of the pipeline are edited: all is put back", async () => {
    const [PolicyArn = ""] = account()
      .inventory()
      .filter((arn) => arn.includes(":policy/"));
    ask(account(), "iam", "DetachRolePolicy", { RoleName: "pipelines", PolicyArn });
    const before = pipelineNow();
    const edited = structuredClone(before);
    const [source] = edited.stages[0]?.actions ?? [];
    if (source) source.configuration = { ...source.configuration, BranchName: "develop" };
    const push = [{ branches: { includes: ["develop"] } }];
    const gitConfiguration = { sourceActionName: "Source", push };
    edited.triggers = [{ providerType: "CodeStarSourceConnection", gitConfiguration }];
    ask(account(), "codepipeline", "UpdatePipeline", { pipeline: edited });
    expect(configuration().BranchName).toBe("develop");

    expect(await repair()).toEqual(["create aws_iam_role_policy_attachment", "update aws_codepipeline"]);

    expect(pipelineNow()).toMatchObject({ stages: before.stages, triggers: before.triggers });
  });

  test("the connection is deleted: the plan makes another, and whatever names it follows", async () => {
    const deleted = connection();
    account().services.codestarConnections.store.deleteConnection(deleted);

    expect(await repair()).toEqual([
      "create aws_codestarconnections_connection",
      "update aws_codepipeline",
      "update aws_iam_policy",
    ]);

    expect(connection()).not.toBe(deleted);
    expect(configuration().ConnectionArn).toBe(connection());
    const { output } = await project.plan();
    expect(sentences(output)).toContain('Connection "company" is PENDING, not AVAILABLE');
  });

  test("the connection is activated during an apply: the next one says so, and changes no resource", async () => {
    account().services.codestarConnections.store.deleteConnection(connection());
    account().faults = ({ action }) => {
      if (action === "codepipeline:UpdatePipeline") account().activate(connection());
      return undefined;
    };
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    account().faults = undefined;

    expect(changesIn(await project.plannedChanges())).toEqual([]);
    const { exitCode, output } = await project.apply();

    expect(exitCode).toBe(0);
    expect(output).toContain("0 added, 0 changed, 0 destroyed");
    expect(output).not.toContain("Warning");
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("the connection goes to ERROR: nothing is replaced, and the reminder says what to do", async () => {
    account().services.codestarConnections.store.setStatus(connection(), "ERROR");

    expect(changesIn(await project.plannedChanges())).toEqual([]);
    const { exitCode, output } = await project.apply();

    expect(exitCode).toBe(0);
    expect(sentences(output)).toContain('ACTION REQUIRED: connection "company" is ERROR; pipelines that use it fail.');
  });

  describe("of a fleet of 200 pipelines", () => {
    const NAMES = Array.from({ length: 200 }, (_, index) => `service-${index}`);
    // As long as the old name: a longer one can move the border between two policies.
    const renamed = NAMES.map((name, index) => (index === 120 ? "service-abc" : name));

    test("nothing happens: one changed repository is one changed pipeline and one changed policy", async () => {
      project.write(Testing.synth(fleet(NAMES), true));
      expect(await project.apply()).toMatchObject({ exitCode: 0 });

      project.write(Testing.synth(fleet(renamed), true));
      expect(await repair()).toEqual(["update aws_codepipeline", "update aws_iam_policy"]);
    });
  });
});
