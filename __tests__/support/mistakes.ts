import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Codepipeline, type CodepipelineStage } from "@cdktf/provider-aws/lib/codepipeline";
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  ActivationGate,
  ActivationReminder,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  GitPullRequestFilter,
  GitPushFilter,
  type IConnection,
  PipelineSource,
  ProviderType,
  ResourceFamily,
  SourceAction,
  Trigger,
} from "../../src";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";
const NEWER = ResourceFamily.CODECONNECTIONS;

/** What is given to one property of a construct, or to several, and is wrong. */
interface Wrong {
  readonly [property: string]: unknown;
}

/** Makes a mistake in a stack of its own; another stack of the program is there too. */
type Mistake = (stack: Construct, other: Construct) => unknown;

const existing = (stack: Construct, providerType?: ProviderType): IConnection =>
  (stack.node.tryFindChild("Existing") as IConnection | undefined) ??
  Connection.fromConnectionArn(stack, "Existing", ARN, { providerType });
const aliased = (stack: Construct, more: object = {}) =>
  new AwsProvider(stack, "west", { alias: "west", region: "us-west-2", ...more });

const host =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new ConnectionHost(stack, "Host", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      ...(wrong as object),
    });
const vpc = (wrong: Wrong): Mistake =>
  host({
    vpcConfiguration: {
      ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
      ...wrong,
    },
  });
const connection =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new Connection(stack, "Connection", { providerType: ProviderType.BITBUCKET, ...(wrong as object) });
const byArn =
  (connectionArn: unknown, wrong: Wrong = {}): Mistake =>
  (stack) =>
    Connection.fromConnectionArn(stack, "Connection", connectionArn as string, wrong);
const byName =
  (connectionName: unknown, wrong: Wrong = {}): Mistake =>
  (stack) =>
    Connection.fromConnectionName(stack, "Connection", connectionName as string, wrong);
const sourceProps = (stack: Construct, providerType?: ProviderType) => ({
  ...{ connection: existing(stack, providerType), repository: "acme/shop", branch: "main" },
});
const action =
  (wrong: Wrong, providerType?: ProviderType): Mistake =>
  (stack) =>
    new SourceAction({ ...sourceProps(stack, providerType), ...(wrong as object) });
const trigger =
  (make: () => unknown): Mistake =>
  (stack) =>
    new SourceAction({ ...sourceProps(stack), trigger: make() as Trigger });
const push = (branches: unknown, options: unknown = {}): Mistake =>
  trigger(() => Trigger.onPush(GitPushFilter.branches(branches as never, options as never)));
const source =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new PipelineSource(stack, "Source", {
      ...sourceProps(stack),
      pipelineRoleNames: ["pipeline"],
      ...(wrong as object),
    });
const policy =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new ConnectionPolicy(stack, "Policy", {
      ...{ grants: [{ connection: existing(stack) }], roleNames: ["pipeline"] },
      ...(wrong as object),
    });
const grant =
  (wrong: Wrong): Mistake =>
  (stack) =>
    policy({ grants: [{ connection: existing(stack), ...wrong }] })(stack, stack);
const reminder =
  (wrong: Wrong): Mistake =>
  (stack) =>
    new ActivationReminder(stack, "Reminder", { connection: existing(stack), ...(wrong as object) });
const deployer =
  (wrong: Wrong): Mistake =>
  () =>
    ConnectionPolicyDocument.forDeployer({
      ...{ accountId: "123456789012", region: "us-east-1" },
      ...{ pipelineRoleArns: ["arn:aws:iam::123456789012:role/pipeline"], ...(wrong as object) },
    });

const takes = (input: string, provider = "CodeBuild", category = "Build", name = provider) => ({
  ...{ name, category, owner: "AWS", provider, version: "1", inputArtifacts: [input] },
});
const BUILD: CodepipelineStage = { name: "Build", action: [takes("SourceOutput")] };

/** A pipeline of source actions, with whatever is wrong with it. */
const pipeline =
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
const raw = (stage: CodepipelineStage, wrong: Wrong): CodepipelineStage => ({
  ...stage,
  action: [stage.action].flat().map((each) => ({ ...each, ...wrong }) as never),
});
const WRONG_SETTINGS = {
  ...{ ConnectionArn: "arn:aws:s3:::shop", FullRepositoryId: "https://github.com/acme/shop" },
  ...{ OutputArtifactFormat: "ZIP", DetectChanges: "no" },
};
const ON_PUSH = { trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["main"] })) };
const triggerOn = (
  sourceActionName: string,
  gitConfiguration: object = { push: [{ tags: { includes: ["v*"] } }] },
) => ({
  ...{ providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName, ...gitConfiguration } },
});

const MANY = Array.from({ length: 9 }, (_, index) => `${index}`);

/** A list of one element, which is not there. */
const HOLE: readonly unknown[] = new Array(1);

/** Mistakes that people make, by what they make them with; each breaks rules, or is warned of. */
export const MISTAKES: { readonly [about: string]: readonly Mistake[] } = {
  ConnectionHost: [
    ...[
      { providerType: undefined },
      { providerType: "Gitlab" },
      { providerType: "GitHub" },
      { providerEndpoint: undefined },
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
    (stack) => {
      for (let index = 0; index <= 50; index++) host({ name: `git${index}` })(new Construct(stack, `S${index}`), stack);
    },
  ],
  Connection: [
    ...[
      { name: "" },
      { name: "x".repeat(33) },
      { name: 1 },
      { name: "é".repeat(17), resourceFamily: NEWER },
      { name: "${" },
    ].map(connection),
    ...[{ providerType: undefined }, { providerType: "bitbuckett" }, { providerType: "AzureDevOps" }].map(connection),
    ...[{ providerType: "AzureDevOps", resourceFamily: NEWER }, { providerType: "GitHubEnterpriseServer" }].map(
      connection,
    ),
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
    (stack) => {
      for (let index = 0; index <= 250; index++)
        connection({ name: `c${index}` })(new Construct(stack, `S${index}`), stack);
    },
  ],
  "Connection.fromConnectionArn": [
    ...[undefined, "", "ARN: arn:aws:codestar-connections:us-east-1:1234:connection/1", HOST_ARN].map((arn) =>
      byArn(arn),
    ),
    byArn(ARN, { providerType: "git", readStatus: "yes" }),
    (stack) =>
      byArn(ARN.replace("123456789012", "111122223333"), {
        provider: aliased(stack, { allowedAccountIds: ["123456789012"] }),
      })(stack, stack),
  ],
  "Connection.fromConnectionName": [
    ...[undefined, "", "x".repeat(33)].map((name) => byName(name)),
    ...[{ resourceFamily: NEWER }, { resourceFamily: "x" }, { provider: "aws" }].map((wrong) => byName("mine", wrong)),
  ],
  SourceAction: [
    ...[{ connection: undefined }, { connection: ARN }, { repository: undefined }, { repository: "shop" }].map(
      (wrong) => action(wrong),
    ),
    ...["https://bitbucket.org/acme/shop.git", "git@github.com:acme/shop.git", "acme/my shop", "acme/shop/"].flatMap(
      (repository) =>
        [ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB].map((type) => action({ repository }, type)),
    ),
    ...["https://dev.azure.com/org/project", " ", "a/#{variables.repository}"].map((repository) =>
      action({ repository }, ProviderType.AZURE_DEVOPS),
    ),
    ...[{ branch: "" }, { branch: undefined }, { branch: "x".repeat(1001) }, { branch: "#{variables.branch}" }].map(
      (wrong) => action(wrong),
    ),
    ...[
      { outputFormat: "ZIP" },
      { outputFormat: "code_zip" },
      { detectChanges: "true" },
      { actionName: "Pull it" },
    ].map((wrong) => action(wrong)),
    ...[{ outputArtifactName: "a.b" }, { namespace: "a.b" }, { runOrder: 0 }, { runOrder: 1000 }].map((wrong) =>
      action(wrong),
    ),
    ...[{ roleArn: "source" }, { region: "US-EAST-1" }, { branch: "%{ if x" }].map((wrong) => action(wrong)),
    action({ repository: "shop", branch: "", actionName: "Pull it", runOrder: 0 }),
  ],
  Trigger: [
    ...[() => "push", () => Trigger.onPush(), () => Trigger.onPush("main" as never)].map(trigger),
    trigger(() => Trigger.onPush(...[1, 2, 3, 4].map(() => GitPushFilter.tags({ includes: ["v*"] })))),
    trigger(() => Trigger.onPullRequest(...[1, 2, 3, 4].map(() => GitPullRequestFilter.branches({ includes: ["x"] })))),
    trigger(() => Trigger.onPullRequest(GitPushFilter.tags({ includes: ["v*"] }) as never)),
    trigger(() => Trigger.onPush(GitPushFilter.tags(undefined as never))),
    ...[
      undefined,
      {},
      [],
      { include: ["main"] },
      { names: ["main"] },
      { includes: [] },
      { includes: MANY },
      { includes: "main" },
    ].map((branches) => push(branches)),
    ...[{ includes: [""] }, { excludes: ["x".repeat(256)] }, { includes: [undefined] }].map((branches) =>
      push(branches),
    ),
    ...[{ filePaths: {} }, { filePaths: "src" }, { filePaths: { excludes: [""] } }].map((options) =>
      push({ includes: ["main"] }, options),
    ),
    ...[["MERGED"], [], "OPEN", ["open"]].map((events) =>
      trigger(() =>
        Trigger.onPullRequest(GitPullRequestFilter.branches({ includes: ["x"] }, { events: events as never })),
      ),
    ),
  ],
  PipelineSource: [
    ...[
      { pipelineRoleNames: undefined },
      { pipelineRoleNames: [] },
      { pipelineRoleNames: "pipeline" },
      { policy: "mine" },
    ].map(source),
    ...[
      { pipelineRoleNames: ["arn:aws:iam::123456789012:role/pipeline"] },
      { buildRoleNames: ["a b"] },
      { stageName: "a b" },
    ].map(source),
    ...[{ outputFormat: "CODEBUILD_CLONE_REF" }, { additionalActions: {} }, { additionalActions: [{}] }].map(source),
    ...[
      { scopeToRepositories: 1 },
      { readOnly: "no" },
      { inlinePolicies: 0 },
      { requireActivation: "yes" },
      { allowAnyRegion: 1 },
    ].map(source),
    source({ repository: "${each.value}" }),
    (stack) => {
      const own = existing(stack);
      const docs = new SourceAction({ connection: own, repository: "acme/docs", branch: "main" });
      const other = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b", "1111"));
      const allowed = new ConnectionPolicy(stack, "Policy", {
        grants: [{ connection: other }],
        roleNames: ["pipeline"],
      });
      return source({
        ...{ connection: own, stageName: "a b", branch: "", runOrder: 0, readOnly: 1, policy: allowed },
        ...{ pipelineRoleNames: undefined, additionalActions: [docs] },
      })(stack, stack);
    },
    (stack) =>
      source({ additionalActions: [new SourceAction({ ...sourceProps(stack), branch: "dev", actionName: "Dev" })] })(
        stack,
        stack,
      ),
    (stack) => {
      const other = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b", "1111"));
      const allowed = new ConnectionPolicy(stack, "Policy", {
        grants: [{ connection: other }],
        roleNames: ["pipeline"],
      });
      return source({ policy: allowed, pipelineRoleNames: undefined })(stack, stack);
    },
    (stack) => {
      const own = existing(stack);
      const allowed = new ConnectionPolicy(stack, "Policy", { grants: [{ connection: own }], roleNames: ["pipeline"] });
      return new PipelineSource(stack, "Source", {
        ...{ connection: own, repository: "acme/shop", branch: "main", policy: allowed, pipelineRoleNames: ["x"] },
      });
    },
    (stack, other) => {
      TerraformStack.of(other).addDependency(TerraformStack.of(stack));
      const shared = existing(other);
      const allowed = new ConnectionPolicy(other, "Policy", {
        grants: [{ connection: shared }],
        roleNames: ["pipeline"],
      });
      return new PipelineSource(stack, "Source", {
        connection: shared,
        repository: "acme/shop",
        branch: "main",
        policy: allowed,
      });
    },
    (stack, other) => source({ provider: aliased(other) })(stack, other),
    (stack) => source({ provider: aliased(stack, { allowedAccountIds: ["111122223333"] }) })(stack, stack),
  ],
  ConnectionPolicy: [
    ...[
      { grants: [] },
      { grants: undefined },
      { grants: ["acme/*"] },
      { grants: [{}] },
      { roleNames: [] },
      { roleNames: undefined },
      { roleNames: ["a b"] },
    ].map(policy),
    ...[{ inline: 1 }, { managedPoliciesPerRole: 21 }, { description: "中" }, { path: "pipelines" }, { tags: 1 }].map(
      policy,
    ),
    policy({ inline: true, path: "/a/", description: "a", tags: {}, managedPoliciesPerRole: 10 }),
    ...[
      { repositories: [] },
      { repositories: ["shop"] },
      { repositories: ["acme/*?"] },
      { branches: [] },
      { branches: ["ü\u0100"] },
    ].map(grant),
    ...[{ branches: [""] }, { readOnly: 1 }, { repositories: "acme/*" }].map(grant),
    grant({ branches: Array.from({ length: 400 }, (_, index) => `release/${index}/with-a-long-name`) }),
    (stack) => {
      const repositories = Array.from({ length: 2000 }, (_, index) => `acme/service-with-a-long-name-${index}`);
      return grant({ repositories })(stack, stack);
    },
    (stack) => {
      const repositories = Array.from({ length: 400 }, (_, index) => `acme/service-with-a-long-name-${index}`);
      return policy({ grants: [{ connection: existing(stack), repositories }], inline: true })(stack, stack);
    },
  ],
  ConnectionPolicyDocument: [
    () => ConnectionPolicyDocument.forActivator({}),
    () => ConnectionPolicyDocument.forActivator({ connections: [ARN as never], hosts: "git" as never }),
    ...[{ accountId: "1234" }, { accountId: undefined }, { region: "here" }, { partition: "amazon" }, { hosts: 1 }].map(
      deployer,
    ),
    ...[{ pipelineRoleArns: [] }, { buildRoleArns: ["build"] }, { inlinePolicies: "no" }, { policyPath: "a b" }].map(
      deployer,
    ),
  ],
  Activation: [
    ...[
      { connection: undefined },
      { connection: ARN },
      { outputPrefix: "my prefix" },
      { outputPrefix: "${var.x}" },
      { check: "no" },
    ].map(reminder),
    () => ActivationReminder.of(undefined as never),
    (stack) => {
      const own = existing(stack);
      for (const id of ["One", "Two"]) new ActivationReminder(stack, id, { connection: own });
    },
    (stack) => {
      new TerraformOutput(stack, "connection_arn", { value: "mine", staticId: true });
      return reminder({ outputPrefix: "" })(stack, stack);
    },
    (stack, other) => reminder({ provider: aliased(other) })(stack, other),
    (stack, other) =>
      new ActivationReminder(stack, "Reminder", {
        connection: new Connection(other, "Connection", { providerType: ProviderType.BITBUCKET }),
      }),
    (stack) => new ActivationGate(stack, "Gate", { connection: undefined as never }),
    (stack, other) => new ActivationGate(stack, "Gate", { connection: existing(stack), provider: aliased(other) }),
  ],
  "A list with a hole": [
    ...[{ pipelineRoleNames: HOLE }, { additionalActions: HOLE }].map(source),
    policy({ grants: HOLE }),
    push({ includes: HOLE }),
    trigger(() => Trigger.onPush(...(HOLE as GitPushFilter[]))),
  ],
  "The whole pipeline": [
    pipeline([ON_PUSH], () => ({ pipelineType: undefined })),
    pipeline([{}], () => ({ trigger: Array.from({ length: 51 }, () => triggerOn("Source")) })),
    pipeline([{}], () => ({ trigger: [triggerOn("Sourze")] })),
    pipeline([{}], (first) => ({
      stage: [{ ...first, action: [...(first.action as never[]), takes("SourceOutput")] }, BUILD],
    })),
    pipeline([{}], (first) => ({ stage: [first, { ...first, name: "Late" }] })),
    pipeline([{}], (first) => ({ stage: [first, BUILD, BUILD] })),
    pipeline([{}], (first) => ({ stage: [first] })),
    pipeline([{}, { repository: "acme/docs" }]),
    pipeline([{ namespace: "SourceOutput" }]),
    pipeline([{ namespace: "N" }, { namespace: "N", actionName: "Docs", repository: "acme/docs" }]),
    pipeline([{}, { branch: "dev", actionName: "Dev" }]),
    pipeline([{ outputFormat: "CODEBUILD_CLONE_REF" }], (first) => ({
      stage: [first, { name: "Deploy", action: [takes("SourceOutput", "S3", "Deploy")] }],
    })),
    pipeline([{ outputFormat: "CODEBUILD_CLONE_REF" }], (first) => ({
      stage: [first, { name: "Build", action: [takes("SourceOutput", "Jenkins")] }],
    })),
    pipeline([{}], () => ({
      trigger: [triggerOn("Source", { push: [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }] })],
    })),
    pipeline([{}], (first) => ({
      stage: [
        first,
        { name: "Build", action: [{ ...takes("SourceOutput"), configuration: { A: "#{Sourze.CommitId}" } }] },
      ],
    })),
    pipeline([{}, { branch: "dev", actionName: "Dev", detectChanges: false }]),
    pipeline([{}], (first) => ({ name: "shop of acme", stage: [first, { ...BUILD, name: "Build/1" }] })),
    pipeline([{}], (first) => ({
      stage: [first, { name: "Build", action: [{ ...takes("Source.Output"), namespace: "a.b", runOrder: 0 }] }],
    })),
    pipeline([{}], (first) => ({ stage: [raw(first, { category: "Build", version: "2" }), BUILD] })),
    pipeline([{}], (first) => ({ stage: [raw(first, { inputArtifacts: ["A"], outputArtifacts: ["B", "C"] }), BUILD] })),
    pipeline([{}], (first) => ({ stage: [raw(first, { configuration: {} }), BUILD] })),
    pipeline([{}], (first) => ({
      stage: [raw(first, { configuration: { ...WRONG_SETTINGS, BranchName: "" } }), BUILD],
    })),
    pipeline([{}], (first) => ({
      stage: [raw(first, { configuration: { ...WRONG_SETTINGS, BranchName: "#{variables.branch}" } }), BUILD],
    })),
    pipeline([{}], () => ({
      trigger: [{ ...triggerOn("Source", { push: [], pullRequest: [] }), providerType: "GitHub" }],
    })),
    pipeline([{}], () => ({ trigger: [{ providerType: "CodeStarSourceConnection" }] })),
    pipeline([{}], () => {
      const filters = Array.from({ length: 4 }, () => ({ branches: { includes: [] }, events: ["MERGED"] }));
      return { trigger: [triggerOn("Source", { push: filters, pullRequest: filters })] };
    }),
    pipeline([ON_PUSH], () => ({ trigger: [] })),
    pipeline([{ ...ON_PUSH, detectChanges: true }]),
    (stack) => {
      const made = new PipelineSource(stack, "Source", { ...sourceProps(stack), pipelineRoleNames: ["pipeline"] });
      return pipeline([], () => ({ stage: [made.stage, BUILD] }))(stack, stack);
    },
  ],
};
