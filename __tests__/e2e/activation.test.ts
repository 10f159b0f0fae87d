import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, type TerraformStack, TerraformVariable } from "cdktf";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  type IConnection,
  PipelineSource,
  ProviderType,
  ResourceFamily,
} from "../../src";
import { newStack } from "../support/synthesis";
import { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, APPROVE, describeOnTerraform, makeRoleElsewhere, projectOf, sentences } from "./on-terraform";

const BY_HAND = { name: "ByHand", providerType: "Bitbucket", region: "us-east-1" };
const FAMILIES = Object.values(ResourceFamily);
const REGIONS = ["us-east-1", "us-gov-east-1"];

/** A pipeline that is held back until its connection is activated. */
function gated(stack: TerraformStack, connection: IConnection): void {
  const settings = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["made-elsewhere"] };
  const source = new PipelineSource(stack, "Source", { ...settings, requireActivation: true });
  new Codepipeline(stack, "Pipeline", {
    ...{ name: "shop", roleArn: "arn:aws:iam::123456789012:role/made-elsewhere", pipelineType: "V2" },
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [source.stage, APPROVE],
    dependsOn: source.dependencies,
  });
}

describeOnTerraform("a pipeline that requires activation", () => {
  const account = accountOfSuite();
  const pipelines = () =>
    account()
      .inventory()
      .filter((arn) => arn.includes(":codepipeline:"));
  const connections = () => [...account().services.codestarConnections.store.connections.keys()];
  let project: TerraformProject;
  beforeAll(async () => {
    makeRoleElsewhere(account(), "made-elsewhere");
    const stack = newStack();
    gated(stack, new Connection(stack, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET }));
    project = await projectOf(stack, account());
  });
  afterAll(() => {
    project.remove();
  });

  test("is not created by the first apply, which makes the connection and stops with the reminder", async () => {
    const { exitCode, output } = await project.apply();

    expect(exitCode).toBe(1);
    expect(sentences(output)).toMatch(
      /Error: Resource postcondition failed .*ACTION REQUIRED: connection "MyConnection" is PENDING; pipelines that use it fail until a person activates it\. 1\. Open https:\/\/us-east-1\.console\.aws\.amazon\.com\/codesuite\/settings\/123456789012\/us-east-1\/connections\//,
    );
    expect(connections()).toHaveLength(1);
    expect(pipelines()).toEqual([]);
  });

  test("lets no plan pass while that is so", async () => {
    const { exitCode, output } = await project.plan();

    expect(exitCode).toBe(1);
    expect(sentences(output)).toContain('ACTION REQUIRED: connection "MyConnection" is PENDING');
  });

  test("can be destroyed while that is so, and made again", async () => {
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(connections()).toEqual([]);
    expect(await project.apply()).toMatchObject({ exitCode: 1 });
  });

  test("is created by the apply after the activation", async () => {
    account().activate(connections()[0] ?? "");

    const { output } = await project.apply();

    expect(output).toMatch(/Apply complete!/);
    expect(output).not.toContain("Warning");
    expect(pipelines()).toHaveLength(1);
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
  });

  test("stops again when the connection is in error, and says so", async () => {
    account().services.codestarConnections.store.setStatus(connections()[0] ?? "", "ERROR");

    const { exitCode, output } = await project.plan();

    expect(exitCode).toBe(1);
    expect(sentences(output)).toMatch(
      /ACTION REQUIRED: connection "MyConnection" is ERROR; pipelines that use it fail\. 1\. See what AWS says: open https:/,
    );
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(pipelines()).toEqual([]);
  });

  test("is held back by an existing connection too", async () => {
    const stack = newStack();
    const arn = account().createByHand(BY_HAND);
    account().services.codestarConnections.store.setStatus(arn, "PENDING");
    gated(stack, Connection.fromConnectionArn(stack, "Existing", arn));
    const existing = await projectOf(stack, account());

    const { exitCode, output } = await existing.apply();
    expect(exitCode).toBe(1);
    expect(sentences(output)).toContain(`ACTION REQUIRED: connection "${arn}" is PENDING`);
    account().activate(arn);
    expect(await existing.apply()).toMatchObject({ exitCode: 0 });
    expect(pipelines()).toHaveLength(1);
    expect(await existing.destroy()).toMatchObject({ exitCode: 0 });
    existing.remove();
  });
});

describeOnTerraform("a connection through a host", () => {
  const account = accountOfSuite();
  const store = () => account().services.codestarConnections.store;
  const find = (name: string): string =>
    [...store().connections.values(), ...store().hosts.values()].find((made) => made.name === name)?.arn ?? "";
  let project: TerraformProject;
  const reminders = async (): Promise<string[]> => {
    const outputs = await project.outputs();
    return FAMILIES.map((family) => String(outputs[`${family}_activation_reminder`]));
  };

  beforeAll(async () => {
    const stack = newStack();
    for (const [index, resourceFamily] of FAMILIES.entries()) {
      const host = new ConnectionHost(stack, `Host${index}`, {
        name: `host${index}`,
        providerType:
          [ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED][index] ?? ProviderType.GITHUB,
        providerEndpoint: "https://git.example.com",
        resourceFamily,
      });
      new Connection(stack, `Connection${index}`, {
        name: `connection${index}`,
        host,
        resourceFamily,
        outputPrefix: `${resourceFamily}_`,
      });
    }
    project = await projectOf(stack, account());
  });
  afterAll(() => {
    project.remove();
  });

  test("has the host first in its reminder, and a warning for each of the two that can tell", async () => {
    const { output } = await project.apply();

    expect(output).toMatch(/Apply complete!/);
    expect(sentences(output)).toMatch(/Warning: Check block assertion failed .*Host "host0" is PENDING, not AVAILABLE/);
    const [older, newer] = await reminders();
    expect(older).toMatch(
      /\n {2}0\. First its host, which is PENDING:\n "host0"\n {5}Open\n https:.*\n {5}and choose "Hosts", the host, then "Set up host"\.\n {5}Who: an administrator of the GitHub Enterprise Server\.\n {2}1\. Open https:/,
    );
    expect(newer).toMatch(/\n {2}0\. First its host, unless it is AVAILABLE:\n "host1"\n/);
  });

  test("is reminded of alone when its host is set up", async () => {
    for (const name of ["host0", "host1"]) account().activate(find(name));

    const { output } = await project.apply();

    expect(output).not.toContain('Host "');
    const [older] = await reminders();
    expect(older).not.toContain("host0");
    expect(older).toContain('ACTION REQUIRED: connection "connection0" is PENDING');
  });

  test("has nothing left to do when it is activated itself", async () => {
    for (const name of ["connection0", "connection1"]) account().activate(find(name));

    const { output } = await project.apply();

    expect(output).not.toContain("Warning");
    expect(await reminders()).toEqual(
      [0, 1].map((index) => `Connection "connection${index}" is AVAILABLE: nothing is left to activate.`),
    );
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
  });
});

describeOnTerraform("what is said of a connection", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  let outputs: { [name: string]: unknown };
  beforeAll(async () => {
    const stack = newStack();
    for (const region of REGIONS) {
      const provider = new AwsProvider(stack, region, { alias: region, region });
      for (const resourceFamily of FAMILIES) {
        const id = `${region}-${resourceFamily}`;
        const settings = { providerType: ProviderType.BITBUCKET, resourceFamily, provider };
        new Connection(stack, id, { name: id.slice(0, 32), outputPrefix: `${id}_`, ...settings });
      }
    }
    const longest = "x".repeat(64);
    const host = new ConnectionHost(stack, "Host", {
      ...{ name: longest, providerType: ProviderType.GITHUB_ENTERPRISE_SERVER },
      providerEndpoint: "https://git.example.com",
    });
    new Connection(stack, "Hosted", { name: longest.slice(32), host, outputPrefix: "hosted_" });
    const unread = { activationReminder: true, outputPrefix: "unread_" };
    Connection.fromConnectionArn(stack, "Unread", account().createByHand(BY_HAND), unread);
    project = await projectOf(stack, account());
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    outputs = await project.outputs();
  });
  afterAll(async () => {
    await project.destroy();
    project.remove();
  });

  test.each(REGIONS.flatMap((region) => FAMILIES.map((family) => [region, family] as const)))(
    "links to its own page and to the list, in %s and the family %s",
    (region, family) => {
      const arn = String(outputs[`${region}-${family}_connection_arn`]);
      const [, id = ""] = arn.split("/");
      const host = region.startsWith("us-gov-") ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";

      expect(arn.split(":")[2]).toBe(
        family === ResourceFamily.CODECONNECTIONS ? "codeconnections" : "codestar-connections",
      );
      expect(String(outputs[`${region}-${family}_activation_reminder`]).split("\n")).toEqual(
        expect.arrayContaining([
          `  1. Open https://${region}.${host}/codesuite/settings/123456789012/${region}/connections/${id}`,
          ` https://${region}.${host}/codesuite/settings/connections`,
        ]),
      );
    },
  );

  test("fits into a terminal of 80 columns, in which CDKTF indents it, but for the links", () => {
    expect(Object.keys(outputs).filter((output) => output.endsWith("_activation_reminder"))).toHaveLength(6);
    for (const [name, value] of Object.entries(outputs).filter(([output]) => output.endsWith("_activation_reminder"))) {
      const [first = "", ...others] = String(value).split("\n");
      const long = others.filter((line) => line.length > 68);
      // An ARN where a name is not known makes the first line as long as it is.
      expect([name, first.length <= 80 || name.startsWith("unread")]).toEqual([name, true]);
      expect(long.filter((line) => !line.includes("/codesuite/settings/"))).toEqual([]);
      expect(long.filter((line) => line.includes("/connections/"))).toHaveLength(1);
    }
  });
});

describeOnTerraform("an existing connection", () => {
  const account = accountOfSuite();
  const statusOf = (arn: string, status: "PENDING" | "ERROR" | "AVAILABLE"): void => {
    account().services.codestarConnections.store.setStatus(arn, status);
  };
  let arn: string;
  beforeAll(() => {
    arn = account().createByHand(BY_HAND);
  });
  beforeEach(() => {
    account().denied.clear();
    statusOf(arn, "PENDING");
  });
  const projectWith = async (readStatus: boolean): Promise<TerraformProject> => {
    const stack = newStack();
    const settings = { readStatus, activationReminder: true, outputPrefix: "" };
    Connection.fromConnectionArn(stack, "Existing", arn, settings);
    return projectOf(stack, account());
  };

  test("that is read is reminded of until it is activated, and again when it is in error", async () => {
    const project = await projectWith(true);

    expect(sentences((await project.apply()).output)).toContain('Connection "ByHand" is PENDING, not AVAILABLE');
    expect(await project.outputs()).toMatchObject({
      connection_status: "PENDING",
      activation_reminder: expect.stringMatching(/^ACTION REQUIRED: connection "ByHand" is PENDING;/),
    });

    account().activate(arn);
    const { output } = await project.apply();
    expect(output).toMatch(/Apply complete!/);
    expect(output).not.toContain("Warning");
    expect(await project.outputs()).toEqual({
      connection_arn: arn,
      connection_status: "AVAILABLE",
      activation_reminder: 'Connection "ByHand" is AVAILABLE: nothing is left to activate.',
    });
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });

    statusOf(arn, "ERROR");
    expect(sentences((await project.plan()).output)).toMatch(
      /Connection "ByHand" is ERROR: pipelines that use it fail\. See what AWS says at https:/,
    );
    project.remove();
  });

  test("that is to another repository provider than the program says is warned of by whatever reads it", async () => {
    const stack = newStack();
    const other = new TerraformVariable(stack, "other", { type: "string", default: "GitLab" });
    const type = (value: string): { providerType: ProviderType } => ({ providerType: ProviderType.of(value) });
    const unread = Connection.fromConnectionArn(stack, "Gated", arn, type("GitHub"));
    new ActivationGate(stack, "Gate", { connection: unread });
    Connection.fromConnectionArn(stack, "Read", arn, { readStatus: true, ...type("GitHub") });
    Connection.fromConnectionArn(stack, "Reminding", arn, { activationReminder: true, ...type("GitHub") });
    Connection.fromConnectionName(stack, "Named", "ByHand", type("GitHub"));
    Connection.fromConnectionName(stack, "Expression", "ByHand", type(other.stringValue));
    Connection.fromConnectionName(stack, "Right", "ByHand", type("Bitbucket"));
    account().activate(arn);
    const project = await projectOf(stack, account());

    const { output, exitCode } = await project.plan();
    const said = sentences(output);
    expect(exitCode).toBe(0);
    const sentence = 'providerType must be the one of the connection, which is "Bitbucket".';
    for (const id of ["Gated", "Read", "Reminding", "Named"]) {
      expect(said).toContain(`stack/${id}: ${sentence} Given: "GitHub".`);
    }
    expect(said).toContain(`stack/Expression: ${sentence} Given: "GitLab".`);
    expect(said).not.toContain("stack/Right: ");
    expect(said).not.toContain("Error");
    project.remove();
  });

  test("that is not read is warned of until it is activated", async () => {
    const project = await projectWith(false);

    expect(sentences((await project.apply()).output)).toContain(`Connection "${arn}" is PENDING, not AVAILABLE`);
    expect(await project.outputs()).toEqual({
      connection_arn: arn,
      activation_reminder: expect.stringMatching(/is not made here, and its status is not read\./),
    });

    account().activate(arn);
    const { output } = await project.apply();
    expect(output).toMatch(/Apply complete!/);
    expect(output).not.toContain("Warning");
    project.remove();
  });

  test("that may not be read is applied with a warning that says so, before and after the activation", async () => {
    account().denied.add("codestar-connections:GetConnection");
    const project = await projectWith(false);

    for (const activate of [false, true]) {
      if (activate) account().activate(arn);
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(0);
      expect(sentences(output)).toMatch(/Warning: .*AccessDeniedException: not authorized to perform/);
    }

    account().denied.clear();
    expect((await project.apply()).output).not.toContain("Warning");
    project.remove();
  });
});

describeOnTerraform("a name with special characters in it", () => {
  const account = accountOfSuite();
  const names = ['we"i\\r "q" \\', "line\nbreak\ttab\x1b[31m\x07", "a\\\\n\\", "50% { $ { %", "中é🙂<&>"];
  const written = ["$${dollar}", "%%{if}"];

  test("is shown by the gate and by the reminder as it is, without control characters", async () => {
    const stack = newStack();
    const all = [...names, ...written];
    const given = [...names, "${dollar}", "%{if}"];
    // eslint-disable-next-line no-control-regex -- they are what a terminal must not get
    const shown = given.map((name) => name.replace(/[\x00-\x1f]/g, "?"));
    for (const [index, name] of all.entries()) {
      const arn = account().createByHand({ name: given[index] ?? "", providerType: "Bitbucket", region: "us-east-1" });
      account().services.codestarConnections.store.setStatus(arn, "PENDING");
      const outputPrefix = `r${index}_`;
      const connection = Connection.fromConnectionName(stack, `Existing${index}`, name, { outputPrefix });
      new ActivationGate(stack, `Gate${index}`, { connection });
    }
    const project = await projectOf(stack, account());
    const pending = await project.plan();
    expect(pending.exitCode).toBe(1);
    for (const name of shown) {
      expect(sentences(pending.output)).toContain(`ACTION REQUIRED: connection "${sentences(name)}" is PENDING`);
    }
    for (const { arn } of account().services.codestarConnections.store.connections.values()) account().activate(arn);

    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const outputs = await project.outputs();
    expect(all.map((_, index) => outputs[`r${index}_activation_reminder`])).toEqual(
      shown.map((name) => `Connection "${name}" is AVAILABLE: nothing is left to activate.`),
    );
    project.remove();
  });
});

describeOnTerraform("a stack in Terraform's own language", () => {
  const account = accountOfSuite();

  test("has the check too, and Terraform takes it", async () => {
    const stack = newStack();
    const west = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    new Connection(stack, "Bitbucket", { name: "mine", providerType: ProviderType.BITBUCKET, outputPrefix: "" });
    const arn = account().createByHand({ name: "ByHand", providerType: "Bitbucket", region: "us-west-2" });
    Connection.fromConnectionArn(stack, "Existing", arn, { provider: west, activationReminder: true });
    // By itself the stack would keep its state in the folder that the program runs in.
    new LocalBackend(stack, { path: "terraform.tfstate" });
    stack.prepareStack();
    const project = await TerraformProject.createIn({ "cdk.tf": stack.toHclTerraform().hcl }, account().environment);

    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const { output } = await project.apply();
    expect(output).toMatch(/Apply complete!/);
    expect(sentences(output)).toMatch(
      /Warning: Check block assertion failed .*Connection "mine" is PENDING, not AVAILABLE/,
    );
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });
});
