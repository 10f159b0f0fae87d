import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable, Token } from "cdktf";
import { Connection, ConnectionPolicy, ProviderType, ResourceFamily } from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const named = (name: string, options = {}) => Connection.fromConnectionName(newStack(), "Existing", name, options);

test("it is read at once, so that it can remind", () => {
  const synthesis = synthesise((stack) => Connection.fromConnectionName(stack, "Existing", "MyConnection"));

  expect(synthesis.top("resource")).toEqual({});
  expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({ name: "MyConnection" });
});

test("its ARN and status are read once, by its name and with its provider", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const connection = Connection.fromConnectionName(stack, "Existing", "MyConnection", { provider });
    expect(connection.connectionArn).toBe(connection.connectionArn);
    expect(connection.connectionStatus).toEqual(expect.any(String));
    expect(connection.provider).toBe(provider);
    expect(connection.dataSource?.node.path).toBe("stack/Existing/Resource");
    new ConnectionPolicy(stack, "Policy", { grants: [{ connection }], roles: ["pipeline"] });
  });

  expect(synthesis.only("data", "aws_codestarconnections_connection")).toEqual({
    name: "MyConnection",
    provider: "aws.west",
  });
  expect(synthesis.only("resource", "aws_iam_policy").policy).toMatch(
    /\$\{data\.aws_codestarconnections_connection\.Existing_\w+\.arn\}/,
  );
});

test("a name that is a reference typed by hand is read by another stack through a local", () => {
  const stack = newStack();
  new TerraformVariable(stack, "name", { type: "string" });
  const { connectionName } = Connection.fromConnectionName(stack, "Existing", "${var.name}");

  expect(Token.isUnresolved(connectionName)).toBe(true);
});

test("what is known of it is told", () => {
  const connection = named("MyConnection", {
    providerType: ProviderType.GITLAB,
    resourceFamily: ResourceFamily.CODESTAR_CONNECTIONS,
  });

  expect(connection.connectionName).toBe("MyConnection");
  expect(connection.providerType).toBe(ProviderType.GITLAB);
});

test("a name that is known at plan is checked where it is read", () => {
  const synthesis = synthesise((stack) => {
    const name = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
    expect(Connection.fromConnectionName(stack, "Existing", name).connectionArn).toEqual(expect.any(String));
  });

  expect(synthesis.only("data", "aws_codestarconnections_connection").lifecycle.precondition).toEqual([
    expect.objectContaining({ error_message: "stack/Existing: connectionName must be 1 to 32 characters long." }),
  ]);
});

test.each(["", "x".repeat(33)])("the name %j is refused", (name) => {
  expect(messageOf(() => named(name))).toBe(
    `stack/Existing: connectionName must be 1 to 32 characters long. Given: "${name}".`,
  );
});

test.each([ResourceFamily.CODECONNECTIONS, "x"])(
  "the family %s, which has no data source, is refused with what to do instead",
  (resourceFamily) => {
    expect(messageOf(() => named("MyConnection", { resourceFamily }))).toBe(
      "stack/Existing: resourceFamily must be ResourceFamily.CODESTAR_CONNECTIONS: the AWS provider has no data source " +
        "that finds other connections by name. For them, use Connection.fromConnectionArn. " +
        `Given: "${resourceFamily}".`,
    );
  },
);

test("a provider type that is a string is refused", () => {
  expect(messageOf(() => named("MyConnection", { providerType: "GitHub" }))).toMatch(
    /^stack\/Existing: providerType must be a ProviderType: .* Given: "GitHub"\. Did you mean ProviderType\.GITHUB\?$/,
  );
});
