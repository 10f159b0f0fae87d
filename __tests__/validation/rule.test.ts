import { DataAwsIamRole } from "@cdktf/provider-aws/lib/data-aws-iam-role";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformResource, type TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Connection, ConnectionHost, ConnectionPolicy, PipelineSource, ProviderType, ResourceFamily } from "../../src";
import { messageOf, newStack, newStacks, synthesisOf } from "../support/synthesis";

const HOST = { providerType: ProviderType.GITHUB_ENTERPRISE_SERVER, providerEndpoint: "https://git.example.com" };

/** One of each of what can be mistaken for another, made once and referred to. */
function resourcesIn(stack: TerraformStack) {
  const BITBUCKET = { providerType: ProviderType.BITBUCKET };
  const NEWER = { resourceFamily: ResourceFamily.CODECONNECTIONS };
  return {
    role: new IamRole(stack, "Role", { assumeRolePolicy: "{}" }),
    policy: new IamPolicy(stack, "Policy", { policy: "{}" }),
    connection: new Connection(stack, "Bitbucket", BITBUCKET),
    newer: new Connection(stack, "Newer", { ...BITBUCKET, ...NEWER }),
    host: new ConnectionHost(stack, "Host", HOST),
    newerHost: new ConnectionHost(stack, "NewerHost", { ...HOST, ...NEWER }),
  };
}
type Resources = ReturnType<typeof resourcesIn>;

/** The `id` of the resource that a construct is, which is its ARN too. */
const idOf = ({ resource }: { readonly resource: TerraformResource }) => resource.getStringAttribute("id");
const arnOf = ({ resource }: { readonly resource: TerraformResource }) => resource.getStringAttribute("arn");

/** Where a reference may be given, by the property. */
const PLACES = {
  connectionArn: (stack: TerraformStack, given: string) => Connection.fromConnectionArn(stack, "It", given),
  hostArn: (stack: TerraformStack, given: string) => {
    const host = ConnectionHost.fromHostArn(stack, "It", given);
    return new Connection(stack, "Through", { host });
  },
  "roles[0]": (stack: TerraformStack, given: string) => {
    const connection = new Connection(stack, "Granted", { providerType: ProviderType.BITBUCKET });
    return new ConnectionPolicy(stack, "It", { grants: [{ connection }], roles: [given] });
  },
  "pipelineRoles[0]": (stack: TerraformStack, given: string) => {
    const connection = new Connection(stack, "Granted", { providerType: ProviderType.BITBUCKET });
    const settings = { connection, repository: "acme/shop", branch: "main" };
    return new PipelineSource(stack, "It", { ...settings, pipelineRoles: [given] });
  },
  roleArn: (stack: TerraformStack, given: string) => {
    const connection = new Connection(stack, "Granted", { providerType: ProviderType.BITBUCKET });
    const settings = { connection, repository: "acme/shop", branch: "main", pipelineRoles: ["pipeline"] };
    return new PipelineSource(stack, "It", { ...settings, roleArn: given });
  },
} as const;

test.each<[keyof typeof PLACES, string, (resources: Resources) => string, string, string]>([
  ["connectionArn", "a role's name", ({ role }) => role.name, "aws_iam_role.Role.name", "the name of a role"],
  ["connectionArn", "a role's id", ({ role }) => role.id, "aws_iam_role.Role.id", "the name of a role"],
  ["connectionArn", "a role's ARN", ({ role }) => role.arn, "aws_iam_role.Role.arn", "the ARN of a role"],
  ["connectionArn", "a policy's ARN", ({ policy }) => policy.arn, "aws_iam_policy.Policy.arn", "the ARN of a policy"],
  ["connectionArn", "a host's ARN", ({ host }) => host.hostArn, "arn of stack/Host/Resource", "the ARN of a host"],
  [
    "connectionArn",
    "a host's ARN, read from its resource",
    ({ newerHost }) => arnOf(newerHost),
    "aws_codeconnections_host.NewerHost_67363D42.arn",
    "the ARN of a host",
  ],
  [
    "hostArn",
    "a connection's ARN",
    ({ connection }) => connection.connectionArn,
    "arn of stack/Bitbucket/Resource",
    "the ARN of a connection",
  ],
  [
    "hostArn",
    "a connection's id",
    ({ connection }) => idOf(connection),
    "aws_codestarconnections_connection.Bitbucket_1DD0FC59.id",
    "the ARN of a connection",
  ],
  ["hostArn", "a role's name", ({ role }) => role.name, "aws_iam_role.Role.name", "the name of a role"],
  ["roles[0]", "a policy's ARN", ({ policy }) => policy.arn, "aws_iam_policy.Policy.arn", "the ARN of a policy"],
  [
    "roles[0]",
    "a connection's ARN",
    ({ connection }) => connection.connectionArn,
    "arn of stack/Bitbucket/Resource",
    "the ARN of a connection",
  ],
  [
    "pipelineRoles[0]",
    "a policy's ARN",
    ({ policy }) => policy.arn,
    "aws_iam_policy.Policy.arn",
    "the ARN of a policy",
  ],
  ["roleArn", "a role's name", ({ role }) => role.name, "aws_iam_role.Role.name", "the name of a role"],
])("%s can't be %s", (property, _, given, label, named) => {
  const stack = newStack();
  const value = given(resourcesIn(stack));

  const message = messageOf(() => PLACES[property](stack, value));
  expect(message).toMatch(
    new RegExp(`^stack/It: ${property.replace(/[[\]]/g, "\\$&")} must be the (name or the )?ARN of a `),
  );
  expect(message).toContain(`. Given: ${label}, which is ${named}.`);
  expect(message.split("\n")).toHaveLength(1);
});

test("a reference that is typed by hand is checked as well", () => {
  const stack = newStack();

  expect(messageOf(() => PLACES.connectionArn(stack, "${aws_iam_role.mine.name}"))).toContain(
    "Given: aws_iam_role.mine.name, which is the name of a role.",
  );
});

test.each<[keyof typeof PLACES, string, (resources: Resources) => string]>([
  ["connectionArn", "a connection's ARN", ({ connection }) => connection.connectionArn],
  ["connectionArn", "its id", ({ connection }) => idOf(connection)],
  ["connectionArn", "a connection's ARN of the newer family", ({ newer }) => newer.connectionArn],
  ["connectionArn", "one that is typed by hand", () => "${aws_codeconnections_connection.Newer_9D65A3D1.arn}"],
  ["roles[0]", "a role's name", ({ role }) => role.name],
  ["roles[0]", "a role's id", ({ role }) => role.id],
  ["roles[0]", "a role's ARN", ({ role }) => role.arn],
  ["pipelineRoles[0]", "a role's name", ({ role }) => role.name],
  ["pipelineRoles[0]", "a role's ARN", ({ role }) => role.arn],
  ["roleArn", "a role's ARN", ({ role }) => role.arn],
])("%s that is %s needs no condition", (property, _, given) => {
  const stack = newStack();
  PLACES[property](stack, given(resourcesIn(stack)));

  const json = Testing.synth(stack, true);
  expect(json).not.toContain("precondition");
  expect(json).not.toContain("_Guard_");
});

test("hostArn that is a host's ARN needs a condition only on what its reference does not tell: its region", () => {
  const stack = newStack();
  PLACES.hostArn(stack, resourcesIn(stack).host.hostArn);

  const sentences = Testing.synth(stack, true).match(/"error_message": "stack\/Through: [^"]*/g) ?? [];
  expect(sentences.map((sentence) => /host must .{20}/.exec(sentence)?.[0])).toEqual([
    "host must be a host of the ser",
    "host must be in the connection",
  ]);
});

test.each<[keyof typeof PLACES, string, (stack: TerraformStack) => string]>([
  ["connectionArn", "a variable", (stack) => new TerraformVariable(stack, "v", { type: "string" }).stringValue],
  ["roles[0]", "a role that is read", (stack) => new DataAwsIamRole(stack, "Read", { name: "pipeline" }).arn],
  ["roles[0]", "something else of a role", ({ node }) => (node.findChild("Role") as IamRole).uniqueId],
  ["connectionArn", "more than a reference", ({ node }) => `x${(node.findChild("Role") as IamRole).arn}`],
])("%s that is %s is checked by Terraform", (property, _, given) => {
  const stack = newStack();
  resourcesIn(stack);
  PLACES[property](stack, given(stack));

  expect(Testing.synth(stack, true)).toContain("precondition");
});

test("an attribute of another stack's resource is known as well, where this library made it", () => {
  const [owner, user] = newStacks("owner", "user");
  const { host, connection } = resourcesIn(owner);

  expect(messageOf(() => PLACES.connectionArn(user, host.hostArn))).toContain(
    "Given: arn of owner/Host/Resource, which is the ARN of a host.",
  );
  user.node.tryRemoveChild("It");
  PLACES.connectionArn(user, connection.connectionArn);
  expect(synthesisOf(user).json).not.toContain("precondition");
});

test.each<[string, keyof typeof PLACES, (resources: Resources) => string, string]>([
  ["a role's name as the ARN of a connection", "connectionArn", ({ role }) => role.name, "aws_iam_role.Role.name"],
  ["a policy's ARN as a role", "roles[0]", ({ policy }) => policy.arn, "aws_iam_policy.Policy.arn"],
])("%s is refused in another stack too", (_, property, given, label) => {
  const [owner, user] = newStacks("owner", "user");
  const value = given(resourcesIn(owner));

  expect(messageOf(() => PLACES[property](user, value))).toMatch(
    new RegExp(`^user/It: ${property.replace(/[[\]]/g, "\\$&")} must be .* Given: ${label}, which is `),
  );
});
