import { runUnsafeSimulation } from "@cloud-copilot/iam-simulate";

/** One request to AWS, as IAM sees it. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request has. */
  readonly context: { readonly [key: string]: string | string[] };
}

/**
 * What the policies of a role say of a request, inside one account.
 *
 * The evaluator's checks of the requests are off: it knows no connection of one name for an action of the other, which is
 * what AWS documents for pipelines.
 */
export function decide(
  roleArn: string,
  documents: readonly string[],
  { action, resource, context }: IamRequest,
): "allowed" | "implicitDeny" | "explicitDeny" {
  const [, , , , accountId = ""] = roleArn.split(":");
  const result = runUnsafeSimulation(
    {
      // The account's own, so that it is the policies alone that hold back what belongs to others.
      request: { principal: roleArn, action, resource: { resource, accountId }, contextVariables: { ...context } },
      identityPolicies: documents.map((document, index) => ({
        name: String(index),
        policy: JSON.parse(document) as unknown,
      })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result === "Allowed") return "allowed";
  return result === "ExplicitlyDenied" ? "explicitDeny" : "implicitDeny";
}
