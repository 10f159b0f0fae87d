import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { Inspection } from "./inspection";

/**
 * The conditions on values that no resource of ours consumes. They stand on a data source that costs no call to AWS, and
 * what uses the values must wait for it: then a value that is known only during apply stops there.
 */
export function guardsOf(
  scope: Construct,
  inspection: Inspection,
  provider?: TerraformProvider,
): ITerraformDependable[] {
  const lifecycle = inspection.lifecycle(scope);
  return lifecycle === undefined ? [] : [new DataAwsRegion(scope, "Guard", { provider, lifecycle })];
}
