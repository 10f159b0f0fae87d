import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { AwsEndpoint } from "../../local-aws";
import { type Arrival, next, SLOW_MS } from "../../local-aws/faults";
import { callJson } from "./json-client";
import { callQuery } from "./query-client";
import { callS3 } from "./s3-client";

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
});
afterEach(() => endpoint.stop());

test("an operation that is not known is answered 501 and listed", async () => {
  expect(await callQuery(endpoint, "iam", "CreateUser", { UserName: "a" })).toMatchObject({ status: 501 });
  expect(await callQuery(endpoint, "iam", "toString", {})).toMatchObject({ status: 501 });
  expect(await callS3(endpoint, "GET /shop-1?torrent")).toMatchObject({ status: 501, code: "NotImplemented" });
  expect(endpoint.unknownOperations).toEqual([
    "iam: CreateUser (POST /)",
    "iam: toString (POST /)",
    "s3: GetBucket?torrent (GET /shop-1)",
  ]);
});

test("a service that is not known is answered 501 and listed, and so is a request that nobody signed", async () => {
  const authorization = "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/ec2/aws4_request, Signature=none";
  const response = await fetch(`${endpoint.url}/vpcs`, { headers: { authorization } });
  expect(response.status).toBe(501);
  expect((await fetch(endpoint.url)).status).toBe(501);
  expect(endpoint.unknownOperations).toEqual(["ec2: GET /vpcs", "unsigned: GET /"]);
});

test("every call is logged with its region, its input and the code of its refusal", async () => {
  await callQuery(endpoint, "iam", "GetRole", { RoleName: "gone" });
  expect(endpoint.calls).toEqual([
    {
      service: "iam",
      operation: "GetRole",
      region: "us-east-1",
      input: { RoleName: "gone" },
      error: "NoSuchEntity",
      time: expect.any(Number),
    },
  ]);
});

test("two endpoints share nothing", async () => {
  const other = await AwsEndpoint.start();
  await callS3(endpoint, "PUT /shop-1", { region: "us-east-1" });
  expect(endpoint.inventory()).toEqual(["arn:aws:s3:::shop-1"]);
  expect(other.inventory()).toEqual([]);
  await other.stop();
});

test("it listens on 127.0.0.1 only", async () => {
  const { hostname, port } = new URL(endpoint.url);
  expect(hostname).toBe("127.0.0.1");
  expect(await isOpen("127.0.0.1", port)).toBe(true);
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address }) => address)
    .filter((address) => address !== "127.0.0.1" && !address.startsWith("fe80"));
  for (const address of ["127.0.0.2", ...others])
    expect([address, await isOpen(address, port)]).toEqual([address, false]);
});

test("an operation that the caller may not use is refused, until it may", async () => {
  const list = () => callJson(endpoint, "codestar-connections", "ListConnections", {});
  endpoint.denied.add("codestar-connections:ListConnections");
  expect((await list()).code).toBe("AccessDeniedException");
  endpoint.denied.clear();
  expect((await list()).code).toBeUndefined();
  expect(endpoint.unknownOperations).toEqual([]);
});

test("calls are refused because there are too many, as many as a test says", async () => {
  endpoint.faults = next(2, "codepipeline:ListPipelines", "throttled");
  const list = () => callJson(endpoint, "codepipeline", "ListPipelines", {});

  expect(await list()).toMatchObject({ code: "ThrottlingException", message: "Rate exceeded" });
  expect((await list()).code).toBe("ThrottlingException");
  expect((await list()).code).toBeUndefined();
  expect(endpoint.calls.map(({ error }) => error)).toEqual(["ThrottlingException", "ThrottlingException", undefined]);
});

test("calls are refused while the credentials have expired", async () => {
  endpoint.isExpired = true;
  const refused = await callJson(endpoint, "codepipeline", "ListPipelines", {});
  endpoint.isExpired = false;

  expect(refused).toMatchObject({
    code: "ExpiredTokenException",
    message: "The security token included in the request is expired",
  });
  expect((await callJson(endpoint, "codepipeline", "ListPipelines", {})).code).toBeUndefined();
});

test("a request is lost before anything is done, or its answer after it", async () => {
  const create = () =>
    callJson(endpoint, "codestar-connections", "CreateConnection", {
      ...{ ConnectionName: "shop", ProviderType: "Bitbucket" },
    });

  endpoint.faults = () => "lost request";
  await expect(create()).rejects.toThrow("fetch failed");
  expect(endpoint.inventory()).toEqual([]);

  endpoint.faults = () => "lost answer";
  await expect(create()).rejects.toThrow("fetch failed");
  expect(endpoint.inventory()).toHaveLength(1);
});

test("an answer is late, and AWS fails", async () => {
  const list = () => callJson(endpoint, "codepipeline", "ListPipelines", {});

  endpoint.faults = () => "slow";
  const began = Date.now();
  expect((await list()).code).toBeUndefined();
  expect(Date.now() - began).toBeGreaterThanOrEqual(SLOW_MS - 1);

  endpoint.faults = () => "unavailable";
  expect((await list()).code).toBe("InternalFailure");
});

test("what goes wrong is asked for with the number of the call, the action, and the client's try", async () => {
  const arrivals: Arrival[] = [];
  endpoint.faults = (arrival) => {
    arrivals.push(arrival);
    return undefined;
  };
  await callJson(endpoint, "codepipeline", "ListPipelines", {});
  const authorization = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/iam/aws4_request, Signature=none";
  const headers = { authorization, "amz-sdk-request": "attempt=2; max=3" };
  await fetch(endpoint.url, { method: "POST", headers, body: "Action=ListRoles" });

  expect(arrivals).toEqual([
    { number: 1, action: "codepipeline:ListPipelines", attempt: 1 },
    { number: 2, action: "iam:ListRoles", attempt: 2 },
  ]);
});

test("an access key that is not the account's is refused", async () => {
  const authorization = "AWS4-HMAC-SHA256 Credential=other/20260101/us-east-1/iam/aws4_request, Signature=none";
  const response = await fetch(endpoint.url, { method: "POST", headers: { authorization }, body: "Action=ListRoles" });

  expect(response.status).toBe(403);
  expect(await response.text()).toContain("InvalidClientTokenId");
});

test("IAM and S3 have names of their own for what every service refuses", async () => {
  const both = async () => [
    await callQuery(endpoint, "iam", "ListRoles", {}),
    await callS3(endpoint, "GET /", { region: "us-east-1" }),
  ];
  for (const action of ["iam:ListRoles", "s3:ListBuckets"]) {
    endpoint.denied.add(action);
  }

  endpoint.faults = () => "throttled";
  expect(await both()).toMatchObject([
    { code: "Throttling", status: 400 },
    { code: "SlowDown", status: 503 },
  ]);
  endpoint.faults = () => "unavailable";
  expect(await both()).toMatchObject([
    { code: "ServiceUnavailable", status: 503 },
    { code: "InternalError", status: 500 },
  ]);
  endpoint.faults = undefined;
  expect(await both()).toMatchObject([
    { code: "AccessDenied", status: 403 },
    { code: "AccessDenied", status: 403 },
  ]);
  endpoint.isExpired = true;
  expect(await both()).toMatchObject([
    { code: "ExpiredToken", status: 403 },
    { code: "ExpiredToken", status: 400 },
  ]);
});

test("calls are logged with the time at which they came", async () => {
  const before = Date.now();
  await callJson(endpoint, "codepipeline", "ListPipelines", {});

  const [call] = endpoint.calls;
  expect(call?.time).toBeGreaterThanOrEqual(before);
  expect(call?.time).toBeLessThanOrEqual(Date.now());
});

function isOpen(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 500 });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
    socket.once("timeout", () => {
      settle(false);
    });
  });
}
