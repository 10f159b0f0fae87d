import type { HttpRequest } from "../service";

/** What the subresource in a query string is called in the API's operation names. */
const bucketNouns: { readonly [subresource: string]: string } = {
  accelerate: "BucketAccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCors",
  encryption: "BucketEncryption",
  lifecycle: "BucketLifecycleConfiguration",
  location: "BucketLocation",
  logging: "BucketLogging",
  notification: "BucketNotificationConfiguration",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  replication: "BucketReplication",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

const objectNouns: { readonly [subresource: string]: string } = { acl: "ObjectAcl", tagging: "ObjectTagging" };

/** Operations whose names do not follow from verb and noun. */
const irregular: { readonly [name: string]: string } = {
  DeleteBucketLifecycleConfiguration: "DeleteBucketLifecycle",
  "GetBucket?versions": "ListObjectVersions",
  "PostBucket?delete": "DeleteObjects",
  PutBucket: "CreateBucket",
};

/** Query parameters that qualify an operation and do not choose it. */
const qualifiers = new Set(
  "x-id versionId prefix delimiter marker max-keys encoding-type continuation-token start-after fetch-owner key-marker version-id-marker list-type".split(
    " ",
  ),
);

/** The operation that a REST request asks for, which S3 spells with method, path and query. */
export function s3Operation({ method, query, headers }: HttpRequest, bucket: string, key: string): string {
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  const subresource = [...query.keys()].find((name) => !qualifiers.has(name));
  if (bucket === "") return subresource === undefined && verb === "Get" ? "ListBuckets" : `${verb}?`;
  const name = verb + noun(key === "" ? "Bucket" : "Object", subresource);
  if (name === "GetBucket") return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  if (name === "PutObject" && headers["x-amz-copy-source"] !== undefined) return "CopyObject";
  return irregular[name] ?? name;
}

function noun(level: "Bucket" | "Object", subresource: string | undefined): string {
  if (subresource === undefined) return level;
  return (level === "Bucket" ? bucketNouns : objectNouns)[subresource] ?? `${level}?${subresource}`;
}
