/** A stack with everything that the constructs make, which every release is held to: no address moves, nothing is replaced. */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  ActivationGate,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  OutputFormat,
  PipelineSource,
  ProviderType,
  ResourceFamily,
  SourceAction,
} from "../src";

/** The connection that the program finds by its ARN and its name. It must exist, and be activated. */
export const EXISTING = {
  name: "company",
  arn: "arn:aws:codestar-connections:us-east-1:123456789012:connection/00000000-0000-4000-8000-000000000001",
};

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "codepipeline.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/** More than one policy holds. */
const MANY = Array.from({ length: 80 }, (_, index) => `acme/a-service-with-a-rather-long-name-${index + 1}`);

export class Everything extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const variable = (name: string, value: string): string =>
      new TerraformVariable(this, name, { type: "string", default: value }).stringValue;
    const role = (name: string): string => new IamRole(this, name, { name, assumeRolePolicy: TRUST }).name;

    this.connections(variable);
    this.hosts(variable);
    const { byArn, byName } = this.existing(variable);

    const grants = [{ connection: byArn, repositories: MANY }];
    new ConnectionPolicy(this, "Managed", { grants, roles: [role("Managed-1"), role("Managed-2")] });
    new ConnectionPolicy(this, "Inline", { grants: [{ connection: byName }], roles: [role("Inline-1")], inline: true });

    const pull = { connection: byName, branch: "main" };
    new PipelineSource(this, "Source", {
      ...{ ...pull, repository: variable("repository", "acme/shop"), requireActivation: true },
      ...{ pipelineRoles: [role("Pull")], buildRoles: [role("Build")], scopeToRepositories: true },
      ...{ outputFormat: OutputFormat.CODEBUILD_CLONE_REF, buildRepositories: ["acme/lib"] },
      additionalActions: [
        new SourceAction({ ...pull, connection: byArn, repository: "acme/docs", actionName: "Docs" }),
      ],
    });
    new PipelineSource(this, "InlineSource", {
      ...{ ...pull, repository: "acme/site", pipelineRoles: [role("Pull-2")], inline: true },
    });
    new ActivationGate(this, "Gate", { connection: byArn });
  }

  private connections(variable: (name: string, value: string) => string): void {
    const elsewhere = new AwsProvider(this, "elsewhere", {
      alias: "elsewhere",
      region: variable("region", "eu-west-1"),
    });
    new Connection(this, "Older", { name: "older", providerType: ProviderType.BITBUCKET, preventDestroy: true });
    new Connection(this, "Newer", {
      ...{ name: "newer", providerType: ProviderType.GITHUB, resourceFamily: ResourceFamily.CODECONNECTIONS },
      ...{ tags: { team: "shop" }, outputPrefix: "newer_" },
    });
    new Connection(this, "Derived name, long enough to be cut and hashed", { providerType: ProviderType.GITLAB });
    new Connection(this, "Expressed", {
      ...{ name: variable("name", "expressed"), providerType: ProviderType.of(variable("type", "GitHub")) },
      provider: elsewhere,
    });
    new Connection(this, "Silent", {
      ...{ name: "silent", providerType: ProviderType.GITLAB, activationReminder: false },
    });
  }

  private hosts(variable: (name: string, value: string) => string): void {
    const endpoint = "https://git.example.com";
    const host = new ConnectionHost(this, "Host", {
      ...{ name: "host", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER, providerEndpoint: endpoint },
      vpcConfiguration: { vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
    });
    const newer = new ConnectionHost(this, "NewerHost", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: variable("endpoint", endpoint) },
      resourceFamily: ResourceFamily.CODECONNECTIONS,
    });
    new ConnectionHost(this, "ExpressedHost", {
      ...{ name: "expressed", providerType: ProviderType.GITHUB_ENTERPRISE_SERVER, providerEndpoint: endpoint },
      provider: new AwsProvider(this, "further", { alias: "further", region: variable("region-2", "eu-west-1") }),
    });
    new Connection(this, "OnHost", { name: "on-host", host });
    new Connection(this, "OnNewerHost", {
      ...{ name: "on-newer-host", host: newer, resourceFamily: ResourceFamily.CODECONNECTIONS },
    });
  }

  private existing(variable: (name: string, value: string) => string) {
    const byName = Connection.fromConnectionName(this, "ByName", EXISTING.name);
    Connection.fromConnectionArn(this, "Read", EXISTING.arn, {
      ...{ readStatus: true, providerType: ProviderType.BITBUCKET, outputPrefix: "read_" },
    });
    Connection.fromConnectionArn(this, "Asked", EXISTING.arn, {
      ...{ activationReminder: true, providerType: ProviderType.BITBUCKET, outputPrefix: "asked_" },
    });
    return { byArn: Connection.fromConnectionArn(this, "ByArn", variable("arn", EXISTING.arn)), byName };
  }
}
