import { AwsError } from "../../aws-error";
import type { Scope } from "../../account";
import { checkResource, parsePolicy, PolicyProblem, type Statement } from "../../policy-document";
import { isPrincipal, type RoleExists } from "../../policy-principal";
import type { Input } from "../../service";
import { required } from "./checks";

/** The permissions policy that a parameter carries, inline or managed. */
export function permissionsDocument(input: Input, { region }: Scope): string {
  return checked(input, "PolicyDocument", ({ version, statements }) => {
    if (version !== "2012-10-17") throw new PolicyProblem("Policy document must be version 2012-10-17 or greater.");
    for (const { principals, resources, Sid = "" } of statements) {
      if (principals !== undefined) throw new PolicyProblem("Policy document should not specify a principal.");
      if (resources === undefined || resources.length === 0) {
        throw new PolicyProblem("Policy statement must contain resources.");
      }
      resources.forEach((resource) => {
        checkResource(resource, region);
      });
      if (!/^[0-9A-Za-z]*$/.test(Sid)) throw new PolicyProblem("Statement IDs (SID) must be alpha-numeric.");
    }
  });
}

/** The trust policy that a parameter carries: who may assume the role. */
export function trustDocument(input: Input, parameter: string, scope: Scope, exists: RoleExists): string {
  const document = checked(input, parameter, ({ statements }) => {
    statements.forEach((statement) => {
      checkTrust(statement, scope, exists);
    });
  });
  if (sizeOf(document) > 2048) throw new AwsError("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", 409);
  return document;
}

/** How IAM counts: white space is free. */
export function sizeOf(document: string): number {
  return document.replace(/\s/g, "").length;
}

function checkTrust(statement: Statement, scope: Scope, exists: RoleExists): void {
  const { principals, resources, actions } = statement;
  if (resources !== undefined) throw new PolicyProblem("Has prohibited field Resource");
  if (principals === undefined) throw new PolicyProblem("Missing required field Principal");
  if (!actions.every((action) => /^sts:/i.test(action))) {
    throw new PolicyProblem("AssumeRole policy may only specify STS AssumeRole actions.");
  }
  for (const service of principals.Service ?? []) {
    if (!/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service)) {
      throw new PolicyProblem(`Invalid principal in policy: "SERVICE":"${service}"`);
    }
  }
  for (const principal of principals.AWS ?? []) {
    if (!isPrincipal(principal, scope, exists)) {
      throw new PolicyProblem(`Invalid principal in policy: "AWS":"${principal}"`);
    }
  }
}

function checked(input: Input, parameter: string, check: (policy: ReturnType<typeof parsePolicy>) => void): string {
  const document = required(input, "PolicyDocument", parameter);
  try {
    check(parsePolicy(document));
  } catch (error) {
    if (error instanceof PolicyProblem) throw new AwsError("MalformedPolicyDocument", error.message);
    throw error;
  }
  return document;
}
