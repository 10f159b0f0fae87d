import { boolean, integer, list, structure, string } from "../shapes";
import { tagPairs } from "../tag-store";

export const tags = tagPairs("TagKey", "TagValue");

const keyId = string({ min: 1, max: 2048 });
const policy = string({ min: 1, max: 131072, pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+" });
const description = string({ max: 8192 });
const aliasName = string({ min: 1, max: 256, pattern: "[a-zA-Z0-9:/_-]+" });
const alias = structure({ required: { AliasName: aliasName, TargetKeyId: keyId } });

/** The input shapes of AWS KMS's operations, from AWS's API model. */
export const shapes = {
  createKey: structure({
    optional: {
      Policy: policy,
      Description: description,
      KeyUsage: string({ values: ["SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"] }),
      KeySpec: string(),
      Tags: tags.shape(),
      MultiRegion: boolean,
    },
  }),
  key: structure({ required: { KeyId: keyId } }),
  putKeyPolicy: structure({ required: { KeyId: keyId, Policy: policy } }),
  updateKeyDescription: structure({ required: { KeyId: keyId, Description: description } }),
  enableKeyRotation: structure({
    required: { KeyId: keyId },
    optional: { RotationPeriodInDays: integer({ min: 90, max: 2560 }) },
  }),
  scheduleKeyDeletion: structure({
    required: { KeyId: keyId },
    optional: { PendingWindowInDays: integer({ min: 1, max: 365 }) },
  }),
  tagResource: structure({ required: { KeyId: keyId, Tags: tags.shape() } }),
  untagResource: structure({ required: { KeyId: keyId, TagKeys: list(string({ min: 1, max: 128 })) } }),
  alias,
  deleteAlias: structure({ required: { AliasName: aliasName } }),
  listAliases: structure({
    optional: { KeyId: keyId, Limit: integer({ min: 1, max: 1000 }), Marker: string({ min: 1, max: 1024 }) },
  }),
};
