import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { Connection, ConnectionPolicy, PipelineSource } from "../../src";
import { ARN, errorOn } from "../support/pipelines";
import { messageOf, testingApp } from "../support/synthesis";

const HERE = "arn:aws:iam::123456789012:role/pipeline";
const ELSEWHERE = "arn:aws:iam::111122223333:role/pipeline";

function stackOf(provider: object): TerraformStack {
  const stack = new TerraformStack(testingApp(), "stack");
  new AwsProvider(stack, "aws", { region: "us-east-1", ...provider });
  return stack;
}

function policyFor(roles: string[], provider: object = {}): ConnectionPolicy {
  const stack = stackOf(provider);
  const grants = [{ connection: Connection.fromConnectionArn(stack, "Existing", ARN) }];
  return new ConnectionPolicy(stack, "Policy", { grants, roles });
}

const BOUND = { allowedAccountIds: ["123456789012"] };
const WHY =
  "because no policy of one account reaches a role of another. Given: a role of 111122223333. Grant the permission in that account, with a provider of it.";

describe("a role to grant", () => {
  test.each([
    ["by its name", ["pipeline"], BOUND],
    ["of the provider's account", [HERE], BOUND],
    ["of any account, where the provider is bound to none", [ELSEWHERE], {}],
    ["that is an expression", ["${var.role}", HERE], BOUND],
  ])("can be one %s", (_, roles, provider) => {
    expect(policyFor(roles, provider).policies).toHaveLength(1);
  });

  test("can't be of another account than the provider's", () => {
    expect(messageOf(() => policyFor(["other", ELSEWHERE], BOUND))).toBe(
      `stack/Policy: roles[1] must be a role of the provider's account (123456789012), ${WHY}`,
    );
  });

  test("can't be of another account than a role before it, also with one name", () => {
    expect(messageOf(() => policyFor(["other", HERE, ELSEWHERE]))).toBe(
      `stack/Policy: roles[2] must be a role of the account of roles[1] (123456789012), ${WHY}`,
    );
  });

  test.each(["pipelineRoles", "buildRoles"])("can't be of another account in %s of a source", (property) => {
    const stack = stackOf(BOUND);
    const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
    const props = {
      connection,
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: [HERE],
      [property]: [ELSEWHERE],
    };

    expect(messageOf(() => new PipelineSource(stack, "Source", props))).toBe(
      `stack/Source: ${property}[0] must be a role of the provider's account (123456789012), ${WHY}`,
    );
  });

  test("is checked when the stack is complete, where its provider is made later", () => {
    const stack = new TerraformStack(testingApp(), "stack");
    const grants = [{ connection: Connection.fromConnectionArn(stack, "Existing", ARN) }];
    new ConnectionPolicy(stack, "Policy", { grants, roles: [ELSEWHERE] });
    new AwsProvider(stack, "aws", { region: "us-east-1", ...BOUND });

    expect(errorOn(stack)).toContain("roles[0] must be a role of the provider's account (123456789012)");
  });
});
