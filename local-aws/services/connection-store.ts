import { randomBytes, randomUUID } from "node:crypto";
import { arn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { type Tags, TagStore } from "../tag-store";
import { type Family, INSTALLED_TYPES, MAX_TAGS } from "./connection-shapes";

export type ConnectionStatus = "PENDING" | "AVAILABLE" | "ERROR";

export interface Connection {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly providerType: string;
  readonly hostArn?: string;
  status: ConnectionStatus;
}

export interface Host {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly providerType: string;
  endpoint: string;
  vpc?: unknown;
  status: string;
}

/** The connections and hosts of an account, shared by the two APIs, and what a person does to them in the console. */
export class ConnectionStore {
  public readonly connections = new Map<string, Connection>();
  public readonly hosts = new Map<string, Host>();
  public readonly tags = new TagStore({
    limit: MAX_TAGS,
    tooManyCode: "LimitExceededException",
    invalidCode: "InvalidInputException",
  });

  public createConnection(
    family: Family,
    wanted: { name: string; providerType?: string | undefined; hostArn?: string | undefined; tags: Tags },
    scope: Scope,
  ): Connection {
    const { name, hostArn } = wanted;
    const providerType = this.providerType(wanted, scope);
    const all = [...this.connections.values()];
    // AWS documents that names are unique in an account, but not the code of the refusal.
    if (all.some((other) => other.name === name)) {
      throw new AwsError("InvalidInputException", `A connection with the name ${name} already exists`);
    }
    if (all.filter(({ region }) => region === scope.region).length >= 250) {
      throw new AwsError("LimitExceededException", "The limit of 250 connections per account and Region is reached");
    }
    const connection: Connection = {
      arn: arn(scope, family, `connection/${randomUUID()}`),
      name,
      region: scope.region,
      accountId: scope.accountId,
      providerType,
      ...(hostArn === undefined ? {} : { hostArn }),
      status: "PENDING",
    };
    this.tags.add(connection.arn, wanted.tags);
    this.connections.set(connection.arn, connection);
    return connection;
  }

  public createHost(
    family: Family,
    wanted: { name: string; providerType: string; endpoint: string; vpc: unknown; tags: Tags },
    scope: Scope,
  ): Host {
    if (!INSTALLED_TYPES.includes(wanted.providerType)) {
      throw new AwsError("InvalidInputException", `Provider type ${wanted.providerType} is not installed on a host`);
    }
    if (this.hostsIn(scope.region).length >= 50) {
      throw new AwsError("LimitExceededException", "The limit of 50 hosts per account and Region is reached");
    }
    const host: Host = {
      arn: arn(scope, family, `host/${wanted.name}-${randomBytes(4).toString("hex")}`),
      name: wanted.name,
      region: scope.region,
      providerType: wanted.providerType,
      endpoint: wanted.endpoint,
      vpc: wanted.vpc,
      status: wanted.vpc === undefined ? "PENDING" : "VPC_CONFIG_INITIALIZING",
    };
    this.tags.add(host.arn, wanted.tags);
    this.hosts.set(host.arn, host);
    return host;
  }

  public connection(arn: string): Connection {
    return this.connections.get(arn) ?? notFound("Connection", arn);
  }

  /** A host is known in its own region only; a connection, in every region. */
  public host(arn: string, scope: Scope): Host {
    const host = this.hosts.get(arn);
    return host?.region === scope.region ? host : notFound("Host", arn);
  }

  /** Whatever an ARN of either kind names. */
  public resource(arn: string, scope: Scope): Connection | Host {
    return this.hosts.has(arn) ? this.host(arn, scope) : this.connection(arn);
  }

  public hostsIn(region: string): Host[] {
    return [...this.hosts.values()].filter((host) => host.region === region);
  }

  public deleteConnection(arn: string): void {
    this.connections.delete(this.connection(arn).arn);
    this.tags.forget(arn);
  }

  public deleteHost(arn: string, scope: Scope): void {
    this.host(arn, scope);
    if ([...this.connections.values()].some(({ hostArn }) => hostArn === arn)) {
      throw new AwsError("ResourceUnavailableException", `Host ${arn} still has connections: delete them first`);
    }
    this.hosts.delete(arn);
    this.tags.forget(arn);
  }

  /** Does what a person does in the console: completes a pending connection, or sets up a pending host. */
  public activate(arn: string): void {
    const found = this.connections.get(arn) ?? this.hosts.get(arn);
    if (found === undefined) throw new Error(`There is no connection or host to activate with the ARN ${arn}`);
    if (found.status !== "PENDING") throw new Error(`${arn} is ${found.status}: only what is PENDING can be activated`);
    const hostArn = "hostArn" in found ? found.hostArn : undefined;
    const host = hostArn === undefined ? undefined : this.hosts.get(hostArn);
    if (host !== undefined && host.status !== "AVAILABLE") {
      throw new Error(`${arn} cannot be activated: its host ${host.arn} is ${host.status}, and must be set up first`);
    }
    found.status = "AVAILABLE";
  }

  /** Puts a connection or a host into a status, e.g. `ERROR` as after the provider's app was removed. */
  public setStatus(arn: string, status: ConnectionStatus): void {
    const found = this.connections.get(arn) ?? this.hosts.get(arn);
    if (found === undefined) throw new Error(`There is no connection or host with the ARN ${arn}`);
    found.status = status;
  }

  /** Makes a connection as a person in the console does: it is complete, so `AVAILABLE`, from the start. */
  public createByHand(
    wanted: {
      readonly name: string;
      readonly providerType?: string;
      readonly hostArn?: string;
      readonly family: Family;
    } & Scope,
  ): string {
    const connection = this.createConnection(wanted.family, { ...wanted, tags: {} }, wanted);
    connection.status = "AVAILABLE";
    return connection.arn;
  }

  /** The provider type comes either with the request or with the host, and an installed one never without a host. */
  private providerType(
    wanted: { providerType?: string | undefined; hostArn?: string | undefined },
    scope: Scope,
  ): string {
    const { providerType, hostArn } = wanted;
    if (providerType !== undefined && hostArn !== undefined) {
      throw new AwsError("InvalidInputException", "Specify either ProviderType or HostArn, not both");
    }
    if (hostArn !== undefined) return this.host(hostArn, scope).providerType;
    if (providerType === undefined || INSTALLED_TYPES.includes(providerType)) {
      throw new AwsError("InvalidInputException", "To use a hosted provider specify HostArn instead of ProviderType");
    }
    return providerType;
  }
}

function notFound(what: string, arn: string): never {
  throw new AwsError("ResourceNotFoundException", `${what} not found: ${arn}`);
}
