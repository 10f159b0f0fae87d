import { Testing } from "cdktf";
import { OutputFormat, ProviderType } from "../../src";
import type { Configuration } from "../../stacks/configuration";
import { PipelineStack } from "../../stacks/pipeline-stack";
import { messageOf, Synthesis, testingApp } from "../support/synthesis";

const CONFIGURATION: Configuration = {
  region: "eu-west-1",
  pipelineName: "shop",
  connectionName: "MyConnection",
  providerType: ProviderType.BITBUCKET,
  repository: "acme/shop",
  branch: "main",
  outputFormat: OutputFormat.CODE_ZIP,
  scopeToRepository: true,
  protectConnection: false,
};
const ACCOUNT = "${data.aws_caller_identity.Account.account_id}";
const BUCKET = "${aws_s3_bucket.Artifacts_82DD59A1.arn}";
const OWN_ACCOUNT = { StringEquals: { "aws:ResourceAccount": ACCOUNT } };

const synthesisOf = (configuration: object = {}) =>
  new Synthesis(
    Testing.synth(new PipelineStack(testingApp(), "pipeline", { ...CONFIGURATION, ...configuration }), true),
  );

describe("the artifact bucket", () => {
  const synthesis = synthesisOf();

  test("is private", () => {
    expect(synthesis.only("resource", "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("is encrypted and versioned", () => {
    expect(synthesis.only("resource", "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
    expect(synthesis.only("resource", "aws_s3_bucket_versioning").versioning_configuration).toEqual({
      status: "Enabled",
    });
  });

  test("forgets old artifacts, and the versions that they leave", () => {
    const { rule } = synthesis.only("resource", "aws_s3_bucket_lifecycle_configuration");

    expect(rule).toEqual([
      expect.objectContaining({
        status: "Enabled",
        expiration: [{ days: 30 }],
        noncurrent_version_expiration: [{ noncurrent_days: 1 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
      }),
    ]);
  });

  test("is reached by TLS only", () => {
    expect(JSON.parse(synthesis.only("resource", "aws_s3_bucket_policy").policy).Statement).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [BUCKET, `${BUCKET}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });
});

describe("the roles", () => {
  const synthesis = synthesisOf();
  const role = (id: string) =>
    Object.entries(synthesis.blocks("resource", "aws_iam_role")).find(([name]) => name.startsWith(id))?.[1];
  const permissions = (id: string) =>
    Object.entries(synthesis.blocks("resource", "aws_iam_role_policy")).find(([name]) => name.startsWith(id))?.[1];
  const arn = (service: string) => `arn:\${data.aws_partition.Partition.partition}:${service}:eu-west-1:${ACCOUNT}`;

  test.each([
    ["PipelineRole", "codepipeline", `${arn("codepipeline")}:shop`],
    ["BuildRole", "codebuild", `${arn("codebuild")}:project/build-\${local.PlainName}`],
  ])("%s is taken by its service only, for its own resource only", (id, service, resource) => {
    expect(JSON.parse(role(id)?.assume_role_policy).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:SourceArn": resource },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });

  test("that runs the pipeline may store artifacts and run the project, and nothing else", () => {
    expect(JSON.parse(permissions("PipelineRole")?.policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["s3:GetBucketVersioning", "s3:GetBucketAcl", "s3:GetBucketLocation"],
        Resource: BUCKET,
        Condition: OWN_ACCOUNT,
      },
      {
        Effect: "Allow",
        Action: [
          ...["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectVersion"],
          ...["s3:PutObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"],
        ],
        Resource: `${BUCKET}/*`,
        Condition: OWN_ACCOUNT,
      },
      {
        Effect: "Allow",
        Action: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
        Resource: `${arn("codebuild")}:project/build-\${local.PlainName}`,
      },
    ]);
  });

  test("that builds may write its log, take its input and hand back its output, and nothing else", () => {
    expect(JSON.parse(permissions("BuildRole")?.policy).Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: "${aws_cloudwatch_log_group.BuildLogs.arn}:log-stream:*",
      },
      {
        Effect: "Allow",
        Action: ["s3:GetBucketAcl", "s3:GetBucketLocation"],
        Resource: BUCKET,
        Condition: OWN_ACCOUNT,
      },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
        Resource: `${BUCKET}/*`,
        Condition: OWN_ACCOUNT,
      },
    ]);
  });

  test("get the connection as the output format needs it", () => {
    const granted = (outputFormat: OutputFormat) =>
      Object.keys(synthesisOf({ outputFormat }).blocks("resource", "aws_iam_role_policy_attachment"));

    expect(granted(OutputFormat.CODE_ZIP)).toHaveLength(1);
    expect(granted(OutputFormat.CODEBUILD_CLONE_REF)).toHaveLength(2);
  });

  const policies = (configuration: object): string[] =>
    Object.values(
      synthesisOf({ outputFormat: OutputFormat.CODEBUILD_CLONE_REF, ...configuration }).blocks(
        "resource",
        "aws_iam_policy",
      ),
    ).map(({ policy }) => String(policy));

  test("are limited to the repository, and the build's to reading", () => {
    const [pipeline, build, ...others] = policies({});

    expect(others).toEqual([]);
    expect(pipeline).toContain('"codeconnections:FullRepositoryId":"acme/shop"');
    expect(pipeline).not.toContain("ProviderAction");
    expect(build).toContain('"codeconnections:FullRepositoryId":"acme/shop"');
    expect(build).toContain('"codeconnections:ProviderAction"');
  });

  test("use the whole connection on request, with one policy", () => {
    const [both, ...others] = policies({ scopeToRepository: false });

    expect(others).toEqual([]);
    expect(both).not.toContain("Condition");
  });
});

test("the pipeline is a V2 pipeline that waits for its permissions and its bucket", () => {
  const { pipeline_type, depends_on } = synthesisOf().only("resource", "aws_codepipeline");

  expect(pipeline_type).toBe("V2");
  const types = (depends_on as string[]).map((address) => address.split(".")[0]);
  expect(new Set(types)).toEqual(
    new Set([
      "aws_iam_role_policy_attachment",
      "aws_iam_role_policy",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ]),
  );
});

test("the stack asks for a Terraform that has check blocks, and its outputs have fixed names", () => {
  const synthesis = synthesisOf();

  expect(synthesis.top("terraform").required_version).toBe(">= 1.5");
  expect(Object.keys(synthesis.top("output"))).toEqual(["activation_reminder", "connection_arn", "connection_status"]);
});

test("a new connection is protected on request", () => {
  const lifecycle = (configuration: object): unknown =>
    synthesisOf(configuration).only("resource", "aws_codestarconnections_connection").lifecycle;

  expect(lifecycle({})).toBeUndefined();
  expect(lifecycle({ protectConnection: true })).toEqual({ prevent_destroy: true });
});

test("an existing connection is read by the check alone, so that destroy does not need it, and none is made", () => {
  const connectionArn = "arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b1a2f";
  const synthesis = synthesisOf({ connectionName: undefined, connectionArn });

  expect(synthesis.top("resource")).not.toHaveProperty("aws_codestarconnections_connection");
  expect(synthesis.blocks("data", "aws_codestarconnections_connection")).toEqual({});
  expect(Object.values(synthesis.top("check"))[0]?.data).toEqual({
    aws_codestarconnections_connection: expect.anything(),
  });
  expect(Object.keys(synthesis.top("output"))).toEqual(["activation_reminder", "connection_arn"]);
});

test("a bad pipeline name is refused", () => {
  expect(messageOf(() => synthesisOf({ pipelineName: "my shop" }))).toContain(
    "pipeline: pipelineName must be 1 to 100",
  );
});
