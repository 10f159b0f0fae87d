import { integer, list, map, type Of, type Shape, structure, text } from "../shapes";
import { tagKeys, tagPairs } from "../tag-store";

export const tags = tagPairs("key", "value");

export const ROLE_ARN = "arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*";

const name = text({ min: 1, max: 100, pattern: "[A-Za-z0-9.@\\-_]+" });
const roleArn = text({ max: 1024, pattern: ROLE_ARN });
const region = text({ min: 4, max: 30 });
const artifacts = list(structure({ required: { name: text({ min: 1, max: 100, pattern: "[a-zA-Z0-9_\\-]+" }) } }));

const action = structure({
  required: {
    name,
    actionTypeId: structure({
      required: {
        category: text({ values: ["Source", "Build", "Deploy", "Test", "Invoke", "Approval", "Compute"] }),
        owner: text({ values: ["AWS", "ThirdParty", "Custom"] }),
        provider: text({ min: 1, max: 35, pattern: "[0-9A-Za-z_-]+" }),
        version: text({ min: 1, max: 9, pattern: "[0-9A-Za-z_-]+" }),
      },
    }),
  },
  optional: {
    runOrder: integer({ min: 1, max: 999 }),
    configuration: map(text({ min: 1, max: 50 }), text({ min: 1, max: 1000 })),
    inputArtifacts: artifacts,
    outputArtifacts: artifacts,
    roleArn,
    region,
    namespace: text({ min: 1, max: 100, pattern: "[A-Za-z0-9@\\-_]+" }),
    timeoutInMinutes: integer({ min: 5, max: 86400 }),
  },
});

const stage = structure({ required: { name, actions: list(action) } });

const artifactStore = structure({
  required: { type: text({ values: ["S3"] }), location: text({ min: 3, max: 63, pattern: "[a-zA-Z0-9\\-\\.]+" }) },
  optional: {
    encryptionKey: structure({ required: { id: text({ min: 1, max: 400 }), type: text({ values: ["KMS"] }) } }),
  },
});

const patterns = list(text({ min: 1, max: 255 }), { min: 1, max: 8 });
const criteria = structure({ optional: { includes: patterns, excludes: patterns } });
const filters = <T>(member: Shape<T>) => list(member, { min: 1, max: 3 });

const trigger = structure({
  required: {
    providerType: text({ values: ["CodeStarSourceConnection"] }),
    gitConfiguration: structure({
      required: { sourceActionName: name },
      optional: {
        push: filters(structure({ optional: { tags: criteria, branches: criteria, filePaths: criteria } })),
        pullRequest: filters(
          structure({
            optional: {
              events: list(text({ values: ["OPEN", "UPDATED", "CLOSED"] }), { min: 1, max: 3 }),
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
    executionMode: text({ values: ["QUEUED", "SUPERSEDED", "PARALLEL"] }),
    pipelineType: text({ values: ["V1", "V2"] }),
    version: integer({ min: 1 }),
    variables: list(
      structure({
        required: { name: text({ min: 1, max: 128, pattern: "[A-Za-z0-9@\\-_]+" }) },
        optional: { defaultValue: text({ min: 1, max: 1000 }), description: text({ max: 200 }) },
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

const resourceArn = text({ pattern: "arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+" });

/** The input shapes of CodePipeline's operations, from AWS's API model. */
export const shapes = {
  createPipeline: structure({ required: { pipeline }, optional: { tags: tags.shape() } }),
  updatePipeline: structure({ required: { pipeline } }),
  named: structure({ required: { name }, optional: { version: integer({ min: 1 }) } }),
  tagResource: structure({ required: { resourceArn, tags: tags.shape() } }),
  untagResource: structure({ required: { resourceArn, tagKeys } }),
  resource: structure({ required: { resourceArn } }),
  executions: structure({ required: { pipelineName: name } }),
  retry: structure({
    required: {
      pipelineName: name,
      stageName: name,
      pipelineExecutionId: text(),
      retryMode: text({ values: ["FAILED_ACTIONS", "ALL_ACTIONS"] }),
    },
  }),
};
