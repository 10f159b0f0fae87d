import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  type IConnection,
  PipelineSource,
  ProviderType,
  ResourceFamily,
} from "../../src";
import { newStack } from "../support/synthesis";
import { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, describeOnTerraform, projectOf, sentences } from "./on-terraform";

const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/ghes-0c8b1a2f";
const NEWER_HOST_ARN = HOST_ARN.replace("codestar-connections", "codeconnections");
const FOREIGN_ARN = "arn:aws:codestar-connections:us-east-1:111111111111:connection/0c8b1a2f";

const listOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    `${prefix}-0c8b1a2${(index % 16).toString(16)}${index}`.slice(0, prefix.length + 9),
  );

type Value = string | readonly string[];

/** What is given to a host through a variable: the property, a value that is refused, one that is accepted. */
const HOSTS: readonly [property: string, bad: Value, good: Value][] = [
  ["name", "", "x"],
  ["name", "x".repeat(65), "x".repeat(64)],
  ["providerType", "Bitbucket", "GitLabSelfManaged"],
  ["providerEndpoint", "http://git.example.com", "https://git.example.com"],
  ["providerEndpoint", `https://${"x".repeat(505)}`, `https://${"x".repeat(504)}`],
  ["vpcConfiguration.vpcId", "vpc-1", "vpc-0c8b1a2f"],
  ["vpcConfiguration.subnetIds", [], listOf("subnet", 1)],
  ["vpcConfiguration.subnetIds", listOf("subnet", 11), listOf("subnet", 10)],
  ["vpcConfiguration.subnetIds", ["subnet-0c8b1a2f", "sg-0c8b1a2f"], ["subnet-0c8b1a2f"]],
  ["vpcConfiguration.securityGroupIds", listOf("sg", 11), listOf("sg", 10)],
  ["vpcConfiguration.tlsCertificate", "x".repeat(16_385), "x".repeat(16_384)],
  ["vpcConfiguration.tlsCertificate", "", "💡\n\u0301"],
];

/** What the resources of the newer family count in bytes, as a variable gives it. */
const IN_BYTES: readonly [property: string, bad: string, good: string][] = [
  ["name", "\u00e9".repeat(33), "\u00e9".repeat(32)],
  ["providerEndpoint", `https://${"\u00e9".repeat(253)}`, `https://${"\u00e9".repeat(252)}`],
  ["vpcConfiguration.tlsCertificate", "\u00e9".repeat(8193), "\u00e9".repeat(8192)],
];

/** A host with one property from a variable. */
function hostFrom(
  stack: TerraformStack,
  index: number,
  property: string,
  value: Value,
  resourceFamily?: ResourceFamily,
): void {
  const type = typeof value === "string" ? "string" : "list(string)";
  const variable = new TerraformVariable(stack, `host${index}`, { type, default: value });
  const known = typeof value === "string" ? variable.stringValue : variable.listValue;
  const given = property === "providerType" ? ProviderType.of(String(known)) : known;
  const vpc = { vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] };
  const [outer, inner] = property.split(".");
  new ConnectionHost(stack, `Host${index}`, {
    providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
    providerEndpoint: "https://git.example.com",
    resourceFamily,
    ...(inner === undefined ? { [outer ?? ""]: given } : { vpcConfiguration: { ...vpc, [inner]: given } }),
  });
}

/** A connection through a host whose ARN is a variable. */
function connectionFrom(stack: TerraformStack, id: string, hostArn: string, resourceFamily?: ResourceFamily): void {
  const given = new TerraformVariable(stack, `host_of_${id}`, { type: "string", default: hostArn }).stringValue;
  new Connection(stack, id, { host: ConnectionHost.fromHostArn(stack, `${id}Host`, given), resourceFamily });
}

describeOnTerraform("the rules of connections and hosts", () => {
  const account = accountOfSuite();

  test("fail the plan with their sentences for bad values that are expressions", async () => {
    const stack = newStack();
    const variable = (name: string, value: string): string =>
      new TerraformVariable(stack, name, { type: "string", default: value }).stringValue;
    HOSTS.forEach(([property, bad], index) => {
      hostFrom(stack, index, property, bad);
    });
    IN_BYTES.forEach(([property, bad], index) => {
      hostFrom(stack, 100 + index, property, bad, ResourceFamily.CODECONNECTIONS);
    });
    const providerType = ProviderType.BITBUCKET;
    const resourceFamily = ResourceFamily.CODECONNECTIONS;
    new Connection(stack, "Bytes", { name: variable("bytes", "\u00e9".repeat(17)), providerType, resourceFamily });
    connectionFrom(stack, "NoArn", "ghes");
    connectionFrom(stack, "Newer", NEWER_HOST_ARN);
    connectionFrom(stack, "Elsewhere", HOST_ARN.replace("us-east-1", "us-west-2"));
    new Connection(stack, "Azure", {
      providerType: ProviderType.of(variable("azure", ProviderType.AZURE_DEVOPS.value)),
      resourceFamily: ResourceFamily.CODECONNECTIONS,
    });
    const bound = new AwsProvider(stack, "bound", {
      alias: "bound",
      region: "us-east-1",
      allowedAccountIds: ["123456789012"],
    });
    for (const readStatus of [false, true]) {
      const arn = variable(`foreign_${String(readStatus)}`, FOREIGN_ARN);
      Connection.fromConnectionArn(stack, `Foreign${String(readStatus)}`, arn, { provider: bound, readStatus });
    }
    const named = Connection.fromConnectionName(stack, "Named", variable("named", "x".repeat(33)));
    new ConnectionPolicy(stack, "Policy", { grants: [{ connection: named }], roles: ["pipeline"] });

    const project = await projectOf(stack, account());
    const { exitCode, output } = await project.plan();
    const read = sentences(output);

    expect(exitCode).toBe(1);
    HOSTS.forEach(([property], index) => {
      expect(read).toContain(` stack/Host${index}: ${property} must `);
    });
    IN_BYTES.forEach(([property], index) => {
      expect(read).toMatch(new RegExp(` stack/Host${100 + index}: ${property} must .* bytes`));
    });
    expect(read).toContain(" stack/Bytes: name must be 1 to 32 bytes of UTF-8 long (one character is 1 to 4 bytes).");
    // No ARN has no service and no region either: the first rule that it breaks is said.
    expect(read).toContain(" stack/NoArn: host must be the ARN of a host");
    expect(read).toContain(" stack/Newer: host must be a host of the service codestar-connections");
    expect(read).toContain(" stack/Elsewhere: host must be in the connection's own region, which is us-east-1.");
    // The library's sentence, and not the provider's, which comes later.
    expect(read).toContain(" stack/Azure: providerType can't be AzureDevOps with AWS provider 5.100.0");
    expect(read).not.toContain("Invalid String Enum Value");
    expect(read).toContain(" stack/Foreignfalse: connectionArn must be in an account of the provider");
    expect(read).toContain(" stack/Foreigntrue: connectionArn must be in an account of the provider");
    expect(read).toContain(" stack/Named: connectionName must be 1 to 32 characters long.");
    expect(read.match(/Resource precondition failed/g)).toHaveLength(
      HOSTS.length + IN_BYTES.length + 1 + 1 + 2 + 1 + 2 + 1,
    );
    expect(account().inventory()).toEqual([]);
    project.remove();
  });

  test("let good values pass that are expressions", async () => {
    const stack = newStack();
    HOSTS.forEach(([property, , good], index) => {
      hostFrom(stack, index, property, good);
    });
    IN_BYTES.forEach(([property, , good], index) => {
      hostFrom(stack, 100 + index, property, good, ResourceFamily.CODECONNECTIONS);
    });
    for (const resourceFamily of Object.values(ResourceFamily)) {
      // A derived name with letters outside of ASCII, tags and lists that functions of Terraform give.
      const tags = Fn.merge([{ team: "shop" }, { env: "test" }]) as { [key: string]: string };
      const subnetIds = Fn.concat([["subnet-0c8b1a2f"], ["subnet-0c8b1a2e"]]) as unknown as string[];
      new Connection(stack, `C${"\u00e9".repeat(30)}-${resourceFamily}`, {
        providerType: ProviderType.BITBUCKET,
        resourceFamily,
        tags,
      });
      new ConnectionHost(stack, `H${"\u00e9".repeat(60)}-${resourceFamily}`, {
        providerType: ProviderType.GITLAB_SELF_MANAGED,
        providerEndpoint: "https://git.example.com",
        resourceFamily,
        vpcConfiguration: { vpcId: "vpc-0c8b1a2f", subnetIds, securityGroupIds: ["sg-0c8b1a2f"] },
        ...(resourceFamily === ResourceFamily.CODECONNECTIONS && { tags }),
      });
    }
    for (const name of ["counted-${count.index}", 'counted "${count.index}" \\']) {
      // Outputs and a check are of one connection, and not of each of several.
      const settings = { providerType: ProviderType.GITHUB, activationReminder: false };
      const counted = new Connection(stack, `Counted${name.length}`, { name, ...settings });
      counted.resource.addOverride("count", 2);
    }
    connectionFrom(stack, "Older", HOST_ARN);
    connectionFrom(stack, "OlderInNewer", HOST_ARN, ResourceFamily.CODECONNECTIONS);
    connectionFrom(stack, "Newer", NEWER_HOST_ARN, ResourceFamily.CODECONNECTIONS);

    const project = await projectOf(stack, account());

    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: true });
    project.remove();
  });

  test("only warn of a region that is an expression", async () => {
    const stack = newStack();
    const inRegion = (id: string, region?: string) => {
      const given =
        region && new TerraformVariable(stack, `region_of_${id}`, { type: "string", default: region }).stringValue;
      const provider = new AwsProvider(stack, `provider-${id}`, {
        alias: id,
        region: given,
      });
      new Connection(stack, id, { providerType: ProviderType.BITBUCKET, provider });
    };
    inRegion("Excluded", "ap-east-1");
    inRegion("Unknown", "ca-west-1");
    inRegion("Known", "eu-west-1");
    inRegion("Environment");
    const environment = { ...account().environment, AWS_REGION: "me-south-1" };

    const project = await TerraformProject.create(Testing.synth(stack, true), environment);
    const plan = await project.plan();
    const read = sentences(plan.output);

    expect(plan).toMatchObject({ exitCode: 0, changes: true });
    expect(read).toContain(
      "stack/Excluded: the provider's region must be a region where CodePipeline can use connections",
    );
    expect(read).toContain("stack/Unknown: the provider's region is unknown to this version of the library");
    expect(read).toContain(
      "stack/Environment: the provider's region must be a region where CodePipeline can use connections",
    );
    expect(read.match(/Check block assertion failed/g)).toHaveLength(3);

    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(await project.plan()).toMatchObject({ exitCode: 0, changes: false });
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    project.remove();
  });
});

describeOnTerraform("a protected connection", () => {
  const account = accountOfSuite();

  test("is not destroyed and not replaced, but does not outlive its construct", async () => {
    const stackWith = (name?: string) => {
      const stack = newStack();
      const settings = { providerType: ProviderType.BITBUCKET, preventDestroy: true };
      if (name !== undefined) new Connection(stack, "Bitbucket", { ...settings, name });
      return Testing.synth(stack, true);
    };
    const project = await TerraformProject.create(stackWith("MyConnection"), account().environment);
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const made = account().inventory();

    const destroy = await project.destroy();
    expect(destroy.exitCode).toBe(1);
    expect(sentences(destroy.output)).toContain("lifecycle.prevent_destroy set");
    project.write(stackWith("Renamed"));
    const replace = await project.plan();
    expect(replace.exitCode).toBe(1);
    expect(sentences(replace.output)).toContain("Instance cannot be destroyed");
    expect(account().inventory()).toEqual(made);

    project.write(stackWith());
    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual([]);
    project.remove();
  });
});

describeOnTerraform("a caller who may not read connections", () => {
  const account = accountOfSuite();

  test("uses one by its ARN, with a warning, and fails only by what needs the reading", async () => {
    const arn = account().createByHand({ name: "MadeByHand", providerType: "Bitbucket", region: "us-east-1" });
    for (const operation of ["GetConnection", "ListConnections"])
      account().denied.add(`codestar-connections:${operation}`);
    const synthesised = (make: (stack: TerraformStack) => IConnection): string => {
      const stack = newStack();
      const settings = { repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
      new PipelineSource(stack, "Source", { ...settings, connection: make(stack) });
      return Testing.synth(stack, true);
    };

    const byArn = synthesised((stack) => Connection.fromConnectionArn(stack, "ByArn", arn));
    const project = await TerraformProject.create(byArn, account().environment);
    const silent = await project.plan();
    expect(silent).toMatchObject({ exitCode: 0, changes: true });
    expect(silent.output).not.toContain("AccessDeniedException");

    const reminding = { activationReminder: true };
    project.write(synthesised((stack) => Connection.fromConnectionArn(stack, "ByArn", arn, reminding)));
    const warned = await project.plan();
    expect(warned).toMatchObject({ exitCode: 0, changes: true });
    expect(sentences(warned.output)).toContain("AccessDeniedException: not authorized to perform");

    for (const activationReminder of [true, false]) {
      const settings = { activationReminder };
      project.write(synthesised((stack) => Connection.fromConnectionName(stack, "Read", "MadeByHand", settings)));
      expect(await project.plan()).toMatchObject({ exitCode: 1 });
      const reading = { readStatus: true, activationReminder };
      project.write(synthesised((stack) => Connection.fromConnectionArn(stack, "Read", arn, reading)));
      expect(await project.plan()).toMatchObject({ exitCode: 1 });
    }
    project.remove();
  });
});
