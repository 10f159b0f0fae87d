import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput, type TerraformStack } from "cdktf";
import {
  Connection,
  type ConnectionGrant,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  type IConnection,
  ProviderType,
  type UsePolicyProps,
} from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const ACCOUNT = "arn:aws:codestar-connections:us-east-1:123456789012";
const ARN = `${ACCOUNT}:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c`;
const HOST_ARN = `${ACCOUNT}:host/ghes-0c8b1a2f`;
const ROLE = "arn:aws:iam::123456789012:role/pipeline";

const statements = (document: string) =>
  (JSON.parse(document) as { Statement: { Action: string[]; Resource: string | string[]; Condition?: object }[] })
    .Statement;
const namesOf = (actions: string[]) => [...new Set(actions.map((action) => action.replace(/^.*:/, "")))];

describe("the document for a policy of one's own", () => {
  const grantIn = (stack: TerraformStack): ConnectionGrant => ({
    connection: Connection.fromConnectionArn(stack, "Existing", ARN),
    repositories: ["acme/shop"],
  });

  test("is what a ConnectionPolicy attaches", () => {
    const synthesis = synthesise((stack) => {
      const grants = [grantIn(stack)];
      new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] });
      new IamPolicy(stack, "Own", { policy: ConnectionPolicyDocument.forUse({ grants }) });
    });
    const [one, other, ...more] = Object.values(synthesis.blocks("resource", "aws_iam_policy"));

    expect(more).toEqual([]);
    expect(one?.policy).toContain("codeconnections:UseConnection");
    expect(other?.policy).toBe(one?.policy);
  });

  test.each([
    [{ grants: [] }, /^ConnectionPolicyDocument\.forUse: grants must be a list of at least one object/],
    [{}, /^ConnectionPolicyDocument\.forUse: grants must be given/],
    [{ grants: [{ connection: "arn" }] }, /grants\[0\]\.connection must be a connection/],
    [{ grants: "all", repositories: ["a/b"] }, /2 problems/],
  ])("refuses %j", (props, message) => {
    expect(messageOf(() => ConnectionPolicyDocument.forUse(props as UsePolicyProps))).toMatch(message);
  });

  test("refuses a limit on what a token reaches", () => {
    const grants = [{ ...grantIn(newStack()), codeBuildSource: true }];

    expect(messageOf(() => ConnectionPolicyDocument.forUse({ grants }))).toMatch(
      /^ConnectionPolicyDocument\.forUse: grants\[0\]\.codeBuildSource lets the role get a token of the connection/,
    );
  });
});

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

  test.each([
    ["connection", [], "Did you mean connections?"],
    ["repositories", [], "There are: connections, hosts."],
  ])("has no property %s", (name, value, sentence) => {
    const host = ConnectionHost.fromHostArn(newStack(), "Host", HOST_ARN);

    expect(messageOf(() => ConnectionPolicyDocument.forActivator({ hosts: [host], [name]: value }))).toBe(
      `ConnectionPolicyDocument.forActivator: ${name} is not a property. ${sentence}`,
    );
  });

  test("for nothing is refused", () => {
    for (const nothing of [{}, { connections: null, hosts: null }, { connections: [], hosts: [] }]) {
      expect(messageOf(() => ConnectionPolicyDocument.forActivator(nothing as object))).toBe(
        "ConnectionPolicyDocument.forActivator: connections or hosts must be given.",
      );
    }
  });
});

describe("the deployer's document", () => {
  const props = { accountId: "123456789012", region: "eu-west-1", pipelineRoles: [ROLE] };
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
    expect(find("iam:PassRole", { buildRoles: [`${ROLE}-build`] })).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: [ROLE],
        Condition: { StringEquals: { "iam:PassedToService": "codepipeline.amazonaws.com" } },
      },
    ]);
  });

  test("attaches nothing but this library's policies, to nothing but the roles that are named", () => {
    expect(find("iam:AttachRolePolicy", { buildRoles: [ROLE, `${ROLE}-build`], policyPath: "/ours/" })).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        Resource: [ROLE, `${ROLE}-build`],
        Condition: { ArnLike: { "iam:PolicyARN": "arn:aws:iam::123456789012:policy/ours/use-connections-*" } },
      },
    ]);
  });

  test("has no `*` but for creating connections", () => {
    const wide = statements(ConnectionPolicyDocument.forDeployer({ ...props, managesHosts: true })).filter(
      ({ Resource }) => Resource === "*",
    );

    expect(wide.map(({ Action }) => namesOf(Action))).toEqual([["CreateConnection", "CreateHost"]]);
  });

  test.each([
    ["hosts", { managesHosts: true }, "codestar-connections:UpdateHost", 1],
    ["no hosts by default", {}, "codestar-connections:UpdateHost", 0],
    ["inline policies", { inline: true }, "iam:PutRolePolicy", 1],
    ["no managed ones beside them", { inline: true }, "iam:CreatePolicy", 0],
    ["no inline policies by default", {}, "iam:PutRolePolicy", 0],
  ])("is for %s", (_, more, action, count) => {
    expect(find(action, more)).toHaveLength(count);
  });

  test("takes references that were typed by hand, with the quotes that are Terraform's", () => {
    const synthesis = synthesise((stack) => {
      const value = ConnectionPolicyDocument.forDeployer({ ...props, pipelineRoles: ['${var.roles["a"]}'] });
      new TerraformOutput(stack, "document", { value, staticId: true });
    });

    expect(synthesis.top("output").document?.value).toContain(
      '"Action":["iam:PassRole"],"Resource":["${startswith(var.roles["a"], "arn:") ? var.roles["a"] : ' +
        '"arn:aws:iam::123456789012:role/${var.roles["a"]}"}"]',
    );
  });

  test("reads and passes connections that exist, of other regions and accounts", () => {
    const stack = newStack();
    const shared = "arn:aws:codeconnections:us-east-1:210987654321:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
    const existingConnections = [ARN, shared, shared].map((arn, index) =>
      Connection.fromConnectionArn(stack, `Existing${index}`, arn),
    );

    for (const action of ["codeconnections:PassConnection", "codestar-connections:PassConnection"]) {
      const [statement, ...others] = find(action, { existingConnections });
      expect(others).toEqual([]);
      expect(statement?.Resource.slice(2)).toEqual([ARN, shared]);
      expect(statement?.Condition).toEqual({
        StringEquals: { [action.replace("PassConnection", "PassedToService")]: "codepipeline.amazonaws.com" },
      });
    }
    expect(find("codeconnections:GetConnection", { existingConnections })[1]).toEqual({
      Effect: "Allow",
      Action: ["GetConnection", "ListTagsForResource"].flatMap((name) => [
        `codeconnections:${name}`,
        `codestar-connections:${name}`,
      ]),
      Resource: [ARN, shared],
    });
  });

  test.each<[string, object, string]>([
    ["attach", {}, "iam:AttachRolePolicy"],
    ["write", { inline: true }, "iam:PutRolePolicy"],
  ])("lets Terraform %s policies of roles with the boundary only", (_, more, action) => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
    const [statement] = find(action, { ...more, permissionsBoundary });

    expect(statement?.Condition).toMatchObject({ ArnEquals: { "iam:PermissionsBoundary": permissionsBoundary } });
    expect(JSON.stringify(find(action, more))).not.toContain("PermissionsBoundary");
  });

  const inAccount = (account: string, partition = "aws"): string => `arn:${partition}:iam::${account}:role/pipeline`;

  test.each<[string, object, string]>([
    [
      "all roles",
      { pipelineRoles: ["arn:aws:iam::123456789012:role/*"] },
      "pipelineRoles[0] must be the name or the ARN",
    ],
    ["all roles, twice", { buildRoles: ["arn:aws:iam::123456789012:role/**"] }, "buildRoles[0] must be the name or"],
    [
      "a question mark",
      { pipelineRoles: ["arn:aws:iam::123456789012:role/?*"] },
      "pipelineRoles[0] must be the name or",
    ],
    ...["*e*", "*-*", "*/a*", "pipelines/", "a".repeat(65)].map((name): [string, object, string] => [
      `nearly all roles, or no role: ${name}`,
      { pipelineRoles: [`arn:aws:iam::123456789012:role/${name}`] },
      "with at least three characters of their names or paths in a row",
    ]),
    [
      "a path of managed policies, where there are none",
      { inline: true, policyPath: "/a/" },
      "policyPath is for managed policies only: leave policyPath out, or set inline to false.",
    ],
    ["all paths", { pipelineRoles: ["arn:aws:iam::123456789012:role/*/*"] }, "pipelineRoles[0] must be the name or"],
    [
      "a question mark in the boundary",
      { permissionsBoundary: "arn:aws:iam::123456789012:policy/?/boundary" },
      "permissionsBoundary must be the ARN of a managed policy",
    ],
    [
      "a boundary of another account",
      { permissionsBoundary: "arn:aws:iam::210987654321:policy/boundary" },
      "permissionsBoundary must be a policy of the account 123456789012, or one of AWS. Given: a policy of 210987654321.",
    ],
    [
      "a boundary that the deployer may write",
      { policyPath: "/a/", permissionsBoundary: "arn:aws:iam::123456789012:policy/a/use-connections-boundary" },
      "permissionsBoundary can't be /a/use-connections-…, because the deployer may change the policies",
    ],
    [
      "a role of another account",
      { pipelineRoles: [ROLE, inAccount("210987654321")] },
      "pipelineRoles[1] must be a role of the account 123456789012. Given: a role of 210987654321.",
    ],
    [
      "a build role of another account",
      { buildRoles: [inAccount("210987654321")] },
      "buildRoles[0] must be a role of the account 123456789012. Given: a role of 210987654321.",
    ],
    [
      "two partitions",
      { pipelineRoles: [ROLE, inAccount("123456789012", "aws-us-gov")] },
      "pipelineRoles[1] must be in the partition aws, as all of the document is. Given: a role in aws-us-gov.",
    ],
    [
      "another partition than it was given",
      { partition: "aws-cn", pipelineRoles: [ROLE] },
      "pipelineRoles[0] must be in the partition aws-cn, as all of the document is. Given: a role in aws.",
    ],
    [
      "a pattern as the boundary",
      { permissionsBoundary: "arn:aws:iam::123456789012:policy/*" },
      "permissionsBoundary must",
    ],
    [
      "a name as the boundary",
      { permissionsBoundary: "boundary" },
      "permissionsBoundary must be the ARN of a managed policy",
    ],
  ])("is refused with %s", (_, wrong, message) => {
    expect(messageOf(() => find("iam:PassRole", wrong))).toContain(message);
  });

  test.each(
    ["pipelines/*", "*-pipeline", "*abc*", "ab", "a/b"].map((name) => `arn:aws:iam::123456789012:role/${name}`),
  )("takes a pattern of some roles, and a short name: %s", (role) => {
    expect(find("iam:PassRole", { pipelineRoles: [role] })).toMatchObject([{ Resource: [role] }]);
  });

  test("takes any boundary where it writes no managed policy", () => {
    const permissionsBoundary = "arn:aws:iam::123456789012:policy/use-connections-boundary";

    expect(() => find("iam:PassRole", { inline: true, permissionsBoundary })).not.toThrow();
    expect(() => find("iam:PassRole", { permissionsBoundary })).toThrow("can't be /use-connections-…");
  });

  test("lists connections where one is found by its name", () => {
    const stack = newStack();
    const named = Connection.fromConnectionName(stack, "Named", "company");
    const arn = "arn:aws:codestar-connections:eu-west-1:123456789012:connection/0c8b1a2f";
    const read = Connection.fromConnectionArn(stack, "Read", arn, { readStatus: true });
    const listed = (existingConnections: IConnection[]) =>
      find("codestar-connections:ListConnections", { existingConnections }).slice(1);

    expect(listed([named, read])).toEqual([
      {
        Effect: "Allow",
        Action: ["codestar-connections:ListConnections"],
        Resource: [expect.stringMatching(/^\$\{TfToken\[TOKEN\.\d+\]\}\*$/)],
      },
    ]);
    expect(listed([read])).toEqual([]);
  });

  test.each(["arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws:iam::123456789012:policy/b/use-connections-boundary"])(
    "takes a boundary that the deployer can't write: %s",
    (permissionsBoundary) => {
      expect(() => find("iam:PassRole", { policyPath: "/a/", permissionsBoundary })).not.toThrow();
    },
  );

  test("is of the partition of its region, where roles are given by their names", () => {
    const gov = { ...props, region: "us-gov-west-1", pipelineRoles: ["pipeline"] };
    const existing = (arn: string) => [Connection.fromConnectionArn(newStack(), "Existing", arn)];

    expect(ConnectionPolicyDocument.forDeployer(gov)).not.toContain("arn:aws:");
    const arn = "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b1a2f";
    expect(
      messageOf(() => ConnectionPolicyDocument.forDeployer({ ...gov, existingConnections: existing(arn) })),
    ).toContain(
      "existingConnections[0] must be in the partition aws-us-gov, as all of the document is. Given: a connection in aws.",
    );
  });

  test("is of the partition of its roles", () => {
    const document = ConnectionPolicyDocument.forDeployer({
      ...props,
      pipelineRoles: ["arn:aws-us-gov:iam::123456789012:role/pipeline"],
    });

    expect(document).toContain("arn:aws-us-gov:codeconnections:eu-west-1:123456789012:connection/*");
    expect(document).not.toContain("arn:aws:");
  });

  test("is of another partition on request", () => {
    const document = ConnectionPolicyDocument.forDeployer({
      ...{ ...props, partition: "aws-us-gov", managesHosts: true },
      pipelineRoles: [inAccount("123456789012", "aws-us-gov")],
    });

    expect(new Set(document.match(/arn:[^:]+:(?=code|iam::123456789012:policy)/g))).toEqual(
      new Set(["arn:aws-us-gov:"]),
    );
  });

  test("takes roles by their names, as those of the account that have no path, and each once", () => {
    const roles = { pipelineRoles: ["pipeline", ROLE], buildRoles: ["pipeline", `${ROLE}-build`, "pipeline-build"] };

    expect(find("iam:PassRole", roles).map(({ Resource }) => Resource)).toEqual([[ROLE]]);
    expect(find("iam:AttachRolePolicy", roles).map(({ Resource }) => Resource)).toEqual([[ROLE, `${ROLE}-build`]]);
    expect(find("iam:PutRolePolicy", { ...roles, inline: true }).map(({ Resource }) => Resource)).toEqual([
      [ROLE, `${ROLE}-build`],
    ]);
  });

  test("takes roles by their names in another partition too", () => {
    const [pass] = find("iam:PassRole", { partition: "aws-us-gov", pipelineRoles: ["pipeline"] });

    expect(pass?.Resource).toEqual(["arn:aws-us-gov:iam::123456789012:role/pipeline"]);
  });

  test("takes roles of the program by their names or ARNs, which Terraform tells apart", () => {
    const synthesis = synthesise((stack) => {
      const { name, arn } = new IamRole(stack, "Role", { assumeRolePolicy: "{}" });
      for (const [id, role] of [
        ["name", name],
        ["arn", arn],
      ] as const) {
        const value = ConnectionPolicyDocument.forDeployer({ ...props, pipelineRoles: [role] });
        new TerraformOutput(stack, id, { value, staticId: true });
      }
    });

    for (const attribute of ["name", "arn"]) {
      const role = `aws_iam_role.Role.${attribute}`;
      expect(synthesis.top("output")[attribute]?.value).toContain(
        `"Resource":["\${startswith(${role}, "arn:") ? ${role} : "arn:aws:iam::123456789012:role/\${${role}}"}"]`,
      );
    }
  });

  test.each([
    ["managesHost", true, "Did you mean managesHosts?"],
    ["pipelineRole", [ROLE], "Did you mean pipelineRoles?"],
    [
      "hosts",
      true,
      "There are: accountId, region, partition, pipelineRoles, buildRoles, managesHosts, inline, policyPath, existingConnections, permissionsBoundary.",
    ],
  ])("has no property %s: a permission that is missing or too many would show late", (name, value, sentence) => {
    expect(messageOf(() => ConnectionPolicyDocument.forDeployer({ ...props, [name]: value }))).toBe(
      `ConnectionPolicyDocument.forDeployer: ${name} is not a property. ${sentence}`,
    );
  });

  test("takes null as not given", () => {
    const nothing = { partition: null, buildRoles: null, managesHosts: null, inline: null, policyPath: null };

    expect(ConnectionPolicyDocument.forDeployer({ ...props, ...nothing } as never)).toBe(
      ConnectionPolicyDocument.forDeployer(props),
    );
    const message = messageOf(() => ConnectionPolicyDocument.forDeployer({ accountId: null, region: null } as never));
    expect(message.match(/\w+ must be given\./g)).toEqual(
      ["accountId", "region", "pipelineRoles"].map((property) => `${property} must be given.`),
    );
  });

  test("tells all that is wrong at once", () => {
    const bad = {
      ...{ accountId: "1", region: "Ireland", partition: "AWS", policyPath: "ours" },
      ...{ pipelineRoles: ["my role"], buildRoles: ["a/b"], managesHosts: "no", inline: 1 },
    };

    expect(messageOf(() => ConnectionPolicyDocument.forDeployer(bad as never)).match(/^ {2}- \w+/gm)).toEqual(
      ["accountId", "region", "partition", "pipelineRoles", "buildRoles", "managesHosts", "inline", "policyPath"].map(
        (property) => `  - ${property}`,
      ),
    );
  });
});
