import { CdktfProject, type Context } from "../../local-aws/terraform/cdktf-project";
import { findInstallation } from "../../local-aws/terraform/installation";
import { accountOfSuite, describeOnTerraform, makeRoleElsewhere, sentences } from "./on-terraform";

const WARNING = /Connection "MyConnection" is PENDING, not AVAILABLE: pipelines that use it fail/;

describeOnTerraform("cdktf deploy of main.ts", () => {
  const account = accountOfSuite();
  const projects: CdktfProject[] = [];
  const newProject = async (context?: Context, environment = {}): Promise<CdktfProject> => {
    const project = new CdktfProject(
      await findInstallation(),
      { ...account().environment, ...environment },
      { context },
    );
    projects.push(project);
    return project;
  };
  afterAll(() => {
    for (const project of projects) project.remove();
  });

  test("tells the person what to do, until it is done, and destroy leaves nothing", async () => {
    const project = await newProject();

    const first = await project.deploy();
    expect(first).toMatchObject({ exitCode: 0 });
    expect(sentences(first.output)).toMatch(WARNING);
    const pending = project.outputs();
    const arn = pending.connection_arn ?? "";
    expect(arn).toMatch(/^arn:aws:codestar-connections:us-east-1:123456789012:connection\/[0-9a-f-]{36}$/);
    expect(pending.connection_status).toBe("PENDING");
    const page = `https://us-east-1.console.aws.amazon.com/codesuite/settings/123456789012/us-east-1/connections/${arn.split("/")[1] ?? ""}`;
    expect(pending.activation_reminder).toBe(
      `ACTION REQUIRED: connection "MyConnection" is PENDING;
pipelines that use it fail until a person activates it.
  1. Open ${page}
     or, in Developer Tools > Settings > Connections, choose it:
 https://us-east-1.console.aws.amazon.com/codesuite/settings/connections
  2. Choose "Update pending connection", choose or install the
     Bitbucket app, then "Connect".
     Who: someone with "Administer workspace" in Bitbucket.
  3. In the folder of the project, run
 npx cdktf-codestar-connections wait --start
     It retries what failed meanwhile, and has pushes start the
     pipelines. By hand: "Release change". A pipeline that
     pushes do not start: edit it, and save it once.`,
    );

    const { codepipeline } = account().services;
    const push = () => codepipeline.push({ repository: "acme/shop", branch: "main" });
    const red = await project.command("doctor");
    expect(red).toMatchObject({ exitCode: 3 });
    expect(red.output).toBe(
      `✗ shop\n  The connection "MyConnection" is PENDING.\n    → A person must activate it: open ${page} and choose "Update pending connection" (npx cdktf-codestar-connections open).\n`,
    );

    const waiting = project.command("wait", "--start", "--yes");
    setTimeout(() => {
      account().activate(arn);
    }, 1_000);
    const waited = await waiting;
    expect(waited).toMatchObject({ exitCode: 0 });
    expect(waited.output).toContain(
      '✓ pipeline "shop": sent back unchanged, so that pushes start it; its source stage is retried\n',
    );
    expect(push()).toEqual(["shop"]);
    expect(await project.command("doctor")).toEqual({ exitCode: 0, output: "✓ shop: nothing found\n" });

    const second = await project.deploy();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(sentences(second.output)).not.toMatch(/not AVAILABLE|Warning/);
    expect(project.outputs()).toEqual({
      connection_arn: arn,
      connection_status: "AVAILABLE",
      activation_reminder: 'Connection "MyConnection" is AVAILABLE: nothing is left to activate.',
    });

    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
  });

  test("refuses a bad context with a sentence, and writes no stack", async () => {
    const project = await newProject({
      connectionName: "x".repeat(33),
      repository: "https://bitbucket.org/acme/shop.git",
    });

    const { exitCode, output } = await project.synth();

    expect(exitCode).not.toBe(0);
    expect(output).toContain("The context of cdktf.json: 2 problems were found:");
    expect(output).toContain('Did you mean "acme/shop"?');
    expect(project.stacks()).toEqual([]);
  });

  test("lets PIPELINE_CONTEXT_JSON override single keys of cdktf.json", async () => {
    const project = await newProject({}, { PIPELINE_CONTEXT_JSON: JSON.stringify({ branch: "" }) });

    const { exitCode, output } = await project.synth();

    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "The context of cdktf.json and PIPELINE_CONTEXT_JSON: branch must be 1 to 1000 characters long",
    );
  });
});

describeOnTerraform("cdktf deploy of other programs", () => {
  const account = accountOfSuite();
  const projectOf = async (program: string): Promise<CdktfProject> =>
    new CdktfProject(await findInstallation(), account().environment, { program });
  const arnOf = (name: string): string =>
    [...account().services.codestarConnections.store.connections.values()].find((made) => made.name === name)?.arn ??
    "";

  test("with a gate stops with the reminder, and after the activation carries on", async () => {
    const project = await projectOf("examples/gated-pipeline.ts");

    const first = await project.deploy();
    expect(first.exitCode).not.toBe(0);
    expect(sentences(first.output)).toContain('ACTION REQUIRED: connection "gated" is PENDING');
    expect(
      account()
        .inventory()
        .filter((arn) => arn.includes(":codepipeline:")),
    ).toEqual([]);

    account().activate(arnOf("gated"));
    const second = await project.deploy();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(sentences(second.output)).not.toMatch(/not AVAILABLE|Error:/);
    expect(Object.values(project.outputs())).toContain('Connection "gated" is AVAILABLE: nothing is left to activate.');

    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  });

  test("with three connections in two stacks tells of each in the stack that owns it, as long as it is true", async () => {
    makeRoleElsewhere(account(), "made-elsewhere");
    const project = await projectOf("__tests__/e2e/three-connections.app.ts");
    const said = (id: string) =>
      Object.entries(project.outputsByPath()).find(([path]) =>
        path.endsWith(`/${id}/ActivationReminder/activation_reminder`),
      );

    const first = await project.deploy("*");
    expect(first).toMatchObject({ exitCode: 0 });
    expect(["Company", "Tools", "Own"].map((id) => said(id)?.[0].split("/")[0])).toEqual(["shared", "shared", "shop"]);
    for (const id of ["Company", "Tools", "Own"]) expect(said(id)?.[1]).toContain("ACTION REQUIRED");
    for (const name of ["company", "tools", "own"]) {
      expect(sentences(first.output)).toContain(`Connection "${name}" is PENDING, not AVAILABLE`);
    }

    for (const name of ["company", "own"]) account().activate(arnOf(name));
    const second = await project.deploy("*");
    expect(second).toMatchObject({ exitCode: 0 });
    expect(sentences(second.output)).toContain('Connection "tools" is PENDING, not AVAILABLE');
    expect(sentences(second.output)).not.toMatch(/Connection "(company|own)" is PENDING/);
    expect(["Company", "Tools", "Own"].map((id) => said(id)?.[1].split("\n")[0])).toEqual([
      'Connection "company" is AVAILABLE: nothing is left to activate.',
      'ACTION REQUIRED: connection "tools" is PENDING;',
      'Connection "own" is AVAILABLE: nothing is left to activate.',
    ]);

    expect(await project.destroy("*")).toMatchObject({ exitCode: 0 });
    project.remove();
  });
});
