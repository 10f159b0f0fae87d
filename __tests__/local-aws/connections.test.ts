import { AwsEndpoint } from "../../local-aws";
import { callJson } from "./json-client";

const SCOPE = { region: "eu-west-1", accountId: "123456789012" };
const PENGUINS = "🐧".repeat(32);

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
});
afterEach(() => endpoint.stop());

const star = (operation: string, input: object, region?: string) =>
  callJson(endpoint, "codestar-connections", operation, input, region);
const code = (operation: string, input: object, region?: string) =>
  callJson(endpoint, "codeconnections", operation, input, region);
const store = () => endpoint.services.codestarConnections.store;

const HOST = { Name: "ghes", ProviderType: "GitHubEnterpriseServer", ProviderEndpoint: "https://git.example.com" };
const GONE = "arn:aws:codestar-connections:eu-west-1:123456789012:connection/gone";

async function arnOf(answer: ReturnType<typeof star>): Promise<string> {
  const { output } = await answer;
  const { ConnectionArn, HostArn } = output as { ConnectionArn?: string; HostArn?: string };
  return ConnectionArn ?? HostArn ?? "";
}

test.each([
  ["CreateConnection", {}, "ValidationException", /Value null at 'connectionName'/],
  ["CreateConnection", { ConnectionName: "" }, "ValidationException", /length greater than or equal to 1/],
  ["CreateConnection", { ConnectionName: `${PENGUINS}!` }, "ValidationException", /length less than or equal to 32/],
  ["CreateConnection", { ConnectionName: "a", ProviderType: "AzureDevOps" }, "ValidationException", /enum value set/],
  ["CreateConnection", { ConnectionName: "a" }, "InvalidInputException", /specify HostArn instead of ProviderType/],
  ["CreateConnection", { ConnectionName: "a", ProviderType: "GitLabSelfManaged" }, "InvalidInputException", /HostArn/],
  ["CreateConnection", { ConnectionName: "a", HostArn: "host" }, "ValidationException", /'hostArn'.*pattern/],
  [
    "CreateConnection",
    { ConnectionName: "a", HostArn: GONE.replace("connection/", "host/") },
    "ResourceNotFoundException",
    /Host/,
  ],
  ["CreateConnection", { ConnectionName: "taken", ProviderType: "GitHub" }, "InvalidInputException", /already exists/],
  [
    "CreateConnection",
    { ConnectionName: "a", ProviderType: "GitHub", Tags: [{ Key: "aws:a", Value: "" }] },
    "InvalidInputException",
    /reserved/,
  ],
  [
    "CreateConnection",
    { ConnectionName: "a", ProviderType: "GitHub", Tags: [{ Key: "a", Value: "v".repeat(257) }] },
    "ValidationException",
    /'tags.1.member.value'/,
  ],
  ["CreateHost", { ...HOST, Name: "h".repeat(65) }, "ValidationException", /'name'.*less than or equal to 64/],
  ["CreateHost", { ...HOST, ProviderEndpoint: "e".repeat(513) }, "ValidationException", /'providerEndpoint'.*512/],
  ["CreateHost", { ...HOST, ProviderType: "GitHub" }, "InvalidInputException", /not installed on a host/],
  [
    "CreateHost",
    { ...HOST, VpcConfiguration: { VpcId: "vpc-1", SubnetIds: [], SecurityGroupIds: ["sg-12345678"] } },
    "ValidationException",
    /3 validation errors.*'vpcConfiguration.subnetIds'/,
  ],
  ["GetConnection", { ConnectionArn: "gone" }, "ValidationException", /pattern/],
  ["GetConnection", { ConnectionArn: GONE }, "ResourceNotFoundException", /gone/],
  ["DeleteConnection", { ConnectionArn: GONE }, "ResourceNotFoundException", /gone/],
  ["TagResource", { ResourceArn: GONE, Tags: [] }, "ResourceNotFoundException", /gone/],
  ["ListConnections", { MaxResults: 101 }, "ValidationException", /less than or equal to 100/],
  ["ListConnections", { NextToken: "nonsense" }, "InvalidInputException", /token/],
])("%s of %j is refused with %s", async (operation, input, expected, message) => {
  await star("CreateConnection", { ConnectionName: "taken", ProviderType: "Bitbucket" });
  const { code: actual, message: said } = await star(operation, input);
  expect({ code: actual, message: said }).toEqual({
    code: expected,
    message: expect.stringMatching(message) as string,
  });
  expect(endpoint.inventory()).toHaveLength(1);
});

test("names are counted in code points, and Azure DevOps is known under the newer name only", async () => {
  expect((await star("CreateConnection", { ConnectionName: PENGUINS, ProviderType: "GitHub" })).code).toBeUndefined();
  expect((await code("CreateConnection", { ConnectionName: "az", ProviderType: "AzureDevOps" })).code).toBeUndefined();
});

test("each API gives ARNs of its own name, and finds what the other one made", async () => {
  const older = await arnOf(star("CreateConnection", { ConnectionName: "older", ProviderType: "GitHub" }));
  const newer = await arnOf(
    code("CreateConnection", { ConnectionName: "newer", ProviderType: "GitHub" }, "us-gov-east-1"),
  );
  expect(older).toMatch(/^arn:aws:codestar-connections:eu-west-1:123456789012:connection\/[0-9a-f-]{36}$/);
  expect(newer).toMatch(/^arn:aws-us-gov:codeconnections:us-gov-east-1:123456789012:connection\/[0-9a-f-]{36}$/);
  expect((await code("GetConnection", { ConnectionArn: older }, "us-east-1")).output).toMatchObject({
    Connection: { ConnectionName: "older", ConnectionStatus: "PENDING", ProviderType: "GitHub" },
  });
  expect((await code("TagResource", { ResourceArn: older, Tags: [{ Key: "a", Value: "b" }] })).code).toBeUndefined();
  expect((await star("ListTagsForResource", { ResourceArn: older })).output).toEqual({
    Tags: [{ Key: "a", Value: "b" }],
  });
  expect((await star("DeleteConnection", { ConnectionArn: newer })).code).toBeUndefined();
  expect(endpoint.inventory()).toEqual([older]);
});

test("a list comes in pages", async () => {
  for (const ConnectionName of ["a", "b", "c"])
    await star("CreateConnection", { ConnectionName, ProviderType: "GitHub" });
  const names = (output: unknown) =>
    (output as { Connections: { ConnectionName: string }[] }).Connections.map(({ ConnectionName }) => ConnectionName);
  const { output: first } = await star("ListConnections", { MaxResults: 2 });
  const { NextToken } = first as { NextToken: string };
  const { output: second } = await star("ListConnections", { MaxResults: 2, NextToken });
  expect([names(first), names(second)]).toEqual([["a", "b"], ["c"]]);
  expect(second).not.toHaveProperty("NextToken");
});

test("a connection waits for a person, and its host goes first", async () => {
  const HostArn = await arnOf(star("CreateHost", HOST));
  const arn = await arnOf(star("CreateConnection", { ConnectionName: "hosted", HostArn }));
  expect((await star("DeleteHost", { HostArn })).code).toBe("ResourceUnavailableException");
  expect(() => {
    store().activate(arn);
  }).toThrow(/its host .* is PENDING/);
  store().activate(HostArn);
  store().activate(arn);
  expect((await star("GetConnection", { ConnectionArn: arn })).output).toMatchObject({
    Connection: { ConnectionStatus: "AVAILABLE", HostArn, ProviderType: "GitHubEnterpriseServer" },
  });
  store().setStatus(arn, "ERROR");
  expect(store().connection(arn).status).toBe("ERROR");
  expect(() => {
    store().activate(GONE);
  }).toThrow(GONE);
});

test("a Region has room for 250 connections", async () => {
  for (let index = 0; index < 250; index++) {
    store().createByHand({ name: `by hand ${index}`, providerType: "GitHub", family: "codeconnections", ...SCOPE });
  }
  const one = { ConnectionName: "one more", ProviderType: "GitHub" };
  expect((await code("CreateConnection", one)).code).toBe("LimitExceededException");
  expect((await code("CreateConnection", one, "us-east-1")).code).toBeUndefined();
});

test("a Region has room for 50 hosts", async () => {
  await Promise.all(Array.from({ length: 50 }, () => star("CreateHost", HOST)));
  expect((await code("CreateHost", HOST)).code).toBe("LimitExceededException");
});
