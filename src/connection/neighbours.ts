import { Annotations, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isExpression } from "../terraform/expression";
import { originIn, referenceIn } from "../terraform/reference";
import { sharedData } from "../terraform/shared-data";
import type { Limit } from "../validation/rule";
import { stopped } from "../validation/validation-error";

export const sharedConnection: Limit = {
  sentence:
    "AWS RAM shares only connections of the newer family, with an ARN of the service codeconnections: set resourceFamily " +
    "to ResourceFamily.CODECONNECTIONS. This makes another connection, which a person must activate",
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html",
};

/**
 * Warns of a connection of the older family that is shared with another account, when the app is synthesised. It looks
 * once, however many connections there are.
 */
export function watchShares(connection: IConstruct): void {
  const progress = sharedData<{ isWatched?: boolean }>(connection.node.root, "shares", () => ({}));
  if (progress.isWatched) return;
  progress.isWatched = true;
  TerraformStack.of(connection).node.addValidation({ validate: () => warnIn(connection.node.root) });
}

function warnIn(app: IConstruct): string[] {
  const warning = stopped(sharedConnection.sentence);
  for (const element of app.node.findAll()) {
    if (!isOlder(element, sharedArnOf(element))) continue;
    const isTold = element.node.metadata.some(({ data }) => data === warning);
    if (!isTold) Annotations.of(element).addWarning(warning);
  }
  return [];
}

/** What an association with a share of AWS RAM shares. */
function sharedArnOf(element: IConstruct): unknown {
  const isAssociation =
    TerraformResource.isTerraformResource(element) && element.terraformResourceType === "aws_ram_resource_association";
  return isAssociation ? (element as { readonly resourceArnInput?: unknown }).resourceArnInput : undefined;
}

function isOlder(scope: IConstruct, arn: unknown): boolean {
  if (typeof arn !== "string") return false;
  if (!isExpression(arn)) return /^arn:[^:]+:codestar-connections:/.test(arn);
  // A reference to another stack renders as what this stack reads it by, but knows where it is from.
  const address = originIn(scope, arn)?.address ?? referenceIn(scope, arn)?.type ?? "";
  return /^aws_codestarconnections_connection(\.|$)/.test(address);
}
