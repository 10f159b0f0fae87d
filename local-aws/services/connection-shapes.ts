import { integer, list, structure, string } from "../shapes";
import { tagKeys, tagPairs } from "../tag-store";

/** AWS's one connections service has two names, and an API under each. */
export type Family = "codestar-connections" | "codeconnections";

/** Providers that a customer installs: a connection to one goes through a host. */
export const INSTALLED_TYPES: readonly string[] = ["GitHubEnterpriseServer", "GitLabSelfManaged"];

export const MAX_TAGS = 200;
export const tags = tagPairs("Key", "Value");

/** The input shapes of one of the two APIs, from AWS's API models. */
export function connectionShapes(family: Family) {
  // Azure DevOps came after the rename, and only the newer API takes hosts of both names.
  const newer = family === "codeconnections";
  const prefix = newer ? "(codestar-connections|codeconnections)" : "codestar-connections";
  const providerType = string({
    values: ["Bitbucket", "GitHub", ...INSTALLED_TYPES, "GitLab", ...(newer ? ["AzureDevOps"] : [])],
  });
  const anyArn = "arn:aws(-[\\w]+)*:.+:.+:[0-9]{12}:.+";
  const connectionArn = string({ max: 256, pattern: anyArn });
  const hostArn = string({ max: 256, pattern: `arn:aws(-[\\w]+)*:${prefix}:.+:[0-9]{12}:host\\/.+` });
  const resourceArn = string({ min: 1, max: 1011, pattern: anyArn });
  const endpoint = string({ min: 1, max: 512 });
  const vpc = structure({
    required: {
      VpcId: string({ min: 12, max: 21, pattern: "vpc-\\w{8}(\\w{9})?" }),
      SubnetIds: list(string({ min: 15, max: 24, pattern: "subnet-\\w{8}(\\w{9})?" }), { min: 1, max: 10 }),
      SecurityGroupIds: list(string({ min: 11, max: 20, pattern: "sg-\\w{8}(\\w{9})?" }), { min: 1, max: 10 }),
    },
    optional: { TlsCertificate: string({ min: 1, max: 16384 }) },
  });
  const paging = { MaxResults: integer({ min: 0, max: 100 }), NextToken: string({ min: 1, max: 1024 }) };

  return {
    createConnection: structure({
      required: { ConnectionName: string({ min: 1, max: 32 }) },
      optional: { ProviderType: providerType, HostArn: hostArn, Tags: tags.shape(MAX_TAGS) },
    }),
    connection: structure({ required: { ConnectionArn: connectionArn } }),
    listConnections: structure({ optional: { ProviderTypeFilter: providerType, HostArnFilter: hostArn, ...paging } }),
    createHost: structure({
      required: { Name: string({ min: 1, max: 64 }), ProviderType: providerType, ProviderEndpoint: endpoint },
      optional: { VpcConfiguration: vpc, Tags: tags.shape(MAX_TAGS) },
    }),
    host: structure({ required: { HostArn: hostArn } }),
    listHosts: structure({ optional: paging }),
    updateHost: structure({
      required: { HostArn: hostArn },
      optional: { ProviderEndpoint: endpoint, VpcConfiguration: vpc },
    }),
    tagResource: structure({ required: { ResourceArn: resourceArn, Tags: tags.shape(MAX_TAGS) } }),
    untagResource: structure({ required: { ResourceArn: resourceArn, TagKeys: tagKeys } }),
    resource: structure({ required: { ResourceArn: resourceArn } }),
  };
}
