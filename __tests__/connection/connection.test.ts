import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { Connection, ProviderType } from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/ghes-0c8b1a2f";

class TerraformProviderOfAnotherCloud extends TerraformProvider {
  public constructor(
    scope: Construct,
    public readonly region: string,
  ) {
    super(scope, "other", { terraformResourceType: "other", terraformProviderSource: "example/other" });
  }
}

/** A connection whose properties may be wrong. */
const connectionWith = (props: object, region?: string) =>
  new Connection(newStack(region), "Bitbucket", {
    name: "MyConnection",
    providerType: ProviderType.BITBUCKET,
    ...props,
  });

test("a minimal connection is the provider's resource with its name and type", () => {
  const synthesis = synthesise(
    (stack) => new Connection(stack, "Bitbucket", { name: "MyConnection", providerType: ProviderType.BITBUCKET }),
  );

  expect(synthesis.only("resource", "aws_codestarconnections_connection")).toEqual({
    name: "MyConnection",
    provider_type: "Bitbucket",
  });
});

test("a maximal connection passes everything on to the provider's resource", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "elsewhere", { alias: "elsewhere", region: "me-south-1" });
    new Connection(stack, "Enterprise", {
      name: "MyConnection",
      hostArn: HOST_ARN,
      tags: { team: "shop" },
      allowAnyRegion: true,
      provider,
    });
  });

  expect(synthesis.only("resource", "aws_codestarconnections_connection")).toEqual({
    name: "MyConnection",
    host_arn: HOST_ARN,
    tags: { team: "shop" },
    provider: "aws.elsewhere",
  });
});

test("the primary child is called Resource, so that addresses in Terraform's state stay", () => {
  const connection = connectionWith({});

  expect(connection.resource.node.path).toBe("stack/Bitbucket/Resource");
  expect(connection.resource.friendlyUniqueId).toBe("Bitbucket_1DD0FC59");
});

describe("name", () => {
  test.each(["x", "x".repeat(32), "💡".repeat(32), 'a "quoted" \\ name', "e\u0301".repeat(32)])(
    "%j is accepted",
    (name) => {
      expect(() => connectionWith({ name })).not.toThrow();
    },
  );

  test.each(["", "x".repeat(33), "💡".repeat(33)])("%j is refused", (name) => {
    expect(messageOf(() => connectionWith({ name }))).toBe(
      `stack/Bitbucket: name must be 1 to 32 characters long. Given: ${JSON.stringify(name)}.`,
    );
  });

  test("a missing name and a name that is no text are refused", () => {
    expect(messageOf(() => connectionWith({ name: undefined }))).toBe("stack/Bitbucket: name must be given.");
    expect(messageOf(() => connectionWith({ name: 5 }))).toBe("stack/Bitbucket: name must be a text. Given: 5.");
  });

  test("an expression is left to Terraform, with the same sentence", () => {
    const synthesis = synthesise((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new Connection(stack, "Bitbucket", { name, providerType: ProviderType.BITBUCKET });
    });

    expect(synthesis.only("resource", "aws_codestarconnections_connection").lifecycle).toEqual({
      precondition: [
        {
          condition: '${can(regex("^[\\\\s\\\\S]{1,32}$", var.name))}',
          error_message: "stack/Bitbucket: name must be 1 to 32 characters long.",
        },
      ],
    });
  });
});

describe("provider type and host", () => {
  test.each([ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB])("%s needs no host", (providerType) => {
    expect(connectionWith({ providerType }).providerType).toBe(providerType);
  });

  test.each([
    ["both", { hostArn: HOST_ARN }],
    ["neither", { providerType: undefined }],
  ])("%s of them is refused", (_, props) => {
    expect(messageOf(() => connectionWith(props))).toBe(
      "stack/Bitbucket: exactly one of providerType and hostArn must be given.",
    );
  });

  test.each([ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED])(
    "%s without its host is refused",
    (providerType) => {
      expect(messageOf(() => connectionWith({ providerType }))).toBe(
        "stack/Bitbucket: providerType GitHubEnterpriseServer and GitLabSelfManaged need a host: " +
          `give hostArn instead of providerType, or use an existing connection by its ARN. Given: "${providerType}".`,
      );
    },
  );

  test("Azure DevOps is refused, since this resource can't create such a connection", () => {
    expect(messageOf(() => connectionWith({ providerType: ProviderType.AZURE_DEVOPS }))).toContain(
      "providerType can't be AzureDevOps: aws_codestarconnections_connection can't create such a connection",
    );
  });

  test("an unknown type is refused, and the one that was meant is guessed", () => {
    expect(messageOf(() => connectionWith({ providerType: "BitBucket" }))).toBe(
      "stack/Bitbucket: providerType must be one of Bitbucket, GitHub, GitLab, GitHubEnterpriseServer, " +
        'GitLabSelfManaged, AzureDevOps. Given: "BitBucket". Did you mean "Bitbucket"?',
    );
  });

  test.each(["ghes", "", HOST_ARN.replace(/[^/]*$/, ""), `${HOST_ARN}/more`])("a host ARN %j is refused", (hostArn) => {
    expect(messageOf(() => connectionWith({ providerType: undefined, hostArn }))).toContain(
      'stack/Bitbucket: hostArn must be the ARN of a host, such as "arn:aws:codestar-connections:',
    );
  });
});

test.each([[], ["shop"], { team: 5 }, "shop"])("tags %j are refused", (tags) => {
  expect(messageOf(() => connectionWith({ tags }))).toBe(
    `stack/Bitbucket: tags must be a map from texts to texts. Given: ${JSON.stringify(tags)}.`,
  );
});

describe("region", () => {
  test.each(["us-east-1", "eu-south-1", "us-gov-east-1", "xx-new-1"])("%s is accepted", (region) => {
    expect(() => connectionWith({}, region)).not.toThrow();
  });

  test.each(["ap-east-1", "us-gov-west-1", "cn-north-1"])("%s is refused, and accepted on request", (region) => {
    expect(messageOf(() => connectionWith({}, region))).toMatch(
      new RegExp(`the provider's region must be one where CodePipeline can use connections.*Given: "${region}"`),
    );
    expect(() => connectionWith({ allowAnyRegion: true }, region)).not.toThrow();
  });

  test.each(["", "us-east", "us-east-1 ", "US-EAST-1"])("%j is no region", (region) => {
    expect(messageOf(() => connectionWith({}, region))).toContain("the provider's region must be one where");
  });

  test("the default provider counts, not an aliased one or another cloud's", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AwsProvider(stack, "aliased", { alias: "aliased", region: "ap-east-1" });
    new TerraformProviderOfAnotherCloud(stack, "ap-east-1");
    new AwsProvider(stack, "aws", { region: "us-east-1" });

    expect(() => new Connection(stack, "Bitbucket", { name: "x", providerType: ProviderType.BITBUCKET })).not.toThrow();
  });

  test.each([
    ["made after the connection", (stack: TerraformStack) => stack],
    ["made inside a construct", (stack: TerraformStack) => new Construct(stack, "Inner")],
  ])("of a provider %s is refused at synthesis", (_, scopeIn) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new Connection(stack, "Bitbucket", { name: "x", providerType: ProviderType.BITBUCKET });
    new AwsProvider(scopeIn(stack), "aws", { region: "ap-east-1" });

    expect(messageOf(() => Testing.synth(stack, true))).toContain(
      "[stack/Bitbucket] the provider's region must be one where CodePipeline can use connections",
    );
  });

  test("a region that is an expression is left to Terraform", () => {
    expect(connectionWith({}, "${var.region}").resource.lifecycle?.precondition).toHaveLength(1);
  });
});

test("all that is wrong is said at once, with the construct's path", () => {
  const message = messageOf(() => connectionWith({ name: "", providerType: "SVN", hostArn: "x" }));

  expect(message).toMatch(/^stack\/Bitbucket: 4 problems were found:\n {2}- name /);
  expect(message.split("\n")).toHaveLength(5);
});
