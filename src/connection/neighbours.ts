import { Annotations, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { providerOf } from "../aws-provider/bound-provider";
import { isExpression } from "../terraform/expression";
import { originIn, referenceIn } from "../terraform/reference";
import { sharedData } from "../terraform/shared-data";
import type { Limit } from "../validation/rule";
import { stopped } from "../validation/validation-error";
import { INSTANCE, isSwitchedOff, repetitionOf } from "./repetition";

export const sharedConnection: Limit = {
  sentence:
    "AWS RAM shares only connections of the newer family, with an ARN of the service codeconnections: set resourceFamily " +
    "to ResourceFamily.CODECONNECTIONS. This makes another connection, which a person must activate",
  see: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-share.html",
};

export const oneResource: Limit = {
  sentence: "one resource makes a connection: the library's, which takes over what the provider's own has made",
  see: "https://developer.hashicorp.com/terraform/language/moved",
};

const OLDER = "aws_codestarconnections_connection";
const CONNECTIONS = [OLDER, "aws_codeconnections_connection"];

/** The connections of an app that were made by this library, each with its resource. */
type Made = [IConstruct, TerraformResource][];

/**
 * Warns of what other resources do with connections, when the app is synthesised: it looks once, however many connections
 * there are. A stack's warnings are taken as soon as it is validated, one stack after the other, so the stacks before the
 * connection's look for themselves.
 */
export function watchNeighbours(connection: IConstruct, resource: TerraformResource): void {
  const app = connection.node.root;
  const made = sharedData<Made>(app, "made-connections", () => []);
  made.push([connection, resource]);
  if (made.length > 1) return;
  const own = TerraformStack.of(connection);
  for (const stack of app.node.findAll().filter((element) => TerraformStack.isStack(element))) {
    stack.node.addValidation({ validate: () => warnIn(stack === own ? app : stack, made) });
    if (stack === own) break;
  }
}

function warnIn(where: IConstruct, made: Made): string[] {
  const ours = new Set<IConstruct>(made.map(([, resource]) => resource));
  const others: TerraformResource[] = [];
  for (const element of where.node.findAll()) {
    if (isOlder(element, sharedArnOf(element))) warnOnce(element, sharedConnection.sentence);
    if (!TerraformResource.isTerraformResource(element) || ours.has(element)) continue;
    if (CONNECTIONS.includes(element.terraformResourceType)) others.push(element);
  }
  for (const other of others) {
    const twin = made.find(([, resource]) => isTwin(resource, other));
    if (twin !== undefined) warnOnce(twin[0], takeOver(other));
  }
  return [];
}

function warnOnce(element: IConstruct, sentence: string): void {
  const warning = stopped(sentence);
  const isTold = element.node.metadata.some(({ data }) => data === warning);
  if (!isTold) Annotations.of(element).addWarning(warning);
}

/** What an association with a share of AWS RAM shares. */
function sharedArnOf(element: IConstruct): unknown {
  const isAssociation =
    TerraformResource.isTerraformResource(element) && element.terraformResourceType === "aws_ram_resource_association";
  return isAssociation ? (element as { readonly resourceArnInput?: unknown }).resourceArnInput : undefined;
}

function isOlder(scope: IConstruct, arn: unknown): boolean {
  if (typeof arn !== "string") return false;
  if (!isExpression(arn)) return /^arn:[^:]+:codestar-connections:/.test(arn);
  // A reference to another stack renders as what this stack reads it by, but knows where it is from.
  const address = originIn(scope, arn)?.address ?? referenceIn(scope, arn)?.type ?? "";
  return address === OLDER || address.startsWith(`${OLDER}.`);
}

/** Whether two resources of one stack and provider make a connection of one literal name. */
function isTwin(one: TerraformResource, other: TerraformResource): boolean {
  const [name, otherName] = [nameOf(one), nameOf(other)];
  return (
    name !== undefined &&
    name === otherName &&
    one.terraformResourceType === other.terraformResourceType &&
    regionOf(one) === regionOf(other) &&
    !isSwitchedOff(other) &&
    providerOf(one, one.provider) === providerOf(other, other.provider) &&
    TerraformStack.of(one) === TerraformStack.of(other)
  );
}

function nameOf(resource: TerraformResource): string | undefined {
  const { nameInput: name } = resource as { readonly nameInput?: unknown };
  return typeof name === "string" && !isExpression(name) ? name : undefined;
}

/** The region that a resource has by itself, since version 6 of the provider. */
function regionOf(resource: TerraformResource): unknown {
  return (resource as { readonly regionInput?: unknown }).regionInput;
}

function takeOver(other: TerraformResource): string {
  const repetition = repetitionOf(other);
  const instance = repetition === undefined ? "" : INSTANCE[repetition];
  // In single quotes, where the key has double ones.
  const quote = repetition === "for_each" ? "'" : '"';
  const address = `${quote}${other.terraformResourceType}.${other.friendlyUniqueId}${instance}${quote}`;
  return (
    `${other.node.path} makes a connection of the same name. If it is the same connection, remove ${other.node.path} and ` +
    `call connection.resource.moveFromId(${address}): Terraform then keeps the connection and its activation`
  );
}
