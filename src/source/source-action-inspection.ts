import { Tokenization } from "cdktf";
import { CONNECTION } from "../connection/connection-base";
import { repositoryPath } from "../codepipeline/repository-path";
import * as rules from "../codepipeline/limits";
import { Inspection } from "../validation/inspection";
import { FLAG, type Kind, propertiesOf } from "../validation/kind";
import type { SourceActionProps } from "./source-action-props";
import { inspectTrigger } from "./trigger-inspection";

/** A flag that Terraform may know: it ends up as a text in the action's configuration. */
const ANY_FLAG: Kind = { ...FLAG, includes: (value) => FLAG.includes(value) || Tokenization.isResolvable(value) };

/** Applies the rules of a source action. */
export function inspectSourceAction(given: SourceActionProps): Inspection {
  const props = propertiesOf(given);
  return new Inspection()
    .requiredKind("connection", props.connection, CONNECTION)
    .required("repository", props.repository, repositoryPath(props.connection?.providerType))
    .required("branch", props.branch, rules.branch, rules.noPipelineVariable)
    .value("outputFormat", props.outputFormat, rules.outputFormat)
    .include(inspectTrigger(props.trigger))
    .kind("detectChanges", props.detectChanges, ANY_FLAG)
    .value("actionName", props.actionName, rules.name)
    .value("outputArtifactName", props.outputArtifactName, rules.artifactName)
    .value("namespace", props.namespace, rules.namespace)
    .wholeNumber("runOrder", props.runOrder, rules.runOrder)
    .value("roleArn", props.roleArn, rules.roleArn)
    .value("region", props.region, rules.region);
}
