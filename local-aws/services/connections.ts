import { page } from "../pages";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked } from "../shapes";
import { connectionShapes, type Family, tags } from "./connection-shapes";
import { type Connection, ConnectionStore, type Host } from "./connection-store";

interface Paging {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** One of the two APIs over the account's connections: AWS CodeStar Connections, or its newer name CodeConnections. */
export class ConnectionsService implements Service {
  public readonly protocol = jsonProtocol("1.0");
  public readonly operations: Readonly<{ [key: string]: Operation }>;

  public constructor(
    public readonly signingName: Family,
    public readonly store: ConnectionStore,
  ) {
    const shapes = connectionShapes(signingName);
    this.operations = {
      CreateConnection: checked(
        shapes.createConnection,
        ({ ConnectionName: name, ProviderType: providerType, HostArn: hostArn, Tags }, scope) => {
          const wanted = { name, providerType, hostArn, tags: tags.read(Tags) };
          return { ConnectionArn: store.createConnection(signingName, wanted, scope).arn, Tags };
        },
      ),
      GetConnection: checked(shapes.connection, ({ ConnectionArn }) => ({
        Connection: connectionOutput(store.connection(ConnectionArn)),
      })),
      ListConnections: checked(
        shapes.listConnections,
        ({ ProviderTypeFilter: type, HostArnFilter: host, ...paging }) => {
          const found = [...store.connections.values()]
            .filter(({ providerType }) => type === undefined || providerType === type)
            .filter(({ hostArn }) => host === undefined || hostArn === host);
          const { items, nextToken } = pageOf(found, paging);
          return { Connections: items.map(connectionOutput), NextToken: nextToken };
        },
      ),
      DeleteConnection: checked(shapes.connection, ({ ConnectionArn }) => {
        store.deleteConnection(ConnectionArn);
      }),
      CreateHost: checked(
        shapes.createHost,
        (
          { Name: name, ProviderType: providerType, ProviderEndpoint: endpoint, VpcConfiguration: vpc, Tags },
          scope,
        ) => {
          const wanted = { name, providerType, endpoint, vpc, tags: tags.read(Tags) };
          return { HostArn: store.createHost(signingName, wanted, scope).arn, Tags };
        },
      ),
      GetHost: checked(shapes.host, ({ HostArn }, scope) => {
        const host = store.host(HostArn, scope);
        const output = hostOutput(host);
        // AWS takes a while to reach into the VPC: the first look finds it at work, the next one finds it done.
        if (host.status === "VPC_CONFIG_INITIALIZING") host.status = "PENDING";
        return output;
      }),
      ListHosts: checked(shapes.listHosts, (paging, scope) => {
        const { items, nextToken } = pageOf(store.hostsIn(scope.region), paging);
        return { Hosts: items.map((host) => ({ ...hostOutput(host), HostArn: host.arn })), NextToken: nextToken };
      }),
      UpdateHost: checked(shapes.updateHost, (input, scope) => {
        const host = store.host(input.HostArn, scope);
        host.endpoint = input.ProviderEndpoint ?? host.endpoint;
        if (input.VpcConfiguration !== undefined) {
          host.vpc = input.VpcConfiguration;
          host.status = "VPC_CONFIG_INITIALIZING";
        }
      }),
      DeleteHost: checked(shapes.host, ({ HostArn }, scope) => {
        store.deleteHost(HostArn, scope);
      }),
      TagResource: checked(shapes.tagResource, ({ ResourceArn, Tags }, scope) => {
        store.tags.add(store.resource(ResourceArn, scope).arn, tags.read(Tags));
      }),
      UntagResource: checked(shapes.untagResource, ({ ResourceArn, TagKeys }, scope) => {
        store.tags.remove(store.resource(ResourceArn, scope).arn, TagKeys);
      }),
      ListTagsForResource: checked(shapes.resource, ({ ResourceArn }, scope) => ({
        Tags: tags.write(store.tags.of(store.resource(ResourceArn, scope).arn)),
      })),
    };
  }

  /** Each API lists what carries its name, so that the two together list everything once. */
  public inventory(): string[] {
    return [...this.store.connections.keys(), ...this.store.hosts.keys()].filter(
      (arn) => arn.split(":")[2] === this.signingName,
    );
  }
}

function pageOf<T>(items: readonly T[], { MaxResults: size, NextToken }: Paging) {
  // MaxResults may be 0, which means the same as leaving it out.
  return page(items, size === undefined || size === 0 ? 100 : size, NextToken, "InvalidInputException");
}

function connectionOutput({ arn, name, accountId, providerType, hostArn, status }: Connection) {
  return {
    ConnectionArn: arn,
    ConnectionName: name,
    OwnerAccountId: accountId,
    ProviderType: providerType,
    HostArn: hostArn,
    ConnectionStatus: status,
  };
}

function hostOutput({ name, providerType, endpoint, vpc, status }: Host) {
  return { Name: name, ProviderType: providerType, ProviderEndpoint: endpoint, VpcConfiguration: vpc, Status: status };
}
