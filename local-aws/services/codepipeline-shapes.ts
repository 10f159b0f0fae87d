import { integer, list, map, type Of, type Shape, structure, string } from "../shapes";
import { tagKeys, tagPairs } from "../tag-store";

export const tags = tagPairs("key", "value");

const ROLE_ARN = "arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*";

const name = string({ min: 1, max: 100, pattern: "[A-Za-z0-9.@\\-_]+" });
const roleArn = string({ max: 1024, pattern: ROLE_ARN });
const region = string({ min: 4, max: 30 });
const artifacts = list(structure({ required: { name: string({ min: 1, max: 100, pattern: "[a-zA-Z0-9_\\-]+" }) } }));

const action = structure({
  required: {
    name,
    actionTypeId: structure({
      required: {
        category: string({ values: ["Source", "Build", "Deploy", "Test", "Invoke", "Approval", "Compute"] }),
        owner: string({ values: ["AWS", "ThirdParty", "Custom"] }),
        provider: string({ min: 1, max: 35, pattern: "[0-9A-Za-z_-]+" }),
        version: string({ min: 1, max: 9, pattern: "[0-9A-Za-z_-]+" }),
      },
    }),
  },
  optional: {
    runOrder: integer({ min: 1, max: 999 }),
    configuration: map(string({ min: 1, max: 50 }), string({ min: 1, max: 1000 })),
    inputArtifacts: artifacts,
    outputArtifacts: artifacts,
    roleArn,
    region,
    namespace: string({ min: 1, max: 100, pattern: "[A-Za-z0-9@\\-_]+" }),
    timeoutInMinutes: integer({ min: 5, max: 86400 }),
  },
});

const rule = structure({
  required: {
    name,
    ruleTypeId: structure({
      required: { category: string({ values: ["Rule"] }), provider: string({ min: 1, max: 35 }) },
      optional: { owner: string({ values: ["AWS"] }), version: string({ min: 1, max: 9 }) },
    }),
  },
  optional: {
    configuration: map(string({ min: 1, max: 50 }), string({ min: 1, max: 10000 })),
    commands: list(string({ min: 1, max: 1000 }), { min: 1, max: 50 }),
    inputArtifacts: artifacts,
    roleArn,
    region,
    timeoutInMinutes: integer({ min: 5, max: 86400 }),
  },
});

const result = string({ values: ["ROLLBACK", "FAIL", "RETRY", "SKIP"] });
const conditions = list(structure({ optional: { result, rules: list(rule, { min: 1, max: 5 }) } }), {
  min: 1,
  max: 1,
});

const stage = structure({
  required: { name, actions: list(action) },
  optional: {
    beforeEntry: structure({ required: { conditions } }),
    onSuccess: structure({ required: { conditions } }),
    onFailure: structure({
      optional: {
        conditions,
        result,
        retryConfiguration: structure({
          optional: { retryMode: string({ values: ["FAILED_ACTIONS", "ALL_ACTIONS"] }) },
        }),
      },
    }),
  },
});

const artifactStore = structure({
  required: { type: string({ values: ["S3"] }), location: string({ min: 3, max: 63, pattern: "[a-zA-Z0-9\\-\\.]+" }) },
  optional: {
    encryptionKey: structure({ required: { id: string({ min: 1, max: 400 }), type: string({ values: ["KMS"] }) } }),
  },
});

const patterns = list(string({ min: 1, max: 255 }), { min: 1, max: 8 });
const criteria = structure({ optional: { includes: patterns, excludes: patterns } });
const filters = <T>(member: Shape<T>) => list(member, { min: 1, max: 3 });

const trigger = structure({
  required: {
    providerType: string({ values: ["CodeStarSourceConnection"] }),
    gitConfiguration: structure({
      required: { sourceActionName: name },
      optional: {
        push: filters(structure({ optional: { tags: criteria, branches: criteria, filePaths: criteria } })),
        pullRequest: filters(
          structure({
            optional: {
              events: list(string({ values: ["OPEN", "UPDATED", "CLOSED"] }), { min: 1, max: 3 }),
              branches: criteria,
              filePaths: criteria,
            },
          }),
        ),
      },
    }),
  },
});

const pipeline = structure({
  required: { name, roleArn, stages: list(stage) },
  optional: {
    artifactStore,
    artifactStores: map(region, artifactStore),
    executionMode: string({ values: ["QUEUED", "SUPERSEDED", "PARALLEL"] }),
    pipelineType: string({ values: ["V1", "V2"] }),
    version: integer({ min: 1 }),
    variables: list(
      structure({
        required: { name: string({ min: 1, max: 128, pattern: "[A-Za-z0-9@\\-_]+" }) },
        optional: { defaultValue: string({ min: 1, max: 1000 }), description: string({ max: 200 }) },
      }),
      { max: 50 },
    ),
    triggers: list(trigger, { max: 50 }),
  },
});

export type ActionDeclaration = Of<typeof action>;
export type StageDeclaration = Of<typeof stage>;
export type TriggerDeclaration = Of<typeof trigger>;
export type PipelineDeclaration = Of<typeof pipeline>;

const resourceArn = string({ pattern: "arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+" });

/** The input shapes of CodePipeline's operations, from AWS's API model. */
export const shapes = {
  createPipeline: structure({ required: { pipeline }, optional: { tags: tags.shape() } }),
  updatePipeline: structure({ required: { pipeline } }),
  named: structure({ required: { name }, optional: { version: integer({ min: 1 }) } }),
  tagResource: structure({ required: { resourceArn, tags: tags.shape() } }),
  untagResource: structure({ required: { resourceArn, tagKeys } }),
  resource: structure({ required: { resourceArn } }),
  listPipelines: structure({ optional: { maxResults: integer({ min: 1, max: 1000 }), nextToken: string() } }),
  executions: structure({
    required: { pipelineName: name },
    optional: { maxResults: integer({ min: 1, max: 100 }), nextToken: string() },
  }),
  actionExecutions: structure({
    required: { pipelineName: name },
    optional: {
      filter: structure({ optional: { pipelineExecutionId: string() } }),
      maxResults: integer({ min: 1, max: 100 }),
      nextToken: string(),
    },
  }),
  retry: structure({
    required: {
      pipelineName: name,
      stageName: name,
      pipelineExecutionId: string(),
      retryMode: string({ values: ["FAILED_ACTIONS", "ALL_ACTIONS"] }),
    },
  }),
};
