import { AwsError } from "../../aws-error";
import { contentOf, noContent, type S3Operation } from "../../protocols/s3";
import { type DocumentKind, documentKinds } from "./documents";
import { owner, type Bucket, type S3State } from "./state";

const MINIMUM = "x-amz-transition-default-minimum-object-size";

/** Get, put and delete for every part of a bucket's configuration that is an XML document, and the bucket's ACL. */
export function configurationOperations(state: S3State): { readonly [name: string]: S3Operation } {
  const kinds = Object.entries(documentKinds).flatMap(([noun, kind]) => documentOperations(state, noun, kind));
  return { ...Object.fromEntries(kinds), ...aclOperations(state) };
}

function documentOperations(state: S3State, noun: string, kind: DocumentKind): [name: string, run: S3Operation][] {
  const get: S3Operation = (input, scope) => {
    const bucket = state.bucket(input, scope);
    const content = bucket.documents.get(noun) ?? kind.unset;
    if (content === undefined) throw missing(kind);
    return { xml: { [kind.root]: content }, headers: headersOf(bucket, noun) };
  };
  const put: S3Operation = (input, scope) => {
    const bucket = state.bucket(input, scope);
    const content = contentOf(input, kind.root);
    kind.check?.(content as never);
    checkAgainst(state, bucket, noun, content);
    bucket.documents.set(noun, content);
    bucket.transitionMinimum = input.headers[MINIMUM] ?? bucket.transitionMinimum;
    return { headers: headersOf(bucket, noun) };
  };
  const remove: S3Operation = (input, scope) => {
    state.bucket(input, scope).documents.delete(noun);
    return noContent;
  };
  return [
    [`Get${noun}`, get],
    [`Put${noun}`, put],
    // The one name that does not follow the pattern.
    [`Delete${noun === "BucketLifecycleConfiguration" ? "BucketLifecycle" : noun}`, remove],
  ];
}

/** What depends on more than the document itself. */
function checkAgainst(state: S3State, bucket: Bucket, noun: string, content: object): void {
  const { Status: status, LoggingEnabled: logging } = content as {
    Status?: string;
    LoggingEnabled?: { TargetBucket?: string };
  };
  if (noun === "BucketVersioning" && status === "Suspended" && bucket.documents.has("ObjectLockConfiguration")) {
    throw new AwsError("InvalidBucketState", "An Object Lock configuration is present on this bucket.", 409);
  }
  if (noun === "BucketReplication" && !isVersioned(bucket)) {
    throw new AwsError(
      "InvalidRequest",
      "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
  }
  if (noun === "ObjectLockConfiguration" && !isVersioned(bucket)) {
    throw new AwsError("InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply Object Lock", 409);
  }
  const target = logging?.TargetBucket;
  if (noun === "BucketLogging" && target !== undefined && state.buckets.get(target)?.region !== bucket.region) {
    throw new AwsError("InvalidTargetBucketForLogging", "The target bucket for logging does not exist");
  }
}

export function isVersioned({ documents }: Bucket): boolean {
  return (documents.get("BucketVersioning") as { Status?: string } | undefined)?.Status === "Enabled";
}

function aclOperations(state: S3State): { readonly [name: string]: S3Operation } {
  const grant = {
    Grantee: { "@_xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@_xsi:type": "CanonicalUser", ...owner },
    Permission: "FULL_CONTROL",
  };
  return {
    GetBucketAcl: (input, scope) => {
      state.bucket(input, scope);
      return { xml: { AccessControlPolicy: { Owner: owner, AccessControlList: { Grant: grant } } } };
    },
    PutBucketAcl: (input, scope) => {
      const { documents } = state.bucket(input, scope);
      const { Rule: rule } = (documents.get("BucketOwnershipControls") ?? {}) as {
        Rule?: { ObjectOwnership?: string };
      };
      if (rule?.ObjectOwnership === "BucketOwnerEnforced") {
        throw new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
      }
      if (input.headers["x-amz-acl"] === "private") return {};
      throw new AwsError("NotImplemented", "The local endpoint knows no ACL but `private`", 501);
    },
  };
}

function headersOf({ transitionMinimum }: Bucket, noun: string): { [name: string]: string } {
  return noun === "BucketLifecycleConfiguration" ? { [MINIMUM]: transitionMinimum } : {};
}

function missing({ missing: [code, message] = ["InternalError", ""] }: DocumentKind): AwsError {
  return new AwsError(code, message, 404);
}
