import { AwsEndpoint } from "../../local-aws";
import { ask, createRole } from "../../local-aws/made-by-calls";
import { callQuery } from "./query-client";

const ROLE = "arn:aws:iam::123456789012:role/reader";

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
  createRole(endpoint, "reader", "s3:GetObject");
});
afterEach(() => endpoint.stop());

const allow = (...statements: object[]) => {
  const Statement = statements.map((each) => ({ Effect: "Allow", Action: "s3:PutObject", Resource: "*", ...each }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  ask(endpoint, "iam", "PutRolePolicy", { RoleName: "reader", PolicyName: "more", PolicyDocument });
};

const simulate = (fields: { [name: string]: string } = {}) =>
  callQuery(endpoint, "iam", "SimulatePrincipalPolicy", {
    ...{ PolicySourceArn: ROLE, "ActionNames.member.1": "s3:GetObject", "ActionNames.member.2": "s3:PutObject" },
    "ResourceArns.member.1": "arn:aws:s3:::bucket/key",
    ...fields,
  });

const results = async (fields?: { [name: string]: string }) => {
  const { result } = await simulate(fields);
  return (result as { EvaluationResults: { member: object[] } }).EvaluationResults.member;
};

const context = (key: string, value: string) => ({
  "ContextEntries.member.1.ContextKeyName": key,
  "ContextEntries.member.1.ContextKeyValues.member.1": value,
  "ContextEntries.member.1.ContextKeyType": "string",
});

describe("SimulatePrincipalPolicy", () => {
  test("says of each action what the policies of a role say", async () => {
    expect(await results()).toMatchObject([
      { EvalActionName: "s3:GetObject", EvalResourceName: "arn:aws:s3:::bucket/key", EvalDecision: "allowed" },
      { EvalActionName: "s3:PutObject", EvalResourceName: "arn:aws:s3:::bucket/key", EvalDecision: "implicitDeny" },
    ]);
    expect((await simulate()).result.IsTruncated).toBe("false");
  });

  test("says what is denied whatever else allows it", async () => {
    allow({}, { Effect: "Deny", Resource: "arn:aws:s3:::bucket/*" });

    expect((await results())[1]).toMatchObject({ EvalDecision: "explicitDeny" });
  });

  test("says it of each resource, and of all without one", async () => {
    allow({ Resource: "arn:aws:s3:::other/*" });

    expect(await results({ "ResourceArns.member.2": "arn:aws:s3:::other/key" })).toMatchObject([
      { EvalDecision: "allowed" },
      { EvalDecision: "allowed" },
      { EvalDecision: "implicitDeny" },
      { EvalResourceName: "arn:aws:s3:::other/key", EvalDecision: "allowed" },
    ]);
    const [first] = await results({ "ResourceArns.member.1": "*" });
    expect(first).toMatchObject({ EvalResourceName: "*", EvalDecision: "allowed" });
  });

  test("takes the condition keys of the request, and says which are missing", async () => {
    allow({ Condition: { StringEquals: { "s3:prefix": "a" } } });

    expect((await results(context("s3:prefix", "a")))[1]).toMatchObject({
      ...{ EvalDecision: "allowed", MissingContextValues: "" },
    });
    expect((await results(context("s3:prefix", "b")))[1]).toMatchObject({ EvalDecision: "implicitDeny" });
    expect((await results())[1]).toMatchObject({
      ...{ EvalDecision: "implicitDeny", MissingContextValues: { member: "s3:prefix" } },
    });
  });

  test.each([
    [{ PolicySourceArn: `${ROLE}s` }, "NoSuchEntity"],
    [{ PolicySourceArn: "reader" }, "InvalidInput"],
    [{ PolicySourceArn: "arn:aws:s3:::bucket" }, "InvalidInput"],
    [{ "ActionNames.member.1": "GetObject" }, "InvalidInput"],
  ])("refuses %j with %s", async (fields, code) => {
    expect((await simulate(fields as unknown as { [name: string]: string })).code).toBe(code);
  });

  test("refuses a request without actions", async () => {
    const { code, message } = await callQuery(endpoint, "iam", "SimulatePrincipalPolicy", { PolicySourceArn: ROLE });
    expect(code).toBe("ValidationError");
    expect(message).toContain("'actionNames'");
  });
});
