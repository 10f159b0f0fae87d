import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import { Connection, ProviderType } from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const existing = (arn: string) => Connection.fromConnectionArn(newStack(), "Existing", arn);

test("an existing connection creates and reads nothing", () => {
  const synthesis = synthesise((stack) => Connection.fromConnectionArn(stack, "Existing", ARN));

  expect(synthesis.top("resource")).toEqual({});
  expect(synthesis.top("data")).toEqual({});
});

test("what is known of it is told", () => {
  const connection = Connection.fromConnectionArn(newStack(), "Existing", ARN, { providerType: ProviderType.GITLAB });

  expect(connection.connectionArn).toBe(ARN);
  expect(connection.providerType).toBe("GitLab");
  expect(connection.connectionStatus).toBeUndefined();
});

test("a wrong provider type is refused", () => {
  const options = { providerType: "SVN" as ProviderType };

  expect(messageOf(() => Connection.fromConnectionArn(newStack(), "Existing", ARN, options))).toContain(
    "stack/Existing: providerType must be one of Bitbucket",
  );
});

test("its provider makes the guard, and is told to whatever reads it", () => {
  const synthesis = synthesise((stack) => {
    const provider = new AwsProvider(stack, "west", { alias: "west", region: "us-west-2" });
    const arn = new TerraformVariable(stack, "arn", { type: "string" }).stringValue;
    expect(Connection.fromConnectionArn(stack, "Existing", arn, { provider }).provider).toBe(provider);
  });

  expect(synthesis.only("data", "aws_region").provider).toBe("aws.west");
});

describe("the ARN", () => {
  test.each([
    ARN,
    "arn:aws:codeconnections:eu-west-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c",
    "arn:aws-us-gov:codestar-connections:us-gov-east-1:123456789012:connection/aEXAMPLE-8aad-4d5d-8878-dfcab0b1441f",
  ])("%s is accepted", (arn) => {
    expect(() => existing(arn)).not.toThrow();
  });

  test.each([
    ["empty", ""],
    ["of another service", ARN.replace("codestar-connections", "codecommit")],
    ["without a partition", ARN.replace("arn:aws", "arn")],
    ["with a short account", ARN.replace("123456789012", "12345678901")],
    ["of a host", ARN.replace("connection/", "host/")],
    ["without an id", ARN.replace(/[^/]*$/, "")],
    ["of the newer family, without a region", "arn:aws:codeconnections::123456789012:connection/0c8b1a2f"],
    ["with a line after it", `${ARN}\n`],
    ["with a word before it", `the ${ARN}`],
  ])("one %s is refused", (_, arn) => {
    expect(messageOf(() => existing(arn))).toContain("stack/Existing: connectionArn must be the ARN of a connection");
  });

  test("one that was pasted with something around it is recognised", () => {
    expect(messageOf(() => existing(` ${ARN}\n`))).toContain(`Did you mean "${ARN}"?`);
  });

  test("an expression is checked by a guard that whatever uses the connection waits for", () => {
    const synthesis = synthesise((stack) => {
      const variable = new TerraformVariable(stack, "arn", { type: "string" });
      const { dependencies } = Connection.fromConnectionArn(stack, "Existing", variable.stringValue);
      expect(dependencies).toHaveLength(1);
    });

    const [precondition] = synthesis.only("data", "aws_region").lifecycle.precondition;
    expect(precondition.condition).toContain("can(regex(");
    expect(precondition.condition).toContain("var.arn");
    expect(precondition.error_message).toMatch(/^stack\/Existing: connectionArn must be the ARN of a connection/);
  });
});
