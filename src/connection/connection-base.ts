import { type ITerraformDependable, type TerraformDataSource, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { accountsOf, type BoundProvider, isBeside } from "../aws-provider/bound-provider";
import { Inspection } from "../validation/inspection";
import type { Kind } from "../validation/kind";
import type { IConnectionHost } from "./host-base";
import { arnOfAccounts, connectionArn } from "./limits";
import { mayBeOfItsAccount } from "./other-account";
import type { ProviderType } from "./provider-type";

/**
 * A connection to a repository provider: made here, or one that exists already.
 *
 * A role gets the permission to use it from a `PipelineSource`, or from a `ConnectionPolicy` with
 * `{ grants: [{ connection }], roles: [role.name] }`.
 */
export interface IConnection extends IConstruct {
  /**
   * The ARN, of the service `codestar-connections` or `codeconnections`.
   *
   * @attribute
   */
  readonly connectionArn: string;

  /** The repository provider, if it is known. */
  readonly providerType?: ProviderType;

  /**
   * `PENDING`, `AVAILABLE` or `ERROR`, for a connection that is made here or read.
   *
   * @attribute
   */
  readonly connectionStatus?: string;

  /** The connection's name, for a connection that is made here, read, or found by its name. */
  readonly connectionName?: string;

  /** The host of a connection that is created here. A person must set up the host before activating the connection. */
  readonly host?: IConnectionHost;

  /** The region of a connection that is created here, if it is not the region of its provider. */
  readonly region?: string;

  /**
   * What a resource of this stack must wait for before it uses the connection: the check of an ARN that is an
   * expression. Give it to `dependsOn`. Empty in all other cases.
   */
  readonly dependencies: ITerraformDependable[];

  /** The provider's data source, for a connection that is read or found by its name. */
  readonly dataSource?: TerraformDataSource;

  /** The AWS provider that reaches the connection, if it is not the stack's default AWS provider. */
  readonly provider?: TerraformProvider;
}

/** By what it has, not by `instanceof`: another copy of this library makes connections too. */
export const CONNECTION: Kind = {
  includes: (value) =>
    Construct.isConstruct(value) && typeof (value as Partial<IConnection>).connectionArn === "string",
  sentence:
    "must be a connection: new Connection(…), Connection.fromConnectionArn(…) or Connection.fromConnectionName(…)",
  meant: (value) =>
    typeof value === "string" && connectionArn.must.accepts(value)
      ? `Connection.fromConnectionArn(this, "Existing", ${JSON.stringify(value)})`
      : undefined,
};

/** The checks of connections that belong to this stack; another stack's have passed when that stack was applied. */
export function conditionsOn(scope: Construct, connections: ReadonlySet<IConnection>): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return [...connections]
    .filter((connection) => TerraformStack.of(connection) === stack)
    .flatMap(({ dependencies }) => dependencies);
}

/**
 * Applies the rules on a connection that is used elsewhere than where it is made or named: in another stack, or through
 * another provider. Its ARN may be of an account that this one can't use connections of, unless a role of that account
 * does.
 */
export function checkUse(
  inspection: Inspection,
  scope: Construct,
  property: string,
  connection: unknown,
  provider: TerraformProvider | undefined,
  bound: BoundProvider,
  roleArn?: unknown,
): void {
  const accounts = accountsOf(bound);
  if (accounts.length === 0 || !CONNECTION.includes(connection)) return;
  const used = connection as IConnection;
  if (isBeside(used, scope, provider) || mayBeOfItsAccount(used, roleArn)) return;
  inspection.value(property, used.connectionArn, ...arnOfAccounts(accounts));
}
