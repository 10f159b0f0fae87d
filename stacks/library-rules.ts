/**
 * What this app takes from inside the library: the rules of the constructs, so that one run reports the mistakes in all
 * of the context, and the means to apply them. The other files import the library by its name, as its users do.
 */
export { region as anyRegion, regionWithConnections, WITHOUT_CONNECTIONS } from "../src/aws-provider/region";
export { branch, name as pipelineName, noPipelineVariable, outputFormat } from "../src/codepipeline/limits";
export { repositoryPath } from "../src/codepipeline/repository-path";
export {
  connectionArn,
  connectionName,
  providerType,
  providerTypeOfFamily,
  providerTypeWithoutHost,
} from "../src/connection/limits";
export { providerTypes } from "../src/connection/provider-type";
export { DEFAULT_FAMILY } from "../src/connection/resource-family";
export { matching } from "../src/validation/constraint";
export { Inspection } from "../src/validation/inspection";
export { nearest } from "../src/validation/nearest";
export type { Rule } from "../src/validation/rule";
export { given, ValidationError } from "../src/validation/validation-error";
