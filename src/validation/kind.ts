import { type TerraformProvider, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { isExpression } from "../terraform/expression";
import { nearest } from "./nearest";

/** What a property must be when it is no string: its type, for callers whose compiler does not check it. */
export interface Kind {
  readonly includes: (value: unknown) => boolean;
  /** The rest of a sentence that begins with the property's name; no full stop. */
  readonly sentence: string;
  /** Where it is documented, if it is a limit of AWS and not only a type. */
  readonly see?: string;
  /** What was probably meant, as a person would type it: of the values that are allowed, if it stands for one. */
  readonly meant?: (value: unknown, isAllowed: (guess: string) => boolean) => string | undefined;
}

export const FLAG: Kind = {
  includes: (value) => typeof value === "boolean",
  sentence: "must be a boolean (true or false), known at synthesis",
};

/** A flag that ends up as a string in a configuration, so that an expression can serve. */
export const FLAG_OR_EXPRESSION: Kind = {
  includes: (value) => FLAG.includes(value) || Tokenization.isResolvable(value),
  sentence: "must be a boolean (true or false) or an expression",
};

/** Values may be null, which the provider handles. */
export const STRING_MAP: Kind = {
  includes: (value) =>
    Tokenization.isResolvable(value) ||
    (isObject(value) &&
      !Array.isArray(value) &&
      Object.values(value).every((each) => each === null || typeof each === "string")),
  sentence: 'must be a map of strings, such as { Team: "shop" }',
};

/** By what it renders, not by `instanceof`: two copies of the provider package would be strangers to each other. */
export const PROVIDER: Kind = {
  includes: (value) => {
    const { terraformProviderSource, terraformResourceType } = (value ?? {}) as Partial<TerraformProvider>;
    return Construct.isConstruct(value) && terraformProviderSource !== undefined && terraformResourceType === "aws";
  },
  sentence: "must be an AwsProvider",
};

/** A class whose objects stand for strings, such as `ProviderType`; or those of its members that `holds` chooses. */
export function enumLike(
  article: "a" | "an",
  name: string,
  values: object,
  holds: (value: string) => boolean = () => true,
): Kind {
  const members = Object.entries(values as { [member: string]: unknown })
    .filter((entry): entry is [string, { value: string }] => isEnumLike(entry[1]))
    .filter(([, { value }]) => holds(value));
  return {
    // By what it has, not by `instanceof`: another copy of this library has such objects too.
    includes: isEnumLike,
    sentence: `must be ${article} ${name}: ${members.map(([member]) => `${name}.${member}`).join(", ")}`,
    meant: (given, isAllowed) => {
      if (typeof given !== "string") return undefined;
      if (isExpression(given)) return `${name}.of(…) around the expression`;
      const allowed = members.map(([, { value }]) => value).filter(isAllowed);
      const value = nearest(given, allowed);
      const [member] = members.find(([, each]) => each.value === value) ?? [];
      return member === undefined ? undefined : `${name}.${member}`;
    },
  };
}

function isEnumLike(value: unknown): value is { value: string } {
  return typeof membersOf(value as { value?: unknown }).value === "string";
}

/** The members of a value that may be anything. */
export function membersOf<Members extends object>(value: Members | undefined): Partial<Members> {
  return isObject(value) ? value : {};
}

/** Whether a value is an object with members, and no list or token. */
export function isStruct(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value) && !Tokenization.isResolvable(value);
}

/** Whether a value is a list with nothing in it. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
