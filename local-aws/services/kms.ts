import { arn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { page } from "../pages";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked } from "../shapes";
import { type Alias, checkedPolicy, type Key, KeyStore } from "./kms-keys";
import { shapes, tags } from "./kms-shapes";

/** AWS Key Management Service, as far as symmetric encryption keys and their aliases: nothing is ever encrypted. */
export class Kms implements Service {
  public readonly signingName = "kms";
  public readonly protocol = jsonProtocol("1.1");
  public readonly operations: Readonly<{ [key: string]: Operation }> = {
    CreateKey: checked(
      shapes.createKey,
      ({ Description: description, Policy: policy, KeySpec = SYMMETRIC, KeyUsage = ENCRYPT, Tags }, scope) => {
        // CodePipeline takes symmetric encryption keys only, so there is nothing here that knows the others.
        if (KeySpec !== SYMMETRIC || KeyUsage !== ENCRYPT) {
          throw new AwsError("UnsupportedOperationException", `No ${KeyUsage} keys of the spec ${KeySpec} here`);
        }
        return { KeyMetadata: metadata(this.keys.create({ description, policy, tags: tags.read(Tags) }, scope)) };
      },
    ),
    DescribeKey: checked(shapes.key, ({ KeyId }, scope) => ({
      KeyMetadata: metadata(this.keys.find(KeyId, scope)),
    })),
    UpdateKeyDescription: checked(shapes.updateKeyDescription, (input, scope) => {
      this.keys.usable(input.KeyId, scope).description = input.Description;
    }),
    EnableKey: checked(shapes.key, ({ KeyId }, scope) => {
      this.keys.usable(KeyId, scope).enabled = true;
    }),
    DisableKey: checked(shapes.key, ({ KeyId }, scope) => {
      this.keys.usable(KeyId, scope).enabled = false;
    }),
    GetKeyPolicy: checked(shapes.key, ({ KeyId }, scope) => ({
      Policy: this.keys.find(KeyId, scope).policy,
      PolicyName: "default",
    })),
    PutKeyPolicy: checked(shapes.putKeyPolicy, ({ KeyId, Policy }, scope) => {
      this.keys.usable(KeyId, scope).policy = checkedPolicy(Policy);
    }),
    GetKeyRotationStatus: checked(shapes.key, ({ KeyId }, scope) => {
      const { arn: keyArn, rotationDays } = this.keys.find(KeyId, scope);
      return { KeyId: keyArn, KeyRotationEnabled: rotationDays !== undefined, RotationPeriodInDays: rotationDays };
    }),
    EnableKeyRotation: checked(shapes.enableKeyRotation, ({ KeyId, RotationPeriodInDays = 365 }, scope) => {
      this.keys.usable(KeyId, scope).rotationDays = RotationPeriodInDays;
    }),
    DisableKeyRotation: checked(shapes.key, ({ KeyId }, scope) => {
      this.keys.usable(KeyId, scope).rotationDays = undefined;
    }),
    ScheduleKeyDeletion: checked(shapes.scheduleKeyDeletion, ({ KeyId, PendingWindowInDays: days = 30 }, scope) => {
      if (days < 7 || days > 30) throw new AwsError("ValidationException", "PendingWindowInDays must be from 7 to 30");
      const key = this.keys.usable(KeyId, scope);
      key.deletion = Date.now() / 1000 + days * 24 * 60 * 60;
      return { KeyId: key.arn, DeletionDate: key.deletion, KeyState: "PendingDeletion", PendingWindowInDays: days };
    }),
    ListResourceTags: checked(shapes.key, ({ KeyId }, scope) => ({
      Tags: tags.write(this.keys.tags.of(this.keys.find(KeyId, scope).arn)),
      Truncated: false,
    })),
    TagResource: checked(shapes.tagResource, ({ KeyId, Tags }, scope) => {
      this.keys.tags.add(this.keys.usable(KeyId, scope).arn, tags.read(Tags));
    }),
    UntagResource: checked(shapes.untagResource, ({ KeyId, TagKeys }, scope) => {
      this.keys.tags.remove(this.keys.usable(KeyId, scope).arn, TagKeys);
    }),
    CreateAlias: checked(shapes.alias, ({ AliasName: name, TargetKeyId }, scope) => {
      if (!/^alias\/./.test(name) || name.startsWith("alias/aws/")) {
        throw new AwsError("InvalidAliasNameException", `${name} is not a valid alias name`);
      }
      const { id: keyId } = this.keys.usable(TargetKeyId, scope);
      const aliasArn = arn(scope, "kms", name);
      if (this.keys.aliases.has(aliasArn)) {
        throw new AwsError("AlreadyExistsException", `An alias with the name ${aliasArn} already exists`);
      }
      this.keys.aliases.set(aliasArn, { name, arn: aliasArn, created: Date.now() / 1000, keyId });
    }),
    UpdateAlias: checked(shapes.alias, ({ AliasName, TargetKeyId }, scope) => {
      this.alias(AliasName, scope).keyId = this.keys.usable(TargetKeyId, scope).id;
    }),
    DeleteAlias: checked(shapes.deleteAlias, ({ AliasName }, scope) => {
      this.keys.aliases.delete(this.alias(AliasName, scope).arn);
    }),
    ListAliases: checked(shapes.listAliases, ({ KeyId, Limit = 50, Marker }, scope) => {
      const keyId = KeyId === undefined ? undefined : this.keys.find(KeyId, scope).id;
      const found = [...this.keys.aliases.values()]
        .filter((alias) => alias.arn.startsWith(arn(scope, "kms", "alias/")))
        .filter((alias) => keyId === undefined || alias.keyId === keyId);
      const { items, nextToken } = page(found, Limit, Marker, "InvalidMarkerException");
      return { Aliases: items.map(aliasOutput), NextMarker: nextToken, Truncated: nextToken !== undefined };
    }),
  };

  private readonly keys = new KeyStore();

  public inventory(): string[] {
    return this.keys.inventory();
  }

  private alias(name: string, scope: Scope): Alias {
    const found = this.keys.aliases.get(arn(scope, "kms", name));
    if (found !== undefined) return found;
    throw new AwsError("NotFoundException", `Alias ${arn(scope, "kms", name)} is not found.`);
  }
}

const SYMMETRIC = "SYMMETRIC_DEFAULT";
const ENCRYPT = "ENCRYPT_DECRYPT";

function metadata({ id, arn: keyArn, accountId, created, description, enabled, deletion }: Key) {
  const state = enabled ? "Enabled" : "Disabled";
  return {
    AWSAccountId: accountId,
    KeyId: id,
    Arn: keyArn,
    CreationDate: created,
    Description: description,
    Enabled: enabled && deletion === undefined,
    KeyState: deletion === undefined ? state : "PendingDeletion",
    DeletionDate: deletion,
    KeyUsage: ENCRYPT,
    KeySpec: SYMMETRIC,
    CustomerMasterKeySpec: SYMMETRIC,
    EncryptionAlgorithms: [SYMMETRIC],
    KeyManager: "CUSTOMER",
    Origin: "AWS_KMS",
    MultiRegion: false,
  };
}

function aliasOutput({ name, arn: aliasArn, created, keyId }: Alias) {
  return {
    AliasName: name,
    AliasArn: aliasArn,
    TargetKeyId: keyId,
    CreationDate: created,
    LastUpdatedDate: created,
  };
}
