import { checkEncryption, checkLifecycle, checkOwnership, checkTags, checkVersioning } from "./document-checks";
import type { S3Input } from "../../protocols/s3";

/** A part of a bucket's configuration that is written and read as one XML document. */
export interface DocumentKind {
  /** The document's root element. */
  readonly root: string;
  /** What a bucket has that nobody configured; `undefined` when reading it is an error then. */
  readonly unset?: object;
  /** The code and the sentence of that error. */
  readonly missing?: readonly [code: string, message: string];
  readonly check?: (content: never) => void;
}

const sseDefault = {
  Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false },
};

/** By the noun of their operations: `PutBucketCors`, `GetBucketCors`, `DeleteBucketCors`. */
export const documentKinds: { readonly [noun: string]: DocumentKind } = {
  BucketAccelerateConfiguration: { root: "AccelerateConfiguration", unset: {} },
  BucketCors: {
    root: "CORSConfiguration",
    missing: ["NoSuchCORSConfiguration", "The CORS configuration does not exist"],
  },
  // Since January 2023 there is no bucket without encryption: deleting its configuration brings this one back.
  BucketEncryption: { root: "ServerSideEncryptionConfiguration", unset: sseDefault, check: checkEncryption },
  BucketLifecycleConfiguration: {
    root: "LifecycleConfiguration",
    missing: ["NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"],
    check: checkLifecycle,
  },
  BucketLogging: { root: "BucketLoggingStatus", unset: {} },
  BucketNotificationConfiguration: { root: "NotificationConfiguration", unset: {} },
  BucketOwnershipControls: {
    root: "OwnershipControls",
    missing: ["OwnershipControlsNotFoundError", "The bucket ownership controls were not found"],
    check: checkOwnership,
  },
  BucketReplication: {
    root: "ReplicationConfiguration",
    missing: ["ReplicationConfigurationNotFoundError", "The replication configuration was not found"],
  },
  BucketRequestPayment: { root: "RequestPaymentConfiguration", unset: { Payer: "BucketOwner" } },
  BucketTagging: { root: "Tagging", missing: ["NoSuchTagSet", "The TagSet does not exist"], check: checkTags },
  BucketVersioning: { root: "VersioningConfiguration", unset: {}, check: checkVersioning },
  BucketWebsite: {
    root: "WebsiteConfiguration",
    missing: ["NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"],
  },
  ObjectLockConfiguration: {
    root: "ObjectLockConfiguration",
    missing: ["ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"],
  },
  PublicAccessBlock: {
    root: "PublicAccessBlockConfiguration",
    missing: ["NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"],
  },
};

/** What a new bucket is configured with. Since April 2023 it blocks public access and has no ACLs. */
export function initialDocuments(headers: S3Input["headers"]): Map<string, object> {
  const ownership = headers["x-amz-object-ownership"] ?? "BucketOwnerEnforced";
  const documents = new Map<string, object>([
    [
      "PublicAccessBlock",
      { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    ],
    ["BucketOwnershipControls", { Rule: { ObjectOwnership: ownership } }],
  ]);
  if (headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true") {
    documents.set("ObjectLockConfiguration", { ObjectLockEnabled: "Enabled" });
    documents.set("BucketVersioning", { Status: "Enabled" });
  }
  return documents;
}
