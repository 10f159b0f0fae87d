import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformCount, TerraformVariable, Testing, Token, TerraformStack } from "cdktf";
import { Connection, ConnectionHost, ProviderType, ResourceFamily } from "../../src";
import { type PlannedChange, TerraformProject } from "../../local-aws/terraform";
import { accountOfSuite, describeOnTerraform } from "./on-terraform";

// The configurations that the AWS provider tests its connections, hosts and data source with, as Terraform JSON; and the
// same said with the constructs. Both must plan the same, attribute by attribute.
// https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/codestarconnections
// https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/codeconnections

const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const ENDPOINT = { provider_endpoint: "https://example.com", provider_type: "GitHubEnterpriseServer" };
const HOST = { providerEndpoint: "https://example.com", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER };
const TAG_SETS = [{ key1: "value1" }, { key1: "value1updated", key2: "value2" }, {}, { key1: "" }, { key1: null }];
const FAMILIES = [ResourceFamily.CODESTAR_CONNECTIONS, ResourceFamily.CODECONNECTIONS];

interface Blocks {
  readonly [type: string]: { readonly [name: string]: object };
}

/** The VPC around a host: two subnets of one resource, so that the list of their ids is an expression. */
const NETWORK: Blocks = {
  aws_vpc: { test: { cidr_block: "10.0.0.0/16", enable_dns_hostnames: true, enable_dns_support: true } },
  aws_subnet: {
    test: {
      count: 2,
      availability_zone: "us-east-1a",
      cidr_block: "${cidrsubnet(aws_vpc.test.cidr_block, 8, count.index + 2)}",
      vpc_id: "${aws_vpc.test.id}",
    },
  },
  aws_security_group: { test: { name: "tf-acc-test", vpc_id: "${aws_vpc.test.id}" } },
};
const IN_VPC = {
  vpc_id: "${aws_vpc.test.id}",
  subnet_ids: "${aws_subnet.test[*].id}",
  security_group_ids: ["${aws_security_group.test.id}"],
};

function configurations(): { resource: Blocks; data: Blocks } {
  const resource: { [type: string]: { [name: string]: object } } = { ...NETWORK };
  for (const family of FAMILIES) {
    const connections: { [name: string]: object } = {
      basic: { provider_type: "Bitbucket" },
      host: { host_arn: `\${aws_${family}_host.basic.arn}` },
      tags_computed: { provider_type: "Bitbucket", tags: { "${var.key}": "${aws_vpc.test.id}", known: "value" } },
    };
    TAG_SETS.forEach((tags, index) => (connections[`tags_${index}`] = { provider_type: "Bitbucket", tags }));
    const hosts: { [name: string]: object } = {
      basic: ENDPOINT,
      vpc: { ...ENDPOINT, vpc_configuration: IN_VPC },
      vpc_tls: { ...ENDPOINT, vpc_configuration: { ...IN_VPC, tls_certificate: CERTIFICATE } },
    };
    if (family === ResourceFamily.CODECONNECTIONS) {
      TAG_SETS.forEach((tags, index) => (hosts[`tags_${index}`] = { ...ENDPOINT, tags }));
    }
    resource[`aws_${family}_connection`] = named(connections);
    resource[`aws_${family}_host`] = named(hosts);
  }
  const connection = "aws_codestarconnections_connection";
  const byArn = (name: string) => ({ arn: `\${${connection}.${name}.arn}` });
  const data = {
    [connection]: { arn: byArn("basic"), name: { name: `\${${connection}.basic.name}` }, tags: byArn("tags_1") },
  };
  return { resource, data };
}

const named = (blocks: { readonly [name: string]: object }): { [name: string]: object } =>
  Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, { name: nameOf(name), ...block }]));
const nameOf = (name: string): string => `tf-acc-test-${name}`;

class SameByConstructs extends TerraformStack {
  public constructor() {
    super(Testing.app(), "constructs");
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const key = new TerraformVariable(this, "key", { type: "string", default: "unknown" }).stringValue;
    const { id: vpcId } = new Vpc(this, "vpc", {
      cidrBlock: "10.0.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
    });
    const count = TerraformCount.of(2);
    const subnets = new Subnet(this, "subnet", {
      count,
      availabilityZone: "us-east-1a",
      cidrBlock: '${cidrsubnet("10.0.0.0/16", 8, count.index + 2)}',
      vpcId,
    });
    const group = new SecurityGroup(this, "group", { name: "tf-acc-test", vpcId });
    const vpcConfiguration = {
      vpcId,
      subnetIds: Token.asList(`\${${subnets.fqn}[*].id}`),
      securityGroupIds: [group.id],
    };

    for (const resourceFamily of FAMILIES) {
      const bitbucket = (name: string, tags?: object) =>
        new Connection(this, `${resourceFamily}-${name}`, {
          name: nameOf(name),
          providerType: ProviderType.BITBUCKET,
          resourceFamily,
          ...(tags && { tags: tags as { [key: string]: string } }),
        });
      const host = (name: string, props: object = {}) =>
        new ConnectionHost(this, `${resourceFamily}-host-${name}`, {
          ...HOST,
          name: nameOf(name),
          resourceFamily,
          ...props,
        });

      const basic = bitbucket("basic");
      const plainHost = host("basic");
      new Connection(this, `${resourceFamily}-host`, { name: nameOf("host"), host: plainHost, resourceFamily });
      const tagged = TAG_SETS.map((tags, index) => bitbucket(`tags_${index}`, tags));
      bitbucket("tags_computed", { [key]: vpcId, known: "value" });
      host("vpc", { vpcConfiguration });
      host("vpc_tls", { vpcConfiguration: { ...vpcConfiguration, tlsCertificate: CERTIFICATE } });
      if (resourceFamily === ResourceFamily.CODECONNECTIONS) {
        TAG_SETS.forEach((tags, index) => host(`tags_${index}`, { tags }));
      } else {
        const readStatus = true;
        Connection.fromConnectionArn(this, "by-arn", basic.connectionArn, { readStatus });
        Connection.fromConnectionArn(this, "by-arn-tags", tagged[1]?.connectionArn ?? "", { readStatus });
        expect(Connection.fromConnectionName(this, "by-name", basic.connectionName ?? "").connectionArn).toBeDefined();
      }
    }
  }
}

/** Without the addresses, which differ. */
const shape = ({ mode, type, change }: PlannedChange): string => JSON.stringify({ mode, type, change });

describeOnTerraform("the provider's own configurations, said with the constructs", () => {
  const account = accountOfSuite();

  const changesOf = async (synthesised: string): Promise<string[]> => {
    const project = await TerraformProject.create(synthesised, account().environment);
    const changes = await project.plannedChanges();
    project.remove();
    return changes.map(shape).sort();
  };

  test("plan the same, attribute by attribute", async () => {
    const { terraform, provider } = JSON.parse(Testing.synth(new SameByConstructs(), true)) as {
      [key: string]: object;
    };
    const variable = { key: { type: "string", default: "unknown" } };
    const raw = await changesOf(JSON.stringify({ terraform, provider, variable, ...configurations() }));
    const ours = await changesOf(Testing.synth(new SameByConstructs(), true));

    expect(raw).toHaveLength(4 + 2 * 8 + 3 + 8 + 3);
    expect(ours).toEqual(raw);
  });
});
