import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { App, TerraformIterator, TerraformStack, TerraformVariable } from "cdktf";
import { Connection, ProviderType, ResourceFamily } from "../../src";
import { warningsOf } from "../support/pipelines";
import { newStack, newStacks, synthesisOf, testingApp } from "../support/synthesis";

const WARNING =
  "AWS RAM shares only connections of the newer family, with an ARN of the service codeconnections: set resourceFamily to " +
  "ResourceFamily.CODECONNECTIONS. This makes another connection, which a person must activate.";

const connectionIn = (stack: TerraformStack, resourceFamily?: ResourceFamily): Connection =>
  new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET, resourceFamily });

function shared(stack: TerraformStack, resourceArn: string): RamResourceAssociation {
  return new RamResourceAssociation(stack, "Share", { resourceArn, resourceShareArn: "arn:aws:ram:us-east-1:1:share" });
}

test.each<[string, (stack: TerraformStack) => string]>([
  ["its ARN", (stack) => connectionIn(stack).connectionArn],
  ["the ARN of its resource", (stack) => connectionIn(stack).resource.getStringAttribute("arn")],
  [
    "a reference typed by hand",
    (stack) => `\${aws_codestarconnections_connection.${connectionIn(stack).resource.friendlyUniqueId}.arn}`,
  ],
  [
    "a literal ARN",
    (stack) => {
      connectionIn(stack);
      return "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b";
    },
  ],
])("a share of a connection of the older family, by %s, is warned of", (_, arnIn) => {
  const stack = newStack();
  const share = shared(stack, arnIn(stack));

  synthesisOf(stack);
  synthesisOf(stack);
  expect(warningsOf(share)).toEqual([WARNING]);
});

test("a share in another stack is warned of, by whatever the connection is referred to", () => {
  const [connections, shares] = newStacks("connections", "shares");
  const { resource } = connectionIn(connections);
  const share = shared(shares, resource.getStringAttribute("arn"));

  synthesisOf(connections);
  expect(warningsOf(share)).toEqual([WARNING]);
});

test("the warnings of stacks that are written before the first connection's are written too", () => {
  const outdir = mkdtempSync(join(tmpdir(), "neighbours-"));
  const app = new App({ outdir });
  const [before, after] = ["before", "after"].map((id) => {
    const stack = new TerraformStack(app, id);
    new AwsProvider(stack, "aws", { region: "us-east-1" });
    return stack;
  }) as [TerraformStack, TerraformStack];
  shared(before, "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b");
  connectionIn(after);
  shared(after, connectionIn(before).connectionArn);
  new CodestarconnectionsConnection(before, "Raw", {
    ...{ name: "Bitbucket", providerType: "Bitbucket" },
  });
  app.synth();

  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest;
  const said = (id: string) => stacks[id]?.annotations.map(({ constructPath }) => constructPath);
  rmSync(outdir, { recursive: true });
  expect(said("before")).toEqual(["before/Share"]);
  expect(said("after")).toEqual(["after/Share"]);
});

interface Manifest {
  readonly stacks: { readonly [id: string]: { readonly annotations: readonly { readonly constructPath: string }[] } };
}

test.each<[string, (stack: TerraformStack) => string]>([
  ["a connection of the newer family", (stack) => connectionIn(stack, ResourceFamily.CODECONNECTIONS).connectionArn],
  ["something else", (stack) => new IamRole(connectionIn(stack), "Role", { assumeRolePolicy: "{}" }).arn],
  [
    "what is known at plan",
    (stack) => new TerraformVariable(connectionIn(stack), "Arn", { type: "string" }).stringValue,
  ],
  [
    "a literal ARN of the newer service",
    (stack) => {
      connectionIn(stack);
      return "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b";
    },
  ],
])("a share of %s is not", (_, arnIn) => {
  const stack = newStack();
  const share = shared(stack, arnIn(stack));

  synthesisOf(stack);
  expect(warningsOf(share)).toEqual([]);
});

describe("the provider's own resource of the same name", () => {
  const both = (raw: object, ours: object = {}) => {
    const stack = newStack();
    const connection = new Connection(stack, "Bitbucket", {
      ...{ name: "shop", providerType: ProviderType.BITBUCKET },
      ...ours,
    });
    new CodestarconnectionsConnection(stack, "Raw", { name: "shop", providerType: "Bitbucket", ...raw });
    synthesisOf(stack);
    synthesisOf(stack);
    return warningsOf(connection);
  };

  test("is warned of, with the move that keeps the connection", () => {
    expect(both({})).toEqual([
      "stack/Raw makes a connection of the same name. If it is the same connection, remove stack/Raw and call " +
        'connection.resource.moveFromId("aws_codestarconnections_connection.Raw"): Terraform then keeps the connection and ' +
        "its activation.",
    ]);
  });

  test.each<[string, object, string]>([
    ["count", { count: 1 }, '"aws_codestarconnections_connection.Raw[0]"'],
    [
      "for_each",
      { forEach: TerraformIterator.fromList(["shop"]) },
      `'aws_codestarconnections_connection.Raw["<key>"]'`,
    ],
  ])("with %s is warned of with the instance, which Terraform would destroy without it", (_, raw, address) => {
    expect(both(raw)).toEqual([expect.stringContaining(`connection.resource.moveFromId(${address}): Terraform`)]);
  });

  test("is not warned of where the name is an expression, which may be another in each", () => {
    const stack = newStack();
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    const connection = new Connection(stack, "Bitbucket", { name, providerType: ProviderType.BITBUCKET });
    new CodestarconnectionsConnection(stack, "Raw", { name, providerType: "Bitbucket" });
    synthesisOf(stack);

    expect(warningsOf(connection)).toEqual([]);
  });

  test("is not warned of in another region, which AWS provider 6 lets a resource have", () => {
    const stack = newStack();
    const connection = new Connection(stack, "Bitbucket", { name: "shop", providerType: ProviderType.BITBUCKET });
    const raw = new CodestarconnectionsConnection(stack, "Raw", { name: "shop", providerType: "Bitbucket" });
    Object.defineProperty(raw, "regionInput", { value: "eu-west-1" });
    synthesisOf(stack);

    expect(warningsOf(connection)).toEqual([]);
  });

  test("is warned of where one of both names the default provider", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    const provider = new AwsProvider(stack, "aws", { region: "us-east-1" });
    const connection = new Connection(stack, "Bitbucket", {
      ...{ name: "shop", providerType: ProviderType.BITBUCKET, provider },
    });
    new CodestarconnectionsConnection(stack, "Raw", { name: "shop", providerType: "Bitbucket" });
    synthesisOf(stack);

    expect(warningsOf(connection)).toHaveLength(1);
  });

  test.each<[string, object, object]>([
    ["another name", { name: "site" }, {}],
    ["a name that is known at plan", { name: "${var.name}" }, {}],
    ["another family", {}, { resourceFamily: ResourceFamily.CODECONNECTIONS }],
    ["no instance", { count: 0 }, {}],
  ])("of %s is not", (_, raw, ours) => {
    expect(both(raw, ours)).toEqual([]);
  });

  test("is not, where it is switched off by an override", () => {
    const stack = newStack();
    const props = { name: "shop", providerType: ProviderType.BITBUCKET };
    const connection = new Connection(stack, "Bitbucket", props);
    const raw = new CodestarconnectionsConnection(stack, "Raw", { name: "shop", providerType: "Bitbucket" });
    raw.addOverride("count", 0);
    synthesisOf(stack);

    expect(warningsOf(connection)).toEqual([]);
  });

  test("of another provider or stack is not", () => {
    const [one, other] = newStacks("one", "other");
    const connection = new Connection(one, "Bitbucket", { name: "shop", providerType: ProviderType.BITBUCKET });
    const provider = new AwsProvider(one, "west", { alias: "west", region: "us-west-2" });
    for (const [stack, props] of [
      [one, { provider }],
      [other, {}],
    ] as const) {
      new CodestarconnectionsConnection(stack, "Raw", { name: "shop", providerType: "Bitbucket", ...props });
    }

    synthesisOf(one);
    expect(warningsOf(connection)).toEqual([]);
  });
});
