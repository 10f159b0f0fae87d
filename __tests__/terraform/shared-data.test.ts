import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import * as cdktf from "cdktf";
import * as constructs from "constructs";
import * as library from "../../src";
import { sharedData, sharedDataIfAny } from "../../src/terraform/shared-data";
import { building, errorOn, warningsOf } from "../support/pipelines";
import { messageOf, newStack, Synthesis } from "../support/synthesis";

type Library = typeof library;

/** Another copy of the library, as two packages that depend on it may bring one each. CDKTF is one for all. */
function anotherCopy(): Library {
  let copy: Library | undefined;
  jest.isolateModules(() => {
    jest.doMock("cdktf", () => cdktf);
    jest.doMock("constructs", () => constructs);
    copy = jest.requireActual<Library>("../../src");
  });
  if (copy === undefined) throw new Error("There is no other copy.");
  return copy;
}

const other = anotherCopy();
const COPIES: readonly Library[] = [library, other];

const SETTINGS = { repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };

describe("data on a holder", () => {
  test("are made once, and not among the holder's own properties", () => {
    const holder = {};
    const data = sharedData(holder, "one", () => ({ count: 1 }));

    expect(sharedData(holder, "one", () => ({ count: 2 }))).toBe(data);
    expect(sharedDataIfAny(holder, "one")).toBe(data);
    expect(sharedDataIfAny(holder, "two")).toBeUndefined();
    expect(sharedDataIfAny({}, "one")).toBeUndefined();
    expect([Object.keys(holder), JSON.stringify(holder)]).toEqual([[], "{}"]);
  });

  test("are the same for every copy of the library", () => {
    let theirs: typeof sharedDataIfAny | undefined;
    jest.isolateModules(() => {
      ({ sharedDataIfAny: theirs } = jest.requireActual<{ sharedDataIfAny: typeof sharedDataIfAny }>(
        "../../src/terraform/shared-data",
      ));
    });
    const holder = {};

    expect(theirs).not.toBe(sharedDataIfAny);
    expect(theirs?.(holder, "one")).toBeUndefined();
    expect(theirs?.(holder, "one") ?? sharedData(holder, "one", () => ({}))).toBe(theirs?.(holder, "one"));
  });
});

test("the copies are strangers to each other's classes", () => {
  expect(other.Connection).not.toBe(library.Connection);
  expect(other.ProviderType.BITBUCKET).not.toBe(library.ProviderType.BITBUCKET);
});

describe("two copies of the library in one app", () => {
  const pipelineIn = (stack: cdktf.TerraformStack, id: string, sources: readonly library.PipelineSource[]) =>
    new Codepipeline(stack, id, {
      name: id,
      roleArn: "arn:aws:iam::123456789012:role/pipeline",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [...sources.map(({ stage }) => stage), building(sources[0]?.outputArtifactName)],
      dependsOn: sources.flatMap(({ dependencies }) => dependencies),
    });
  const sourceOf = (copy: Library, stack: cdktf.TerraformStack, connection: library.IConnection, id: string) =>
    new copy.PipelineSource(stack, id, { ...SETTINGS, connection, actionName: id, stageName: id });

  test("take each other's connections, roles and provider types: a source of each works", () => {
    const stack = newStack();
    const providerType = other.ProviderType.BITBUCKET;
    const connection = new library.Connection(stack, "Bitbucket", { providerType });
    for (const [index, copy] of COPIES.entries()) {
      const source = sourceOf(copy, stack, connection, `Source${index}`);
      pipelineIn(stack, `Pipeline${index}`, [source]);
    }
    const synthesis = new Synthesis(cdktf.Testing.synth(stack, true));

    expect(synthesis.only("resource", "aws_codestarconnections_connection").provider_type).toBe("Bitbucket");
    // The permission of one role on one connection is needed once.
    expect(Object.keys(synthesis.blocks("resource", "aws_iam_policy"))).toHaveLength(1);
    expect(Object.keys(synthesis.blocks("resource", "aws_codepipeline"))).toHaveLength(2);
    expect(Object.keys(synthesis.top("check"))).toHaveLength(1);
  });

  test("take each other's hosts, gates, policies, triggers and source actions", () => {
    const stack = newStack();
    const host = new other.ConnectionHost(stack, "Host", {
      providerType: other.ProviderType.GITHUB_ENTERPRISE_SERVER,
      providerEndpoint: "https://git.example.com",
    });
    const connection = new library.Connection(stack, "Through", { host });
    const policy = new other.ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
    new other.ActivationGate(stack, "Gate", { connection });
    const docs = { connection, repository: "acme/docs", branch: "main", actionName: "Docs" };
    const source = new library.PipelineSource(stack, "Source", {
      ...{ connection, repository: "acme/shop", branch: "main" },
      policy: policy,
      outputFormat: other.OutputFormat.CODE_ZIP,
      trigger: other.Trigger.onPush(library.GitPushFilter.branches({ includes: ["main"] })),
      additionalActions: [new other.SourceAction(docs)],
    });
    new Codepipeline(stack, "Pipeline", {
      ...{ name: "shop", roleArn: "arn:aws:iam::123456789012:role/pipeline", pipelineType: "V2" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [source.stage, building()],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });

    expect(errorOn(stack)).toBe("");
    expect(stack.node.findAll().flatMap(warningsOf)).toEqual([]);
  });

  test("tell what is wrong with a pipeline once", () => {
    const stack = newStack();
    const connection = library.Connection.fromConnectionArn(
      stack,
      "Existing",
      "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f",
    );
    const [first, second] = COPIES.map((copy) =>
      sourceOf(copy, stack, connection, "Source".concat(copy === other ? "2" : "")),
    ) as [library.PipelineSource, library.PipelineSource];
    const wrong = new Codepipeline(stack, "Pipeline", {
      ...{ name: "shop", roleArn: "arn:aws:iam::123456789012:role/pipeline" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [first.stage, second.stage, building("Nothing")],
    });

    const error = errorOn(stack);
    expect(error).toContain("stack/Pipeline: ");
    const problems = error.split("\n").filter((line) => line.includes("stack/Pipeline: "));
    expect(problems.length).toBeGreaterThan(0);
    expect(new Set(problems).size).toBe(problems.length);
    const warnings = warningsOf(wrong);
    expect(warnings.filter((warning) => String(warning).includes("dependsOn"))).toHaveLength(2);
    expect(new Set(warnings).size).toBe(warnings.length);
  });

  test("count the policies of a role together: eleven are refused", () => {
    const stack = newStack();
    const connection = new library.Connection(stack, "Bitbucket", { providerType: library.ProviderType.BITBUCKET });
    const make = (index: number) => {
      const copy = COPIES[index % 2] ?? library;
      return new copy.ConnectionPolicy(stack, `Policy${index}`, { grants: [{ connection }], roles: ["pipeline"] });
    };
    for (let index = 1; index <= 10; index++) make(index);

    expect(messageOf(() => make(11))).toMatch(
      /^stack\/Policy11: roles: the role "pipeline" would have 11 managed policies from this library .*; the limit is 10\./,
    );
  });

  test("warn of a name that a connection of the other has, and of a region once", () => {
    const stack = newStack("xx-new-1");
    const made = COPIES.map(
      (copy, index) =>
        new copy.Connection(stack, `Made${index}`, {
          name: "same",
          providerType: copy.ProviderType.BITBUCKET,
        }),
    );

    expect(made.map((connection) => warningsOf(connection).map(String))).toEqual([
      [expect.stringContaining("the provider's region is unknown to this version")],
      [
        'name must be unique in the account, but stack/Made0 has the same name: give one of them another name. Given: "same".',
      ],
    ]);
  });

  test("find outputs of one name once", () => {
    const stack = newStack();
    for (const [index, copy] of COPIES.entries()) {
      const props = { providerType: copy.ProviderType.BITBUCKET as never, outputPrefix: "" };
      new copy.Connection(stack, `Made${index}`, props);
    }

    const problems = errorOn(stack)
      .split("\n")
      .filter((line) => line.includes('another output "connection_arn"'));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("stack/Made0/ActivationReminder/connection_arn: the stack has another output");
    expect(problems[1]).toContain("stack/Made1/ActivationReminder/connection_arn: the stack has another output");
  });

  test("render each check once in Terraform's own language", () => {
    const stack = newStack();
    for (const [index, copy] of COPIES.entries()) {
      new copy.Connection(stack, `Made${index}`, { providerType: copy.ProviderType.BITBUCKET });
    }
    stack.prepareStack();
    const { hcl } = stack.toHclTerraform() as { hcl: string };

    expect(hcl.match(/^check "Made\d_ActivationReminder_Check_/gm)).toEqual([
      'check "Made0_ActivationReminder_Check_',
      'check "Made1_ActivationReminder_Check_',
    ]);
  });

  test("refuse a reference that is wrong, whoever made what it refers to", () => {
    const stack = newStack();
    const host = new other.ConnectionHost(stack, "Host", {
      providerType: other.ProviderType.GITHUB_ENTERPRISE_SERVER,
      providerEndpoint: "https://git.example.com",
    });

    expect(messageOf(() => library.Connection.fromConnectionArn(stack, "It", host.hostArn))).toContain(
      "Given: arn of stack/Host/Resource, which is the ARN of a host.",
    );
  });
});
