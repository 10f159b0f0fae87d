import { AwsEndpoint } from "../../local-aws";
import { ask, createRole } from "../../local-aws/made-by-calls";
import { callQuery } from "./query-client";

const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
});
afterEach(() => endpoint.stop());

type Fields = Readonly<{ [name: string]: string }>;

const call = (operation: string, fields: Fields = {}) => callQuery(endpoint, "iam", operation, fields);
const createPolicy = (name: string, path = "/") => {
  ask(endpoint, "iam", "CreatePolicy", { PolicyName: name, Path: path, PolicyDocument: DOCUMENT });
  return `arn:aws:iam::123456789012:policy${path}${name}`;
};
const attach = (role: string, arn: string) => {
  ask(endpoint, "iam", "AttachRolePolicy", { RoleName: role, PolicyArn: arn });
};

/** The names in a list: an XML parser cannot tell a list of one from a single element. */
async function names(operation: string, list: string, field: string, fields: Fields = {}): Promise<string[]> {
  const { result } = await call(operation, fields);
  const { member = [] } = (result as { [list: string]: { member?: object | object[] } })[list] ?? {};
  return [member].flat().map((each) => String((each as { [field: string]: unknown })[field]));
}

describe("ListRoles", () => {
  const roles = (fields?: Fields) => names("ListRoles", "Roles", "RoleName", fields);

  test("has all of them, in pages", async () => {
    for (const name of ["a", "b", "c"]) createRole(endpoint, name);

    const { result } = await call("ListRoles", { MaxItems: "2" });

    expect(result.IsTruncated).toBe("true");
    expect(await roles({ MaxItems: "2" })).toEqual(["a", "b"]);
    expect(await roles({ Marker: result.Marker as string })).toEqual(["c"]);
    expect((await call("ListRoles")).result.IsTruncated).toBe("false");
  });

  test("has those below a path", async () => {
    createRole(endpoint, "a");
    const { AssumeRolePolicyDocument } = (await call("GetRole", { RoleName: "a" })).result.Role;
    const trust = decodeURIComponent(AssumeRolePolicyDocument as string);
    ask(endpoint, "iam", "CreateRole", { RoleName: "b", Path: "/ci/", AssumeRolePolicyDocument: trust });

    expect(await roles({ PathPrefix: "/ci/" })).toEqual(["b"]);
    expect(await roles({ PathPrefix: "/" })).toEqual(["a", "b"]);
  });

  test("tells neither tags nor boundaries, which GetRole tells", async () => {
    createRole(endpoint, "a");
    ask(endpoint, "iam", "TagRole", { RoleName: "a", Tags: [{ Key: "team", Value: "shop" }] });

    expect((await call("GetRole", { RoleName: "a" })).result.Role).toHaveProperty("Tags");
    expect((await call("ListRoles")).result.Roles.member).not.toHaveProperty("Tags");
  });

  test.each([
    [{ MaxItems: "0" }, /'maxItems'/],
    [{ MaxItems: "1001" }, /'maxItems'/],
    [{ Marker: "no" }, /token/],
    [{ PathPrefix: "ci" }, /'pathPrefix'/],
  ])("refuses %j", async (fields, message) => {
    expect(await call("ListRoles", fields as unknown as Fields)).toMatchObject({
      code: "ValidationError",
      message: expect.stringMatching(message) as string,
    });
  });
});

describe("ListPolicies", () => {
  const policies = (fields?: Fields) => names("ListPolicies", "Policies", "PolicyName", fields);

  test("has the account's own, in pages", async () => {
    for (const name of ["a", "b", "c"]) createPolicy(name);

    const { result } = await call("ListPolicies", { Scope: "Local", MaxItems: "2" });

    expect(await policies({ MaxItems: "2" })).toEqual(["a", "b"]);
    expect(await policies({ Marker: result.Marker as string })).toEqual(["c"]);
  });

  test("has those below a path, or those that are attached", async () => {
    createPolicy("a");
    createRole(endpoint, "r");
    attach("r", createPolicy("b", "/ci/"));

    expect(await policies({ PathPrefix: "/ci/" })).toEqual(["b"]);
    expect(await policies({ OnlyAttached: "true" })).toEqual(["b"]);
    expect(await names("ListPolicies", "Policies", "AttachmentCount")).toEqual(["0", "1"]);
  });

  test("has none of AWS's own policies, and does not say that there are none", async () => {
    expect(await call("ListPolicies", { Scope: "AWS" })).toMatchObject({ code: "NotImplemented", status: 501 });
    expect((await call("ListPolicies", { Scope: "Mine" })).code).toBe("ValidationError");
  });
});

describe("ListAttachedRolePolicies", () => {
  test("has those of a role, in pages", async () => {
    createRole(endpoint, "r");
    for (const name of ["a", "b"]) attach("r", createPolicy(name));
    attach("r", createPolicy("c", "/ci/"));
    const attached = (fields: Fields) =>
      names("ListAttachedRolePolicies", "AttachedPolicies", "PolicyName", { RoleName: "r", ...fields });

    expect(await attached({ MaxItems: "2" })).toEqual(["a", "b"]);
    expect(await attached({ PathPrefix: "/ci/" })).toEqual(["c"]);
    expect((await call("ListAttachedRolePolicies", { RoleName: "gone" })).code).toBe("NoSuchEntity");
  });
});
