export { ActivationReminder, type ActivationReminderProps } from "./activation/activation-reminder";
export { Connection, type ConnectionProps } from "./connection/connection";
export type { IConnection } from "./connection/connection-base";
export type { ExistingConnectionOptions } from "./connection/existing-connection";
export { ProviderType } from "./connection/provider-type";
export { ConnectionPolicy, type ConnectionPolicyProps } from "./permissions/connection-policy";
export { PipelineSource, type PipelineSourceProps } from "./pipeline-source";
export { OutputFormat } from "./source/output-format";
export { SourceAction, type SourceActionProps } from "./source/source-action";
