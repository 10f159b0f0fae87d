import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Testing } from "cdktf";
import {
  ActivationGate,
  ActivationReminder,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  GitPullRequestFilter,
  GitPushFilter,
  PipelineSource,
  ProviderType,
  type PullRequestEvent,
  SourceAction,
  Trigger,
} from "../src";
import { newStack } from "./support/synthesis";

// A caller without a type checker can give anything. It must meet a sentence, and never an error of JavaScript's own.
const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const HOST_ARN = ARN.replace("connection/", "host/");
const circular: { [key: string]: unknown } = {};
circular.itself = circular;
const ODD: readonly unknown[] = [
  ...[null, 5, true, "text", "", [], ["text"], [null], [undefined], {}, { a: 5 }, circular, 5n, () => "x", Symbol("x")],
  ...[Number.NaN, new Date(0), new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" })],
];

const stack = newStack();
const existing = Connection.fromConnectionArn(stack, "Existing", ARN);
const settings = { connection: existing, repository: "acme/shop", branch: "main", pipelineRoleNames: ["pipeline"] };
let count = 0;

/** None at all would be no odd value here, but a host without a VPC. */
const given = (value: unknown) => (value === undefined ? null : value) as never;

type Make = (props: never, id: string) => unknown;
const SUBJECTS: readonly [string, Make, object, readonly string[]][] = [
  [
    "Connection",
    (props, id) => new Connection(stack, id, props),
    { providerType: "Bitbucket" },
    ["name", "providerType", "host", "resourceFamily", "tags", "preventDestroy", "allowAnyRegion", "provider"],
  ],
  [
    "ConnectionHost",
    (props, id) => new ConnectionHost(stack, id, props),
    { providerType: "GitLabSelfManaged", providerEndpoint: "https://git.example.com" },
    [
      ...["name", "providerType", "providerEndpoint", "vpcConfiguration", "resourceFamily", "tags", "preventDestroy"],
      ...["allowAnyRegion", "provider"],
    ],
  ],
  [
    "The VPC of a ConnectionHost",
    (vpcConfiguration, id) =>
      new ConnectionHost(stack, id, {
        providerType: ProviderType.GITLAB_SELF_MANAGED,
        providerEndpoint: "https://git.example.com",
        vpcConfiguration: given(vpcConfiguration),
      }),
    { vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
    ["vpcId", "subnetIds", "securityGroupIds", "tlsCertificate"],
  ],
  [
    "SourceAction",
    (props) => new SourceAction(props),
    settings,
    [
      ...["connection", "repository", "branch", "outputFormat", "detectChanges", "actionName"],
      ...["outputArtifactName", "namespace", "runOrder", "trigger", "roleArn", "region"],
    ],
  ],
  [
    "PipelineSource",
    (props, id) => new PipelineSource(stack, id, props),
    settings,
    [
      ...["connection", "repository", "branch", "outputFormat", "stageName", "pipelineRoleNames", "buildRoleNames"],
      ...["inlinePolicies", "provider", "allowAnyRegion", "additionalActions", "trigger"],
      ...["policy", "scopeToRepositories", "readOnly", "requireActivation"],
    ],
  ],
  [
    "ConnectionPolicy",
    (props, id) => new ConnectionPolicy(stack, id, props),
    { grants: [{ connection: existing }], roleNames: ["pipeline"] },
    ["grants", "roleNames", "inline", "provider", "managedPoliciesPerRole", "description", "path", "tags"],
  ],
  [
    "A grant of a ConnectionPolicy",
    (grant, id) => new ConnectionPolicy(stack, id, { grants: [grant], roleNames: ["pipeline"] }),
    { connection: existing },
    ["connection", "repositories", "branches", "readOnly"],
  ],
  [
    "ConnectionPolicyDocument.forActivator",
    (props) => ConnectionPolicyDocument.forActivator(props),
    { connections: [existing] },
    ["connections", "hosts"],
  ],
  [
    "ConnectionPolicyDocument.forDeployer",
    (props) => ConnectionPolicyDocument.forDeployer(props),
    { accountId: "123456789012", region: "us-east-1", pipelineRoleArns: ["arn:aws:iam::123456789012:role/pipeline"] },
    [
      ...["accountId", "region", "partition", "pipelineRoleArns", "buildRoleArns", "hosts", "inlinePolicies"],
      "policyPath",
    ],
  ],
  [
    "ActivationReminder",
    (props, id) => new ActivationReminder(stack, id, props),
    { connection: undefined },
    ["connection", "outputPrefix", "check"],
  ],
  [
    "ActivationGate",
    (props, id) => new ActivationGate(stack, id, props),
    { connection: existing },
    ["connection", "provider"],
  ],
];

/** What becomes of it: nothing, our sentences, or something else. */
function outcome(make: () => unknown): string {
  try {
    make();
    return "made";
  } catch (error) {
    const { name, message } = error as Error;
    return name === "ValidationError" ? "refused" : `${name}: ${message}`;
  }
}

describe.each(SUBJECTS)("%s", (_, make, good, properties) => {
  const outcomes = (props: unknown) => outcome(() => make(props as never, `Subject${++count}`));

  test.each(properties)("with an odd %s is made or refused with a sentence", (property) => {
    const others = ODD.map((value) => outcomes({ ...good, [property]: value })).filter(
      (result) => result !== "made" && result !== "refused",
    );

    expect(others).toEqual([]);
  });

  test("with no properties, or with something else in their place, is refused with a sentence", () => {
    expect(new Set([undefined, ...ODD].map(outcomes))).toEqual(new Set(["refused"]));
  });
});

describe("a trigger with odd filters", () => {
  const filters = (value: unknown): Trigger[] => [
    Trigger.onPush(value as GitPushFilter),
    Trigger.onPullRequest(value as GitPullRequestFilter),
    Trigger.onPushOrPullRequest(value as GitPushFilter[], value as GitPullRequestFilter[]),
    Trigger.onPush(GitPushFilter.tags(value as object)),
    Trigger.onPush(GitPushFilter.branches({ includes: value as string[] }, value as object)),
    Trigger.onPullRequest(GitPullRequestFilter.branches(value as object, { events: value as PullRequestEvent[] })),
    Trigger.onPullRequest(GitPullRequestFilter.branches({ excludes: ["x"] }, { filePaths: value as object })),
  ];

  test("is taken or refused with a sentence by the source action", () => {
    const outcomes = [undefined, ...ODD].flatMap((value) =>
      filters(value).map((trigger) => outcome(() => new SourceAction({ ...settings, trigger }))),
    );

    expect(new Set(outcomes)).toEqual(new Set(["made", "refused"]));
  });
});

describe.each<[string, (id: string, key: never, options?: never) => unknown, string]>([
  ["a connection by its ARN", (...args) => Connection.fromConnectionArn(stack, ...args), ARN],
  ["a connection by its name", (...args) => Connection.fromConnectionName(stack, ...args), "MyConnection"],
  ["a host by its ARN", (...args) => ConnectionHost.fromHostArn(stack, ...args), HOST_ARN],
])("%s", (_, make, good) => {
  const outcomes = (key: unknown, options?: unknown) =>
    outcome(() => make(`Subject${++count}`, key as never, options as never));

  test("with odd options is made or refused with a sentence", () => {
    const byOption = ["providerType", "readStatus", "resourceFamily", "provider"].flatMap((option) =>
      ODD.map((value) => outcomes(good, { [option]: value })),
    );

    expect(new Set(ODD.map((options) => outcomes(good, options)))).toEqual(new Set(["made"]));
    expect(new Set(byOption)).toEqual(new Set(["made", "refused"]));
  });

  test("with an odd key is refused with a sentence, unless it is a text", () => {
    const others = ODD.filter((key) => typeof key !== "string");

    expect(new Set(others.map((key) => outcomes(key)))).toEqual(new Set(["refused"]));
  });
});

test("what is refused is made only in the tree, and what is made still synthesises", () => {
  expect(() => JSON.parse(Testing.synth(stack, false)) as unknown).not.toThrow();
});

test("a construct in the place of its attribute is named in the sentence", () => {
  const role = new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" });
  const props = { grants: [{ connection: existing }], roleNames: [role as unknown as string] };

  expect(() => new ConnectionPolicy(stack, "Slip", props)).toThrow(
    "stack/Slip: roleNames[0] must be a text. Given: the construct stack/Role, not one of its attributes.",
  );
});
