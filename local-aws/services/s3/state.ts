import type { Scope } from "../../account";
import { AwsError } from "../../aws-error";
import type { S3Input } from "../../protocols/s3";

/** One version of an object, or the marker that one leaves behind when it is deleted. */
export interface ObjectVersion {
  /** `null`, in so many words, for what was written while versioning was off. */
  readonly id: string;
  readonly isDeleteMarker: boolean;
  readonly modified: Date;
  readonly body: Buffer;
  readonly etag: string;
  /** What the request said about the object and is told again with it. */
  readonly headers: { readonly [name: string]: string };
  tags: { readonly [key: string]: string };
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date;
  /** XML documents by the noun of their operations, e.g. `BucketCors`. */
  readonly documents: Map<string, object>;
  policy: string | undefined;
  /** How small an object may be and still move to another storage class; it travels in a header. */
  transitionMinimum: string;
  /** The versions of each key, oldest first. */
  readonly objects: Map<string, ObjectVersion[]>;
}

/** Everything in one account's S3. */
export class S3State {
  public readonly buckets = new Map<string, Bucket>();

  /** The bucket that a request is about, if the request reached the bucket's own region. */
  public bucket({ Bucket: name, headers }: S3Input, scope: Scope): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
    if (bucket.region !== scope.region) {
      const message = "The bucket you are attempting to access must be addressed using the specified endpoint.";
      throw new AwsError("PermanentRedirect", message, 301, { "x-amz-bucket-region": bucket.region });
    }
    if ((headers["x-amz-expected-bucket-owner"] ?? scope.accountId) !== scope.accountId) throw accessDenied();
    return bucket;
  }
}

export function accessDenied(message = "Access Denied"): AwsError {
  return new AwsError("AccessDenied", message, 403);
}

/** Objects and ACLs name the account by a long id that is not the account's number. */
export const owner = { ID: "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a" };
