import type { Scope } from "../../account";
import { AwsError } from "../../aws-error";
import { checkResource, parsePolicy, PolicyProblem, type Statement } from "../../policy-document";
import { isPrincipal, type RoleExists } from "../../policy-principal";
import { noContent, type S3Operation } from "../../protocols/s3";
import { isPublic } from "./public-policy";
import { accessDenied, type Bucket, type S3State } from "./state";

const MAX_SIZE = 20 * 1024;
/** Actions on objects; the other ones that name a thing name the bucket. */
const OBJECT_ACTION =
  /^s3:((Get|Put|Delete|Restore|Replicate)Object|AbortMultipartUpload|ListMultipartUploadParts|Replicate(Delete|Tags)|BypassGovernance)/i;
const BUCKET_ACTION = /^s3:(Create|Delete|List|Get|Put)Bucket/i;

export function policyOperations(state: S3State, roleExists: RoleExists): { readonly [name: string]: S3Operation } {
  return {
    PutBucketPolicy: (input, scope) => {
      const bucket = state.bucket(input, scope);
      const document = input.body.toString("utf8");
      const statements = checkedPolicy(document, bucket, scope, roleExists);
      if (blocksPublicPolicy(bucket) && isPublic(statements)) {
        throw accessDenied("Public policies are blocked by the BlockPublicPolicy block public access setting.");
      }
      bucket.policy = document;
      return noContent;
    },
    GetBucketPolicy: (input, scope) => ({
      headers: { "content-type": "application/json" },
      body: policyOf(state.bucket(input, scope)),
    }),
    GetBucketPolicyStatus: (input, scope) => {
      const { statements } = parsePolicy(policyOf(state.bucket(input, scope)));
      return { xml: { PolicyStatus: { IsPublic: isPublic(statements) } } };
    },
    DeleteBucketPolicy: (input, scope) => {
      state.bucket(input, scope).policy = undefined;
      return noContent;
    },
  };
}

function policyOf({ policy }: Bucket): string {
  if (policy === undefined) throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
  return policy;
}

function blocksPublicPolicy({ documents }: Bucket): boolean {
  const block = documents.get("PublicAccessBlock") as { BlockPublicPolicy?: boolean | string } | undefined;
  return String(block?.BlockPublicPolicy) === "true";
}

function checkedPolicy(document: string, bucket: Bucket, scope: Scope, roleExists: RoleExists): readonly Statement[] {
  if (document.length > MAX_SIZE) {
    throw new AwsError("PolicyTooLarge", `Policy exceeds the maximum allowed document size (${MAX_SIZE})`);
  }
  try {
    const { statements } = parsePolicy(document);
    statements.forEach((statement) => {
      checkPrincipals(statement, scope, roleExists);
      checkActions(statement, bucket, scope);
    });
    return statements;
  } catch (error) {
    if (error instanceof PolicyProblem) throw new AwsError("MalformedPolicy", error.message);
    throw error;
  }
}

function checkPrincipals({ principals }: Statement, scope: Scope, roleExists: RoleExists): void {
  if (principals === undefined) throw new PolicyProblem("Missing required field Principal");
  if (!(principals.AWS ?? []).every((principal) => isPrincipal(principal, scope, roleExists))) {
    throw new PolicyProblem("Invalid principal in policy");
  }
}

/** A bucket's policy speaks of this bucket and its objects only, and each action needs a resource of its kind. */
function checkActions({ actions, resources = [] }: Statement, { name }: Bucket, { region }: Scope): void {
  if (resources.length === 0) throw new PolicyProblem("Missing required field Resource");
  for (const resource of resources) {
    checkResource(resource, region);
    const [, named] = /^arn:[^:]+:s3:::([^/]*)/.exec(resource) ?? [];
    if (named !== name && named !== `${name}*`) throw new PolicyProblem("Policy has invalid resource");
  }
  for (const action of actions) {
    if (action !== "*" && !/^s3:/i.test(action)) throw new PolicyProblem("Policy has invalid action");
    const kind = kindOf(action);
    if (kind !== undefined && !resources.some((resource) => kind.test(resource))) {
      throw new PolicyProblem("Action does not apply to any resource(s) in statement");
    }
  }
}

/** The resources that an action is about; of patterns and of rarer actions nothing is said. */
function kindOf(action: string): RegExp | undefined {
  if (action.includes("*")) return undefined;
  if (OBJECT_ACTION.test(action)) return /[/*]/;
  return BUCKET_ACTION.test(action) ? /^[^/]*$/ : undefined;
}
