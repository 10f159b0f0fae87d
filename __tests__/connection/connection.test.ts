import type { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformProvider, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  Connection,
  ConnectionHost,
  type ConnectionProps,
  type IConnectionHost,
  ProviderType,
  ResourceFamily,
} from "../../src";
import {
  type Block,
  messageOf,
  newStack,
  preconditionsOf,
  ProviderOfVersion,
  RESOURCES_TAKE_REGION,
  synthesise,
  Synthesis,
  testingApp,
} from "../support/synthesis";

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
      providerType: ProviderType.GITHUB,
      resourceFamily: ResourceFamily.CODESTAR_CONNECTIONS,
      tags: { team: "shop" },
      preventDestroy: true,
      allowAnyRegion: true,
      provider,
    });
  });

  expect(synthesis.only("resource", "aws_codestarconnections_connection")).toEqual({
    name: "MyConnection",
    provider_type: "GitHub",
    tags: { team: "shop" },
    lifecycle: { prevent_destroy: true },
    provider: "aws.elsewhere",
  });
});

test("a derived name is no longer than a connection's", () => {
  const { resource } = new Connection(newStack(), "B".repeat(58), { providerType: ProviderType.BITBUCKET });

  expect((resource as CodestarconnectionsConnection).nameInput).toMatch(/^stack-B{17}-[0-9a-f]{8}$/);
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

  test("a missing name is derived from the construct's path, and a name that is no string is refused", () => {
    expect(connectionWith({ name: undefined }).resource.toTerraform()).toMatchObject({
      resource: { aws_codestarconnections_connection: { Bitbucket_1DD0FC59: { name: "stack-Bitbucket" } } },
    });
    expect(messageOf(() => connectionWith({ name: 5 }))).toBe("stack/Bitbucket: name must be a string. Given: 5.");
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

describe("provider type", () => {
  test.each([ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB])("%s needs no host", (providerType) => {
    expect(connectionWith({ providerType }).providerType).toBe(providerType);
  });

  test("and no host is refused", () => {
    expect(messageOf(() => connectionWith({ providerType: undefined }))).toBe(
      "stack/Bitbucket: exactly one of providerType and host must be given: host for GitHub Enterprise Server and GitLab self-managed, providerType for the others.",
    );
  });

  test.each([ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED])(
    "%s without its host is refused",
    (providerType) => {
      expect(messageOf(() => connectionWith({ providerType }))).toBe(
        "stack/Bitbucket: providerType can't be GitHubEnterpriseServer or GitLabSelfManaged without a host: " +
          `give host instead of providerType, or use an existing connection by its ARN. Given: "${providerType.value}".`,
      );
    },
  );

  test("a string is refused, and what was meant is guessed", () => {
    expect(messageOf(() => connectionWith({ providerType: "Bitbucket" }))).toBe(
      "stack/Bitbucket: providerType must be a ProviderType: ProviderType.BITBUCKET, ProviderType.GITHUB, " +
        "ProviderType.GITLAB, ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED, " +
        'ProviderType.AZURE_DEVOPS. Given: "Bitbucket". Did you mean ProviderType.BITBUCKET?',
    );
  });

  test.each(["git", "AzureDevOps", "GitLabSelfManaged"])(
    "a guess is no type that is refused next: %s",
    (providerType) => {
      expect(messageOf(() => connectionWith({ providerType }))).toMatch(
        new RegExp(`AZURE_DEVOPS\\. Given: "${providerType}"\\.( Did you mean ProviderType\\.GITLAB\\?)?$`),
      );
    },
  );

  test("an expression is given by ProviderType.of", () => {
    expect(messageOf(() => connectionWith({ providerType: "${var.type}" }))).toMatch(
      /Did you mean ProviderType\.of\(…\) around the expression\?$/,
    );
  });

  test("an unknown type is refused, and the one that was meant is guessed", () => {
    expect(messageOf(() => connectionWith({ providerType: ProviderType.of("BitBucket") }))).toBe(
      "stack/Bitbucket: providerType must be one of Bitbucket, GitHub, GitLab, GitHubEnterpriseServer, " +
        'GitLabSelfManaged, AzureDevOps. Given: "BitBucket". Did you mean "Bitbucket"?',
    );
  });
});

describe("host", () => {
  const stack = newStack("eu-west-1");
  const host = (id: string, props: object = {}) =>
    new ConnectionHost(stack, id, {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
      providerEndpoint: "https://git.example.com",
      ...props,
    });
  const ARN = "arn:aws:codestar-connections:eu-west-1:123456789012:host/ghes-0c8b1a2f";
  const NEWER = ARN.replace("codestar-connections", "codeconnections");
  const through = (id: string, props: ConnectionProps) => new Connection(stack, id, { name: id, ...props });

  test("gives the connection its type, and its ARN takes the type's place", () => {
    const synthesis = synthesise((stack) => {
      const host = new ConnectionHost(stack, "Host", {
        providerType: ProviderType.GITLAB_SELF_MANAGED,
        providerEndpoint: "https://git.example.com",
      });
      expect(new Connection(stack, "Made", { name: "x", host }).providerType).toBe(ProviderType.GITLAB_SELF_MANAGED);
    });

    expect(synthesis.only("resource", "aws_codestarconnections_connection")).toEqual({
      name: "x",
      host_arn: expect.stringMatching(/^\$\{aws_codestarconnections_host\.Host_\w+\.arn\}$/) as string,
    });
  });

  test("together with its own type is refused", () => {
    const props = { host: host("SameHost"), providerType: ProviderType.GITLAB_SELF_MANAGED };

    expect(messageOf(() => through("Same", props))).toBe(
      "stack/Same: exactly one of providerType and host must be given: host for GitHub Enterprise Server and GitLab self-managed, providerType for the others.",
    );
  });

  test("together with another type is refused", () => {
    const props = { host: host("OtherHost"), providerType: ProviderType.GITHUB_ENTERPRISE_SERVER };

    expect(messageOf(() => through("Other", props))).toBe(
      "stack/Other: providerType is GitHubEnterpriseServer, but the host has the type GitLabSelfManaged: leave " +
        "providerType out, because the connection takes the type of its host.",
    );
  });

  test("together with a type that is an expression is refused", () => {
    const props = { host: host("VariableHost"), providerType: ProviderType.of("${var.type}") };

    expect(messageOf(() => through("Variable", props))).toBe(
      "stack/Variable: exactly one of providerType and host must be given: host for GitHub Enterprise Server and GitLab self-managed, providerType for the others.",
    );
  });

  test("of another stack is refused when it is in another region", () => {
    const inStack = (region: string) => {
      const other = new TerraformStack(stack.node.root, `other-${region}`);
      new AwsProvider(other, "aws", { region });
      return new Connection(other, "Across", { host: host(`HostFor-${region}`) });
    };

    expect(inStack("eu-west-1").resource.lifecycle).toBeUndefined();
    expect(messageOf(() => inStack("eu-west-2"))).toBe(
      "other-eu-west-2/Across: host must be in the connection's own region, which is eu-west-2. " +
        "Given: stack/HostFor-eu-west-2, in eu-west-1.",
    );
  });

  test("of another stack has its region left to Terraform where the program does not name it", () => {
    const elsewhere = new TerraformStack(stack.node.root, "elsewhere");
    new AwsProvider(elsewhere, "aws");
    const there = new ConnectionHost(elsewhere, "Host", {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
      providerEndpoint: "https://git.example.com",
    });

    expect(preconditionsOf(through("OfElsewhere", { host: there }).resource)).toMatchObject([
      { error_message: "stack/OfElsewhere: host must be in the connection's own region, which is eu-west-1." },
    ]);
  });

  test("is no ARN and no string", () => {
    expect(messageOf(() => through("Text", { host: ARN as unknown as IConnectionHost }))).toBe(
      "stack/Text: host must be a host: new ConnectionHost(…) or ConnectionHost.fromHostArn(…). " + `Given: "${ARN}".`,
    );
  });

  test("made in the newer family is refused in the older one, and the other way round is not", () => {
    const newer = host("NewerHost", { resourceFamily: ResourceFamily.CODECONNECTIONS });
    const sentence =
      'host must be a host of the service codestar-connections: connections of the resource family "codestarconnections" ' +
      "can use no other host. Set resourceFamily of the connection to ResourceFamily.CODECONNECTIONS (this replaces a " +
      'connection that exists already). Given: stack/NewerHost, of the resource family "codeconnections".';

    expect(messageOf(() => through("Newer", { host: newer }))).toBe(`stack/Newer: ${sentence}`);
    expect(() => through("Fits", { host: newer, resourceFamily: ResourceFamily.CODECONNECTIONS })).not.toThrow();
    const older = host("OlderHost");
    expect(() => through("Older", { host: older, resourceFamily: ResourceFamily.CODECONNECTIONS })).not.toThrow();
  });

  test("lets the newer family compute the type anew, which the provider would replace the connection for", () => {
    const newer = host("ComputedHost", { resourceFamily: ResourceFamily.CODECONNECTIONS });
    const settings = { host: newer, resourceFamily: ResourceFamily.CODECONNECTIONS, preventDestroy: true };

    expect(through("Computed", settings).resource.lifecycle).toEqual({
      ignoreChanges: ["provider_type"],
      preventDestroy: true,
    });
    expect(through("OlderFamily", { host: host("NotComputed") }).resource.lifecycle).toBeUndefined();
  });

  test("by an ARN of the newer service is refused in the older family", () => {
    const newer = ConnectionHost.fromHostArn(stack, "ExistingNewer", NEWER);

    expect(messageOf(() => through("ByNewerArn", { host: newer }))).toMatch(
      /^stack\/ByNewerArn: host must be a host of the service codestar-connections: .* Given: "arn:aws:codeconnections:/,
    );
    expect(() => through("ByArn", { host: newer, resourceFamily: ResourceFamily.CODECONNECTIONS })).not.toThrow();
  });

  test("of another region than the connection's is refused", () => {
    const elsewhere = ConnectionHost.fromHostArn(stack, "Elsewhere", ARN.replace("eu-west-1", "eu-west-2"));

    expect(messageOf(() => through("ByElsewhere", { host: elsewhere }))).toMatch(
      /^stack\/ByElsewhere: host must be in the connection's own region, which is eu-west-1\. Given: /,
    );
    expect(() => through("Here", { host: ConnectionHost.fromHostArn(stack, "HereHost", ARN) })).not.toThrow();
  });

  test("by an ARN that is an expression is left to Terraform: its form, its family and its region", () => {
    const unknown = ConnectionHost.fromHostArn(stack, "Unknown", "${var.host}");

    expect(through("ByUnknown", { host: unknown }).resource.lifecycle?.precondition).toHaveLength(3);
  });

  test("of a region that is no pattern is refused with a sentence", () => {
    const provider = new AwsProvider(stack, "odd", { alias: "odd", region: "us-east-1(" });
    const existing = ConnectionHost.fromHostArn(stack, "OddHost", ARN);

    expect(messageOf(() => through("ByOdd", { host: existing, provider }))).toMatch(
      /host must be in the connection's own region, which is us-east-1\(\./,
    );
  });

  test("of another account than the one that the provider is bound to is refused", () => {
    const provider = new AwsProvider(stack, "bound", {
      alias: "bound",
      region: "eu-west-1",
      allowedAccountIds: ["111111111111"],
    });
    const existing = ConnectionHost.fromHostArn(stack, "ForeignHost", ARN);
    const account = /host must be in an account of the provider \(111111111111\)/;

    expect(messageOf(() => through("ByForeign", { host: existing, provider }))).toMatch(account);
    const made = through("ByMadeElsewhere", { host: host("MadeElsewhere"), provider });
    expect(preconditionsOf(made.resource)).toMatchObject([{ error_message: expect.stringMatching(account) as string }]);
  });

  test("made with another provider than the connection is refused when it is in another region", () => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const there = host("There", { provider });

    expect(messageOf(() => through("ByThere", { host: there }))).toBe(
      "stack/ByThere: host must be in the connection's own region, which is eu-west-1. Given: stack/There, in us-west-2.",
    );
    expect(through("WithThere", { host: there, provider }).resource.lifecycle).toBeUndefined();
  });
});

describe("Azure DevOps", () => {
  const azure = (version: string, props: object = {}) => {
    const stack = new TerraformStack(testingApp(), "stack");
    new ProviderOfVersion(stack, version);
    return new Connection(stack, "Azure", { name: "x", providerType: ProviderType.AZURE_DEVOPS, ...props });
  };

  test("is refused in the older family, which can't create such a connection", () => {
    expect(messageOf(() => azure("6.25.0"))).toBe(
      'stack/Azure: providerType can\'t be AzureDevOps in the resource family "codestarconnections": ' +
        "set resourceFamily to ResourceFamily.CODECONNECTIONS and install bindings for AWS provider 6.8 or newer (21.7 or newer " +
        "of the package for CDKTF; the version is inferred from the dates of the releases), " +
        'or use an existing connection by its ARN. Given: "AzureDevOps".',
    );
  });

  test.each(["5.100.0", "6.7.0"])("is refused with version %s of the provider, which does not know it", (version) => {
    expect(messageOf(() => azure(version, { resourceFamily: ResourceFamily.CODECONNECTIONS }))).toBe(
      `stack/Azure: providerType can't be AzureDevOps with AWS provider ${version}: install bindings for AWS provider 6.8 or ` +
        "newer (21.7 or newer of the package for CDKTF; the version is inferred from the dates of the releases), or use an " +
        'existing connection by its ARN. Given: "AzureDevOps".',
    );
  });

  test.each(["6.8.0", "6.25.0", "7.0.0"])("is created in the newer family by version %s of the provider", (version) => {
    const synthesis = new Synthesis(
      Testing.synth(TerraformStack.of(azure(version, { resourceFamily: ResourceFamily.CODECONNECTIONS })), true),
    );

    expect(synthesis.only("resource", "aws_codeconnections_connection")).toEqual({
      name: "x",
      provider_type: "AzureDevOps",
    });
  });
});

describe("name", () => {
  const named = (stack: TerraformStack, id: string, name: string, provider?: AwsProvider) =>
    new Connection(stack, id, { name, providerType: ProviderType.BITBUCKET, provider });

  const warningsOf = ({ node }: Construct): unknown[] =>
    node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

  test("is warned of when another connection of the stack has it, in whatever form of Unicode", () => {
    const stack = newStack();
    named(stack, "First", "caf\u00e9");

    expect(warningsOf(named(stack, "Second", "cafe\u0301"))).toEqual([
      'name must be unique in the account, but stack/First has the same name: give one of them another name. Given: "cafe\u0301".',
    ]);
  });

  test("is warned of when the other one is derived", () => {
    const stack = newStack();
    named(stack, "First", "stack-Second");

    expect(warningsOf(new Connection(stack, "Second", { providerType: ProviderType.BITBUCKET }))).toHaveLength(1);
  });

  test("is free in another stack, provider or family, and where it is an expression", () => {
    const stack = newStack();
    named(stack, "First", "shop");
    named(stack, "Expression", "${var.name}");
    const there = new AwsProvider(stack, "there", { alias: "there", region: "us-east-1" });
    const props = { providerType: ProviderType.BITBUCKET, resourceFamily: ResourceFamily.CODECONNECTIONS };

    for (const other of [
      named(newStack(), "First", "shop"),
      named(stack, "There", "shop", there),
      named(stack, "OtherExpression", "${var.name}"),
      new Connection(stack, "Newer", { ...props, name: "shop" }),
    ]) {
      expect(warningsOf(other)).toEqual([]);
    }
  });

  test("is free again when its connection was taken out, or refused", () => {
    const stack = newStack();
    named(stack, "First", "shop");
    stack.node.tryRemoveChild("First");
    const wrong = { name: "shop", providerType: ProviderType.of("SVN") };
    expect(messageOf(() => new Connection(stack, "Refused", wrong))).toContain("providerType must be one of");

    expect(warningsOf(named(stack, "First", "shop"))).toEqual([]);
  });

  test.each([
    [ResourceFamily.CODESTAR_CONNECTIONS, "\u00e9".repeat(32), "1 to 32 characters long"],
    [
      ResourceFamily.CODECONNECTIONS,
      "\u00e9".repeat(16),
      "1 to 32 bytes of UTF-8 long (one character is 1 to 4 bytes)",
    ],
  ])("is as long as the provider's resource counts: %s", (resourceFamily, longest, sentence) => {
    expect(() => connectionWith({ resourceFamily, name: longest })).not.toThrow();
    expect(messageOf(() => connectionWith({ resourceFamily, name: `${longest}x` }))).toContain(`must be ${sentence}`);
    expect(messageOf(() => connectionWith({ resourceFamily, name: "" }))).toContain(`must be ${sentence}`);
  });

  test("that is derived is cut as the provider's resource counts", () => {
    const resource = new Connection(newStack(), "\u00e9".repeat(26), {
      providerType: ProviderType.BITBUCKET,
      resourceFamily: ResourceFamily.CODECONNECTIONS,
    }).resource as CodestarconnectionsConnection;

    expect(resource.nameInput).toMatch(/^stack-\u00e9{8}-[0-9a-f]{8}$/);
  });
});

describe("resource family", () => {
  test("the newer one is the other resource, with the same arguments", () => {
    const synthesis = synthesise(
      (stack) =>
        new Connection(stack, "Bitbucket", {
          name: "MyConnection",
          providerType: ProviderType.BITBUCKET,
          resourceFamily: ResourceFamily.CODECONNECTIONS,
          tags: { team: "shop" },
          preventDestroy: true,
        }),
    );

    expect(synthesis.top("resource").aws_codestarconnections_connection).toBeUndefined();
    expect(synthesis.only("resource", "aws_codeconnections_connection")).toEqual({
      name: "MyConnection",
      provider_type: "Bitbucket",
      tags: { team: "shop" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test.each([
    [
      "codestar-connections",
      /^stack\/Bitbucket: resourceFamily must be ResourceFamily\.CODESTAR_CONNECTIONS or .*Did you mean ResourceFamily\.CODESTAR_CONNECTIONS\?$/,
    ],
    ["${var.family}", /^stack\/Bitbucket: resourceFamily must be known at synthesis, so it can't be an expression\.$/],
  ])("%s is refused", (resourceFamily, message) => {
    expect(messageOf(() => connectionWith({ resourceFamily }))).toMatch(message);
  });
});

test("what is changed on the provider's resource goes along with the conditions on its values", () => {
  const synthesis = synthesise((stack) => {
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    const { resource } = new Connection(stack, "Bitbucket", {
      name,
      providerType: ProviderType.BITBUCKET,
      preventDestroy: true,
    });
    resource.addOverride("lifecycle.ignore_changes", ["tags"]);
  });

  expect(synthesis.only("resource", "aws_codestarconnections_connection").lifecycle).toEqual({
    ignore_changes: ["tags"],
    prevent_destroy: true,
    precondition: [
      expect.objectContaining({ error_message: "stack/Bitbucket: name must be 1 to 32 characters long." }),
    ],
  });
});

describe("provider", () => {
  test.each([
    ["a role", (stack: TerraformStack) => new IamRole(stack, "Role", { assumeRolePolicy: "{}" })],
    ["another cloud's provider", (stack: TerraformStack) => new TerraformProviderOfAnotherCloud(stack, "us-east-1")],
    ["what only has its type's name", () => ({ terraformResourceType: "aws" })],
  ])("%s is refused", (_, make) => {
    const stack = newStack();
    const props = { providerType: ProviderType.BITBUCKET, provider: make(stack) as TerraformProvider };

    expect(messageOf(() => new Connection(stack, "Bitbucket", props))).toMatch(
      /^stack\/Bitbucket: provider must be an AwsProvider\. Given: (the construct stack\/|\{)/,
    );
  });
});

test("a construct's id that reads like a template is shown as it is", () => {
  const stack = newStack();
  const props = { providerType: ProviderType.BITBUCKET, name: "${var.name}" };

  expect(preconditionsOf(new Connection(stack, "a${b}", props).resource)).toMatchObject([
    { error_message: "stack/a$${b}: name must be 1 to 32 characters long." },
  ]);
});

test("tags that a function of Terraform gives are passed on", () => {
  const synthesis = synthesise(
    (stack) =>
      new Connection(stack, "Bitbucket", {
        providerType: ProviderType.BITBUCKET,
        tags: Fn.merge([{ team: "shop" }, { env: "test" }]) as { [key: string]: string },
      }),
  );

  expect(synthesis.only("resource", "aws_codestarconnections_connection").tags).toBe(
    '${merge({"team" = "shop"}, {"env" = "test"})}',
  );
});

test("tags that are a string with an expression are passed on, as other bindings give those of a function", () => {
  const tags = "${merge(var.tags, var.more)}" as unknown as { [key: string]: string };
  const synthesis = synthesise(
    (stack) => new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET, tags }),
  );

  expect(synthesis.only("resource", "aws_codestarconnections_connection").tags).toBe(tags);
});

test.each([{}, { team: "" }, { team: null }, { "${var.key}": "${var.value}" }])("tags %j are accepted", (tags) => {
  expect(() => connectionWith({ tags })).not.toThrow();
});

test.each([[], ["shop"], { team: 5 }, "shop"])("tags %j are refused", (tags) => {
  expect(messageOf(() => connectionWith({ tags }))).toBe(
    `stack/Bitbucket: tags must be a map of strings, such as { Team: "shop" }. Given: ${JSON.stringify(tags)}.`,
  );
});

describe("region", () => {
  const warningsOf = (connection: Connection): unknown[] =>
    connection.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

  test.each(["us-east-1", "eu-south-1", "us-gov-east-1"])("%s is accepted", (region) => {
    const connection = connectionWith({}, region);

    expect(warningsOf(connection)).toEqual([]);
    expect(connection.node.tryFindChild("RegionCheck")).toBeUndefined();
  });

  test("one that the library does not know is warned of, and not on request", () => {
    expect(warningsOf(connectionWith({}, "xx-new-1"))).toEqual([
      "the provider's region is unknown to this version of the library. Look it up at " +
        "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html; if " +
        'CodePipeline can use connections there, set allowAnyRegion to true. Given: "xx-new-1".',
    ]);
    expect(warningsOf(connectionWith({ allowAnyRegion: true }, "xx-new-1"))).toEqual([]);
  });

  test.each(["ap-east-1", "us-gov-west-1", "cn-north-1"])("%s is refused, and accepted on request", (region) => {
    expect(messageOf(() => connectionWith({}, region))).toMatch(
      new RegExp(`the provider's region must be a region where CodePipeline can use connections.*Given: "${region}"`),
    );
    expect(() => connectionWith({ allowAnyRegion: true }, region)).not.toThrow();
  });

  test.each(["", "us-east", "us-east-1 ", "US-EAST-1"])("%j is no region", (region) => {
    expect(messageOf(() => connectionWith({}, region))).toContain("the provider's region must be a region where");
  });

  test("of null is the environment's", () => {
    const region = null as unknown as string;

    expect(connectionWith({}, region).node.tryFindChild("RegionCheck")).toBeDefined();
  });

  test("the connection's own provider counts", () => {
    const stack = newStack();
    const provider = new AwsProvider(stack, "there", { alias: "there", region: "ap-east-1" });

    expect(
      messageOf(() => new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET, provider })),
    ).toContain("the provider's region must be a region where CodePipeline can use connections");
  });

  test("the default provider counts, not an aliased one or another cloud's", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    new AwsProvider(stack, "aliased", { alias: "aliased", region: "ap-east-1" });
    new TerraformProviderOfAnotherCloud(stack, "ap-east-1");
    new AwsProvider(stack, "aws", { region: "us-east-1" });

    expect(() => new Connection(stack, "Bitbucket", { name: "x", providerType: ProviderType.BITBUCKET })).not.toThrow();
  });

  test.each([
    ["made after the connection", (stack: TerraformStack) => stack],
    ["made inside a construct", (stack: TerraformStack) => new Construct(stack, "Inner")],
  ])("of a provider %s is refused at synthesis", (_, scopeIn) => {
    const stack = new TerraformStack(testingApp(), "stack");
    new Connection(stack, "Bitbucket", { name: "x", providerType: ProviderType.BITBUCKET });
    new AwsProvider(scopeIn(stack), "aws", { region: "ap-east-1" });

    expect(messageOf(() => Testing.synth(stack, true))).toContain(
      "[stack/Bitbucket] the provider's region must be a region where CodePipeline can use connections",
    );
  });

  test.each([
    ["is an expression", "${var.region}"],
    ["is left to the environment", undefined],
  ])("one that %s is checked by a check block, which only warns", (_, region) => {
    const stack = new TerraformStack(testingApp(), "stack");
    new TerraformVariable(stack, "region", { type: "string" });
    const provider = new AwsProvider(stack, "there", { alias: "there", region });
    const settings = { name: "x", providerType: ProviderType.BITBUCKET, activationReminder: false };
    new Connection(stack, "Bitbucket", { ...settings, provider });
    const synthesis = new Synthesis(Testing.synth(stack, true));

    expect(synthesis.only("resource", "aws_codestarconnections_connection")).not.toHaveProperty("lifecycle");
    const [[name, check]] = Object.entries(synthesis.top("check")) as [[string, Block]];
    expect(name).toMatch(/^Bitbucket_RegionCheck_[0-9A-F]{8}$/);
    expect(check).not.toHaveProperty("data");
    expect(synthesis.only("data", "aws_region")).toEqual({ provider: "aws.there" });
    expect(check.assert).toEqual([
      {
        condition: expect.stringContaining(`!try(contains(["ap-east-1", `) as string,
        error_message: expect.stringContaining(
          "stack/Bitbucket: the provider's region must be a region where",
        ) as string,
      },
      {
        condition: expect.stringMatching(
          new RegExp(
            // Version 6 of the provider has `region`, and calls `id` deprecated.
            `"ap-east-1", .*, data\\.aws_region\\.Bitbucket_Region_[0-9A-F]{8}\\.${RESOURCES_TAKE_REGION ? "region" : "id"}\\)`,
          ),
        ) as string,
        error_message: expect.stringContaining("stack/Bitbucket: the provider's region is unknown to") as string,
      },
    ]);
  });

  test("the request is made by true or false", () => {
    expect(messageOf(() => connectionWith({ allowAnyRegion: "yes" }))).toBe(
      'stack/Bitbucket: allowAnyRegion must be a boolean (true or false), known at synthesis. Given: "yes".',
    );
  });

  test("is warned of again when what was warned of was taken out", () => {
    const stack = newStack("xx-new-1");
    new Connection(stack, "First", { providerType: ProviderType.BITBUCKET });
    stack.node.tryRemoveChild("First");

    expect(warningsOf(new Connection(stack, "Second", { providerType: ProviderType.BITBUCKET }))).toHaveLength(1);
  });

  test("is warned of once for all that goes through one provider", () => {
    const stack = newStack("xx-new-1");
    const connections = ["First", "Second"].map(
      (id) => new Connection(stack, id, { providerType: ProviderType.BITBUCKET }),
    );
    const provider = new AwsProvider(stack, "there", { alias: "there", region: "xx-new-1" });
    connections.push(new Connection(stack, "There", { providerType: ProviderType.BITBUCKET, provider }));

    expect(connections.map((connection) => warningsOf(connection).length)).toEqual([1, 0, 1]);
  });

  test("no check is made on request", () => {
    const connection = connectionWith({ allowAnyRegion: true }, "${var.region}");

    expect(connection.node.tryFindChild("RegionCheck")).toBeUndefined();
  });
});

test("all that is wrong is said at once, with the construct's path", () => {
  const message = messageOf(() => connectionWith({ name: "", providerType: ProviderType.of("SVN"), host: "x" }));

  expect(message).toMatch(/^stack\/Bitbucket: 4 problems were found:\n {2}- name /);
  expect(message.split("\n")).toHaveLength(5);
});
