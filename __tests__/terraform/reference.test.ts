import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  type IConnection,
  PipelineSource,
  ProviderType,
  ResourceFamily,
  SourceAction,
} from "../../src";
import { attributeOf, isSameAttribute, referenceIn } from "../../src/terraform/reference";
import { building } from "../support/pipelines";
import { faultsOf } from "../support/structure";
import { newStack, synthesise } from "../support/synthesis";

/** What the program writes for each of its stacks. */
function filesOf(
  hclOutput: boolean,
  build: (stackOf: (id: string) => TerraformStack) => void,
): { [stack: string]: string } {
  const outdir = mkdtempSync(join(tmpdir(), "reference-"));
  try {
    const app = new App({ outdir, hclOutput, skipBackendMessage: true } as object);
    build((id) => {
      const stack = new TerraformStack(app, id);
      new AwsProvider(stack, "aws", { region: "us-east-1" });
      return stack;
    });
    app.synth();
    const stacks = join(outdir, "stacks");
    return Object.fromEntries(
      readdirSync(stacks).map((id) => [
        id,
        readFileSync(join(stacks, id, hclOutput ? "cdk.tf" : "cdk.tf.json"), "utf8"),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const SETTINGS = { repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };

/** A source, a policy, a gate and a pipeline on a connection. */
function use(stack: TerraformStack, connection: IConnection): void {
  const source = new PipelineSource(stack, "Source", { connection, ...SETTINGS, requireActivation: true });
  const grants = [{ connection, repositories: ["acme/*"] }, { connection }];
  new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] });
  new ActivationGate(stack, "Gate", { connection });
  new Codepipeline(stack, "Pipeline", {
    name: "shop",
    roleArn: "arn:aws:iam::123456789012:role/pipeline",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [source.stage, building()],
    dependsOn: source.dependencies,
  });
}

describe.each([
  ["JSON", false],
  ["Terraform's own language", true],
])("in %s", (_, hclOutput) => {
  test("a connection's logical id can be changed after all that uses it was made", () => {
    const { stack = "" } = filesOf(hclOutput, (stackOf) => {
      const own = stackOf("stack");
      const connection = new Connection(own, "Bitbucket", { providerType: ProviderType.BITBUCKET });
      use(own, connection);
      connection.resource.overrideLogicalId("renamed");
    });

    expect(stack).toMatch(/ConnectionArn"?\s*[:=]\s*"\$\{aws_codestarconnections_connection\.renamed\.arn\}"/);
    expect(stack).toMatch(/\$\{aws_codestarconnections_connection\.renamed\.connection_status == /);
    expect(stack).not.toContain("Bitbucket_1DD0FC59");
  });

  test("so can a host's, and that of the data source of an existing connection", () => {
    const { stack = "" } = filesOf(hclOutput, (stackOf) => {
      const own = stackOf("stack");
      const host = new ConnectionHost(own, "Host", {
        providerType: ProviderType.GITHUB_ENTERPRISE_SERVER,
        providerEndpoint: "https://git.example.com",
      });
      use(own, new Connection(own, "Through", { host }));
      host.resource.overrideLogicalId("renamed");
      const existing = Connection.fromConnectionName(own, "Existing", "mine");
      new ConnectionPolicy(own, "OfExisting", { grants: [{ connection: existing }], roles: ["pipeline"] });
      existing.dataSource?.overrideLogicalId("found");
    });

    expect(stack).toMatch(/host_arn"?\s*[:=]\s*"?(\$\{)?aws_codestarconnections_host\.renamed\.arn/);
    expect(stack).toContain("${aws_codestarconnections_host.renamed.status");
    expect(stack).not.toContain("Host_B4E45AD7");
    expect(stack).toContain("data.aws_codestarconnections_connection.found.arn");
    expect(stack).not.toContain("Existing_4CC9759F");
  });

  test("another stack reads the connection by its new logical id", () => {
    const { owner = "", user = "" } = filesOf(hclOutput, (stackOf) => {
      const [own, other] = [stackOf("owner"), stackOf("user")];
      const connection = new Connection(own, "Bitbucket", { providerType: ProviderType.BITBUCKET });
      use(other, connection);
      connection.resource.overrideLogicalId("renamed");
    });

    expect(owner).toContain("${aws_codestarconnections_connection.renamed.arn}");
    expect(owner).not.toContain("Bitbucket_1DD0FC59");
    const output = /cross-stack-output-aws_codestarconnections_connection\w*?arn/;
    expect(output.exec(user)?.[0]).toBe("cross-stack-output-aws_codestarconnections_connectionrenamedarn");
    expect(owner).toContain("cross-stack-output-aws_codestarconnections_connectionrenamedarn");
    expect(user).not.toContain("Bitbucket_1DD0FC59");
  });
});

test("what refers to a connection whose logical id was changed refers to what there is", () => {
  const stack = newStack();
  const connection = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
  use(stack, connection);
  connection.resource.overrideLogicalId("renamed");

  expect(faultsOf(Testing.synth(stack, true))).toEqual([]);
});

test("the logical id can be changed back and forth, and be the path's again", () => {
  const stack = newStack();
  const { resource, connectionArn } = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
  resource.overrideLogicalId("renamed");
  resource.resetOverrideLogicalId();
  stack.addOverride("output.arn.value", connectionArn);

  expect(Testing.synth(stack, true)).toContain('"${aws_codestarconnections_connection.Bitbucket_1DD0FC59.arn}"');
});

describe("what a string refers to", () => {
  const stack = newStack();
  const made = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
  const other = new Connection(stack, "Other", {
    providerType: ProviderType.BITBUCKET,
    resourceFamily: ResourceFamily.CODECONNECTIONS,
  });

  test("is told of an attribute before it is rendered, so that its logical id can still be changed", () => {
    expect(referenceIn(stack, made.connectionArn)).toEqual({
      type: "aws_codestarconnections_connection",
      attribute: "arn",
      label: "arn of stack/Bitbucket/Resource",
      isAttribute: true,
    });
    expect(() => {
      made.resource.overrideLogicalId("renamed");
    }).not.toThrow();
  });

  test.each([
    ["${aws_iam_role.role.name}", "aws_iam_role", "name"],
    ["${aws_iam_role.role[0].arn}", "aws_iam_role", "arn"],
    ['${aws_iam_role.role["a b"].id}', "aws_iam_role", "id"],
  ])("is read from %s", (given, type, attribute) => {
    expect(referenceIn(stack, given)).toEqual({
      type,
      attribute,
      label: given.slice("${".length, -1),
      isAttribute: false,
    });
  });

  test.each([
    ["a literal", "arn:aws:iam::123456789012:role/x"],
    ["a variable", "${var.role}"],
    ["more than one reference", "${aws_iam_role.a.name}${aws_iam_role.b.name}"],
    ["a reference in a path", "/${aws_iam_role.a.name}"],
    ["an attribute in a path", `/${other.connectionArn}`],
    ["two attributes", made.connectionArn + other.connectionArn],
    ["an attribute of an attribute", "${aws_iam_role.role.tags.team}"],
    ["a data source", "${data.aws_iam_role.role.name}"],
    ["an expression on it", "${lower(aws_iam_role.role.name)}"],
  ])("is nothing known where it is %s", (_, given) => {
    expect(referenceIn(stack, given)).toBeUndefined();
  });

  test("is the same where the resource and the attribute are", () => {
    const again = attributeOf(made.resource, "arn");

    expect(again).not.toBe(made.connectionArn);
    expect(isSameAttribute(made.connectionArn, again)).toBe(true);
    expect(isSameAttribute(made.connectionArn, attributeOf(made.resource, "name"))).toBe(false);
    expect(isSameAttribute(made.connectionArn, other.connectionArn)).toBe(false);
    expect(isSameAttribute("x", "x")).toBe(true);
    expect(isSameAttribute("x", "y")).toBeUndefined();
    expect(isSameAttribute(made.connectionArn, "y")).toBeUndefined();
  });

  test("is an attribute where it is all of the string", () => {
    expect(referenceIn(stack, other.connectionArn)?.isAttribute).toBe(true);
    expect(referenceIn(stack, `x${other.connectionArn}`)).toBeUndefined();
    expect(referenceIn(stack, new TerraformVariable(stack, "v", {}).stringValue)).toBeUndefined();
    expect(referenceIn(stack, "x")).toBeUndefined();
  });
});

test("a logical id can be overridden after its attribute went into a longer string, and a policy's too", () => {
  const synthesis = synthesise((own) => {
    const connection = new Connection(own, "Bitbucket", { name: "shop", providerType: ProviderType.BITBUCKET });
    const { policy } = new PipelineSource(own, "Source", {
      ...{ connection, repository: `acme/${connection.connectionName ?? ""}`, branch: "main", pipelineRoles: ["p"] },
    });
    connection.resource.overrideLogicalId("mine");
    for (const each of policy?.policies ?? []) each.overrideLogicalId("policy");
  });

  expect(Object.keys(synthesis.blocks("resource", "aws_codestarconnections_connection"))).toEqual(["mine"]);
  expect(synthesis.only("resource", "aws_iam_role_policy_attachment").policy_arn).toBe("${aws_iam_policy.policy.arn}");
  expect(faultsOf(synthesis.json)).toEqual([]);
});

test("the token of another library is not taken for an attribute", () => {
  const token = { resource: "x", creationStack: [], resolve: () => "acme/shop", toString: () => "a token" };

  expect(referenceIn(newStack(), Token.asString(token))).toBeUndefined();
});

test("one and the same action can be in the pipelines of two stacks, each of which reads the connection", () => {
  const { owner = "", user = "" } = filesOf(false, (stackOf) => {
    const [own, other] = [stackOf("owner"), stackOf("user")];
    const connection = new Connection(own, "Bitbucket", { providerType: ProviderType.BITBUCKET });
    const { action } = new SourceAction({ connection, repository: "acme/shop", branch: "main" });
    for (const stack of [own, other]) {
      new Codepipeline(stack, "Pipeline", {
        name: "shop",
        roleArn: "arn:aws:iam::123456789012:role/pipeline",
        artifactStore: [{ location: "artifacts", type: "S3" }],
        stage: [{ name: "Source", action: [action] }, building()],
      });
    }
  });

  expect(owner).toContain('"ConnectionArn": "${aws_codestarconnections_connection.');
  expect(user).toContain('"ConnectionArn": "${data.terraform_remote_state.');
});
