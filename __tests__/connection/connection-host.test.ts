import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Connection, ConnectionHost, type ConnectionHostProps, ProviderType, ResourceFamily } from "../../src";
import { messageOf, newStack, synthesise, testingApp } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/ghes-0c8b1a2f";
const VPC = {
  vpcId: "vpc-0c8b1a2f3d4e5f6a7",
  subnetIds: ["subnet-0c8b1a2f3d4e5f6a7", "subnet-0c8b1a2f"],
  securityGroupIds: ["sg-0c8b1a2f3d4e5f6a7"],
};
const GHES = ProviderType.GITHUB_ENTERPRISE_SERVER;
const GITLAB = ProviderType.GITLAB_SELF_MANAGED;

const SETTINGS = {
  providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
  providerEndpoint: "https://git.example.com",
} satisfies ConnectionHostProps;

/** A host whose properties may be wrong. */
const hostWith = (props: object, region?: string) =>
  new ConnectionHost(newStack(region), "Host", { name: "ghes", ...SETTINGS, ...props });

test("a minimal host is the provider's resource, with a name derived from its path", () => {
  const synthesis = synthesise((stack) => new ConnectionHost(stack, "Host", SETTINGS));

  expect(synthesis.only("resource", "aws_codestarconnections_host")).toEqual({
    name: "stack-Host",
    provider_type: "GitHubEnterpriseServer",
    provider_endpoint: "https://git.example.com",
  });
});

test.each([
  ["providerEndpoint", { providerEndpoint: "${var.endpoint}" }],
  ["vpcConfiguration.tlsCertificate", { vpcConfiguration: { ...VPC, tlsCertificate: "${var.certificate}" } }],
])("Terraform does not print an expression for %s, which may hold a secret", (property, given) => {
  const { json } = synthesise((stack) => new ConnectionHost(stack, "Host", { ...SETTINGS, ...given }));

  expect(json).toMatch(new RegExp(`"Host_Given-${property.replace(".", "\\W?")}_[0-9A-F]{8}": "\\$\\{sensitive\\(`));
});

test("a derived name may be as long as a host's", () => {
  const synthesis = synthesise((stack) => new ConnectionHost(stack, "H".repeat(58), SETTINGS));

  expect(synthesis.only("resource", "aws_codestarconnections_host").name).toBe(`stack-${"H".repeat(58)}`);
});

test("a maximal host passes everything on to the provider's resource", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "elsewhere", { alias: "elsewhere", region: "me-south-1" });
    const host = new ConnectionHost(stack, "Host", {
      ...SETTINGS,
      name: "ghes",
      vpcConfiguration: { ...VPC, tlsCertificate: "-----BEGIN CERTIFICATE-----" },
      preventDestroy: true,
      allowAnyRegion: true,
      provider,
    });
    expect(host.provider).toBe(provider);
  });

  expect(synthesis.only("resource", "aws_codestarconnections_host")).toEqual({
    name: "ghes",
    provider_type: "GitHubEnterpriseServer",
    provider_endpoint: "https://git.example.com",
    vpc_configuration: {
      vpc_id: VPC.vpcId,
      subnet_ids: VPC.subnetIds,
      security_group_ids: VPC.securityGroupIds,
      tls_certificate: "-----BEGIN CERTIFICATE-----",
    },
    lifecycle: { prevent_destroy: true },
    provider: "aws.elsewhere",
  });
});

test("a host of the newer family is the other resource, and has tags", () => {
  const synthesis = synthesise((stack) => {
    const host = new ConnectionHost(stack, "Host", {
      ...SETTINGS,
      vpcConfiguration: VPC,
      resourceFamily: ResourceFamily.CODECONNECTIONS,
      tags: { team: "shop" },
    });
    expect(host.resourceFamily).toBe("codeconnections");
  });

  expect(synthesis.only("resource", "aws_codeconnections_host")).toEqual({
    name: "stack-Host",
    provider_type: "GitHubEnterpriseServer",
    provider_endpoint: "https://git.example.com",
    vpc_configuration: [{ vpc_id: VPC.vpcId, subnet_ids: VPC.subnetIds, security_group_ids: VPC.securityGroupIds }],
    tags: { team: "shop" },
  });
});

test("the primary child is called Resource, so that addresses in Terraform's state stay", () => {
  expect(hostWith({}).resource.node.path).toBe("stack/Host/Resource");
  expect(hostWith({}).resource.friendlyUniqueId).toBe("Host_B4E45AD7");
});

test("tags of a host of the older family are refused", () => {
  expect(messageOf(() => hostWith({ tags: { team: "shop" } }))).toBe(
    'stack/Host: tags can\'t be given to a host of the resource family "codestarconnections": leave tags out, or set ' +
      "resourceFamily to ResourceFamily.CODECONNECTIONS (this replaces a host that exists already).",
  );
});

describe("provider type", () => {
  test.each([ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED])("%s is accepted", (type) => {
    expect(hostWith({ providerType: type }).providerType).toBe(type);
  });

  test.each([
    [ProviderType.BITBUCKET, ""],
    [ProviderType.GITHUB, ' Did you mean "GitHubEnterpriseServer"?'],
    [ProviderType.GITLAB, ' Did you mean "GitLabSelfManaged"?'],
    [ProviderType.AZURE_DEVOPS, ""],
  ])("%s is refused", (providerType, guess) => {
    expect(messageOf(() => hostWith({ providerType }))).toBe(
      "stack/Host: providerType must be one of GitHubEnterpriseServer, GitLabSelfManaged: only these have a host. " +
        `Given: "${providerType.value}".${guess}`,
    );
  });

  test("a missing one is refused", () => {
    expect(messageOf(() => hostWith({ providerType: undefined }))).toBe("stack/Host: providerType must be given.");
  });

  test.each([
    ["GitHub", " Did you mean ProviderType.GITHUB_ENTERPRISE_SERVER?"],
    ["Bitbucket", ""],
  ])("the string %j is refused, and no type is guessed that has no host", (providerType, guess) => {
    expect(messageOf(() => hostWith({ providerType }))).toBe(
      "stack/Host: providerType must be a ProviderType: ProviderType.GITHUB_ENTERPRISE_SERVER, " +
        `ProviderType.GITLAB_SELF_MANAGED. Given: "${providerType}".${guess}`,
    );
  });
});

describe("provider endpoint", () => {
  test.each([
    "https://git.example.com",
    "https://git.example.com:8443/",
    "HTTPS://10.0.0.1",
    "https://[fd00::1]/",
    `https://${"x".repeat(504)}`,
  ])("%s is accepted", (providerEndpoint) => {
    expect(() => hostWith({ providerEndpoint })).not.toThrow();
  });

  test.each([
    ["", ""],
    ["git.example.com", "https://git.example.com"],
    ["http://git.example.com", "https://git.example.com"],
    [" https://git.example.com\n", "https://git.example.com"],
    ["https://", ""],
    ["https:///git", "https://git"],
    ["https://git example.com", ""],
    [`https://${"x".repeat(505)}`, ""],
    ["https://user:secret@git.example.com/", "https://git.example.com/"],
    ["https://token@git.example.com", "https://git.example.com"],
  ])("%j is refused", (providerEndpoint, meant) => {
    const message = messageOf(() => hostWith({ providerEndpoint }));

    expect(message).toMatch(
      /^stack\/Host: providerEndpoint must be an https:\/\/ URL of at most 512 characters, such as "https:\/\/git\.example\.com", with no user and no password\. /,
    );
    expect(/Did you mean "(.*)"\?$/.exec(message)?.[1] ?? "").toBe(meant);
  });
});

describe("the site of a provider as endpoint", () => {
  test.each([
    ...["https://github.com", "https://www.github.com/", "https://api.github.com", "HTTPS://GitHub.com:443/"],
    ...["https://gitlab.com/", "https://bitbucket.org", "https://www.bitbucket.org?x"],
  ])("%s is refused", (providerEndpoint) => {
    expect(messageOf(() => hostWith({ providerEndpoint }))).toContain(
      "stack/Host: providerEndpoint can't be github.com, gitlab.com, bitbucket.org: these need no host. Use new Connection " +
        "with ProviderType.GITHUB, ProviderType.GITLAB or ProviderType.BITBUCKET.",
    );
  });

  test.each(["https://git.github.com.example.org", "https://mygithub.com", "https://github.example.com"])(
    "%s is another site",
    (providerEndpoint) => {
      expect(() => hostWith({ providerEndpoint })).not.toThrow();
    },
  );

  test("below ghe.com is warned of", () => {
    const host = hostWith({ providerEndpoint: "https://acme.ghe.com", providerType: GHES });

    expect(host.node.metadata.map(({ data }) => data as string)).toEqual([
      "providerEndpoint is below ghe.com, which is GitHub Enterprise Cloud with data residency: AWS documents hosts for " +
        "GitHub Enterprise Server only.",
    ]);
  });
});

describe("the path of an endpoint", () => {
  test.each(["https://git.example.com", "https://git.example.com/", "https://git.example.com:8443/"])(
    "of GitHub Enterprise Server is none: %s",
    (providerEndpoint) => {
      expect(() => hostWith({ providerEndpoint, providerType: GHES })).not.toThrow();
    },
  );

  test("of GitHub Enterprise Server is refused", () => {
    expect(messageOf(() => hostWith({ providerEndpoint: "https://git.example.com/api/v3", providerType: GHES }))).toBe(
      "stack/Host: providerEndpoint can't have a path: GitHub Enterprise Server is installed on a server of its own. " +
        'Given: "https://git.example.com/api/v3". Did you mean "https://git.example.com"?',
    );
  });

  test.each(["https://example.com/gitlab", "https://example.com/apidocs/", "https://example.com/a/b"])(
    "of GitLab may be %s",
    (providerEndpoint) => {
      expect(() => hostWith({ providerEndpoint, providerType: GITLAB })).not.toThrow();
    },
  );

  test.each([
    ...["https://example.com/api", "https://example.com/gitlab/api/v4", "https://example.com/-/profile"],
    ...["https://example.com/acme/shop.git", "https://example.com/shop.git/"],
  ])("of GitLab can't be %s", (providerEndpoint) => {
    expect(messageOf(() => hostWith({ providerEndpoint, providerType: GITLAB }))).toContain(
      "stack/Host: providerEndpoint can't be the address of an API, of a page or of a repository: give the address of GitLab itself.",
    );
  });
});

describe("name", () => {
  test.each(["x", "💡".repeat(64)])("%s is accepted", (name) => {
    expect(() => hostWith({ name })).not.toThrow();
  });

  test.each(["", "💡".repeat(65)])("%j is refused", (name) => {
    expect(messageOf(() => hostWith({ name }))).toBe(
      `stack/Host: name must be 1 to 64 characters long. Given: "${name}".`,
    );
  });
});

describe("VPC configuration", () => {
  const ids = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-0c8b1a2${(index % 16).toString(16)}`);
  const messageWith = (vpc: object) => messageOf(() => hostWith({ vpcConfiguration: { ...VPC, ...vpc } }));

  test("ten subnets and ten security groups are accepted", () => {
    const vpcConfiguration = { ...VPC, subnetIds: ids("subnet", 10), securityGroupIds: ids("sg", 10) };

    expect(() => hostWith({ vpcConfiguration })).not.toThrow();
  });

  test.each([
    [
      { vpcId: "vpc-1" },
      /vpcConfiguration\.vpcId must be an ID: "vpc-" and 8 or 17 letters or digits, such as "vpc-0c8b1a2f3d4e5f6a7"\. Given: "vpc-1"\.$/,
    ],
    [{ vpcId: "subnet-0c8b1a2f" }, /vpcConfiguration\.vpcId must be an ID: "vpc-"/],
    [{ vpcId: undefined }, /vpcConfiguration\.vpcId must be given\.$/],
    [{ subnetIds: [] }, /vpcConfiguration\.subnetIds must have 1 to 10 elements\. Given: 0\.$/],
    [{ subnetIds: ids("subnet", 11) }, /vpcConfiguration\.subnetIds must have 1 to 10 elements\. Given: 11\.$/],
    [{ subnetIds: ["sg-0c8b1a2f"] }, /vpcConfiguration\.subnetIds\[0\] must be an ID: "subnet-"/],
    [{ securityGroupIds: ids("sg", 11) }, /vpcConfiguration\.securityGroupIds must have 1 to 10 elements\. Given: 11/],
    [{ securityGroupIds: ["sg-0c8b1a2f0"] }, /vpcConfiguration\.securityGroupIds\[0\] must be an ID: "sg-"/],
    [
      { tlsCertificate: "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n" },
      /tlsCertificate can't hold a private key: .* as leaked\. Given: "-----BEGIN RSA PRIVATE KEY-----…"\.$/,
    ],
    [
      {
        tlsCertificate:
          "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMIIE",
      },
      /can't hold a private key/,
    ],
    ...["/etc/ssl/git.crt", "./git.PEM", "~/git", "git.cer"].map((tlsCertificate): [object, RegExp] => [
      { tlsCertificate },
      /tlsCertificate must be the certificate itself, and not the path of its file: readFileSync\(path, "utf8"\)\. Given: /,
    ]),
    [{ tlsCertificate: "" }, /vpcConfiguration\.tlsCertificate must be 1 to 16384 characters long\. Given: ""\.$/],
    [{ tlsCertificate: "x".repeat(16_385) }, /tlsCertificate must be 1 to 16384 characters long\. .*16385 characters/],
  ])("%j is refused", (vpc, message) => {
    expect(messageWith(vpc)).toMatch(message);
  });

  test("a certificate of 16384 characters is accepted", () => {
    expect(() => hostWith({ vpcConfiguration: { ...VPC, tlsCertificate: "x".repeat(16_384) } })).not.toThrow();
  });

  test.each([["vpc-0c8b1a2f"], [[VPC]]])("%j in its place is refused", (vpcConfiguration) => {
    expect(messageOf(() => hostWith({ vpcConfiguration }))).toMatch(
      /^stack\/Host: vpcConfiguration must be an object with vpcId, subnetIds, securityGroupIds\. Given: /,
    );
  });

  test("lists that are expressions are left to Terraform", () => {
    const synthesis = synthesise((stack) => {
      new TerraformVariable(stack, "subnets", { type: "list(string)" });
      const vpcConfiguration = { ...VPC, subnetIds: Token.asList("${var.subnets}") };
      new ConnectionHost(stack, "Host", { ...SETTINGS, vpcConfiguration });
    });

    const host = synthesis.only("resource", "aws_codestarconnections_host");
    expect(host.vpc_configuration.subnet_ids).toBe("${var.subnets}");
    expect(host.lifecycle.precondition).toEqual([
      expect.objectContaining({
        error_message:
          "stack/Host: vpcConfiguration.subnetIds must have 1 to 10 elements, and each of them must be an ID: " +
          '"subnet-" and 8 or 17 letters or digits, such as "subnet-0c8b1a2f3d4e5f6a7".',
      }),
    ]);
  });
});

describe("region", () => {
  test("one without connections is refused, and accepted on request", () => {
    expect(messageOf(() => hostWith({}, "ap-east-1"))).toContain(
      "stack/Host: the provider's region must be a region where",
    );
    expect(() => hostWith({ allowAnyRegion: true }, "ap-east-1")).not.toThrow();
  });

  test("the host's own provider counts", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "there", { alias: "there", region: "ap-east-1" });

    expect(messageOf(() => new ConnectionHost(stack, "Host", { ...SETTINGS, provider }))).toContain(
      "stack/Host: the provider's region must be a region where",
    );
  });

  test("one of its own provider that is an expression is checked through that provider", () => {
    const synthesis = synthesise((stack) => {
      const region = new TerraformVariable(stack, "region", { type: "string" }).stringValue;
      const provider = new AwsProvider(stack, "there", { alias: "there", region });
      new ConnectionHost(stack, "Host", { ...SETTINGS, provider });
    });

    expect(synthesis.only("data", "aws_region").provider).toBe("aws.there");
  });

  test("one that is an expression is checked by a check block", () => {
    expect(hostWith({}, "${var.region}").node.tryFindChild("RegionCheck")).toBeDefined();
    expect(hostWith({ allowAnyRegion: true }, "${var.region}").node.tryFindChild("RegionCheck")).toBeUndefined();
  });
});

describe("an existing host", () => {
  test("creates and reads nothing, and tells what is known of it", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const host = ConnectionHost.fromHostArn(stack, "Host", ARN, {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
      provider,
    });

    expect(host).toMatchObject({ hostArn: ARN, providerType: ProviderType.GITLAB_SELF_MANAGED, provider });
    expect(host.resourceFamily).toBeUndefined();
    expect(JSON.parse(Testing.synth(stack, true))).not.toHaveProperty("data");
  });

  test.each([
    "ghes",
    "",
    ARN.replace(/[^/]*$/, ""),
    `${ARN}\nmore`,
    `${ARN}*`,
    ARN.replace("ghes", "?"),
    ARN.replace("host/", "connection/"),
  ])("the ARN %j is refused", (arn) => {
    expect(messageOf(() => ConnectionHost.fromHostArn(newStack(), "Host", arn))).toContain(
      'stack/Host: hostArn must be the ARN of a host, of at most 256 characters, such as "arn:aws:codestar-connections:',
    );
  });

  test.each(["\n", " ", "\t", "\u0000"])("an ARN with %j after it is refused, and recognised", (after) => {
    const message = messageOf(() => ConnectionHost.fromHostArn(newStack(), "Host", ARN + after));

    expect(message).toContain("stack/Host: hostArn must be the ARN of a host");
    expect(message.includes(`Did you mean "${ARN}"?`)).toBe(after !== "\u0000");
  });

  test.each(["our ghes-", "our/ghes-"])("an ARN with a host's name such as %s is accepted", (name) => {
    const arn = ARN.replace("ghes-", name);

    expect(ConnectionHost.fromHostArn(newStack(), "Host", arn).hostArn).toBe(arn);
  });

  test("an ARN with an expression in it is read by another stack too", () => {
    const app = testingApp();
    const [owner, user] = ["owner", "user"].map((id) => new TerraformStack(app, id)) as [
      TerraformStack,
      TerraformStack,
    ];
    for (const stack of [owner, user]) new AwsProvider(stack, "aws", { region: "us-east-1" });
    const account = new TerraformVariable(owner, "account", { type: "string" }).stringValue;
    const host = ConnectionHost.fromHostArn(owner, "Host", ARN.replace("123456789012", account));
    new Connection(user, "Connection", { host });

    expect(Testing.synth(owner, true)).toMatch(/"Host_Arn_[0-9A-F]{8}": "arn:aws:[^"]*\$\{var\.account\}:host/);
    expect(Testing.synth(user, true)).not.toContain("var.account");
  });

  test("a codestar-connections ARN of an account that its own provider is not bound to is refused", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "there", { alias: "there", allowedAccountIds: ["111111111111"] });

    expect(messageOf(() => ConnectionHost.fromHostArn(stack, "Host", ARN, { provider }))).toContain(
      "stack/Host: hostArn must be in an account of the provider (111111111111)",
    );
  });

  test("a codestar-connections ARN of another account is refused", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aws", { region: "us-east-1", allowedAccountIds: ["111111111111"] });

    expect(messageOf(() => ConnectionHost.fromHostArn(stack, "Host", ARN))).toContain(
      "stack/Host: hostArn must be in an account of the provider (111111111111)",
    );
  });

  test("a type that is not installed is refused", () => {
    const options = { providerType: ProviderType.BITBUCKET };

    expect(messageOf(() => ConnectionHost.fromHostArn(newStack(), "Host", ARN, options))).toContain(
      "stack/Host: providerType must be one of GitHubEnterpriseServer, GitLabSelfManaged: only these have a host",
    );
  });
});
