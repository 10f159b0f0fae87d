import { type TerraformResource, TerraformIterator } from "cdktf";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  PipelineSource,
  ProviderType,
  SourceAction,
} from "../../src";
import { errorOn } from "../support/pipelines";
import { newStack } from "../support/synthesis";

const made = (options: object = {}) => {
  const stack = newStack();
  const connection = new Connection(stack, "Made", { providerType: ProviderType.BITBUCKET, ...options });
  return { stack, connection, resource: connection.resource };
};

const REPEATED: readonly [string, (resource: TerraformResource) => unknown][] = [
  ["count", (resource) => (resource.count = 2)],
  ["forEach", (resource) => (resource.forEach = TerraformIterator.fromList(["a"]))],
  [
    "an overridden count",
    (resource) => {
      resource.addOverride("count", 2);
    },
  ],
  [
    "an overridden for_each",
    (resource) => {
      resource.addOverride("for_each", "${var.all}");
    },
  ],
];

test.each(REPEATED)("a connection with %s can't have the reminder", (_, repeat) => {
  const { stack, resource } = made();
  repeat(resource);

  expect(errorOn(stack)).toContain(
    "[stack/Made] a connection with count or for_each can't have the activation reminder, whose outputs are for one " +
      "connection: create one connection for each value in a loop of your program, or set activationReminder to false.",
  );
});

test.each(REPEATED)("a connection with %s may have no reminder", (_, repeat) => {
  const { stack, resource } = made({ activationReminder: false });
  repeat(resource);

  expect(errorOn(stack)).toBe("");
});

const PULL = { repository: "acme/shop", branch: "main" };
const needsOne = (what: string, address: string, factory: string) =>
  `needs one ${what}, and count makes several. Create one for each value in a loop of your program, or give one instance ` +
  `by its ARN: ${factory}(this, "One", '\${${address}[0].arn}').`;
const NEEDS_ONE = needsOne(
  "connection",
  "aws_codestarconnections_connection.Made_C17AB48A",
  "Connection.fromConnectionArn",
);

test.each<[string, (connection: Connection) => unknown, string]>([
  ["a source action", (connection) => new SourceAction({ connection, ...PULL }), "the source action Source"],
  [
    "a source",
    (connection) => new PipelineSource(connection, "Source", { connection, ...PULL, pipelineRoles: ["pipeline"] }),
    "the source action Source (and 1 more)",
  ],
  [
    "a policy",
    (connection) => new ConnectionPolicy(connection, "Policy", { grants: [{ connection }], roles: ["pipeline"] }),
    "stack/Made/Policy",
  ],
  ["a gate", (connection) => new ActivationGate(connection, "Gate", { connection }), "stack/Made/Gate"],
  [
    "the document of a policy",
    (connection) => ConnectionPolicyDocument.forUse({ grants: [{ connection }] }),
    "ConnectionPolicyDocument.forUse",
  ],
])("a connection with count can't be used by %s", (_, use, by) => {
  const { stack, connection } = made({ activationReminder: false });
  use(connection);
  expect(errorOn(stack)).toBe("");

  connection.resource.count = 2;
  expect(errorOn(stack)).toContain(`[stack/Made] ${by} ${NEEDS_ONE}`);
});

test("a host with count can't be used by a connection", () => {
  const stack = newStack();
  const host = new ConnectionHost(stack, "Host", {
    ...{ name: "git", providerEndpoint: "https://git.example.com", providerType: ProviderType.GITLAB_SELF_MANAGED },
  });
  host.resource.count = 2;
  expect(errorOn(stack)).toBe("");

  new Connection(stack, "Made", { host });
  const address = `aws_codestarconnections_host.${host.resource.friendlyUniqueId}`;
  expect(errorOn(stack)).toContain(
    `[stack/Host] stack/Made ${needsOne("host", address, "ConnectionHost.fromHostArn")}`,
  );
});

test("a connection found by its name can't have count with the reminder, or when it is used", () => {
  const stack = newStack();
  const connection = Connection.fromConnectionName(stack, "Named", "shop");
  const silent = Connection.fromConnectionName(stack, "Silent", "site", { activationReminder: false });
  for (const { dataSource } of [connection, silent]) if (dataSource !== undefined) dataSource.count = 2;

  expect(errorOn(stack)).toContain("[stack/Named] a connection with count or for_each can't have the activation");
  expect(errorOn(stack)).not.toContain("[stack/Silent]");
  new SourceAction({ connection: silent, ...PULL });
  const address = `data.aws_codestarconnections_connection.${silent.dataSource?.friendlyUniqueId ?? ""}`;
  const sentence = needsOne("connection", address, "Connection.fromConnectionArn");
  expect(errorOn(stack)).toContain(`[stack/Silent] the source action Source ${sentence}`);
});

test("a connection that is read can't have count with a provider type, which is compared with the one in AWS", () => {
  const stack = newStack();
  const [providerType, arn] = [ProviderType.GITHUB, "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b"];
  const options = { providerType, activationReminder: false };
  const named = Connection.fromConnectionName(stack, "Named", "shop", options);
  const read = Connection.fromConnectionArn(stack, "Read", arn, { ...options, readStatus: true });
  for (const { dataSource } of [named, read]) if (dataSource !== undefined) dataSource.count = 2;

  expect(errorOn(stack)).toContain("[stack/Named] providerType needs one connection, and count makes several.");
  expect(errorOn(stack)).toContain("[stack/Read] providerType needs one connection, and count makes several.");
});

test("what was taken out of the program uses nothing", () => {
  const { stack, connection } = made({ activationReminder: false });
  new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
  stack.node.tryRemoveChild("Policy");
  connection.resource.count = 2;

  expect(errorOn(stack)).toBe("");
});

test("a connection with the reminder may have any other override", () => {
  const { stack, resource } = made();
  resource.addOverride("lifecycle.ignore_changes", ["tags"]);

  expect(errorOn(stack)).toBe("");
});
