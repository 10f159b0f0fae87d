/**
 * The regions that have an endpoint of the connections service.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codestar_connections.html
 */
export const WITH_CONNECTIONS: readonly string[] = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "us-gov-east-1"],
  ...["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1"],
  ...["ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2"],
];

/**
 * The regions that CodePipeline's documentation excludes from the connection action, and China.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export const WITHOUT_CONNECTIONS: readonly string[] = [
  ...["ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-northeast-3", "af-south-1"],
  ...["me-south-1", "me-central-1", "eu-south-2", "eu-central-2", "il-central-1", "us-gov-west-1"],
  ...["cn-north-1", "cn-northwest-1"],
];
