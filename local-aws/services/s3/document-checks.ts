import { AwsError } from "../../aws-error";
import { many } from "../../protocols/s3";
import { list, structure, string } from "../../shapes";

type OneOrMany<Item> = Item | Item[];

interface Lifecycle {
  readonly Rule?: OneOrMany<{ readonly [element: string]: unknown; readonly ID?: string; readonly Status?: string }>;
}

interface Tagging {
  readonly TagSet?: { readonly Tag?: OneOrMany<{ readonly Key: string; readonly Value: string }> } | "";
}

interface Encryption {
  readonly Rule?: OneOrMany<{
    readonly ApplyServerSideEncryptionByDefault?: { readonly SSEAlgorithm?: string; readonly KMSMasterKeyID?: string };
  }>;
}

const LIFECYCLE_ACTION =
  /^(Expiration|Transition|NoncurrentVersion(Expiration|Transition)|AbortIncompleteMultipartUpload)$/;

const TAG_TEXT = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";
const tagShape = list(
  structure({
    required: {
      Key: string({ min: 1, max: 128, pattern: TAG_TEXT }),
      Value: string({ max: 256, pattern: TAG_TEXT }),
    },
  }),
);

export function checkVersioning({ Status: status = "" }: { readonly Status?: string }): void {
  if (!/^(Enabled|Suspended)$/.test(status)) {
    throw new AwsError("IllegalVersioningConfigurationException", "The Versioning element must be specified");
  }
}

export function checkOwnership({ Rule: rule }: { readonly Rule?: { readonly ObjectOwnership?: string } }): void {
  if (!/^(BucketOwner(Preferred|Enforced)|ObjectWriter)$/.test(rule?.ObjectOwnership ?? "")) throw malformed();
}

export function checkEncryption({ Rule: rules }: Encryption): void {
  const [rule, ...others] = many(rules);
  const { SSEAlgorithm: algorithm = "", KMSMasterKeyID: key } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  if (others.length > 0 || !/^(AES256|aws:kms|aws:kms:dsse)$/.test(algorithm)) throw malformed();
  if (key !== undefined && algorithm === "AES256") {
    throw new AwsError(
      "InvalidArgument",
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
    );
  }
}

export function checkLifecycle({ Rule: found }: Lifecycle): void {
  const rules = many(found);
  if (rules.length < 1 || rules.length > 1000) throw malformed();
  for (const { Status: status = "", ID: id = "", ...elements } of rules) {
    if (!/^(Enabled|Disabled)$/.test(status)) throw malformed();
    if (!("Filter" in elements) && !("Prefix" in elements)) throw malformed();
    if (id.length > 255) throw new AwsError("InvalidArgument", "ID length should not exceed allowed limit of 255");
    if (!Object.keys(elements).some((element) => LIFECYCLE_ACTION.test(element))) {
      throw new AwsError("InvalidRequest", "At least one action needs to be specified in a rule");
    }
  }
  const ids = rules.flatMap(({ ID: id }) => id ?? []);
  if (new Set(ids).size < ids.length) throw new AwsError("InvalidArgument", "Rule ID must be unique.");
}

/** The tags of a bucket, or of an object with its smaller limit. */
export function checkTags(tagging: Tagging, limit = 50): { [key: string]: string } {
  const tags = many(tagging.TagSet === "" ? undefined : tagging.TagSet?.Tag);
  const [problem] = tagShape(tags, "");
  if (problem !== undefined) throw new AwsError("InvalidTag", problem);
  const byKey = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  if (Object.keys(byKey).length < tags.length) {
    throw new AwsError("InvalidTag", "Cannot provide multiple Tags with the same key");
  }
  if (Object.keys(byKey).some((key) => /^aws:/i.test(key))) {
    throw new AwsError("InvalidTag", "System tags cannot be added/updated by requester");
  }
  if (tags.length > limit) throw new AwsError("BadRequest", `Tags cannot be greater than ${limit}`);
  return byKey;
}

function malformed(): AwsError {
  const message = "The XML you provided was not well-formed or did not validate against our published schema";
  return new AwsError("MalformedXML", message);
}
