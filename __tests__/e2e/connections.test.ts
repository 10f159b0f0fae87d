import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  type IConnection,
  ProviderType,
  ResourceFamily,
} from "../../src";
import type { AwsEndpoint } from "../../local-aws";
import { newStack } from "../support/synthesis";
import type { TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, describeOnTerraform, makeRoleElsewhere, projectOf } from "./on-terraform";

const HOSTED = [ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB];
const INSTALLED = [ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED];
const TYPES = [...HOSTED, ...INSTALLED, ProviderType.AZURE_DEVOPS];
const FAMILIES = Object.values(ResourceFamily);
const SERVICES = {
  [ResourceFamily.CODESTAR_CONNECTIONS]: "codestar-connections",
  [ResourceFamily.CODECONNECTIONS]: "codeconnections",
} as const;
const REGION = "us-east-1";
const VPC = {
  vpcId: "vpc-0c8b1a2f3d4e5f6a7",
  subnetIds: ["subnet-0c8b1a2f3d4e5f6a7", "subnet-0c8b1a2f3d4e5f6a8"],
  securityGroupIds: ["sg-0c8b1a2f3d4e5f6a7"],
  tlsCertificate: "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
};

/** Whatever there is of one provider type in an account before Terraform comes: the ARN of a connection made by hand. */
function madeByHand(account: AwsEndpoint, name: string, type: ProviderType, family: ResourceFamily): string {
  const providerType = type.value;
  const service = SERVICES[family];
  if (!INSTALLED.includes(type)) {
    return account.createByHand({ name, providerType, region: REGION, family: service });
  }
  const { store } = account.services.codestarConnections;
  const wanted = { name, providerType, endpoint: "https://git.example.com", vpc: undefined, tags: {} };
  const { arn: hostArn } = store.createHost(service, wanted, { accountId: account.accountId, region: REGION });
  return account.createByHand({ name, hostArn, region: REGION, family: service });
}

/** New connections of all types in both families, installed ones through a host with and without a VPC. */
function newConnections(stack: TerraformStack): IConnection[] {
  const connections: IConnection[] = [];
  for (const resourceFamily of FAMILIES) {
    const tags = { team: "shop", env: "test" };
    for (const providerType of HOSTED) {
      const id = `${resourceFamily}-${providerType.value}`;
      connections.push(new Connection(stack, id, { providerType, resourceFamily, tags, outputPrefix: `${id}_` }));
    }
    for (const providerType of INSTALLED) {
      const id = `${resourceFamily}-${providerType.value}`;
      const vpcConfiguration = providerType === ProviderType.GITLAB_SELF_MANAGED ? VPC : undefined;
      const host = new ConnectionHost(stack, `${id}-Host`, {
        providerType,
        providerEndpoint: "https://git.example.com",
        resourceFamily,
        vpcConfiguration,
        ...(resourceFamily === ResourceFamily.CODECONNECTIONS && { tags }),
      });
      connections.push(new Connection(stack, id, { host, resourceFamily, tags, outputPrefix: `${id}_` }));
    }
  }
  return connections;
}

/** Existing connections of all types and both families, by their ARNs, read and unread, and by their names. */
function existingConnections(stack: TerraformStack, account: AwsEndpoint): IConnection[] {
  const connections: IConnection[] = [];
  for (const family of FAMILIES) {
    for (const providerType of TYPES) {
      if (family === ResourceFamily.CODESTAR_CONNECTIONS && providerType === ProviderType.AZURE_DEVOPS) continue;
      const id = `by-hand-${SERVICES[family].slice(0, 8)}-${providerType.value.slice(0, 9)}`;
      const arn = madeByHand(account, id, providerType, family);
      connections.push(
        Connection.fromConnectionArn(stack, `${id}-unread`, arn),
        Connection.fromConnectionArn(stack, `${id}-arn`, arn, { readStatus: true, outputPrefix: `${id}-arn_` }),
        Connection.fromConnectionName(stack, `${id}-name`, id, { outputPrefix: `${id}-name_` }),
      );
    }
  }
  return connections;
}

describeOnTerraform("connections of every provider type, in both families, new and existing", () => {
  const account = accountOfSuite();
  let project: TerraformProject;
  let before: string[];
  let outputs: { [name: string]: unknown };
  beforeAll(async () => {
    makeRoleElsewhere(account(), "made-elsewhere");
    const stack = newStack();
    // One tag that the connections have too, with another value; and one with the same value, and one that they lack.
    (stack.node.findChild("aws") as AwsProvider).defaultTags = [{ tags: { team: "all", env: "test", cost: "42" } }];
    const connections = [...newConnections(stack), ...existingConnections(stack, account())];
    new ConnectionPolicy(stack, "Policy", {
      grants: connections.map((connection) => ({ connection })),
      roles: ["made-elsewhere"],
    });
    before = account().inventory();
    project = await projectOf(stack, account());
  });
  afterAll(() => {
    project.remove();
  });

  test("are applied, and then plan to change nothing", async () => {
    expect(await project.validate()).toEqual({ valid: true, diagnostics: [] });
    const apply = await project.apply();
    expect(apply.output).toMatch(/Apply complete!/);

    const plan = await project.plan();
    expect(plan).toMatchObject({ exitCode: 0, changes: false });
    expect(plan.output).toContain("No changes.");
    outputs = await project.outputs();
  });

  test.each(FAMILIES)("have ARNs of their family's service, which the outputs show: %s", (family) => {
    for (const providerType of [...HOSTED, ...INSTALLED]) {
      expect(outputs[`${family}-${providerType.value}_connection_arn`]).toMatch(
        new RegExp(`^arn:aws:${SERVICES[family]}:us-east-1:123456789012:connection/`),
      );
      expect(outputs[`${family}-${providerType.value}_connection_status`]).toBe("PENDING");
      const [, id = ""] = String(outputs[`${family}-${providerType.value}_connection_arn`]).split("/");
      expect(outputs[`${family}-${providerType.value}_activation_reminder`]).toContain(
        `/us-east-1/connections/${id}\n`,
      );
    }
  });

  test("are found by their names as by their ARNs", () => {
    const byName = Object.keys(outputs).filter((name) => name.endsWith("-name_connection_arn"));

    expect(byName).toHaveLength(11);
    for (const name of byName) {
      expect(outputs[name]).toBe(outputs[name.replace("-name_", "-arn_")]);
      expect(outputs[name.replace("_arn", "_status")]).toBe("AVAILABLE");
    }
  });

  test("carry their own tags above the provider's default ones", () => {
    const { store } = account().services.codestarConnections;
    const made = [...store.connections.keys(), ...store.hosts.keys()].filter((arn) => !before.includes(arn));

    expect(made).toHaveLength(14);
    for (const arn of made) {
      const hasTags = !arn.includes(":codestar-connections:us-east-1:123456789012:host/");
      expect([arn, store.tags.of(arn)]).toEqual([arn, hasTags ? { team: "shop", env: "test", cost: "42" } : {}]);
    }
  });

  test("are destroyed, and what was made by hand stays", async () => {
    expect(await project.destroy()).toMatchObject({ exitCode: 0 });
    expect(account().inventory()).toEqual(before);
  });
});
