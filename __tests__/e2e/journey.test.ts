import { CdktfProject, type Context } from "../support/terraform/cdktf-project";
import { findInstallation } from "../support/terraform/installation";
import { accountOfSuite, describeOnTerraform, sentences } from "./on-terraform";

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
      `ACTION REQUIRED: connection "MyConnection" is PENDING; pipelines that use it fail until a person activates it.
  1. Open ${page}
     (or Developer Tools > Settings > Connections: https://console.aws.amazon.com/codesuite/settings/connections).
  2. Choose "Update pending connection", choose or install the Bitbucket app, then "Connect".
  Who: someone with "Administer workspace" in Bitbucket.`,
    );

    account().activate(arn);
    const second = await project.deploy();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(sentences(second.output)).not.toMatch(/not AVAILABLE|Warning/);
    expect(project.outputs()).toEqual({
      connection_arn: arn,
      connection_status: "AVAILABLE",
      activation_reminder: 'Connection "MyConnection" is AVAILABLE: nothing is left to do.',
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

  // The CLI replaces the caller's variable; only Linux shows what it was.
  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux("lets CDKTF_CONTEXT_JSON override single keys of cdktf.json", async () => {
    const project = await newProject({}, { CDKTF_CONTEXT_JSON: JSON.stringify({ branch: "" }) });

    const { exitCode, output } = await project.synth();

    expect(exitCode).not.toBe(0);
    expect(output).toContain("The context of cdktf.json: branch must be 1 to 1000 characters long");
  });
});
