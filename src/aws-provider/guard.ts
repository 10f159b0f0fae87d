import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Inspection } from "../validation/inspection";
import { ValidationError } from "../validation/validation-error";

/**
 * The conditions on values that no resource of ours consumes. They stand on a data source that costs no call to AWS, and
 * what uses the values must wait for it: then a value that is known only during apply stops there.
 *
 * @param repeatable what to create once for each value, where the values come from a loop of Terraform
 */
export function guardsOf(
  scope: Construct,
  inspection: Inspection,
  repeatable: string,
  provider?: TerraformProvider,
): ITerraformDependable[] {
  const repeated = inspection.repeatedIn(scope);
  if (repeated.length > 0) {
    throw new ValidationError(
      scope.node.path,
      repeated.map(
        (property) =>
          `${property} can't use count or each: only the resource with count or for_each knows their value. ` +
          `Create one ${repeatable}.`,
      ),
    );
  }
  const lifecycle = inspection.lifecycle(scope);
  return lifecycle === undefined ? [] : [new DataAwsRegion(scope, "Guard", { provider, lifecycle })];
}
