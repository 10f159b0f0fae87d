import { randomUUID } from "node:crypto";
import { arn, globalArn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { type Tags, TagStore } from "../tag-store";

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly accountId: string;
  readonly created: number;
  description: string;
  policy: string;
  enabled: boolean;
  rotationDays?: number | undefined;
  deletion?: number | undefined;
}

export interface Alias {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  keyId: string;
}

/** The symmetric encryption keys of an account, and their aliases. */
export class KeyStore {
  public readonly aliases = new Map<string, Alias>();
  public readonly tags = new TagStore({
    limit: 50,
    tooManyCode: "LimitExceededException",
    invalidCode: "TagException",
  });

  private readonly keys = new Map<string, Key>();

  public create(
    wanted: { description?: string | undefined; policy?: string | undefined; tags: Tags },
    scope: Scope,
  ): Key {
    const id = randomUUID();
    const key: Key = {
      id,
      arn: arn(scope, "kms", `key/${id}`),
      accountId: scope.accountId,
      created: Date.now() / 1000,
      description: wanted.description ?? "",
      policy: checkedPolicy(wanted.policy ?? defaultPolicy(scope)),
      enabled: true,
    };
    this.tags.add(key.arn, wanted.tags);
    this.keys.set(key.arn, key);
    return key;
  }

  /** Keys are regional, and found by id or ARN, or through an alias's name or ARN. */
  public find(keyId: string, scope: Scope): Key {
    const wanted = keyId.startsWith("arn:")
      ? keyId
      : arn(scope, "kms", keyId.startsWith("alias/") ? keyId : `key/${keyId}`);
    const alias = this.aliases.get(wanted);
    const key = this.keys.get(alias === undefined ? wanted : arn(scope, "kms", `key/${alias.keyId}`));
    if (key === undefined) throw new AwsError("NotFoundException", `Key '${wanted}' does not exist`);
    return key;
  }

  /** A key to change: one that waits for its deletion can only be looked at. */
  public usable(keyId: string, scope: Scope): Key {
    const key = this.find(keyId, scope);
    if (key.deletion !== undefined) throw new AwsError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
    return key;
  }

  /**
   * A key that waits for its deletion is left out: nobody can use it, it costs nothing, and its removal is only a matter
   * of days, so it is the end that a person cleaning up can reach.
   */
  public inventory(): string[] {
    const keys = [...this.keys.values()].filter(({ deletion }) => deletion === undefined);
    return [...keys, ...this.aliases.values()].map(({ arn }) => arn);
  }
}

/** A key's policy must be JSON, with statements. */
export function checkedPolicy(policy: string): string {
  try {
    const document = JSON.parse(policy) as { Statement?: unknown } | null;
    if (document?.Statement !== undefined) return policy;
  } catch {
    // Told below, like a document without statements.
  }
  throw new AwsError("MalformedPolicyDocumentException", "The new key policy is not a valid policy document.");
}

function defaultPolicy(scope: Scope): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: globalArn(scope, "iam", "root") },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}
