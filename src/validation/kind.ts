import { type TerraformProvider, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { isExpression } from "../terraform/expression";

/** What a property must be when it is no text: its type, for callers whose compiler does not check it. */
export interface Kind {
  readonly includes: (value: unknown) => boolean;
  /** The rest of a sentence that begins with the property's name; no full stop. */
  readonly sentence: string;
  /** Where it is documented, if it is a limit of AWS and not only a type. */
  readonly see?: string;
}

export const FLAG: Kind = {
  includes: (value) => typeof value === "boolean",
  sentence: "must be true or false",
};

/**
 * A map whose values may be none, which is Terraform's to judge. Some of Terraform's functions give theirs as a text, such
 * as `Fn.merge`.
 */
export const TEXT_MAP: Kind = {
  includes: (value) =>
    Tokenization.isResolvable(value) ||
    (typeof value === "string" && isExpression(value)) ||
    (isObject(value) &&
      !Array.isArray(value) &&
      Object.values(value).every((text) => text === null || typeof text === "string")),
  sentence: "must be a map from texts to texts",
};

export const OBJECT: Kind = {
  includes: (value) => isObject(value) && !Array.isArray(value) && !Tokenization.isResolvable(value),
  sentence: "must be an object with its properties",
};

/** By what it renders, not by `instanceof`: two copies of the provider package would be strangers to each other. */
export const PROVIDER: Kind = {
  includes: (value) => {
    const { terraformProviderSource, terraformResourceType } = (value ?? {}) as Partial<TerraformProvider>;
    return Construct.isConstruct(value) && terraformProviderSource !== undefined && terraformResourceType === "aws";
  },
  sentence: "must be an AwsProvider",
};

/** The properties that a construct was given, or none where something else was given in their place. */
export function propertiesOf<Properties extends object>(value: Properties): Partial<Properties> {
  return isObject(value) ? value : {};
}

/** Whether a value is a list with nothing in it. */
export function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
