import {
  type IResolvable,
  type IResolveContext,
  TerraformDataSource,
  TerraformLocal,
  type TerraformResource,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { conditionOn, type Expression, isExpression, isOneReference, stringIfKnown } from "./expression";
import { parsed } from "./template";

type Resource = TerraformResource | TerraformDataSource;

/** Tells our token from those of other libraries, in every copy of this one. */
const ATTRIBUTE = Symbol.for("cdktf-codestar-connections/attribute/1");

/** An attribute that is read when it is first rendered: until then `overrideLogicalId` of its resource works. */
class Attribute implements IResolvable {
  public readonly creationStack: string[] = [];
  public readonly [ATTRIBUTE] = true;
  /** Read once: the reference remembers what other stacks read it by. */
  private reference?: IResolvable;

  public constructor(
    public readonly resource: Resource,
    public readonly attribute: string,
  ) {}

  public resolve(context: IResolveContext): unknown {
    this.reference ??= this.resource.interpolationForAttribute(this.attribute);
    return this.reference.resolve(context);
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** A string attribute of a resource or data source, which is read when it is first rendered. */
export function attributeOf(resource: Resource, attribute: string): string {
  return Token.asString(new Attribute(resource, attribute));
}

/** What a string refers to, where it is one reference to an attribute of a resource and nothing else. */
export interface Referenced {
  /** The resource's type, such as `aws_iam_role`. */
  readonly type: string;
  readonly attribute: string;
  /** The reference as a person knows it: its address, or the construct that it is read from. */
  readonly label: string;
  /** Whether it is an attribute that is read when it is first rendered. */
  readonly isAttribute: boolean;
}

/** Reads what a string refers to. An attribute that is not rendered yet stays so. */
export function referenceIn(scope: IConstruct, value: string): Referenced | undefined {
  const own = attributeIn(value);
  if (own !== undefined) {
    const { resource, attribute } = own;
    const kind = TerraformDataSource.isTerraformDataSource(resource) ? "data." : "";
    return {
      type: kind + resource.terraformResourceType,
      attribute,
      label: `${attribute} of ${resource.node.path}`,
      isAttribute: true,
    };
  }
  if (attributesIn(value).length > 0) return undefined;
  const rendered = referenceInStack(scope, value) ?? stringIfKnown(scope, value);
  const [, address = "", type = "", attribute = ""] = ADDRESS.exec(rendered ?? "") ?? [];
  return address === "" ? undefined : { type, attribute, label: address, isAttribute: false };
}

/** `${aws_iam_role.role.name}`, also of one instance of several. */
const ADDRESS = /^\$\{((aws_[a-z0-9_]+)\.[\w-]+(?:\[(?:\d+|"[^"\\]*")\])?\.([a-z_]+))\}$/;

/** A resource or data source that a string is an attribute of, wherever in the app it is. */
export interface Origin {
  readonly stack: TerraformStack;
  /** Such as `aws_iam_role.role`, or `data.aws_iam_role.role`, without an instance. */
  readonly address: string;
  /** Such as `[0]` or `["shop"]`; empty for the only one. */
  readonly instance: string;
}

/** Reads what a string is an attribute of without rendering a reference, which another stack would show as its own. */
export function originIn(scope: IConstruct, value: string): Origin | undefined {
  if (!Token.isUnresolved(value)) return originAt(TerraformStack.of(scope), value.replace(/^\$\{(.*)\}$/, "$1"));
  const { originStack, identifier } = cdktfReferenceIn(value) ?? {};
  return originStack && identifier !== undefined ? originAt(originStack, identifier) : undefined;
}

/** A reference of CDKTF's own to the stack that the scope is in, as it is rendered: rendering it would take longer. */
export function referenceInStack(scope: IConstruct, value: string): string | undefined {
  const { originStack, identifier = "" } = cdktfReferenceIn(value) ?? {};
  return originStack !== undefined && originStack === TerraformStack.of(scope) ? `\${${identifier}}` : undefined;
}

/** The reference of CDKTF's own that a string is, and nothing else. */
function cdktfReferenceIn(value: string): CdktfReference | undefined {
  if (!Token.isUnresolved(value)) return undefined;
  const { tokens, literals } = Tokenization.reverseString(value);
  const [token, ...others] = tokens as readonly Partial<CdktfReference>[];
  if (others.length > 0 || literals.length > 0) return undefined;
  const { originStack, identifier } = token ?? {};
  return originStack && typeof identifier === "string" ? { originStack, identifier } : undefined;
}

/** What CDKTF's own references hold; its types don't say so. */
interface CdktfReference {
  readonly identifier: string;
  readonly originStack: TerraformStack;
}

function originAt(stack: TerraformStack, identifier: string): Origin | undefined {
  const [, address, instance = ""] = ATTRIBUTE_OF.exec(identifier) ?? [];
  return address === undefined ? undefined : { stack, address, instance };
}

const ATTRIBUTE_OF = /^((?:data\.)?aws_[a-z0-9_]+\.[\w-]+)(\[(?:\d+|"[^"\\]*")\])?\.[a-z_]+$/;

/** Whether two strings are the same attribute; nothing where that is not known before they are rendered. */
export function isSameAttribute(one: string, other: string): boolean | undefined {
  if (one === other) return true;
  const [first, second] = [attributeIn(one), attributeIn(other)];
  if (first === undefined || second === undefined) return undefined;
  return first.resource === second.resource && first.attribute === second.attribute;
}

/** The attribute that a string is, and nothing else. */
function attributeIn(value: string): Attribute | undefined {
  const attributes = attributesIn(value);
  return attributes.length === 1 && Tokenization.reverseString(value).length === 1 ? attributes[0] : undefined;
}

/** The attributes of ours that a string holds: rendering it would read them, and fix the names of their resources. */
function attributesIn(value: string): Attribute[] {
  if (!Token.isUnresolved(value)) return [];
  // By their mark, not by `instanceof`: another copy of this library makes attributes too.
  return Tokenization.reverseString(value).tokens.filter((token): token is Attribute => ATTRIBUTE in token);
}

/**
 * The value as something that any expression may hold.
 *
 * One reference stays as it is, so that Terraform's errors show it by its name. Any other string goes through a `local`:
 * Terraform then reads it exactly as it reads the property itself, whatever quotes, backslashes or templates are in it.
 * So does a list.
 */
export function asReference(scope: Construct, id: string, value: Expression): string {
  if (typeof value === "string" && attributeIn(value) !== undefined) return value;
  const isKnown = typeof value === "string" && attributesIn(value).length === 0;
  const rendered = isKnown ? stringIfKnown(scope, value) : undefined;
  if (rendered !== undefined && (isOneReference(rendered) || isRepeatedIn(rendered))) return value as string;
  return new TerraformLocal(scope, id, value).asString;
}

/** The same, for a value that Terraform must not show: it shows all that a failed condition refers to, unless it is sensitive. */
export function asSensitive(scope: Construct, id: string, value: string): string {
  const hidden = conditionOn(value, (reference) => `sensitive(${reference})`);
  const local: IResolvable = {
    creationStack: [],
    // A lazy value that turns out to be nothing leaves no local behind.
    resolve: (context) => {
      const given = context.resolve(value) as unknown;
      return given === undefined || given === null ? undefined : (hidden.resolve(context) as unknown);
    },
    toString: () => "a sensitive value",
  };
  return new TerraformLocal(scope, id, local).asString;
}

/**
 * The string as another stack may use it too: a reference that was typed by hand names something of the stack it was given
 * to, which the other stack lacks, so it goes through a `local` of that stack.
 */
export function asShared(scope: Construct, id: string, value: string): string {
  if (!isExpression(value) || attributeIn(value) !== undefined) return value;
  const isKnown = Token.isUnresolved(value) && attributesIn(value).length === 0;
  const isToken = isKnown && isOneReference(stringIfKnown(scope, value) ?? "");
  return isToken ? value : new TerraformLocal(scope, id, value).asString;
}

/** Whether a string differs between the instances of a resource, so that it means nothing outside of it. */
export function isRepeated(scope: IConstruct, value: string): boolean {
  return attributesIn(value).length === 0 && isRepeatedIn(stringIfKnown(scope, value) ?? "");
}

function isRepeatedIn(rendered: string): boolean {
  return REPEATED.test(rendered) && parsed(rendered).evaluated.some((expression) => REPEATED.test(expression));
}

const REPEATED = /\b(count\.index|each\.(key|value)|self\.)/;
