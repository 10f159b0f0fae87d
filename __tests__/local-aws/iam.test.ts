import { AwsEndpoint } from "../../local-aws";
import { callQuery } from "./query-client";

const POLICY = "arn:aws:iam::123456789012:policy/";
const TRUST = trust({ Service: "codepipeline.amazonaws.com" });

let endpoint: AwsEndpoint;
beforeAll(async () => {
  endpoint = await AwsEndpoint.start();
  await ok("CreateRole", { RoleName: "full", AssumeRolePolicyDocument: TRUST });
  for (let i = 1; i <= 11; i++) await ok("CreatePolicy", { PolicyName: `p${i}`, PolicyDocument: allow() });
  for (let i = 1; i <= 10; i++) await ok("AttachRolePolicy", { RoleName: "full", PolicyArn: `${POLICY}p${i}` });
  await ok("CreateRole", { RoleName: "inline", AssumeRolePolicyDocument: TRUST });
  await ok("PutRolePolicy", { RoleName: "inline", PolicyName: "half", PolicyDocument: sized(10_000) });
  await ok("CreatePolicy", { PolicyName: "versions", PolicyDocument: allow() });
  for (let i = 2; i <= 5; i++) {
    await ok("CreatePolicyVersion", { PolicyArn: `${POLICY}versions`, PolicyDocument: allow() });
  }
});
afterAll(() => endpoint.stop());

const call = (operation: string, fields: { [name: string]: string }) => callQuery(endpoint, "iam", operation, fields);

async function ok(operation: string, fields: { [name: string]: string }): Promise<unknown> {
  const { code, message, result } = await call(operation, fields);
  if (code !== undefined) throw new Error(`${operation}: ${code}: ${message}`);
  return result;
}

function policy(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function allow(fields: object = {}): string {
  return policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...fields });
}

function trust(principal: unknown, fields: object = {}): string {
  return policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, ...fields });
}

/** A policy of exactly so many characters, not counting the white space that is strewn in. */
function sized(size: number): string {
  const resource = (length: number) => allow({ Resource: `arn:aws:s3:::${"x".repeat(length)}` });
  return resource(size - resource(0).length).replaceAll(",", ",\n  ");
}

const tags = (count: number, key = (index: number) => `k${index}`) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      [`Tags.member.${index + 1}.Key`, key(index)],
      [`Tags.member.${index + 1}.Value`, "v"],
    ]).flat(),
  ) as { [name: string]: string };

const role = (name: string, fields: object = {}) => ({
  RoleName: name,
  AssumeRolePolicyDocument: TRUST,
  ...fields,
});
const managed = (document: string) => ({ PolicyName: "new", PolicyDocument: document });

test.each<[rule: string, operation: string, fields: { [name: string]: string }, code: string, message: RegExp]>([
  ["a role's name has no spaces", "CreateRole", role("a b"), "ValidationError", /'roleName'.*pattern/],
  ["a role's name has at most 64 characters", "CreateRole", role("r".repeat(65)), "ValidationError", /64/],
  ["a role's path ends with a slash", "CreateRole", role("r", { Path: "/ci" }), "ValidationError", /'path'/],
  [
    "a session lasts up to 12 hours",
    "CreateRole",
    role("r", { MaxSessionDuration: "43201" }),
    "ValidationError",
    /43200/,
  ],
  ["a role's name is unique whatever its case", "CreateRole", role("FULL"), "EntityAlreadyExists", /FULL/],
  ["a boundary exists", "CreateRole", role("r", { PermissionsBoundary: `${POLICY}gone` }), "NoSuchEntity", /gone/],
  ["a role has at most 50 tags", "CreateRole", { ...role("r"), ...tags(51) }, "ValidationError", /'tags'.*50/],
  ["tag keys differ", "CreateRole", { ...role("r"), ...tags(2, () => "k") }, "InvalidInput", /Duplicate/],
  [
    "tag keys have at most 128 characters",
    "TagRole",
    { RoleName: "full", ...tags(1, () => "k".repeat(129)) },
    "ValidationError",
    /128/,
  ],
  [
    "tag keys don't start with aws:",
    "TagRole",
    { RoleName: "full", ...tags(1, () => "aws:k") },
    "InvalidInput",
    /aws:/,
  ],
  ["a role that is read exists", "GetRole", { RoleName: "gone" }, "NoSuchEntity", /gone/],
  ["a policy that is read exists", "GetPolicy", { PolicyArn: `${POLICY}gone` }, "NoSuchEntity", /gone/],
  [
    "an inline policy that is read exists",
    "GetRolePolicy",
    { RoleName: "full", PolicyName: "gone" },
    "NoSuchEntity",
    /gone/,
  ],
  [
    "what is detached was attached",
    "DetachRolePolicy",
    { RoleName: "full", PolicyArn: `${POLICY}p11` },
    "NoSuchEntity",
    /p11/,
  ],

  [
    "trust names a principal",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: policy({ Effect: "Allow", Action: "sts:AssumeRole" }) }),
    "MalformedPolicyDocument",
    /Missing required field Principal/,
  ],
  [
    "trust names no resource",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: trust("*", { Resource: "*" }) }),
    "MalformedPolicyDocument",
    /prohibited field Resource/,
  ],
  [
    "trust allows STS only",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: trust("*", { Action: "s3:GetObject" }) }),
    "MalformedPolicyDocument",
    /STS/,
  ],
  [
    "a service principal is a host name",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: trust({ Service: "codepipeline" }) }),
    "MalformedPolicyDocument",
    /"SERVICE":"codepipeline"/,
  ],
  [
    "a principal of this account exists",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: trust({ AWS: "arn:aws:iam::123456789012:role/gone" }) }),
    "MalformedPolicyDocument",
    /role\/gone/,
  ],
  [
    "a principal is of a known kind",
    "CreateRole",
    role("r", { AssumeRolePolicyDocument: trust({ Team: "a" }) }),
    "MalformedPolicyDocument",
    /Invalid principal/,
  ],
  [
    "trust has at most 2,048 characters",
    "CreateRole",
    role("r", {
      AssumeRolePolicyDocument: trust({ AWS: Array.from({ length: 150 }, (_, i) => String(100000000000 + i)) }),
    }),
    "LimitExceeded",
    /2048/,
  ],

  ["a policy is JSON", "CreatePolicy", managed("{"), "MalformedPolicyDocument", /invalid Json/],
  [
    "a policy has a version",
    "CreatePolicy",
    managed(allow().replace('"Version":"2012-10-17",', "")),
    "MalformedPolicyDocument",
    /2012-10-17/,
  ],
  [
    "a policy has the current version",
    "CreatePolicy",
    managed(allow().replace("2012", "2008")),
    "MalformedPolicyDocument",
    /2012-10-17/,
  ],
  [
    "a policy has no unknown fields",
    "CreatePolicy",
    managed(allow({ Actions: "*" })),
    "MalformedPolicyDocument",
    /Syntax/,
  ],
  ["a policy has statements", "CreatePolicy", managed(policy()), "MalformedPolicyDocument", /Syntax/],
  [
    "a statement has an effect",
    "CreatePolicy",
    managed(allow({ Effect: undefined })),
    "MalformedPolicyDocument",
    /Syntax/,
  ],
  [
    "a statement has actions",
    "CreatePolicy",
    managed(allow({ Action: [] })),
    "MalformedPolicyDocument",
    /must contain actions/,
  ],
  [
    "an action names its service",
    "CreatePolicy",
    managed(allow({ Action: "GetObject" })),
    "MalformedPolicyDocument",
    /vendor/,
  ],
  [
    "a statement has resources",
    "CreatePolicy",
    managed(allow({ Resource: undefined })),
    "MalformedPolicyDocument",
    /must contain resources/,
  ],
  [
    "a resource is an ARN",
    "CreatePolicy",
    managed(allow({ Resource: "bucket" })),
    "MalformedPolicyDocument",
    /ARN format/,
  ],
  [
    "a resource is in the partition",
    "CreatePolicy",
    managed(allow({ Resource: "arn:aws-us-gov:s3:::b" })),
    "MalformedPolicyDocument",
    /Partition/,
  ],
  [
    "a resource names its service in full",
    "CreatePolicy",
    managed(allow({ Resource: "arn:aws:*:::b" })),
    "MalformedPolicyDocument",
    /fully qualified/,
  ],
  [
    "a permissions policy names no principal",
    "CreatePolicy",
    managed(allow({ Principal: "*" })),
    "MalformedPolicyDocument",
    /principal/,
  ],
  [
    "a condition's operator is known",
    "CreatePolicy",
    managed(allow({ Condition: { StringEqualsIfThere: {} } })),
    "MalformedPolicyDocument",
    /StringEqualsIfThere/,
  ],
  [
    "a condition's key names its service",
    "CreatePolicy",
    managed(allow({ Condition: { StringEquals: { Key: "a" } } })),
    "MalformedPolicyDocument",
    /vendor/,
  ],
  [
    "statement ids are unique",
    "CreatePolicy",
    managed(policy(...["a", "a"].map((Sid) => ({ Sid, Effect: "Allow", Action: "*", Resource: "*" })))),
    "MalformedPolicyDocument",
    /unique/,
  ],
  [
    "statement ids are alphanumeric",
    "CreatePolicy",
    managed(allow({ Sid: "a-b" })),
    "MalformedPolicyDocument",
    /alpha-numeric/,
  ],
  [
    "a policy is Latin-1",
    "CreatePolicy",
    managed(allow({ Resource: "arn:aws:s3:::–" })),
    "ValidationError",
    /'policyDocument'/,
  ],
  ["a policy's name is unique", "CreatePolicy", { ...managed(allow()), PolicyName: "P1" }, "EntityAlreadyExists", /P1/],
  [
    "a policy's name has at most 128 characters",
    "CreatePolicy",
    { ...managed(allow()), PolicyName: "p".repeat(129) },
    "ValidationError",
    /128/,
  ],
  ["a managed policy has at most 6,144 characters", "CreatePolicy", managed(sized(6145)), "LimitExceeded", /6144/],
  [
    "a role has at most 10 managed policies",
    "AttachRolePolicy",
    { RoleName: "full", PolicyArn: `${POLICY}p11` },
    "LimitExceeded",
    /PoliciesPerRole: 10/,
  ],
  [
    "inline policies have at most 10,240 characters together",
    "PutRolePolicy",
    { RoleName: "inline", PolicyName: "more", PolicyDocument: sized(241) },
    "LimitExceeded",
    /10240/,
  ],
  [
    "a policy has at most 5 versions",
    "CreatePolicyVersion",
    { PolicyArn: `${POLICY}versions`, PolicyDocument: allow() },
    "LimitExceeded",
    /5 versions/,
  ],

  ["a role with attached policies stays", "DeleteRole", { RoleName: "full" }, "DeleteConflict", /detach/],
  ["a role with inline policies stays", "DeleteRole", { RoleName: "inline" }, "DeleteConflict", /delete policies/],
  ["an attached policy stays", "DeletePolicy", { PolicyArn: `${POLICY}p1` }, "DeleteConflict", /attached/],
  [
    "a policy with several versions stays",
    "DeletePolicy",
    { PolicyArn: `${POLICY}versions` },
    "DeleteConflict",
    /version/,
  ],
  [
    "the default version stays",
    "DeletePolicyVersion",
    { PolicyArn: `${POLICY}versions`, VersionId: "v1" },
    "DeleteConflict",
    /default/,
  ],
  [
    "a version that is read exists",
    "GetPolicyVersion",
    { PolicyArn: `${POLICY}p1`, VersionId: "v2" },
    "NoSuchEntity",
    /v2/,
  ],
])("%s", async (_rule, operation, fields, code, message) => {
  const before = endpoint.inventory();
  expect(await call(operation, fields)).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(endpoint.inventory()).toEqual(before);
});

test.each([
  ["a managed policy of 6,144 characters", "CreatePolicy", managed(sized(6144))],
  [
    "the tenth kilobyte of inline policies",
    "PutRolePolicy",
    { RoleName: "inline", PolicyName: "rest", PolicyDocument: sized(240) },
  ],
  ["a second attachment of the same policy", "AttachRolePolicy", { RoleName: "full", PolicyArn: `${POLICY}p1` }],
  ["a role with 50 tags and the longest name", "CreateRole", { ...role("r".repeat(64)), ...tags(50) }],
  [
    "a principal of another account",
    "CreateRole",
    role("other", { AssumeRolePolicyDocument: trust({ AWS: "arn:aws:iam::999999999999:role/any" }) }),
  ],
])("%s goes through", async (_what, operation, fields) => {
  await expect(ok(operation, fields)).resolves.not.toThrow();
});

test("an error has the HTTP status that IAM gives it", async () => {
  expect(await call("GetRole", { RoleName: "gone" })).toMatchObject({ code: "NoSuchEntity", status: 404 });
  expect(await call("CreateRole", role("full"))).toMatchObject({ code: "EntityAlreadyExists", status: 409 });
});

test("documents come back URL-encoded and are kept for tests as they were received", async () => {
  await ok("CreateRole", role("kept"));
  await ok("PutRolePolicy", { RoleName: "kept", PolicyName: "in", PolicyDocument: allow() });
  await ok("AttachRolePolicy", { RoleName: "kept", PolicyArn: `${POLICY}p11` });
  const { result } = await call("GetRolePolicy", { RoleName: "kept", PolicyName: "in" });
  expect(result.PolicyDocument).toBe(encodeURIComponent(allow()));
  const { iam } = endpoint.services;
  expect(iam.roleExists("arn:aws:iam::123456789012:role/kept")).toBe(true);
  expect(iam.trustPolicy("kept")).toBe(TRUST);
  expect(iam.policyDocument(`${POLICY}p11`)).toBe(allow());
  expect(iam.rolePolicies("kept")).toEqual([
    { name: "in", document: allow() },
    { name: `${POLICY}p11`, document: allow() },
  ]);
});

test("the partition of the caller and of every ARN is the region's", async () => {
  const { result: caller } = await callQuery(endpoint, "sts", "GetCallerIdentity", {}, "us-gov-east-1");
  expect(caller.Arn).toMatch(/^arn:aws-us-gov:iam::123456789012:/);
  const { result } = await callQuery(endpoint, "iam", "CreateRole", role("gov"), "us-gov-east-1");
  expect(result.Role.Arn).toBe("arn:aws-us-gov:iam::123456789012:role/gov");
});

test("one of AWS's own policies, which are not held here, is a shortcoming and not a refusal", async () => {
  const arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  expect(await call("GetPolicy", { PolicyArn: arn })).toMatchObject({ code: "NotImplemented", status: 501 });
  expect(endpoint.unknownOperations).toEqual(["iam: GetPolicy (POST /)"]);
});
