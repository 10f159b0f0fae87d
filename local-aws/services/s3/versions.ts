import { contentOf, many, noContent, type S3Input, type S3Operation } from "../../protocols/s3";
import { isVersioned } from "./configuration";
import { versionHeader, versionId, write } from "./objects";
import { owner, type Bucket, type ObjectVersion, type S3State } from "./state";

interface Deletion {
  readonly Quiet?: string;
  readonly Object?: { Key: string; VersionId?: string } | { Key: string; VersionId?: string }[];
}

/** Listing and deleting objects, which in a versioned bucket is about their versions. Every list is one page. */
export function versionOperations(state: S3State): { readonly [name: string]: S3Operation } {
  return {
    ListObjectVersions: (input, scope) => {
      const versions = versionsIn(state.bucket(input, scope), input);
      return {
        xml: {
          ListVersionsResult: {
            Name: input.Bucket,
            Prefix: input.query.prefix ?? "",
            MaxKeys: 1000,
            IsTruncated: false,
            Version: versions.filter(({ version }) => !version.isDeleteMarker).map(describeVersion),
            DeleteMarker: versions.filter(({ version }) => version.isDeleteMarker).map(describeMarker),
          },
        },
      };
    },
    ListObjectsV2: (input, scope) => {
      const current = versionsIn(state.bucket(input, scope), input).filter(
        ({ version, isLatest }) => isLatest && !version.isDeleteMarker,
      );
      return {
        xml: {
          ListBucketResult: {
            Name: input.Bucket,
            Prefix: input.query.prefix ?? "",
            MaxKeys: 1000,
            KeyCount: current.length,
            IsTruncated: false,
            Contents: current.map(({ key, version }) => describeContent(key, version)),
          },
        },
      };
    },
    DeleteObject: (input, scope) => {
      const marker = remove(state.bucket(input, scope), input.Key, input.query.versionId);
      return { ...noContent, headers: marker };
    },
    DeleteObjects: (input, scope) => {
      const bucket = state.bucket(input, scope);
      const { Quiet: quiet, Object: objects } = contentOf(input, "Delete") as Deletion;
      const deleted = many(objects).map(({ Key, VersionId }) => {
        remove(bucket, Key, VersionId);
        return { Key, VersionId };
      });
      return { xml: { DeleteResult: { Deleted: quiet === "true" ? [] : deleted } } };
    },
  };
}

interface Listed {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

/** Keys in order, the versions of each from new to old. */
function versionsIn({ objects }: Bucket, { query: { prefix = "" } }: S3Input): Listed[] {
  return [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .flatMap(([key, versions]) =>
      versions.map((version) => ({ key, version, isLatest: version === versions.at(-1) })).reverse(),
    );
}

/** Removes a version for good or, when none is named in a versioned bucket, hides the object behind a marker. */
function remove(bucket: Bucket, key: string, id: string | undefined): { [name: string]: string } {
  if (id === undefined && bucket.documents.has("BucketVersioning")) {
    const marker: ObjectVersion = {
      id: versionId(bucket),
      isDeleteMarker: true,
      modified: new Date(),
      body: Buffer.alloc(0),
      etag: "",
      headers: {},
      tags: {},
    };
    write(bucket, key, marker);
    return { "x-amz-delete-marker": "true", ...versionHeader(bucket, marker) };
  }
  const removed = id ?? "null";
  const versions = bucket.objects.get(key) ?? [];
  const left = versions.filter((version) => version.id !== removed);
  if (left.length > 0) bucket.objects.set(key, left);
  else bucket.objects.delete(key);
  return isVersioned(bucket) ? { "x-amz-version-id": removed } : {};
}

function describeMarker({ key, version: { id, modified }, isLatest }: Listed): object {
  return { Key: key, VersionId: id, IsLatest: isLatest, LastModified: modified.toISOString(), Owner: owner };
}

function describeVersion({ key, version, isLatest }: Listed): object {
  return { ...describeContent(key, version), VersionId: version.id, IsLatest: isLatest, Owner: owner };
}

function describeContent(key: string, { modified, etag, body, headers }: ObjectVersion): object {
  return {
    Key: key,
    LastModified: modified.toISOString(),
    ETag: etag,
    Size: body.length,
    StorageClass: headers["x-amz-storage-class"] ?? "STANDARD",
  };
}
