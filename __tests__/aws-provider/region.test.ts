import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  type ConnectionProps,
  PipelineSource,
  ProviderType,
} from "../../src";
import { ARN, warningsOf } from "../support/pipelines";
import {
  messageOf,
  preconditionsOf,
  ProviderOfVersion,
  RESOURCES_TAKE_REGION,
  Synthesis,
  testingApp,
} from "../support/synthesis";

/** A stack whose default provider is of a version, and in us-east-1. */
function stackOn(version: string): TerraformStack {
  const stack = new TerraformStack(testingApp(), "stack");
  new ProviderOfVersion(stack, version);
  return stack;
}

const connectionIn = (stack: Construct, props: ConnectionProps = {}, id = "Bitbucket") =>
  new Connection(stack, id, {
    name: "MyConnection",
    ...(props.host === undefined && { providerType: ProviderType.BITBUCKET }),
    ...props,
  });

const hostIn = (stack: Construct, props: object = {}) =>
  new ConnectionHost(stack, "Host", {
    providerType: ProviderType.GITLAB_SELF_MANAGED,
    providerEndpoint: "https://git.example.com",
    ...props,
  });

test("the region of a source's action does not stand in for that of the provider", () => {
  const stack = new TerraformStack(testingApp(), "stack");
  new AwsProvider(stack, "aws", { region: "ap-east-1" });
  const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
  const source = {
    connection,
    repository: "acme/shop",
    branch: "main",
    pipelineRoles: ["pipeline"],
    region: "ap-east-1",
  };

  expect(messageOf(() => new PipelineSource(stack, "Source", source))).toContain(
    "stack/Source: the provider's region must be a region where CodePipeline can use connections",
  );
});

describe("the region of a connection or host", () => {
  test.each([
    ["Bitbucket", connectionIn],
    ["Host", hostIn],
  ])("of %s is refused with AWS provider 5, whose resources take none", (id, make) => {
    expect(messageOf(() => make(stackOn("5.100.0"), { region: "eu-west-1" }))).toBe(
      `stack/${id}: region can't be given with AWS provider 5.100.0: install bindings for AWS provider 6 or newer (21.0 or ` +
        "newer of the package for CDKTF), or leave region out and give provider, an AwsProvider of that region. Given: " +
        '"eu-west-1".',
    );
  });

  test.each([connectionIn, hostIn])("must be one with connections, unless any is allowed", (make) => {
    expect(messageOf(() => make(stackOn("6.0.0"), { region: "ap-east-1" }))).toContain(
      "region must be a region where CodePipeline can use connections, such as us-east-1.",
    );
    expect(() => make(stackOn("6.0.0"), { region: "ap-east-1", allowAnyRegion: true })).not.toThrow();
  });

  test("must be a region even if any is allowed", () => {
    expect(messageOf(() => connectionIn(stackOn("6.0.0"), { region: "EU-WEST-1", allowAnyRegion: true }))).toBe(
      'stack/Bitbucket: region must be a region, such as "us-east-1". Given: "EU-WEST-1". Did you mean "eu-west-1"?',
    );
  });

  test("that this library does not know is warned of", () => {
    expect(warningsOf(connectionIn(stackOn("6.0.0"), { region: "xx-new-1" }))).toEqual([
      expect.stringContaining("region is unknown to this version of the library") as string,
    ]);
  });

  test("that is an expression is checked by Terraform", () => {
    const { resource } = connectionIn(stackOn("6.0.0"), { region: "${var.region}" });

    expect(preconditionsOf(resource)).toMatchObject([
      { error_message: expect.stringContaining("stack/Bitbucket: region must be a region where") as string },
    ]);
  });

  test("counts before the provider's, which may have no connections", () => {
    const stack = stackOn("6.0.0");
    const provider = new AwsProvider(stack, "hk", { alias: "hk", region: "ap-east-1" });
    Object.assign(provider, { terraformGeneratorMetadata: { providerName: "aws", providerVersion: "6.0.0" } });

    expect(() => connectionIn(stack, { region: "eu-west-1", provider })).not.toThrow();
  });

  test("lets another connection have the same name in another region", () => {
    const stack = stackOn("6.0.0");
    connectionIn(stack);

    expect(warningsOf(connectionIn(stack, { region: "eu-west-1" }, "Elsewhere"))).toEqual([]);
    expect(warningsOf(connectionIn(stack, { region: "eu-west-1" }, "Again"))).toHaveLength(1);
    expect(warningsOf(connectionIn(stack, { region: "us-east-1" }, "OfTheProvider"))).toHaveLength(1);
  });

  test("must be one for a host and its connection", () => {
    const stack = stackOn("6.0.0");
    const host = hostIn(stack, { region: "eu-west-1" });

    expect(() => connectionIn(stack, { host, region: "eu-west-1" }, "Same")).not.toThrow();
    expect(messageOf(() => connectionIn(stack, { host }, "Other"))).toBe(
      "stack/Other: host must be in the connection's own region, which is us-east-1. Given: stack/Host, in eu-west-1.",
    );
  });

  test("counts for a host that exists already", () => {
    const stack = stackOn("6.0.0");
    const arn = "arn:aws:codestar-connections:eu-west-1:123456789012:host/git-0c8b1a2f";
    const host = ConnectionHost.fromHostArn(stack, "Existing", arn);

    expect(() => connectionIn(stack, { host, region: "eu-west-1" }, "Same")).not.toThrow();
    expect(messageOf(() => connectionIn(stack, { host }, "Other"))).toContain("which is us-east-1. Given: ");
  });

  test("is not warned of, nor is the provider's, where any is allowed or its own is known", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    Object.assign(new ProviderOfVersion(stack, "6.0.0"), { region: "xx-new-1" });

    expect(warningsOf(connectionIn(stack, { region: "eu-west-1" }))).toEqual([]);
    expect(warningsOf(connectionIn(stack, { region: "yy-new-1", allowAnyRegion: true }, "Any"))).toEqual([]);
  });

  test("of a host that is the provider's, written down, is the connection's", () => {
    const stack = stackOn("6.0.0");

    expect(() => connectionIn(stack, { host: hostIn(stack, { region: "us-east-1" }) })).not.toThrow();
  });

  test("can be named by several gates of another stack, also where it was typed by hand", () => {
    const stack = stackOn("6.0.0");
    const connection = connectionIn(stack, { region: "${var.region}" });
    const other = new TerraformStack(stack.node.root, "other");
    new ProviderOfVersion(other, "6.0.0");

    for (const id of ["First", "Second"]) new ActivationGate(other, id, { connection });

    expect(other.node.children.map(({ node }) => node.id)).toEqual(expect.arrayContaining(["First", "Second"]));
  });

  test("is what the resources and the gate are given, where the bindings take it", () => {
    const stack = stackOn("6.0.0");
    const host = hostIn(stack, { region: "eu-west-1" });
    new ActivationGate(stack, "Gate", { connection: connectionIn(stack, { host, region: "eu-west-1" }) });
    const synthesis = new Synthesis(Testing.synth(stack, true));

    const blocks = [
      synthesis.only("resource", "aws_codestarconnections_host"),
      synthesis.only("resource", "aws_codestarconnections_connection"),
      synthesis.only("data", "aws_codestarconnections_connection"),
    ];
    expect(blocks.map(({ region }) => region as unknown)).toEqual(
      blocks.map(() => (RESOURCES_TAKE_REGION ? "eu-west-1" : undefined)),
    );
  });
});
