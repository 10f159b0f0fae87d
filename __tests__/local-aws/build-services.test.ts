import { AwsEndpoint } from "../../local-aws";
import { callJson } from "./json-client";

const ROLE = "arn:aws:iam::123456789012:role/build";

let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await AwsEndpoint.start();
  jest.spyOn(endpoint.services.iam, "roleExists").mockImplementation((arn) => arn === ROLE);
});
afterEach(() => endpoint.stop());

const project = (changes: object = {}) => ({
  name: "shop",
  serviceRole: ROLE,
  source: { type: "CODEPIPELINE" },
  artifacts: { type: "CODEPIPELINE" },
  environment: { type: "LINUX_CONTAINER", image: "aws/codebuild/standard:7.0", computeType: "BUILD_GENERAL1_SMALL" },
  ...changes,
});

test.each<[string, object, RegExp]>([
  ["a name of one character", project({ name: "s" }), /'name'/],
  ["a name that starts with a hyphen", project({ name: "-shop" }), /'name'/],
  ["a name of 256 characters", project({ name: "s".repeat(256) }), /'name'/],
  ["no service role", project({ serviceRole: undefined }), /'serviceRole'/],
  ["a service role that is none", project({ serviceRole: "build" }), /Invalid service role/],
  [
    "a service role that does not exist",
    project({ serviceRole: `${ROLE}er` }),
    /not authorized to perform: sts:AssumeRole/,
  ],
  ["CodePipeline on one side only", project({ artifacts: { type: "NO_ARTIFACTS" } }), /Invalid artifacts/],
  ["an unknown source", project({ source: { type: "SVN" } }), /'source.type'/],
  [
    "an unknown compute type",
    project({ environment: { ...project().environment, computeType: "HUGE" } }),
    /'environment.computeType'/,
  ],
  ["a timeout of 4 minutes", project({ timeoutInMinutes: 4 }), /'timeoutInMinutes'/],
  ["a reserved tag", project({ tags: [{ key: "aws:a", value: "" }] }), /reserved/],
])("CodeBuild refuses %s", async (_case, input, message) => {
  const answer = await callJson(endpoint, "codebuild", "CreateProject", input);
  expect(answer).toMatchObject({ code: "InvalidInputException", message: expect.stringMatching(message) as string });
  expect(endpoint.inventory()).toEqual([]);
});

test("a CodeBuild project is found by name and ARN, and its name is taken", async () => {
  const call = (operation: string, input: object) => callJson(endpoint, "codebuild", operation, input);
  expect((await call("CreateProject", project())).code).toBeUndefined();
  expect((await call("CreateProject", project())).code).toBe("ResourceAlreadyExistsException");
  expect((await call("UpdateProject", { name: "none" })).code).toBe("ResourceNotFoundException");
  const arn = "arn:aws:codebuild:eu-west-1:123456789012:project/shop";
  expect((await call("BatchGetProjects", { names: ["shop", arn, "none"] })).output).toMatchObject({
    projects: [{ arn }, { arn }],
    projectsNotFound: ["none"],
  });
  await call("DeleteProject", { name: arn });
  expect(endpoint.inventory()).toEqual([]);
});

test.each<[string, string, object, string]>([
  ["logs", "CreateLogGroup", { logGroupName: "my group" }, "InvalidParameterException"],
  ["logs", "CreateLogGroup", { logGroupName: "g".repeat(513) }, "InvalidParameterException"],
  ["logs", "CreateLogGroup", { logGroupName: "g", tags: { "aws:a": "" } }, "InvalidParameterException"],
  ["logs", "CreateLogGroup", { logGroupName: "taken" }, "ResourceAlreadyExistsException"],
  ["logs", "PutRetentionPolicy", { logGroupName: "taken", retentionInDays: 2 }, "InvalidParameterException"],
  ["logs", "PutRetentionPolicy", { logGroupName: "gone", retentionInDays: 1 }, "ResourceNotFoundException"],
  ["logs", "DeleteLogGroup", { logGroupName: "gone" }, "ResourceNotFoundException"],
  ["kms", "CreateKey", { Policy: "{}" }, "MalformedPolicyDocumentException"],
  ["kms", "CreateKey", { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }, "UnsupportedOperationException"],
  ["kms", "CreateKey", { Tags: [{ TagKey: "aws:a", TagValue: "" }] }, "TagException"],
  ["kms", "DescribeKey", { KeyId: "gone" }, "NotFoundException"],
  ["kms", "CreateAlias", { AliasName: "key", TargetKeyId: "gone" }, "InvalidAliasNameException"],
  ["kms", "CreateAlias", { AliasName: "alias/key", TargetKeyId: "gone" }, "NotFoundException"],
  ["kms", "DeleteAlias", { AliasName: "alias/gone" }, "NotFoundException"],
])("%s refuses %s of %j with %s", async (service, operation, input, code) => {
  await callJson(endpoint, "logs", "CreateLogGroup", { logGroupName: "taken" });
  expect(await callJson(endpoint, service, operation, input)).toMatchObject({ code });
  await callJson(endpoint, "logs", "DeleteLogGroup", { logGroupName: "taken" });
  expect(endpoint.inventory()).toEqual([]);
});

test("a key that waits for its deletion can be looked at, but not used", async () => {
  const call = (operation: string, input: object) => callJson(endpoint, "kms", operation, input);
  const { output } = await call("CreateKey", {});
  const { KeyMetadata } = output as { KeyMetadata: { KeyId: string } };
  const { KeyId } = KeyMetadata;
  expect(endpoint.inventory()).toHaveLength(1);
  expect((await call("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 6 })).code).toBe("ValidationException");
  expect((await call("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 })).code).toBeUndefined();
  expect((await call("DescribeKey", { KeyId })).output).toMatchObject({ KeyMetadata: { KeyState: "PendingDeletion" } });
  expect((await call("EnableKey", { KeyId })).code).toBe("KMSInvalidStateException");
  expect(endpoint.inventory()).toEqual([]);
});
