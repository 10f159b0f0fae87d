import { byArns, byNames, connectionHost, connections, ofOtherAccounts } from "./connections";
import { pipelineSource, sourceAction, triggers } from "./sources";
import { connectionPolicy, connectionPolicyDocument } from "./permissions";
import { activation } from "./activation";
import { wholePipeline } from "./pipelines";
import { listsWithHoles } from "./lists";
import type { Mistake } from "./making";

/** Mistakes that people make, by what they make them with; each breaks rules, or is warned of. */
export const MISTAKES: { readonly [about: string]: readonly Mistake[] } = {
  ConnectionHost: connectionHost,
  Connection: connections,
  "Connection.fromConnectionArn": [...byArns, ...ofOtherAccounts],
  "Connection.fromConnectionName": byNames,
  SourceAction: sourceAction,
  Trigger: triggers,
  PipelineSource: pipelineSource,
  ConnectionPolicy: connectionPolicy,
  ConnectionPolicyDocument: connectionPolicyDocument,
  Activation: activation,
  "A list with a hole": listsWithHoles,
  "The whole pipeline": wholePipeline,
};
