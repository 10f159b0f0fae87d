export { ActivationGate, type ActivationGateProps } from "./connection/activation-gate";
export { ActivationReminder, type ActivationReminderProps } from "./connection/activation-reminder";
export { Connection } from "./connection/connection";
export type { IConnection } from "./connection/connection-base";
export type { ConnectionProps } from "./connection/connection";
export type { ExistingConnectionOptions } from "./connection/existing-connection";
export type { NamedConnectionOptions } from "./connection/existing-connection";
export { ConnectionHost, type ConnectionHostProps } from "./connection/connection-host";
export type { ExistingHostOptions } from "./connection/connection-host";
export type { IConnectionHost } from "./connection/host-base";
export { ProviderType } from "./connection/provider-type";
export { ResourceFamily } from "./connection/resource-family";
export type { VpcConfiguration } from "./connection/vpc-configuration";
export type { ConnectionGrant } from "./permissions/connection-grant";
export { ConnectionPolicy } from "./permissions/connection-policy";
export { ConnectionPolicyDocument } from "./permissions/connection-policy-document";
export type { ConnectionPolicyProps } from "./permissions/connection-policy";
export type { ActivatorPolicyProps, DeployerPolicyProps } from "./permissions/connection-policy-document";
export { PipelineSource } from "./pipeline-source/pipeline-source";
export type { PipelineSourceProps } from "./pipeline-source/pipeline-source";
export { OutputFormat } from "./codepipeline/output-format";
export { PullRequestEvent } from "./codepipeline/pull-request-event";
export {
  type GitFilterCriteria,
  GitPullRequestFilter,
  type GitPullRequestFilterOptions,
  GitPushFilter,
  type GitPushFilterOptions,
} from "./source/git-filter";
export { SourceAction } from "./source/source-action";
export type { SourceActionProps } from "./source/source-action";
export { SourceVariables } from "./source/source-variables";
export { Trigger } from "./source/trigger";
