import { AwsError } from "./aws-error";
import { list, type Shape, structure, string } from "./shapes";

export type Tags = Readonly<{ [key: string]: string }>;

type TagPair<Field extends string> = { readonly [F in Field]: string };

/** How a service limits tags, and with which error codes it says so. */
export interface TagRules {
  readonly limit: number;
  readonly tooManyCode: string;
  readonly invalidCode: string;
}

const tagKey = string({ min: 1, max: 128 });
const tagValue = string({ max: 256 });
export const tagKeys = list(tagKey);

/** The tags of a service's resources, by ARN. */
export class TagStore {
  private readonly tags = new Map<string, Tags>();

  public constructor(private readonly rules: TagRules) {}

  public of(arn: string): Tags {
    return this.tags.get(arn) ?? {};
  }

  /** Adds and overwrites tags, or throws and changes nothing. */
  public add(arn: string, tags: Tags): void {
    const { limit, tooManyCode, invalidCode } = this.rules;
    const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith("aws:"));
    if (reserved !== undefined) {
      throw new AwsError(invalidCode, `Tag key '${reserved}' is not valid: keys that start with aws: are reserved`);
    }
    const all = { ...this.of(arn), ...tags };
    if (Object.keys(all).length > limit) throw new AwsError(tooManyCode, `A resource can have at most ${limit} tags`);
    this.tags.set(arn, all);
  }

  public remove(arn: string, keys: readonly string[]): void {
    this.tags.set(arn, Object.fromEntries(Object.entries(this.of(arn)).filter(([key]) => !keys.includes(key))));
  }

  /** Forgets a resource that is gone. */
  public forget(arn: string): void {
    this.tags.delete(arn);
  }
}

/** AWS services write tags as lists of pairs, and each has its own names for the two halves. */
export function tagPairs<K extends string, V extends string>(keyField: K, valueField: V) {
  const pair = structure({ required: { [keyField]: tagKey, [valueField]: tagValue } }) as Shape<TagPair<K | V>>;
  return {
    shape: (limit?: number): Shape<readonly TagPair<K | V>[]> => list(pair, limit === undefined ? {} : { max: limit }),
    read: (pairs: readonly TagPair<K | V>[] = []): Tags =>
      Object.fromEntries(pairs.map((pair) => [pair[keyField], pair[valueField]])),
    write: (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ [keyField]: key, [valueField]: value })),
  };
}
