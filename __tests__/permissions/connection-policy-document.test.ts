import { TerraformOutput } from "cdktf";
import { Connection, ConnectionHost, ConnectionPolicyDocument, ProviderType } from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const ACCOUNT = "arn:aws:codestar-connections:us-east-1:123456789012";
const ARN = `${ACCOUNT}:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c`;
const HOST_ARN = `${ACCOUNT}:host/ghes-0c8b1a2f`;
const ROLE = "arn:aws:iam::123456789012:role/pipeline";

const statements = (document: string) =>
  (JSON.parse(document) as { Statement: { Action: string[]; Resource: string | string[]; Condition?: object }[] })
    .Statement;
const namesOf = (actions: string[]) => [...new Set(actions.map((action) => action.replace(/^.*:/, "")))];

describe("the activator's document", () => {
  test("for connections holds the handshake, and reads and completes exactly these, listed where they are", () => {
    const stack = newStack();
    const connections = [ARN, `${ARN}2`].map((arn, index) =>
      Connection.fromConnectionArn(stack, `Existing${index}`, arn),
    );
    const document = statements(ConnectionPolicyDocument.forActivator({ connections }));

    expect(document.map(({ Action, Resource }) => [namesOf(Action), Resource])).toEqual([
      [
        ["GetConnection", "UpdateConnectionInstallation", "UseConnection"],
        [ARN, `${ARN}2`],
      ],
      [["ListConnections"], [`${ACCOUNT}:connection/*`]],
      [["GetIndividualAccessToken", "GetInstallationUrl", "ListInstallationTargets", "StartOAuthHandshake"], "*"],
    ]);
  });

  test("for a host holds its registration", () => {
    const host = ConnectionHost.fromHostArn(newStack(), "Host", HOST_ARN);
    const document = statements(ConnectionPolicyDocument.forActivator({ hosts: [host] }));

    expect(document.map(({ Action, Resource }) => [namesOf(Action), Resource])).toEqual([
      [["GetHost"], [HOST_ARN]],
      [["ListHosts"], "*"],
      [["RegisterAppCode", "StartAppRegistrationHandshake"], "*"],
      [["RegisterAppCode", "StartAppRegistrationHandshake"], "*"],
    ]);
    expect(document.slice(2).map(({ Condition }) => Condition)).toEqual(
      ["codeconnections", "codestar-connections"].map((prefix) => ({
        ArnEqualsIfExists: { [`${prefix}:HostArn`]: [HOST_ARN] },
      })),
    );
  });

  test("for a connection that is made here derives where it lists from its ARN", () => {
    const synthesis = synthesise((stack) => {
      const connection = new Connection(stack, "Bitbucket", { providerType: ProviderType.BITBUCKET });
      new TerraformOutput(stack, "document", {
        value: ConnectionPolicyDocument.forActivator({ connections: [connection] }),
        staticId: true,
      });
    });

    expect(synthesis.top("output").document?.value).toContain(
      '"Resource":["${replace(aws_codestarconnections_connection.Bitbucket_1DD0FC59.arn, "/[^/]*$/", "")}*"]',
    );
  });

  test("for nothing is refused", () => {
    expect(messageOf(() => ConnectionPolicyDocument.forActivator({}))).toBe(
      "ConnectionPolicyDocument.forActivator: connections or hosts must be given.",
    );
  });
});

describe("the deployer's document", () => {
  const props = { accountId: "123456789012", region: "eu-west-1", pipelineRoleArns: [ROLE] };
  const find = (action: string, more: object = {}) =>
    statements(ConnectionPolicyDocument.forDeployer({ ...props, ...more })).filter(({ Action }) =>
      Action.includes(action),
    );

  test("hands connections and roles to CodePipeline only", () => {
    expect(find("codeconnections:PassConnection")).toEqual([
      {
        Effect: "Allow",
        Action: ["codeconnections:PassConnection"],
        Resource: ["codeconnections", "codestar-connections"].map(
          (service) => `arn:aws:${service}:eu-west-1:123456789012:connection/*`,
        ),
        Condition: { StringEquals: { "codeconnections:PassedToService": "codepipeline.amazonaws.com" } },
      },
    ]);
    expect(find("iam:PassRole", { buildRoleArns: [`${ROLE}-build`] })).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: [ROLE],
        Condition: { StringEquals: { "iam:PassedToService": "codepipeline.amazonaws.com" } },
      },
    ]);
  });

  test("attaches nothing but this library's policies, to nothing but the roles that are named", () => {
    expect(find("iam:AttachRolePolicy", { buildRoleArns: [ROLE, `${ROLE}-build`], policyPath: "/ours/" })).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        Resource: [ROLE, `${ROLE}-build`],
        Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/ours/use-connections-*" } },
      },
    ]);
  });

  test("has no `*` but for creating connections", () => {
    const wide = statements(ConnectionPolicyDocument.forDeployer({ ...props, hosts: true })).filter(
      ({ Resource }) => Resource === "*",
    );

    expect(wide.map(({ Action }) => namesOf(Action))).toEqual([["CreateConnection", "CreateHost"]]);
  });

  test.each([
    ["hosts", { hosts: true }, "codestar-connections:UpdateHost", 1],
    ["no hosts by default", {}, "codestar-connections:UpdateHost", 0],
    ["inline policies", { inlinePolicies: true }, "iam:PutRolePolicy", 1],
    ["no managed ones beside them", { inlinePolicies: true }, "iam:CreatePolicy", 0],
    ["no inline policies by default", {}, "iam:PutRolePolicy", 0],
  ])("is for %s", (_, more, action, count) => {
    expect(find(action, more)).toHaveLength(count);
  });

  test("takes references that were typed by hand, with the quotes that are Terraform's", () => {
    const synthesis = synthesise((stack) => {
      const value = ConnectionPolicyDocument.forDeployer({ ...props, pipelineRoleArns: ['${var.roles["a"]}'] });
      new TerraformOutput(stack, "document", { value, staticId: true });
    });

    expect(synthesis.top("output").document?.value).toContain(
      '"Action":["iam:PassRole"],"Resource":["${var.roles["a"]}"]',
    );
  });

  test("is of the partition of its roles", () => {
    const document = ConnectionPolicyDocument.forDeployer({
      ...props,
      pipelineRoleArns: ["arn:aws-us-gov:iam::123456789012:role/pipeline"],
    });

    expect(document).toContain("arn:aws-us-gov:codeconnections:eu-west-1:123456789012:connection/*");
    expect(document).not.toContain("arn:aws:");
  });

  test("is of another partition on request", () => {
    const document = ConnectionPolicyDocument.forDeployer({ ...props, partition: "aws-us-gov", hosts: true });

    expect(new Set(document.match(/arn:[^:]+:(?=code|iam::123456789012:policy)/g))).toEqual(
      new Set(["arn:aws-us-gov:"]),
    );
  });

  test("tells all that is wrong at once", () => {
    const bad = {
      ...{ accountId: "1", region: "Ireland", partition: "AWS", policyPath: "ours" },
      ...{ pipelineRoleArns: ["pipeline"], buildRoleArns: ["build"], hosts: "no", inlinePolicies: 1 },
    };

    expect(messageOf(() => ConnectionPolicyDocument.forDeployer(bad as never)).match(/^ {2}- \w+/gm)).toEqual(
      [
        "accountId",
        "region",
        "partition",
        "pipelineRoleArns",
        "buildRoleArns",
        "hosts",
        "inlinePolicies",
        "policyPath",
      ].map((property) => `  - ${property}`),
    );
  });
});
