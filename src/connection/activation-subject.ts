import { TerraformLocal, type TerraformProvider, type TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { connectionPage, connectionsPage } from "../activation/console-links";
import type { HostSubject, Replacement, Subject } from "../activation/messages";
import { expressionOn, isExpression } from "../terraform/expression";
import { quoted } from "../terraform/template";
import type { IConnection } from "./connection-base";
import type { IConnectionHost } from "./host-base";
import { factsOf } from "./provider-type";

/** What the messages need to know of a connection, as the stack that shows them knows it. */
export function subjectOf(scope: Construct, connection: IConnection): Subject {
  const { connectionArn, connectionName, providerType, host } = connection;
  return {
    label: connectionName === undefined ? connectionArn : shown(scope, "Name", connectionName, connection),
    provider: factsOf(providerType),
    replacement: replacementOf(TerraformStack.of(scope), connection),
    page: new TerraformLocal(scope, "Page", connectionPage(connectionArn)).asString,
    listPage: connectionsPage(connectionArn),
    host: host && hostSubjectOf(scope, host, connection),
  };
}

/** Nothing for a connection that the stack does not make. */
function replacementOf(stack: TerraformStack, connection: IConnection): Replacement | undefined {
  const { resource } = connection as { readonly resource?: TerraformResource };
  if (resource === undefined || TerraformStack.of(connection) !== stack) return undefined;
  // Read when the message is rendered: until then, the name of the resource can be overridden.
  const address = (): string => quoted(`${resource.terraformResourceType}.${resource.friendlyUniqueId}`);
  return {
    address: Object.assign(address, { isString: true }),
    isProtected: () => resource.lifecycle?.preventDestroy === true,
  };
}

/**
 * A name as it is shown: without control characters, which a terminal would obey. A name that the program knows, and that
 * has none, needs no expression for it.
 */
function shown(scope: Construct, id: string, name: string, by: object): string {
  const { nameInput } = (by as { readonly resource?: { readonly nameInput?: unknown } }).resource ?? {};
  const isPlain = typeof nameInput === "string" && !isExpression(nameInput) && !CONTROL.test(nameInput);
  if (isPlain) return name;
  return new TerraformLocal(
    scope,
    id,
    expressionOn(name, (reference) => `replace(${reference}, "/[[:cntrl:]]/", "?")`),
  ).asString;
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\x00-\x1f\x7f-\x9f]/;

/** In another stack, a host's status would be what it was when that stack was applied last. */
function hostSubjectOf(scope: Construct, host: IConnectionHost, connection: IConnection): HostSubject {
  const { hostName, hostArn, hostStatus } = host;
  const stacks = new Set([scope, host, connection].map((construct) => TerraformStack.of(construct)));
  if (stacks.size > 1) return { label: hostArn, status: undefined };
  return { label: hostName === undefined ? hostArn : shown(scope, "HostName", hostName, host), status: hostStatus };
}

/**
 * The provider that a stack reads a connection through: the connection's own, which reaches its account and region, if this
 * is its stack. Another stack has no provider of that name, nor is the connection's known where it was never read.
 */
export function readerOf(
  scope: Construct,
  connection: IConnection,
  otherwise?: TerraformProvider,
): TerraformProvider | undefined {
  if (TerraformStack.of(connection) !== TerraformStack.of(scope)) return otherwise;
  const isReached = connection.connectionStatus !== undefined;
  return connection.provider ?? (isReached ? undefined : otherwise);
}
