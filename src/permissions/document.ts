import { TerraformLocal, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { asShared, expressionOn } from "../validation/expression";
import { sentenceAt } from "../validation/sentence";
import type { Access } from "./access";
import { isGuessed } from "./packing";
import { policyDocument } from "./statement";
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
  const document = policyDocument(useConnections(inJson(scope, id, accesses)));
  if (!accesses.some(isGuessed)) return { policy: document, lifecycle };
  const policy = new TerraformLocal(scope, id, document).asString;
  const precondition = {
    condition: expressionOn(policy, (reference) => `length(replace(${reference}, " ", "")) <= ${maxSize}`),
    errorMessage: sentenceAt(
      scope,
      `grants hold texts that make a policy longer than the ${maxSize} characters that IAM takes: give them as literals, ` +
        "so that they can be divided, or use patterns with *",
    ),
  };
  return { policy, lifecycle: { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), precondition] } };
}

/** Texts that may stand in JSON: a template that was typed by hand may hold quotes, which belong to Terraform. */
function inJson(scope: Construct, id: string, accesses: readonly Access[]): Access[] {
  const texts = new Map<string, string>();
  const shared = (text: string): string => {
    const known = texts.get(text) ?? asShared(scope, `${id}-Text${texts.size}`, text);
    texts.set(text, known);
    return known;
  };
  return accesses.map((access) => ({
    ...access,
    repository: access.repository === undefined ? undefined : shared(access.repository),
    branches: access.branches.map(shared),
  }));
}
