import type { Scope } from "../../account";
import { AwsError } from "../../aws-error";
import { contentOf, noContent, type S3Input, type S3Operation } from "../../protocols/s3";
import { type Bucket, type S3State, owner } from "./state";
import { initialDocuments } from "./documents";

export function bucketOperations(state: S3State): { readonly [name: string]: S3Operation } {
  return {
    CreateBucket: (input, scope) => {
      checkName(input.Bucket);
      checkLocation(contentOf(input, "CreateBucketConfiguration"), scope);
      // For historic reasons the first region takes a second creation by the owner for a success.
      if (state.buckets.has(input.Bucket) && scope.region !== "us-east-1") {
        throw new AwsError(
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded.",
          409,
        );
      }
      if (!state.buckets.has(input.Bucket)) state.buckets.set(input.Bucket, newBucket(input, scope));
      return { headers: { location: `/${input.Bucket}` } };
    },
    HeadBucket: (input, scope) => ({
      headers: { "x-amz-bucket-region": state.bucket(input, scope).region },
    }),
    GetBucketLocation: (input, scope) => {
      const { region } = state.bucket(input, scope);
      return { xml: { LocationConstraint: region === "us-east-1" ? "" : region } };
    },
    ListBuckets: () => ({
      xml: {
        ListAllMyBucketsResult: {
          Owner: owner,
          Buckets: {
            Bucket: [...state.buckets.values()].map(({ name, created, region }) => ({
              Name: name,
              CreationDate: created.toISOString(),
              BucketRegion: region,
            })),
          },
        },
      },
    }),
    DeleteBucket: (input, scope) => {
      const { name, objects } = state.bucket(input, scope);
      if (objects.size > 0) {
        throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty. Delete all versions.", 409);
      }
      state.buckets.delete(name);
      return noContent;
    },
  };
}

function newBucket({ Bucket: name, headers }: S3Input, { region }: Scope): Bucket {
  return {
    name,
    region,
    created: new Date(),
    documents: initialDocuments(headers),
    policy: undefined,
    transitionMinimum: "all_storage_classes_128K",
    objects: new Map(),
  };
}

function checkName(name: string): void {
  const isName =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!isName) throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
}

/** The first region is meant by saying nothing; every other one must be said, and is the one that was asked. */
function checkLocation({ LocationConstraint: wanted }: { LocationConstraint?: string }, { region }: Scope): void {
  if (wanted === "us-east-1") {
    throw new AwsError("InvalidLocationConstraint", "The specified location-constraint is not valid");
  }
  if (wanted !== (region === "us-east-1" ? undefined : region)) {
    const message = `The ${wanted ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`;
    throw new AwsError("IllegalLocationConstraintException", message);
  }
}
