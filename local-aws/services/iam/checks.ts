import { AwsError } from "../../aws-error";
import type { Input } from "../../service";
import { integer, list, type Shape, structure, string } from "../../shapes";
import type { Tags } from "../../tag-store";

/** The constraints of IAM's parameters, from its API model. */
const shapes = {
  RoleName: string({ min: 1, max: 64, pattern: "[\\w+=,.@-]+" }),
  PolicyName: string({ min: 1, max: 128, pattern: "[\\w+=,.@-]+" }),
  PolicyArn: string({ min: 20, max: 2048 }),
  PolicySourceArn: string(),
  VersionId: string({ pattern: "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?" }),
  RolePath: string({ min: 1, max: 512, pattern: "/|/[\\x21-\\x7e]+/" }),
  PolicyPath: string({ min: 1, max: 512, pattern: "(/[A-Za-z0-9.,+@=_-]+)*/" }),
  Description: string({ max: 1000, pattern: "[\\t\\n\\r\\x20-\\x7e\\xa1-\\xff]*" }),
  PolicyDocument: string({ min: 1, max: 131072, pattern: "[\\t\\n\\r\\x20-\\xff]+" }),
  MaxSessionDuration: integer({ min: 3600, max: 43200 }),
  MaxItems: integer({ min: 1, max: 1000 }),
  Marker: string({ min: 1, max: 320 }),
  PathPrefix: string({ min: 1, max: 512, pattern: "/[\\x21-\\x7f]*" }),
  Scope: string({ values: ["All", "AWS", "Local"] }),
  Tags: list(
    structure({
      required: {
        Key: string({ min: 1, max: 128, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+" }),
        Value: string({ max: 256, pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*" }),
      },
    }),
    { max: 50 },
  ),
} satisfies { [key: string]: Shape };

type Parameter = keyof typeof shapes;

/** The string of a parameter, refused when it is missing or breaks its rule, which mostly has the parameter's name. */
export function required(input: Input, rule: Parameter, parameter: string = rule): string {
  check(rule, parameter, input[parameter]);
  return String(input[parameter]);
}

/** The same for a parameter that may be left out. */
export function optional(input: Input, rule: Parameter, parameter: string = rule): string | undefined {
  return input[parameter] === undefined ? undefined : required(input, rule, parameter);
}

/** One hour, unless the request says otherwise. */
export function sessionDuration({ MaxSessionDuration = "3600" }: Input): number {
  const seconds = Number(MaxSessionDuration);
  check("MaxSessionDuration", "MaxSessionDuration", seconds);
  return seconds;
}

/** How many entries of a list are wanted at once. */
export function maxItems({ MaxItems = "100" }: Input): number {
  const items = Number(MaxItems);
  check("MaxItems", "MaxItems", items);
  return items;
}

export function tagsOf(input: Input): Tags {
  const pairs = listOf<{ Key: string; Value: string }>(input.Tags);
  check("Tags", "Tags", pairs);
  const keys = new Set(pairs.map(({ Key }) => Key.toLowerCase()));
  if (keys.size < pairs.length) {
    throw new AwsError("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (pairs.some(({ Key }) => /^aws:/i.test(Key))) {
    throw new AwsError("InvalidInput", "Tag keys that start with aws: are reserved for AWS.");
  }
  return Object.fromEntries(pairs.map(({ Key, Value }) => [Key, Value]));
}

export function tagKeysOf(input: Input): string[] {
  return listOf(input.TagKeys);
}

export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** A form writes an empty list as an empty string. */
export function listOf<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? (value as Item[]) : [];
}

function check(rule: Parameter, parameter: string, value: unknown): void {
  const failures = structure({ required: { [parameter]: shapes[rule] } })({ [parameter]: value }, "");
  if (failures.length === 0) return;
  const count = `${failures.length} validation error${failures.length > 1 ? "s" : ""} detected`;
  throw new AwsError("ValidationError", `${count}: ${failures.join("; ")}`);
}
