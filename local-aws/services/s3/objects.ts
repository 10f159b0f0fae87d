import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../../aws-error";
import { contentOf, noContent, type S3Input, type S3Operation } from "../../protocols/s3";
import { isVersioned } from "./configuration";
import { checkTags } from "./document-checks";
import { partOf } from "./range";
import type { Bucket, ObjectVersion, S3State } from "./state";

const SSE = "x-amz-server-side-encryption";

/** What is said about an object when it is written, and told again whenever it is read. */
const KEPT =
  /^(content-type|content-encoding|content-language|content-disposition|cache-control|expires|x-amz-(meta-.*|storage-class|website-redirect-location|server-side-encryption.*|checksum-(crc|sha).*))$/;

export function objectOperations(state: S3State): { readonly [name: string]: S3Operation } {
  return {
    PutObject: (input, scope) => {
      const bucket = state.bucket(input, scope);
      // How Terraform locks a state: only one can write a file that is not there.
      if (input.headers["if-none-match"] === "*" && bucket.objects.get(input.Key)?.at(-1)?.isDeleteMarker === false) {
        throw new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
      }
      const version = newVersion(input, bucket);
      write(bucket, input.Key, version);
      return {
        headers: { etag: version.etag, ...versionHeader(bucket, version), ...pick(version, /encryption|checksum/) },
      };
    },
    GetObject: (input, scope) => {
      const bucket = state.bucket(input, scope);
      const version = versionOf(bucket, input);
      const part = partOf(version.body, input.headers.range);
      return { ...part, headers: { ...describe(bucket, version, input), ...part.headers } };
    },
    HeadObject: (input, scope) => {
      const bucket = state.bucket(input, scope);
      return { headers: describe(bucket, versionOf(bucket, input), input) };
    },
    GetObjectTagging: (input, scope) => {
      const { tags } = versionOf(state.bucket(input, scope), input);
      const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return { xml: { Tagging: { TagSet: { Tag: pairs } } } };
    },
    PutObjectTagging: (input, scope) => {
      versionOf(state.bucket(input, scope), input).tags = checkTags(contentOf(input, "Tagging"), 10);
      return {};
    },
    DeleteObjectTagging: (input, scope) => {
      versionOf(state.bucket(input, scope), input).tags = {};
      return noContent;
    },
  };
}

/** Puts a version on top. While versioning is off, or suspended, it takes the place of the one called `null`. */
export function write(bucket: Bucket, key: string, version: ObjectVersion): void {
  const others = (bucket.objects.get(key) ?? []).filter(({ id }) => id !== "null" || version.id !== "null");
  bucket.objects.set(key, [...others, version]);
}

export function versionId(bucket: Bucket): string {
  return isVersioned(bucket) ? randomBytes(16).toString("hex") : "null";
}

function newVersion({ headers, body }: S3Input, bucket: Bucket): ObjectVersion {
  const md5 = createHash("md5").update(body);
  const sent = headers["content-md5"];
  if (sent !== undefined && sent !== md5.copy().digest("base64")) throw badDigest("Content-MD5");
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  if ((headers["x-amz-checksum-crc32"] ?? crc.toString("base64")) !== crc.toString("base64")) throw badDigest("CRC32");
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name)) as [string, string][];
  // The transfer's own encoding is not the object's.
  const encoding = headers["content-encoding"]?.replace(/aws-chunked,?/, "");
  return {
    id: versionId(bucket),
    isDeleteMarker: false,
    modified: new Date(),
    body,
    etag: `"${md5.digest("hex")}"`,
    headers: {
      "content-type": "binary/octet-stream",
      ...(headers[SSE] === undefined ? encryption(bucket) : {}),
      ...Object.fromEntries(kept),
      "content-encoding": encoding ?? "",
    },
    tags: headerTags(headers["x-amz-tagging"]),
  };
}

/** What the bucket does to an object that says nothing about encryption itself. */
function encryption({ documents }: Bucket): { [name: string]: string } {
  const { Rule: rule } = (documents.get("BucketEncryption") ?? {}) as {
    Rule?: { ApplyServerSideEncryptionByDefault?: { SSEAlgorithm?: string; KMSMasterKeyID?: string } };
  };
  const { SSEAlgorithm: algorithm = "AES256", KMSMasterKeyID: key } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  return {
    [SSE]: algorithm,
    ...(key === undefined ? {} : { [`${SSE}-aws-kms-key-id`]: key }),
  };
}

/** Tags may come with the object, as a query string in a header. */
function headerTags(header = ""): ObjectVersion["tags"] {
  return checkTags({ TagSet: { Tag: [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })) } }, 10);
}

function versionOf({ objects }: Bucket, { Key: key, query }: S3Input): ObjectVersion {
  const versions = objects.get(key) ?? [];
  const wanted = query.versionId;
  if (wanted === undefined) {
    const latest = versions.at(-1);
    if (latest === undefined || latest.isDeleteMarker) {
      throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
    }
    return latest;
  }
  const version = versions.find(({ id }) => id === wanted);
  if (version === undefined) throw new AwsError("NoSuchVersion", "The specified version does not exist.", 404);
  if (version.isDeleteMarker) {
    throw new AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
  }
  return version;
}

function describe(bucket: Bucket, version: ObjectVersion, { headers }: S3Input): { [name: string]: string } {
  // Checksums are told only to those who ask.
  const hidden = headers["x-amz-checksum-mode"] === "ENABLED" ? /^$/ : /^x-amz-checksum/;
  const told = Object.entries(version.headers).filter(([name, value]) => value !== "" && !hidden.test(name));
  const count = Object.keys(version.tags).length;
  return {
    ...Object.fromEntries(told),
    "content-length": String(version.body.length),
    etag: version.etag,
    "last-modified": version.modified.toUTCString(),
    "accept-ranges": "bytes",
    ...versionHeader(bucket, version),
    ...(count > 0 ? { "x-amz-tagging-count": String(count) } : {}),
  };
}

/** A bucket that never had versioning says nothing of versions. */
export function versionHeader({ documents }: Bucket, { id }: { id: string }): { [name: string]: string } {
  return documents.has("BucketVersioning") ? { "x-amz-version-id": id } : {};
}

function pick({ headers }: ObjectVersion, names: RegExp): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.test(name)));
}

function badDigest(kind: string): AwsError {
  return new AwsError("BadDigest", `The ${kind} you specified did not match the calculated checksum.`);
}
