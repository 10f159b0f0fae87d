import { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { RamResourceAssociation } from "@cdktf/provider-aws/lib/ram-resource-association";
import { Fn, Token } from "cdktf";
import { Connection, ConnectionHost, ProviderType, SourceAction } from "../../../src";
import {
  aliased,
  ARN,
  azureDevOpsOfVersion5,
  byArn,
  byName,
  connection,
  host,
  HOST_ARN,
  type Mistake,
  NEWER,
  vpc,
  version5,
  version6,
  type Wrong,
} from "./making";

/** The region of a resource, which only some versions of the provider let it have. */
const regions = (make: (wrong: Wrong) => Mistake): readonly Mistake[] => [
  (stack) => make({ region: "us-west-2", provider: version5(stack) })(stack, stack),
  (stack) => make({ region: "us-west-2 ", allowAnyRegion: true, provider: version6(stack) })(stack, stack),
  (stack) => make({ region: "af-south-1", provider: version6(stack) })(stack, stack),
];

export const connectionHost: readonly Mistake[] = [
  ...regions(host),
  ...[
    { providerType: undefined },
    { providerType: "GitLabSelfManaged" },
    { providerType: ProviderType.of("Gitlab") },
    { providerType: ProviderType.GITHUB },
    { providerEndpoint: undefined },
    { providerEndpoint: "https://user:secret@git.example.com" },
    { providerEndpoint: "https://github.com", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER },
    { providerEndpoint: "https://git.example.com/api/v3", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER },
    { providerEndpoint: "https://git.example.com/acme/shop.git" },
    { providerEndpoint: "https://acme.ghe.com", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER },
  ].map(host),
  ...[{ providerEndpoint: "git.example.com" }, { providerEndpoint: "http://x/\n", resourceFamily: NEWER }].map(host),
  ...[{ name: "" }, { name: "x".repeat(65) }, { name: "é".repeat(33), resourceFamily: NEWER }].map(host),
  ...[{ resourceFamily: "codestar" }, { tags: { a: "b" } }, { tags: [], resourceFamily: NEWER }].map(host),
  ...[{ preventDestroy: "yes" }, { allowAnyRegion: 1 }, { provider: {} }, { vpcConfiguration: "vpc-1" }].map(host),
  ...[
    { vpcId: undefined },
    { vpcId: "vpc-1" },
    { subnetIds: [] },
    { subnetIds: undefined },
    { subnetIds: "subnet-1" },
  ].map(vpc),
  ...[
    { subnetIds: ["sg-0c8b1a2f"] },
    { securityGroupIds: ["sg-1"] },
    { securityGroupIds: [] },
    { tlsCertificate: "" },
    { tlsCertificate: "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n" },
    { tlsCertificate: "./certificates/git.pem" },
  ].map(vpc),
  (stack) => {
    const provider = new AwsProvider(stack, "hk", { alias: "hk", region: "ap-east-1" });
    return host({ provider })(stack, stack);
  },
  host({
    resourceFamily: NEWER,
    vpcConfiguration: {
      ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
      tlsCertificate: "é".repeat(8193),
    },
  }),
  (stack) => ConnectionHost.fromHostArn(stack, "Host", "git"),
  (stack) => ConnectionHost.fromHostArn(stack, "Host", HOST_ARN, { providerType: ProviderType.GITHUB }),
  (stack) => ConnectionHost.fromHostArn(stack, "Host", HOST_ARN, { providerType: ProviderType.of("Gitea") }),
  ...[{ providerEndpont: "https://git.example.com" }, { endpoint: "https://git.example.com" }].map(host),
  vpc({ subnets: ["subnet-0c8b1a2f"] }),
  vpc({ subnets: ["subnet-0c8b1a2f"], subnetIds: undefined }),
];

export const connections: readonly Mistake[] = [
  ...regions(connection),
  ...[
    { name: "" },
    { name: "x".repeat(33) },
    { name: 1 },
    { name: Token.asAny(Fn.merge([{ a: "b" }])) },
    { name: "é".repeat(17), resourceFamily: NEWER },
    { name: "${" },
  ].map(connection),
  ...[{ providerType: undefined }, { providerType: "Bitbucket" }].map(connection),
  ...[{ providerType: ProviderType.of("bitbuckett") }, { providerType: ProviderType.AZURE_DEVOPS }].map(connection),
  azureDevOpsOfVersion5({ resourceFamily: NEWER }),
  connection({ providerType: ProviderType.GITHUB_ENTERPRISE_SERVER }),
  ...[
    { host: "git" },
    { resourceFamily: "${var.family}" },
    { tags: "a" },
    { preventDestroy: 0 },
    { allowAnyRegion: "no" },
  ].map(connection),
  (stack) => {
    const git = ConnectionHost.fromHostArn(stack, "Host", HOST_ARN, {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
    });
    return new Connection(stack, "Connection", { host: git, providerType: ProviderType.GITHUB_ENTERPRISE_SERVER });
  },
  (stack) =>
    new Connection(stack, "Connection", {
      host: ConnectionHost.fromHostArn(
        stack,
        "Host",
        HOST_ARN.replace("codestar-", "code").replace("us-east-1", "us-west-2"),
      ),
    }),
  (stack) => {
    const git = new ConnectionHost(stack, "Host", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      ...{ resourceFamily: NEWER, provider: aliased(stack) },
    });
    return new Connection(stack, "Connection", { host: git });
  },
  (stack, other) => connection({ provider: aliased(other) })(stack, other),
  (stack) => {
    for (const id of ["One", "Other"])
      new Connection(stack, id, { name: "mine", providerType: ProviderType.BITBUCKET });
  },
  (stack) =>
    connection({ provider: new AwsProvider(stack, "new", { alias: "new", region: "xx-new-1" }) })(stack, stack),
  ...[{ outputPrefix: "my prefix" }, { outputPrefix: "${var.x}" }, { activationReminder: "no" }].map(connection),
  connection({ outputPrefix: "x_", activationReminder: false }),
  (stack) => {
    const { connectionArn } = new Connection(stack, "Connection", { providerType: ProviderType.BITBUCKET });
    new RamResourceAssociation(stack, "Share", { resourceArn: connectionArn, resourceShareArn: "share" });
  },
  (stack) => {
    new CodestarconnectionsConnection(stack, "Raw", { name: "mine", providerType: "Bitbucket" });
    new Connection(stack, "Connection", { name: "mine", providerType: ProviderType.BITBUCKET });
  },
  (stack) => {
    new Connection(stack, "Connection", { providerType: ProviderType.BITBUCKET }).resource.count = 2;
  },
  ...[{ nme: "mine" }, { remind: true }].map(connection),
  (stack) =>
    new Connection(stack, "Connection", {
      host: ConnectionHost.fromHostArn(stack, "Host", new IamRole(stack, "Role", { assumeRolePolicy: "{}" }).name),
    }),
];

export const byArns: readonly Mistake[] = [
  ...[undefined, "", "ARN: arn:aws:codestar-connections:us-east-1:1234:connection/1", HOST_ARN].map((arn) =>
    byArn(arn),
  ),
  (stack) => byArn(new IamRole(stack, "Role", { assumeRolePolicy: "{}" }).arn)(stack, stack),
  byArn("${each.value}"),
  byArn(ARN, { providerType: "git", readStatus: "yes" }),
  byArn(ARN, { providerType: ProviderType.of("bitbuckett") }),
  byArn(ARN, { outputPrefix: "x_" }),
  byArn(ARN, { provider: ProviderType.BITBUCKET, readStatuss: true }),
  (stack) =>
    byArn(ARN.replace("123456789012", "111122223333"), {
      provider: aliased(stack, { allowedAccountIds: ["123456789012"] }),
    })(stack, stack),
];

export const ofOtherAccounts: readonly Mistake[] = [
  (stack) => {
    const connection = Connection.fromConnectionArn(stack, "Theirs", ARN.replace("123456789012", "111122223333"), {
      provider: aliased(stack, { allowedAccountIds: ["123456789012"] }),
    });
    const roleArn = "arn:aws:iam::111122223333:role/pull";
    return new SourceAction({ connection, repository: "acme/shop", branch: "main", roleArn });
  },
];

export const byNames: readonly Mistake[] = [
  ...[undefined, "", "x".repeat(33)].map((name) => byName(name)),
  ...[{ resourceFamily: NEWER }, { resourceFamily: "x" }, { provider: "aws" }].map((wrong) => byName("mine", wrong)),
];
