export { OutputFormat, PullRequestEvent } from "./codepipeline/enums";
export { ActivationGate, type ActivationGateProps } from "./connection/activation-gate";
export { Connection, type ConnectionProps } from "./connection/connection";
export type { IConnection } from "./connection/connection-base";
export {
  ConnectionHost,
  type ConnectionHostProps,
  type ExistingHostOptions,
  type VpcConfiguration,
} from "./connection/connection-host";
export type { ExistingConnectionOptions, NamedConnectionOptions } from "./connection/existing-connection";
export type { IConnectionHost } from "./connection/host-base";
export { ProviderType } from "./connection/provider-type";
export { ResourceFamily } from "./connection/resource-family";
export type { ConnectionGrant } from "./permissions/connection-grant";
export { ConnectionPolicy, type ConnectionPolicyProps } from "./permissions/connection-policy";
export {
  type ActivatorPolicyProps,
  ConnectionPolicyDocument,
  type DeployerPolicyProps,
  type UsePolicyProps,
} from "./permissions/connection-policy-document";
export { PipelineCheck } from "./pipeline-check/pipeline-check";
export { PipelineSource, type PipelineSourceProps } from "./pipeline-source/pipeline-source";
export {
  type GitFilterCriteria,
  GitPullRequestFilter,
  type GitPullRequestFilterOptions,
  GitPushFilter,
  type GitPushFilterOptions,
} from "./source/git-filter";
export { SourceAction, type SourceActionProps } from "./source/source-action";
export { SourceVariables } from "./source/source-variables";
export { Trigger } from "./source/trigger";
