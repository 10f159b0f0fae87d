import { TerraformLocal, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { expressionOn } from "../terraform/expression";
import { sentenceAt } from "../validation/sentence";
import type { Access } from "./access";
import { isGuessed } from "./packing";
import { ESCAPED, policyDocument } from "./statement";
import { useConnections } from "./use-connection";

/** A policy document as a property of a resource, and what that resource must hold back. */
export interface Document {
  readonly policy: string;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * The document that allows this. Its size is known now, unless it has texts in it that only Terraform knows: then the
 * resource checks it.
 */
export function documentOf(
  scope: Construct,
  id: string,
  accesses: readonly Access[],
  maxSize: number,
  lifecycle?: TerraformResourceLifecycle,
): Document {
  const document = policyDocument(useConnections(accesses));
  if (!accesses.some(isGuessed)) return { policy: document, lifecycle };
  const policy = new TerraformLocal(scope, id, document).asString;
  const precondition = {
    condition: expressionOn(
      policy,
      (reference) => `length(replace(${reference}, "/${ESCAPED}/", "123456")) <= ${maxSize}`,
    ),
    errorMessage: sentenceAt(
      scope,
      `grants hold texts that make a policy longer than the ${maxSize} characters that IAM takes: give them as literals, ` +
        "so that they can be divided, or use patterns with *",
    ),
  };
  return { policy, lifecycle: { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), precondition] } };
}
