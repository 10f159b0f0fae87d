import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import {
  ActivationGate,
  type ActivationGateProps,
  type ActivatorPolicyProps,
  Connection,
  type ConnectionGrant,
  ConnectionHost,
  type ConnectionHostProps,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  type ConnectionPolicyProps,
  type ConnectionProps,
  type DeployerPolicyProps,
  type ExistingConnectionOptions,
  type ExistingHostOptions,
  type GitFilterCriteria,
  GitPullRequestFilter,
  type GitPullRequestFilterOptions,
  GitPushFilter,
  type GitPushFilterOptions,
  type IConnection,
  type NamedConnectionOptions,
  OutputFormat,
  PipelineSource,
  type PipelineSourceProps,
  ProviderType,
  PullRequestEvent,
  ResourceFamily,
  SourceAction,
  type SourceActionProps,
  type UsePolicyProps,
  Trigger,
  type VpcConfiguration,
} from "../../src";
import { ARN, building, pipelineIn } from "./pipelines";
import { ProviderOfVersion } from "./synthesis";

/** How a public struct is given to the library. */
export interface Sample<Props extends object = object> {
  /** Properties that it accepts, of as many programs as it takes to give each of them. */
  given(stack: TerraformStack): readonly Props[];
  /** Gives them; what comes of it is in the stack, or is a string. */
  make(stack: TerraformStack, props: Props): unknown;
  /** What messages put before the name of a property. */
  readonly prefix: string;
  /** Whether it can be left out as a whole, though something in it must be given. */
  readonly isOptional?: boolean;
}

export const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";
export const ROLE_ARN = "arn:aws:iam::123456789012:role/pipeline";

const once = <Made>(stack: TerraformStack, id: string, make: () => Made): Made =>
  (stack.node.tryFindChild(id) as Made | undefined) ?? make();

/** A connection that exists already: one in each stack. */
export const existing = (stack: TerraformStack): IConnection =>
  once(stack, "Existing", () => Connection.fromConnectionArn(stack, "Existing", ARN));

const existingHost = (stack: TerraformStack) =>
  once(stack, "ExistingHost", () => ConnectionHost.fromHostArn(stack, "ExistingHost", HOST_ARN));

const policyOf = (stack: TerraformStack): ConnectionPolicy =>
  once(stack, "Shared", () => new ConnectionPolicy(stack, "Shared", policyFor(stack)));

const policyFor = (stack: TerraformStack): ConnectionPolicyProps => ({
  ...{ grants: [{ connection: existing(stack) }], roles: ["pipeline"] },
});

const providerOf = (stack: TerraformStack): AwsProvider =>
  once(stack, "other", () => new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" }));

/** One whose resources take a region. */
const newestProviderOf = (stack: TerraformStack): TerraformProvider =>
  once(stack, "newest", () => new ProviderOfVersion(stack, "6.25.0", "newest"));

const hostProps = (stack: TerraformStack): ConnectionHostProps => ({
  ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com", name: "git" },
  ...{ resourceFamily: ResourceFamily.CODECONNECTIONS, tags: { Team: "shop" }, vpcConfiguration: VPC },
  ...{ preventDestroy: true, region: "us-east-1", allowAnyRegion: true, provider: newestProviderOf(stack) },
});

const VPC: VpcConfiguration = {
  ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
  tlsCertificate: "-----BEGIN CERTIFICATE-----",
};

const PATTERNS: GitFilterCriteria = { includes: ["main", "release/*"], excludes: ["wip/**"] };
const PUSH_OPTIONS: GitPushFilterOptions = { filePaths: PATTERNS };
const PULL_REQUEST_OPTIONS: GitPullRequestFilterOptions = { ...PUSH_OPTIONS, events: [PullRequestEvent.OPEN] };

const actionProps = (stack: TerraformStack): SourceActionProps => ({
  ...{ connection: existing(stack), repository: "acme/shop", branch: "main", outputFormat: OutputFormat.CODE_ZIP },
  ...{ detectChanges: false, actionName: "Pull", outputArtifactName: "Code", variablesNamespace: "Pulled" },
  ...{ runOrder: 2, roleArn: ROLE_ARN, region: "us-east-1" },
  trigger: Trigger.onPush(GitPushFilter.branches(PATTERNS)),
});

/** A source action in a pipeline. */
function makeAction(stack: TerraformStack, props: SourceActionProps): void {
  const source = new SourceAction(props);
  pipelineIn(stack, [source], {
    stage: [{ name: "Source", action: [source.action] }, building(source.outputArtifactName)],
  });
}

const makeTriggered = (stack: TerraformStack, trigger: Trigger): void => {
  makeAction(stack, { connection: existing(stack), repository: "acme/shop", branch: "main", trigger });
};

/** The same properties, and others that exclude some of them. */
const sourceProps = (stack: TerraformStack): readonly PipelineSourceProps[] => {
  const docs = new SourceAction({
    ...{ connection: existing(stack), repository: "acme/docs", branch: "main", actionName: "Docs" },
  });
  const all = {
    ...{ ...actionProps(stack), stageName: "Pull", buildRoles: ["build"], additionalActions: [docs] },
    ...{ requireActivation: true, allowAnyRegion: true, provider: providerOf(stack) },
  };
  const ofPolicy = {
    ...{ scopeToRepositories: true, buildRepositories: ["acme/lib"], readOnly: true, inline: true },
    outputFormat: OutputFormat.CODEBUILD_CLONE_REF,
  };
  return [
    { ...all, ...ofPolicy, pipelineRoles: ["pipeline"] },
    { ...all, ...ofPolicy, policy: policyOf(stack) },
    { ...all, pipelineRoles: ["pipeline"], createPolicy: false },
  ];
};

/** How each public struct is given. */
export const SAMPLES = {
  ActivationGateProps: sample<ActivationGateProps>({
    given: (stack) => [{ connection: existing(stack), provider: providerOf(stack) }],
    make: (stack, props) => new ActivationGate(stack, "Gate", props),
  }),
  ActivatorPolicyProps: sample<ActivatorPolicyProps>({
    given: (stack) => [{ connections: [existing(stack)], hosts: [existingHost(stack)] }],
    make: (_, props) => ConnectionPolicyDocument.forActivator(props),
  }),
  ConnectionGrant: sample<ConnectionGrant>({
    given: (stack) => [
      { connection: existing(stack), repositories: ["acme/*", "acme/shop"], branches: ["main"], readOnly: true },
      { connection: existing(stack), codeBuildSource: true },
    ],
    make: (stack, grant) => new ConnectionPolicy(stack, "Policy", { ...policyFor(stack), grants: [grant] }),
    prefix: "grants[0].",
  }),
  ConnectionHostProps: sample<ConnectionHostProps>({
    given: (stack) => [hostProps(stack)],
    make: (stack, props) => new ConnectionHost(stack, "Host", props),
  }),
  ConnectionPolicyProps: sample<ConnectionPolicyProps>({
    given: (stack) => [
      {
        ...{ ...policyFor(stack), managedPoliciesPerRole: 20, description: "Pull", policyPath: "/pipelines/" },
        ...{ tags: { Team: "shop" }, provider: providerOf(stack) },
      },
      { ...policyFor(stack), inline: true },
    ],
    make: (stack, props) => new ConnectionPolicy(stack, "Policy", props),
  }),
  ConnectionProps: sample<ConnectionProps>({
    given: (stack) => {
      const all = {
        ...{ name: "mine", resourceFamily: ResourceFamily.CODECONNECTIONS, tags: { Team: "shop" } },
        ...{ preventDestroy: true, activationReminder: true, outputPrefix: "x_", allowAnyRegion: true },
        ...{ region: "us-east-1", provider: newestProviderOf(stack) },
      };
      return [
        { ...all, providerType: ProviderType.BITBUCKET },
        { ...all, host: existingHost(stack) },
      ];
    },
    make: (stack, props) => new Connection(stack, "Connection", props),
  }),
  DeployerPolicyProps: sample<DeployerPolicyProps>({
    given: (stack) => [
      {
        ...{ existingConnections: [existing(stack)], permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary" },
        ...{ accountId: "123456789012", region: "us-east-1", partition: "aws", pipelineRoles: [ROLE_ARN] },
        ...{ buildRoles: ["build"], managesHosts: true, inline: false, policyPath: "/pipelines/" },
      },
    ],
    make: (_, props) => ConnectionPolicyDocument.forDeployer(props),
  }),
  ExistingConnectionOptions: sample<ExistingConnectionOptions>({
    given: (stack) => [
      {
        ...{ providerType: ProviderType.BITBUCKET, readStatus: true, activationReminder: true, outputPrefix: "x_" },
        provider: providerOf(stack),
      },
    ],
    make: (stack, options) => Connection.fromConnectionArn(stack, "Connection", ARN, options),
  }),
  ExistingHostOptions: sample<ExistingHostOptions>({
    given: (stack) => [{ providerType: ProviderType.GITLAB_SELF_MANAGED, provider: providerOf(stack) }],
    make: (stack, options) => ConnectionHost.fromHostArn(stack, "Host", HOST_ARN, options),
  }),
  GitFilterCriteria: sample<GitFilterCriteria>({
    given: () => [PATTERNS],
    make: (stack, branches) => {
      makeTriggered(stack, Trigger.onPush(GitPushFilter.branches(branches)));
    },
    prefix: "trigger.push[0].branches.",
  }),
  GitPullRequestFilterOptions: sample<GitPullRequestFilterOptions>({
    given: () => [PULL_REQUEST_OPTIONS],
    make: (stack, options) => {
      makeTriggered(stack, Trigger.onPullRequest(GitPullRequestFilter.branches(PATTERNS, options)));
    },
    prefix: "trigger.pullRequest[0].",
  }),
  GitPushFilterOptions: sample<GitPushFilterOptions>({
    given: () => [PUSH_OPTIONS],
    make: (stack, options) => {
      makeTriggered(stack, Trigger.onPush(GitPushFilter.branches(PATTERNS, options)));
    },
    prefix: "trigger.push[0].",
  }),
  NamedConnectionOptions: sample<NamedConnectionOptions>({
    given: (stack) => [
      {
        ...{ providerType: ProviderType.BITBUCKET, resourceFamily: ResourceFamily.CODESTAR_CONNECTIONS },
        ...{ activationReminder: true, outputPrefix: "x_", provider: providerOf(stack) },
      },
    ],
    make: (stack, options) => Connection.fromConnectionName(stack, "Connection", "mine", options),
  }),
  PipelineSourceProps: sample<PipelineSourceProps>({
    given: sourceProps,
    make: (stack, props) => {
      const source = new PipelineSource(stack, "Source", props);
      pipelineIn(stack, source.actions, {
        ...{ stage: [source.stage, building(source.outputArtifactName)], trigger: source.triggers },
        dependsOn: source.dependencies,
      });
    },
  }),
  SourceActionProps: sample<SourceActionProps>({
    given: (stack) => [actionProps(stack)],
    make: makeAction,
  }),
  UsePolicyProps: sample<UsePolicyProps>({
    given: (stack) => [{ grants: policyFor(stack).grants }],
    make: (_, props) => ConnectionPolicyDocument.forUse(props),
  }),
  VpcConfiguration: sample<VpcConfiguration>({
    given: () => [VPC],
    make: (stack, vpcConfiguration) => new ConnectionHost(stack, "Host", { ...hostProps(stack), vpcConfiguration }),
    prefix: "vpcConfiguration.",
    isOptional: true,
  }),
} satisfies { readonly [struct: string]: Sample };

function sample<Props extends object>(
  own: Omit<Sample<Props>, "prefix"> & { readonly prefix?: string },
): Sample<Props> {
  return { prefix: "", ...own };
}
