import { AwsEndpoint } from "../../local-aws";
import { callS3 } from "./s3-client";

const RESOURCES = ["arn:aws:s3:::shop-1", "arn:aws:s3:::shop-1/*"];

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
  await call("PUT /shop-1", { body: location("eu-west-1") });
});
afterEach(() => endpoint.stop());

const call = (request: string, more?: Parameters<typeof callS3>[2]) => callS3(endpoint, request, more);

function location(region: string): string {
  return `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
}

function policy(fields: object = {}): string {
  const statement = { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:*", Resource: RESOURCES };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...fields }] });
}

const versioning = (status: string) => `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
const encryption = (by: string) =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>${by}</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`;
const lifecycle = (...rules: string[]) =>
  `<LifecycleConfiguration>${rules.map((rule) => `<Rule>${rule}</Rule>`).join("")}</LifecycleConfiguration>`;
const RULE = "<ID>a</ID><Filter/><Status>Enabled</Status>";
const EXPIRE = "<Expiration><Days>1</Days></Expiration>";
const tagging = (...keys: string[]) =>
  `<Tagging><TagSet>${keys.map((key) => `<Tag><Key>${key}</Key><Value>v</Value></Tag>`).join("")}</TagSet></Tagging>`;
const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

test.each<[rule: string, request: string, body: string, status: number, code: string]>([
  ["a bucket's name has at least 3 characters", "PUT /ab", location("eu-west-1"), 400, "InvalidBucketName"],
  [
    "a bucket's name has at most 63 characters",
    `PUT /${"b".repeat(64)}`,
    location("eu-west-1"),
    400,
    "InvalidBucketName",
  ],
  ["a bucket's name has no capitals", "PUT /Shop-2", location("eu-west-1"), 400, "InvalidBucketName"],
  ["a bucket's name has no underscores", "PUT /shop_2", location("eu-west-1"), 400, "InvalidBucketName"],
  ["a bucket's name ends with a letter or a digit", "PUT /shop-", location("eu-west-1"), 400, "InvalidBucketName"],
  ["a bucket's name is no IP address", "PUT /10.0.0.1", location("eu-west-1"), 400, "InvalidBucketName"],
  ["a bucket is created once", "PUT /shop-1", location("eu-west-1"), 409, "BucketAlreadyOwnedByYou"],
  [
    "a bucket is created in the region that is asked",
    "PUT /shop-2",
    location("us-west-2"),
    400,
    "IllegalLocationConstraintException",
  ],
  ["a bucket's region is said", "PUT /shop-2", "", 400, "IllegalLocationConstraintException"],
  ["a bucket that is used exists", "GET /gone?policy", "", 404, "NoSuchBucket"],
  ["a bucket has no policy at first", "GET /shop-1?policy", "", 404, "NoSuchBucketPolicy"],
  ["a bucket has no tags at first", "GET /shop-1?tagging", "", 404, "NoSuchTagSet"],
  ["a bucket has no CORS at first", "GET /shop-1?cors", "", 404, "NoSuchCORSConfiguration"],
  ["a bucket has no website at first", "GET /shop-1?website", "", 404, "NoSuchWebsiteConfiguration"],
  ["a bucket has no lifecycle at first", "GET /shop-1?lifecycle", "", 404, "NoSuchLifecycleConfiguration"],
  ["a bucket has no replication at first", "GET /shop-1?replication", "", 404, "ReplicationConfigurationNotFoundError"],
  ["a bucket has no object lock at first", "GET /shop-1?object-lock", "", 404, "ObjectLockConfigurationNotFoundError"],
  ["a bucket has no ACLs at first", "PUT /shop-1?acl", "", 400, "AccessControlListNotSupported"],
  [
    "versioning is on or suspended",
    "PUT /shop-1?versioning",
    versioning("Disabled"),
    400,
    "IllegalVersioningConfigurationException",
  ],
  [
    "encryption has a known algorithm",
    "PUT /shop-1?encryption",
    encryption("<SSEAlgorithm>rot13</SSEAlgorithm>"),
    400,
    "MalformedXML",
  ],
  [
    "a KMS key is for KMS only",
    "PUT /shop-1?encryption",
    encryption("<SSEAlgorithm>AES256</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID>"),
    400,
    "InvalidArgument",
  ],
  [
    "ownership is of a known kind",
    "PUT /shop-1?ownershipControls",
    "<OwnershipControls><Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule></OwnershipControls>",
    400,
    "MalformedXML",
  ],
  ["a lifecycle has rules", "PUT /shop-1?lifecycle", lifecycle(), 400, "MalformedXML"],
  ["a lifecycle rule does something", "PUT /shop-1?lifecycle", lifecycle(RULE), 400, "InvalidRequest"],
  [
    "lifecycle rules have ids of their own",
    "PUT /shop-1?lifecycle",
    lifecycle(RULE + EXPIRE, RULE + EXPIRE),
    400,
    "InvalidArgument",
  ],
  [
    "logs go to a bucket that exists",
    "PUT /shop-1?logging",
    "<BucketLoggingStatus><LoggingEnabled><TargetBucket>gone</TargetBucket></LoggingEnabled></BucketLoggingStatus>",
    400,
    "InvalidTargetBucketForLogging",
  ],
  ["tag keys differ", "PUT /shop-1?tagging", tagging("k", "k"), 400, "InvalidTag"],
  ["tag keys have at most 128 characters", "PUT /shop-1?tagging", tagging("k".repeat(129)), 400, "InvalidTag"],
  ["tag keys don't start with aws:", "PUT /shop-1?tagging", tagging("aws:k"), 400, "InvalidTag"],
  ["a bucket has at most 50 tags", "PUT /shop-1?tagging", tagging(...keys(51)), 400, "BadRequest"],
  ["a policy is JSON", "PUT /shop-1?policy", "{", 400, "MalformedPolicy"],
  ["a policy names a principal", "PUT /shop-1?policy", policy({ Principal: undefined }), 400, "MalformedPolicy"],
  [
    "a policy's principal exists",
    "PUT /shop-1?policy",
    policy({ Principal: { AWS: "arn:aws:iam::123456789012:role/gone" } }),
    400,
    "MalformedPolicy",
  ],
  [
    "a policy is about this bucket",
    "PUT /shop-1?policy",
    policy({ Resource: "arn:aws:s3:::shop-2/*" }),
    400,
    "MalformedPolicy",
  ],
  ["a policy is about a bucket", "PUT /shop-1?policy", policy({ Resource: "*" }), 400, "MalformedPolicy"],
  [
    "a policy is in the partition",
    "PUT /shop-1?policy",
    policy({ Resource: "arn:aws-us-gov:s3:::shop-1/*" }),
    400,
    "MalformedPolicy",
  ],
  ["a policy has S3's actions", "PUT /shop-1?policy", policy({ Action: "kms:Decrypt" }), 400, "MalformedPolicy"],
  [
    "an action on objects needs objects",
    "PUT /shop-1?policy",
    policy({ Action: "s3:GetObject", Resource: RESOURCES[0] }),
    400,
    "MalformedPolicy",
  ],
  [
    "an action on the bucket needs the bucket",
    "PUT /shop-1?policy",
    policy({ Action: "s3:ListBucket", Resource: RESOURCES[1] }),
    400,
    "MalformedPolicy",
  ],
  [
    "a policy is not public while that is blocked",
    "PUT /shop-1?policy",
    policy({ Principal: "*" }),
    403,
    "AccessDenied",
  ],
  ["a policy has at most 20 KB", "PUT /shop-1?policy", policy({ Sid: "s".repeat(20481) }), 400, "PolicyTooLarge"],
  ["an object that is read exists", "GET /shop-1/gone", "", 404, "NoSuchKey"],
])("%s", async (_rule, request, body, status, code) => {
  const before = endpoint.inventory();
  expect(await call(request, body === "" ? {} : { body })).toMatchObject({ status, code });
  expect(endpoint.inventory()).toEqual(before);
  expect(endpoint.unknownOperations).toEqual([]);
});

test("a bucket is reached in its own region only, and the refusal says which that is", async () => {
  const { status, headers } = await call("HEAD /shop-1", { region: "us-east-1" });
  expect([status, headers.get("x-amz-bucket-region")]).toEqual([301, "eu-west-1"]);
});

test("creating one's bucket again is no error in us-east-1, where the location goes unsaid", async () => {
  const inVirginia = { region: "us-east-1" };
  expect(await call("PUT /shop-2", inVirginia)).toMatchObject({ status: 200 });
  expect(await call("PUT /shop-2", inVirginia)).toMatchObject({ status: 200 });
  expect(await call("PUT /shop-3", { ...inVirginia, body: location("us-east-1") })).toMatchObject({ status: 400 });
});

test.each([
  ["a source account", { StringEquals: { "aws:SourceAccount": "123456789012" } }, 204],
  ["one address", { IpAddress: { "aws:SourceIp": "192.0.2.1/32" } }, 204],
  ["any address", { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, 403],
  ["a pattern of accounts", { StringLike: { "aws:SourceAccount": "1*" } }, 403],
  ["anything but an account", { StringNotEquals: { "aws:SourceAccount": "123456789012" } }, 403],
])("a policy for everybody with %s as its condition", async (_what, Condition, status) => {
  expect(await call("PUT /shop-1?policy", { body: policy({ Principal: "*", Condition }) })).toMatchObject({ status });
});

test("a public policy goes through once it is not blocked, and a denial to everybody always does", async () => {
  expect(await call("PUT /shop-1?policy", { body: policy({ Effect: "Deny", Principal: "*" }) })).toMatchObject({
    status: 204,
  });
  await call("DELETE /shop-1?publicAccessBlock");
  expect(await call("GET /shop-1?publicAccessBlock")).toMatchObject({ code: "NoSuchPublicAccessBlockConfiguration" });
  const body = policy({ Principal: "*" });
  expect(await call("PUT /shop-1?policy", { body })).toMatchObject({ status: 204 });
  expect(await call("GET /shop-1?policy")).toMatchObject({ text: body });
  expect(endpoint.services.s3.bucketPolicy("shop-1")).toBe(body);
});

test("a bucket is encrypted without being told, and again when its configuration is deleted", async () => {
  const kms = encryption("<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>key</KMSMasterKeyID>");
  const algorithm = async () => (await call("GET /shop-1?encryption")).text;
  expect(await algorithm()).toContain("AES256");
  await call("PUT /shop-1?encryption", { body: kms });
  expect(await algorithm()).toContain(kms);
  await call("PUT /shop-1/object", { body: "x" });
  expect((await call("HEAD /shop-1/object")).headers.get("x-amz-server-side-encryption-aws-kms-key-id")).toBe("key");
  await call("DELETE /shop-1?encryption");
  expect(await algorithm()).toContain("AES256");
});

test("a bucket is deleted only when every version of every object is gone", async () => {
  await call("PUT /shop-1?versioning", { body: versioning("Enabled") });
  await call("PUT /shop-1/a%20key", { body: "1" });
  await call("PUT /shop-1/a%20key", { body: "2" });
  await call("DELETE /shop-1/a%20key");
  expect(await call("GET /shop-1/a%20key")).toMatchObject({ code: "NoSuchKey" });
  const { text } = await call("GET /shop-1?versions");
  const ids = [...text.matchAll(/<VersionId>(\w+)</g)].map(([, id]) => id ?? "");
  expect(ids).toHaveLength(3);
  expect(await call("DELETE /shop-1")).toMatchObject({ status: 409, code: "BucketNotEmpty" });
  const objects = ids.map((id) => `<Object><Key>a key</Key><VersionId>${id}</VersionId></Object>`).join("");
  await call("POST /shop-1?delete", { body: `<Delete>${objects}</Delete>` });
  expect(await call("DELETE /shop-1")).toMatchObject({ status: 204 });
  expect(endpoint.inventory()).toEqual([]);
});

test("an upload in signed chunks with a trailing checksum is unwrapped", async () => {
  const streamed = {
    "content-encoding": "aws-chunked",
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
  };
  const body = (crc: string) =>
    `5;chunk-signature=0\r\nhello\r\n6;chunk-signature=0\r\n world\r\n0;chunk-signature=0\r\nx-amz-checksum-crc32:${crc}\r\n\r\n`;
  expect(await call("PUT /shop-1/o", { headers: streamed, body: body("DUoRhQ==") })).toMatchObject({ status: 200 });
  const { text, headers } = await call("GET /shop-1/o", { headers: { "x-amz-checksum-mode": "ENABLED" } });
  expect(text).toBe("hello world");
  expect(headers.get("x-amz-checksum-crc32")).toBe("DUoRhQ==");
  expect(headers.get("content-encoding")).toBeNull();
  expect(await call("PUT /shop-1/o", { headers: streamed, body: body("AAAAAA==") })).toMatchObject({
    code: "BadDigest",
  });
});

test.each([
  ["bytes=0-5242879", 206, "hello", "bytes 0-4/5"],
  ["bytes=1-2", 206, "el", "bytes 1-2/5"],
  ["bytes=3-", 206, "lo", "bytes 3-4/5"],
])("the range %s of an object can be read", async (range, status, text, told) => {
  await call("PUT /shop-1/o", { body: "hello" });
  const answer = await call("GET /shop-1/o", { headers: { range } });
  expect(answer).toMatchObject({ status, text });
  expect(answer.headers.get("content-range")).toBe(told);
  expect(await call("GET /shop-1/o", { headers: { range: "bytes=5-" } })).toMatchObject({ code: "InvalidRange" });
});
