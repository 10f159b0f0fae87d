import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Inspection } from "../validation/inspection";
import { ValidationError } from "../validation/validation-error";

/**
 * The conditions on values that no resource of ours consumes. They stand on a data source that costs no call to AWS, and
 * what uses the values must wait for it: then a value that is known only during apply stops there.
 */
export function guardsOf(
  scope: Construct,
  inspection: Inspection,
  provider?: TerraformProvider,
): ITerraformDependable[] {
  const repeated = inspection.repeatedIn(scope);
  if (repeated.length > 0) {
    throw new ValidationError(
      scope.node.path,
      repeated.map(
        (property) =>
          `${property} can't depend on count or each, which only the resource that has them knows: make one for each ` +
          "value, in a loop of your program, or use SourceAction alone, which does not check expressions.",
      ),
    );
  }
  const lifecycle = inspection.lifecycle(scope);
  return lifecycle === undefined ? [] : [new DataAwsRegion(scope, "Guard", { provider, lifecycle })];
}
