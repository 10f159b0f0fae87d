import { boolean, integer, list, structure, string } from "../shapes";
import { tagPairs } from "../tag-store";

export const tags = tagPairs("key", "value");

const name = string({ min: 2, max: 255, pattern: "[A-Za-z0-9][A-Za-z0-9\\-_]{1,254}" });
const anyName = string({ min: 1 });

const source = structure({
  required: {
    type: string({
      values: [
        ...["CODECOMMIT", "CODEPIPELINE", "GITHUB", "GITLAB", "GITLAB_SELF_MANAGED", "S3", "BITBUCKET"],
        ...["GITHUB_ENTERPRISE", "NO_SOURCE"],
      ],
    }),
  },
  optional: { location: string(), buildspec: string(), gitCloneDepth: integer({ min: 0 }) },
});

const artifacts = structure({
  required: { type: string({ values: ["CODEPIPELINE", "S3", "NO_ARTIFACTS"] }) },
  optional: {
    location: string(),
    packaging: string({ values: ["NONE", "ZIP"] }),
    namespaceType: string({ values: ["NONE", "BUILD_ID"] }),
  },
});

const environment = structure({
  required: {
    type: string({
      values: [
        ...["WINDOWS_CONTAINER", "LINUX_CONTAINER", "LINUX_GPU_CONTAINER", "ARM_CONTAINER", "LINUX_EC2", "ARM_EC2"],
        ...["WINDOWS_SERVER_2019_CONTAINER", "WINDOWS_SERVER_2022_CONTAINER", "WINDOWS_EC2", "MAC_ARM"],
        ...["LINUX_LAMBDA_CONTAINER", "ARM_LAMBDA_CONTAINER"],
      ],
    }),
    image: string({ min: 1 }),
    computeType: string({
      values: [
        ...["SMALL", "MEDIUM", "LARGE", "XLARGE", "2XLARGE"].map((size) => `BUILD_GENERAL1_${size}`),
        ...[1, 2, 4, 8, 10].map((size) => `BUILD_LAMBDA_${size}GB`),
        ...["ATTRIBUTE_BASED_COMPUTE", "CUSTOM_INSTANCE_TYPE"],
      ],
    }),
  },
  optional: {
    environmentVariables: list(
      structure({
        required: { name: string({ min: 1 }), value: string() },
        optional: { type: string({ values: ["PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER"] }) },
      }),
    ),
    privilegedMode: boolean,
    imagePullCredentialsType: string({ values: ["CODEBUILD", "SERVICE_ROLE"] }),
  },
});

const optional = {
  description: string({ max: 255 }),
  timeoutInMinutes: integer({ min: 5, max: 2160 }),
  queuedTimeoutInMinutes: integer({ min: 5, max: 480 }),
  encryptionKey: string({ min: 1 }),
  badgeEnabled: boolean,
  tags: tags.shape(50),
};

/** The input shapes of CodeBuild's operations, from AWS's API model. */
export const shapes = {
  createProject: structure({
    required: { name, source, artifacts, environment, serviceRole: string({ min: 1 }) },
    optional,
  }),
  updateProject: structure({
    required: { name: anyName },
    optional: { source, artifacts, environment, serviceRole: string({ min: 1 }), ...optional },
  }),
  deleteProject: structure({ required: { name: anyName } }),
  batchGetProjects: structure({ required: { names: list(anyName, { min: 1, max: 100 }) } }),
};
