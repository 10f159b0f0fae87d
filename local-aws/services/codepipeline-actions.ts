import { AwsError } from "../aws-error";
import type { ActionDeclaration } from "./codepipeline-shapes";

interface ActionType {
  readonly inputs: readonly [min: number, max: number];
  readonly outputs: readonly [min: number, max: number];
  /** Configuration keys; an action type without them is not checked that far. */
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
}

/** Artifact counts of AWS's own action types, version 1, as the User Guide's reference lists them. */
const ACTION_TYPES: Readonly<{ [key: string]: ActionType }> = {
  "Source/CodeStarSourceConnection": {
    inputs: [0, 0],
    outputs: [1, 1],
    required: ["ConnectionArn", "FullRepositoryId", "BranchName"],
    optional: ["OutputArtifactFormat", "DetectChanges"],
  },
  "Source/S3": { inputs: [0, 0], outputs: [1, 1], required: ["S3Bucket", "S3ObjectKey"] },
  "Source/CodeCommit": { inputs: [0, 0], outputs: [1, 1], required: ["RepositoryName", "BranchName"] },
  "Source/ECR": { inputs: [0, 0], outputs: [1, 1], required: ["RepositoryName"] },
  "Build/CodeBuild": { inputs: [1, 5], outputs: [0, 5], required: ["ProjectName"] },
  "Test/CodeBuild": { inputs: [1, 5], outputs: [0, 5], required: ["ProjectName"] },
  "Build/ECRBuildAndPublish": { inputs: [1, 1], outputs: [0, 1] },
  "Test/DeviceFarm": { inputs: [1, 1], outputs: [0, 0] },
  "Compute/Commands": { inputs: [0, 10], outputs: [0, 1] },
  "Approval/Manual": { inputs: [0, 0], outputs: [0, 0] },
  "Deploy/S3": { inputs: [1, 1], outputs: [0, 0], required: ["BucketName", "Extract"] },
  "Deploy/CloudFormation": { inputs: [0, 10], outputs: [0, 1], required: ["ActionMode", "StackName"] },
  "Deploy/CloudFormationStackSet": { inputs: [1, 10], outputs: [0, 0] },
  "Deploy/CloudFormationStackInstances": { inputs: [0, 10], outputs: [0, 0] },
  "Deploy/CodeDeploy": { inputs: [1, 1], outputs: [0, 0], required: ["ApplicationName", "DeploymentGroupName"] },
  "Deploy/CodeDeployToECS": { inputs: [1, 5], outputs: [0, 0] },
  "Deploy/ECS": { inputs: [1, 1], outputs: [0, 0], required: ["ClusterName", "ServiceName"] },
  "Deploy/EKS": { inputs: [1, 1], outputs: [0, 0] },
  "Deploy/EC2": { inputs: [1, 1], outputs: [0, 0] },
  "Deploy/Lambda": { inputs: [1, 1], outputs: [0, 0] },
  "Deploy/ElasticBeanstalk": { inputs: [1, 1], outputs: [0, 0] },
  "Deploy/ServiceCatalog": { inputs: [1, 1], outputs: [0, 0] },
  "Deploy/AppConfig": { inputs: [1, 1], outputs: [0, 0] },
  "Invoke/Lambda": { inputs: [0, 5], outputs: [0, 5], required: ["FunctionName"] },
  "Invoke/StepFunctions": { inputs: [0, 1], outputs: [0, 1], required: ["StateMachineArn"] },
  "Invoke/CodePipeline": { inputs: [0, 0], outputs: [0, 0] },
  "Invoke/InspectorScan": { inputs: [0, 1], outputs: [0, 5] },
};

/** Those that are not AWS's own. */
const THIRD_PARTY_TYPES: Readonly<{ [key: string]: ActionType }> = {
  "Source/GitHub": {
    inputs: [0, 0],
    outputs: [1, 1],
    required: ["Owner", "Repo", "Branch", "OAuthToken"],
    optional: ["PollForSourceChanges"],
  },
};

const CONNECTION_ARN = /^arn:aws(-\w+)*:(codestar-connections|codeconnections):[^:]+:[0-9]{12}:connection\/.+$/;

/** Where CodePipeline does not offer the connection action: from the User Guide, and China. */
const REGIONS_WITHOUT_CONNECTIONS: readonly string[] = [
  ...["ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-northeast-3", "af-south-1", "me-south-1"],
  ...["me-central-1", "eu-south-2", "eu-central-2", "il-central-1", "us-gov-west-1", "cn-north-1", "cn-northwest-1"],
];

export function isConnectionSource({ actionTypeId: { category, provider, owner } }: ActionDeclaration): boolean {
  return category === "Source" && owner === "AWS" && provider === "CodeStarSourceConnection";
}

/** Refuses an action that does not fit its type, as CodePipeline does before it looks at how actions fit together. */
export function checkAction(action: ActionDeclaration, region: string): void {
  const { category, owner, provider, version } = action.actionTypeId;
  const types = owner === "AWS" ? ACTION_TYPES : owner === "ThirdParty" ? THIRD_PARTY_TYPES : {};
  const type = version === "1" ? types[`${category}/${provider}`] : undefined;
  const where = action.region ?? region;
  // An account has no custom action types until someone registers them.
  if (type === undefined || (isConnectionSource(action) && REGIONS_WITHOUT_CONNECTIONS.includes(where))) {
    throw refusal(
      `ActionType (Category: '${category}', Provider: '${provider}', Owner: '${owner}', Version: '${version}') ` +
        `in action '${action.name}' is not available in region '${where.toUpperCase().replaceAll("-", "_")}'`,
    );
  }
  checkCount(action, "input", action.inputArtifacts?.length ?? 0, type.inputs);
  checkCount(action, "output", action.outputArtifacts?.length ?? 0, type.outputs);
  checkConfiguration(action, type);
  if (isConnectionSource(action)) checkConnectionSource(action);
}

function checkCount(
  { name }: ActionDeclaration,
  kind: string,
  count: number,
  [min, max]: readonly [number, number],
): void {
  const problem = count < min ? `less than the minimum count (${min})` : `more than the maximum count (${max})`;
  if (count < min || count > max) {
    throw refusal(`Action ${name} declares ${count} ${kind} artifacts which is ${problem}`);
  }
}

function checkConfiguration(action: ActionDeclaration, { required = [], optional }: ActionType): void {
  const keys = Object.keys(action.configuration ?? {});
  const missing = required.find((key) => !keys.includes(key));
  if (missing !== undefined) {
    throw refusal(`Action configuration for action '${action.name}' is missing required configuration '${missing}'`);
  }
  const unknown = optional === undefined ? undefined : keys.find((key) => ![...required, ...optional].includes(key));
  if (unknown !== undefined) {
    throw refusal(`Action configuration for action '${action.name}' contains unknown configuration '${unknown}'`);
  }
}

function checkConnectionSource({ name, configuration = {} }: ActionDeclaration): void {
  const { ConnectionArn = "", OutputArtifactFormat = "CODE_ZIP", DetectChanges = "true" } = configuration;
  if (!CONNECTION_ARN.test(ConnectionArn)) {
    throw refusal(`Invalid value '${ConnectionArn}' of configuration 'ConnectionArn' in action '${name}'`);
  }
  if (!["CODE_ZIP", "CODEBUILD_CLONE_REF"].includes(OutputArtifactFormat)) {
    throw refusal(
      `Invalid value '${OutputArtifactFormat}' of configuration 'OutputArtifactFormat' in action '${name}'`,
    );
  }
  if (!["true", "false"].includes(DetectChanges)) {
    throw refusal(`Invalid value '${DetectChanges}' of configuration 'DetectChanges' in action '${name}'`);
  }
}

function refusal(message: string): AwsError {
  return new AwsError("InvalidActionDeclarationException", message);
}
