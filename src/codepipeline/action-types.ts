/** The action provider of a source action on a connection, and the provider type of its triggers. */
export const CONNECTION_SOURCE = "CodeStarSourceConnection";

/** Which actions can take a full clone: it is a reference that CodeBuild follows. */
export const BUILDS = ["AWS/Build/CodeBuild", "AWS/Test/CodeBuild"];

/** The actions of AWS that run nothing of the user's own, so that they can't follow the reference. The list ages. */
export const CANNOT_BUILD = [
  ...["S3", "CloudFormation", "CloudFormationStackSet", "CloudFormationStackInstances", "CodeDeploy"],
  ...["CodeDeployToECS", "ECS", "EKS", "EC2", "Lambda", "ElasticBeanstalk", "OpsWorks", "ServiceCatalog", "AppConfig"],
].map((provider) => `AWS/Deploy/${provider}`);
