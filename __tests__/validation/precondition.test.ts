import { Lazy, type TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  PipelineSource,
  type PipelineSourceProps,
  ProviderType,
  SourceAction,
  Trigger,
} from "../../src";
import { faultsOf } from "../support/structure";
import { newStack, preconditionsOf, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";

const nothing = () => Lazy.stringValue({ produce: () => undefined });
const nothings = () => Lazy.listValue({ produce: () => undefined });
const existing = (stack: TerraformStack) => Connection.fromConnectionArn(stack, "Existing", ARN);

function sourceIn(stack: TerraformStack, props: Partial<PipelineSourceProps>): PipelineSource {
  const settings = {
    connection: existing(stack),
    repository: "acme/shop",
    branch: "main",
    pipelineRoles: ["pipeline"],
  };
  return new PipelineSource(stack, "Source", { ...settings, ...props });
}

const hostIn = (stack: TerraformStack, props: object) =>
  new ConnectionHost(stack, "Host", {
    ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com", ...props },
  });
const policyIn = (stack: TerraformStack, props: object) =>
  new ConnectionPolicy(stack, "Policy", { grants: [{ connection: existing(stack) }], roles: ["pipeline"], ...props });

describe("a lazy value that turns out to be nothing, where one must be given, is an error:", () => {
  test.each<[string, (stack: TerraformStack) => unknown, string]>([
    ["the repository of a source", (stack) => sourceIn(stack, { repository: nothing() }), "repository must be given"],
    ["the branch of a source", (stack) => sourceIn(stack, { branch: nothing() }), "branch must be given"],
    ["a role", (stack) => policyIn(stack, { roles: [nothing()] }), "a role must be given"],
    [
      "a repository of a grant",
      (stack) => {
        const grants = [{ connection: existing(stack), repositories: [nothing()] }];
        return new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] });
      },
      "grants[0].repositories[0] must be given",
    ],
  ])("%s", (_, make, sentence) => {
    expect(() => synthesise(make)).toThrow(sentence);
  });
});

describe("a lazy value that turns out to be nothing leaves nothing behind that is not declared:", () => {
  const VPC = { vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] };

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["the description of a policy", (stack) => policyIn(stack, { description: nothing() })],
    ["the path of a policy", (stack) => policyIn(stack, { policyPath: nothing() })],
    [
      "the certificate of a host",
      (stack) => hostIn(stack, { vpcConfiguration: { ...VPC, tlsCertificate: nothing() } }),
    ],
    ["the namespace of a source", (stack) => sourceIn(stack, { variablesNamespace: nothing() })],
    ["the role of a source", (stack) => sourceIn(stack, { roleArn: nothing() })],
    ["the region of a source", (stack) => sourceIn(stack, { region: nothing() })],
    [
      "the run order of a source",
      (stack) => sourceIn(stack, { runOrder: Lazy.numberValue({ produce: () => undefined }) }),
    ],
    [
      "the patterns of a trigger",
      (stack) => {
        const filter = GitPushFilter.branches({ includes: nothings(), excludes: ["x"] });
        return sourceIn(stack, { trigger: Trigger.onPush(filter) });
      },
    ],
    [
      "the events of a trigger",
      (stack) => {
        const filter = GitPullRequestFilter.branches({ includes: ["main"] }, { events: nothings() as never });
        return sourceIn(stack, { trigger: Trigger.onPullRequest(filter) });
      },
    ],
    [
      "the provider type of a connection",
      (stack) => new Connection(stack, "Made", { providerType: ProviderType.of(nothing()), activationReminder: false }),
    ],
  ])("%s", (_, make) => {
    const { json } = synthesise(make);

    expect(json).not.toContain('"condition"');
    expect(faultsOf(json)).toEqual([]);
    expect(json).not.toMatch(/\b(local|var)\./);
  });

  test("what is known of other values is still checked", () => {
    const synthesis = synthesise((stack) => {
      new TerraformVariable(stack, "path", { type: "string" });
      policyIn(stack, { description: nothing(), policyPath: "${var.path}" });
    });

    expect(synthesis.only("resource", "aws_iam_policy").lifecycle.precondition).toEqual([
      expect.objectContaining({
        error_message: expect.stringMatching(/^stack\/Policy: policyPath must be /) as string,
      }),
    ]);
    expect(faultsOf(synthesis.json)).toEqual([]);
  });
});

test("a lazy value that turns out to be something is checked as what it is", () => {
  const { json } = synthesise((stack) =>
    policyIn(stack, { policyPath: Lazy.stringValue({ produce: () => "pipelines" }) }),
  );

  expect(json).toContain('"stack/Policy: policyPath must be ');
  expect(json).toMatch(/"\$\{\(local\.(\S+) == null \|\| .* local\.\1\)/);
  expect(faultsOf(json)).toEqual([]);
});

test("what is given late is rendered late", () => {
  const given: { path?: string } = {};
  const stack = newStack();
  const { policies } = policyIn(stack, { policyPath: Lazy.stringValue({ produce: () => given.path }) });
  const [policy] = policies;

  expect(policy && preconditionsOf(policy)).toEqual([]);
  given.path = "/pipelines/";
  expect(policy && preconditionsOf(policy)).toHaveLength(1);
});

test("an overridden precondition stands beside ours", () => {
  const stack = newStack();
  const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
  const { resource } = new Connection(stack, "Bitbucket", { name, providerType: ProviderType.BITBUCKET });
  resource.addOverride("lifecycle.postcondition", [{ condition: "${true}", error_message: "never" }]);
  const { lifecycle } = (
    JSON.parse(Testing.synth(stack)) as {
      resource: { aws_codestarconnections_connection: { Bitbucket_1DD0FC59: { lifecycle: object } } };
    }
  ).resource.aws_codestarconnections_connection.Bitbucket_1DD0FC59;

  expect(Object.keys(lifecycle).sort()).toEqual(["postcondition", "precondition"]);
});

describe("a condition is said to be of the construct that was given the value:", () => {
  const messagesIn = (build: (stack: TerraformStack) => unknown): string[] => {
    const { json } = synthesise((stack) => {
      new TerraformVariable(stack, "v", { type: "string" });
      build(stack);
    });
    return (json.match(/(?<="error_message": ")stack\/[^ ]* [^ ]*/g) ?? []).sort();
  };

  test("a source, though its policy and its guard carry it", () => {
    const additional = (stack: TerraformStack) =>
      new SourceAction({
        connection: Connection.fromConnectionArn(stack, "Other", ARN),
        ...{ repository: "acme/docs", branch: "${var.v}", actionName: "Docs" },
      });

    expect(
      messagesIn((stack) => {
        const roles = { pipelineRoles: ["${var.v}"], stageName: "${var.v}" };
        return sourceIn(stack, { ...roles, additionalActions: [additional(stack)] });
      }),
    ).toEqual(
      expect.arrayContaining([
        "stack/Source: pipelineRoles[0]",
        "stack/Source: stageName",
        "stack/Source: additionalActions[0].branch",
      ]),
    );
  });

  test("a connection, a host and a policy of the program's own", () => {
    expect(
      messagesIn((stack) => {
        new Connection(stack, "Bitbucket", { name: "${var.v}", providerType: ProviderType.BITBUCKET });
        hostIn(stack, { name: "${var.v}" });
        policyIn(stack, { policyPath: "${var.v}" });
      }),
    ).toEqual(["stack/Bitbucket: name", "stack/Host: name", "stack/Policy: policyPath"]);
  });
});

test("values of every kind that Terraform knows have their condition", () => {
  const { json } = synthesise((stack) => {
    new TerraformVariable(stack, "numbers", { type: "number" });
    sourceIn(stack, { runOrder: Token.asNumber("${var.numbers}") });
  });

  expect(json).toContain("stack/Source: runOrder must be a whole number from 1 to 999.");
});
