import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  GitPushFilter,
  type IConnection,
  PipelineSource,
  ProviderType,
  ResourceFamily,
  SourceAction,
  Trigger,
} from "../../../src";
import { ProviderOfVersion } from "../synthesis";

export const ARN =
  "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
export const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";
export const NEWER = ResourceFamily.CODECONNECTIONS;

/** All types of provider. */
export const TYPES: readonly ProviderType[] = [
  ...[ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB, ProviderType.GITHUB_ENTERPRISE_SERVER],
  ...[ProviderType.GITLAB_SELF_MANAGED, ProviderType.AZURE_DEVOPS],
];

/** What is given to one property of a construct, or to several, and is wrong. */
export interface Wrong {
  readonly [property: string]: unknown;
}

/** Makes a mistake in a stack of its own; another stack of the program is there too. */
export type Mistake = (stack: Construct, other: Construct) => unknown;

/** A connection that exists already: one in each place. */
export const existing = (stack: Construct, providerType?: ProviderType): IConnection =>
  (stack.node.tryFindChild("Existing") as IConnection | undefined) ??
  Connection.fromConnectionArn(stack, "Existing", ARN, { providerType });

/** A provider of another region than the stack's default one. */
export const aliased = (stack: Construct, more: object = {}) =>
  new AwsProvider(stack, "west", { alias: "west", region: "us-west-2", ...more });
/** AWS provider 5, whichever the installed bindings are made for. */
export const version5 = (stack: Construct) => new ProviderOfVersion(stack, "5.100.0", "version5");
/** AWS provider 6, whose resources take a region. */
export const version6 = (stack: Construct) => new ProviderOfVersion(stack, "6.25.0", "version6");
/** A new connection to Azure DevOps through AWS provider 5. */
export const azureDevOpsOfVersion5 =
  (wrong: Wrong): Mistake =>
  (stack) =>
    connection({
      ...{ providerType: ProviderType.AZURE_DEVOPS, ...wrong },
      provider: version5(stack),
    })(stack, stack);

export const host =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new ConnectionHost(stack, "Host", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      ...(wrong as object),
    });
export const vpc = (wrong: Wrong): Mistake =>
  host({
    vpcConfiguration: {
      ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
      ...wrong,
    },
  });
export const connection =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new Connection(stack, "Connection", { providerType: ProviderType.BITBUCKET, ...(wrong as object) });
export const byArn =
  (connectionArn: unknown, wrong: Wrong = {}): Mistake =>
  (stack) =>
    Connection.fromConnectionArn(stack, "Connection", connectionArn as string, wrong);
export const byName =
  (connectionName: unknown, wrong: Wrong = {}): Mistake =>
  (stack) =>
    Connection.fromConnectionName(stack, "Connection", connectionName as string, wrong);
export const sourceProps = (stack: Construct, providerType?: ProviderType) => ({
  ...{ connection: existing(stack, providerType), repository: "acme/shop", branch: "main" },
});
export const action =
  (wrong: Wrong, providerType?: ProviderType): Mistake =>
  (stack) =>
    new SourceAction({ ...sourceProps(stack, providerType), ...(wrong as object) });
export const trigger =
  (make: () => unknown): Mistake =>
  (stack) =>
    new SourceAction({ ...sourceProps(stack), trigger: make() as Trigger });
export const push = (branches: unknown, options: unknown = {}): Mistake =>
  trigger(() => Trigger.onPush(GitPushFilter.branches(branches as never, options as never)));
export const source =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new PipelineSource(stack, "Source", {
      ...sourceProps(stack),
      pipelineRoles: ["pipeline"],
      ...(wrong as object),
    });
export const policy =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new ConnectionPolicy(stack, "Policy", {
      ...{ grants: [{ connection: existing(stack) }], roles: ["pipeline"] },
      ...(wrong as object),
    });
export const grant =
  (wrong: Wrong): Mistake =>
  (stack) =>
    policy({ grants: [{ connection: existing(stack), ...wrong }] })(stack, stack);
export const deployer =
  (wrong: Wrong): Mistake =>
  () =>
    ConnectionPolicyDocument.forDeployer({
      ...{ accountId: "123456789012", region: "us-east-1" },
      ...{ pipelineRoles: ["arn:aws:iam::123456789012:role/pipeline"], ...(wrong as object) },
    });

export const takes = (input: string, provider = "CodeBuild", category = "Build", name = provider) => ({
  ...{ name, category, owner: "AWS", provider, version: "1", inputArtifacts: [input] },
});
export const BUILD: CodepipelineStage = { name: "Build", action: [takes("SourceOutput")] };

/** A pipeline of source actions, with whatever is wrong with it. */
export const pipeline =
  (actions: readonly Wrong[], wrong: (first: CodepipelineStage) => Wrong = () => ({})): Mistake =>
  (stack) => {
    const shared = existing(stack);
    const made = actions.map(
      (props) =>
        new SourceAction({ connection: shared, repository: "acme/shop", branch: "main", ...(props as object) }),
    );
    const first = { name: "Source", action: made.map((each) => each.action) };
    new Codepipeline(stack, "Pipeline", {
      ...{ name: "shop", roleArn: "arn:aws:iam::123456789012:role/pipeline", pipelineType: "V2" },
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [first, BUILD],
      trigger: made.flatMap((each) => each.trigger ?? []),
      ...(wrong(first) as object),
    });
  };
/** The stage with its action as somebody wrote it. */
export const raw = (stage: CodepipelineStage, wrong: Wrong): CodepipelineStage => ({
  ...stage,
  action: [stage.action].flat().map((each) => ({ ...each, ...wrong }) as never),
});
export const SETTINGS = { ConnectionArn: ARN, FullRepositoryId: "acme/shop", BranchName: "main" };
export const WRONG_SETTINGS = {
  ...{ ConnectionArn: "arn:aws:s3:::shop", FullRepositoryId: "https://github.com/acme/shop" },
  ...{ OutputArtifactFormat: "ZIP", DetectChanges: "no" },
};
export const ON_PUSH = { trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["main"] })) };
export const triggerOn = (
  sourceActionName: string,
  gitConfiguration: object = { push: [{ tags: { includes: ["v*"] } }] },
) => ({
  ...{ providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName, ...gitConfiguration } },
});

export const MANY = Array.from({ length: 9 }, (_, index) => `${index}`);

/** A list of one element, which is not there. */
export const HOLE: readonly unknown[] = new Array(1);
