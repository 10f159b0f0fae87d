import { TerraformStack } from "cdktf";
import {
  Connection,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  PipelineSource,
  ProviderType,
  SourceAction,
  Trigger,
} from "../../../src";
import { action, aliased, ARN, existing, MANY, type Mistake, push, source, trigger } from "./making";

export const sourceAction: readonly Mistake[] = [
  (stack) =>
    SourceAction.propertiesOf(
      {
        ...{ name: "Source", category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" },
        ...{
          inputArtifacts: ["App"],
          timeoutInMinutes: 5,
          configuration: { Owner: "acme", Repo: "shop", DetectChanges: "yes" },
        },
      },
      existing(stack),
    ),
  ...[{ connection: undefined }, { connection: ARN }, { repository: undefined }, { repository: "shop" }].map((wrong) =>
    action(wrong),
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
  ...[{ outputFormat: "CODE_ZIP" }, { outputFormat: 1 }, { detectChanges: "true" }, { actionName: "Pull it" }].map(
    (wrong) => action(wrong),
  ),
  ...[{ brnch: "main" }, { namespace: "Pulled" }, { pollForChanges: false }].map((wrong) => action(wrong)),
  action({ repository: undefined, repo: "acme/shop" }),
  ...[{ outputArtifactName: "a.b" }, { variablesNamespace: "a.b" }, { runOrder: 0 }, { runOrder: 1000 }].map((wrong) =>
    action(wrong),
  ),
  ...[{ roleArn: "source" }, { region: "US-EAST-1" }, { branch: "%{ if x" }].map((wrong) => action(wrong)),
  action({ repository: "shop", branch: "", actionName: "Pull it", runOrder: 0 }),
  action({ repository: "https://x-token-auth:ATCTT3xFfGN0@bitbucket.org/acme/shop.git?token=ATCTT3xFfGN0" }),
  ...[{ repository: "acme/*" }, { branch: "main\n" }, { branch: "\u001b[31mmain" }].map((wrong) => action(wrong)),
];

export const triggers: readonly Mistake[] = [
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
  ...[{ includes: [""] }, { excludes: ["x".repeat(256)] }, { includes: [undefined] }].map((branches) => push(branches)),
  ...[{ filePaths: {} }, { filePaths: "src" }, { filePaths: { excludes: [""] } }].map((options) =>
    push({ includes: ["main"] }, options),
  ),
  ...[["MERGED"], [], "OPEN", ["open"]].map((events) =>
    trigger(() =>
      Trigger.onPullRequest(GitPullRequestFilter.branches({ includes: ["x"] }, { events: events as never })),
    ),
  ),
];

export const pipelineSource: readonly Mistake[] = [
  ...[{ pipelineRoles: undefined }, { pipelineRoles: [] }, { pipelineRoles: "pipeline" }, { policy: "mine" }].map(
    source,
  ),
  ...[
    { pipelineRoles: ["arn:aws:iam::123456789012:user/pipeline"] },
    { pipelineRoles: ["service-role/pipeline"] },
    { pipelineRoleNames: ["pipeline"] },
    { buildRoles: ["a b"] },
    { stageName: "a b" },
  ].map(source),
  ...[{ outputFormat: OutputFormat.CODEBUILD_CLONE_REF }, { additionalActions: {} }, { additionalActions: [{}] }].map(
    source,
  ),
  ...[
    { scopeToRepositories: 1 },
    { readOnly: "no" },
    { inline: 0 },
    { requireActivation: "yes" },
    { allowAnyRegion: 1 },
    { createPolicy: 0 },
    { createPolicy: false, inline: true, readOnly: true },
    { buildRepositories: ["acme/lib"] },
    { buildRepositories: ["acme/lib"], scopeToRepositories: true, buildRoles: ["build"] },
    { buildRepositories: ["lib"], scopeToRepositories: true, buildRoles: ["build"] },
  ].map(source),
  source({ repository: "${each.value}" }),
  (stack) => {
    const own = existing(stack);
    const docs = new SourceAction({ connection: own, repository: "acme/docs", branch: "main" });
    const other = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b", "1111"));
    const allowed = new ConnectionPolicy(stack, "Policy", {
      grants: [{ connection: other }],
      roles: ["pipeline"],
    });
    return source({
      ...{ connection: own, stageName: "a b", branch: "", runOrder: 0, readOnly: 1, policy: allowed },
      ...{ pipelineRoles: undefined, additionalActions: [docs] },
    })(stack, stack);
  },
  (stack) => {
    const other = Connection.fromConnectionArn(stack, "Other", ARN.replace("0c8b", "1111"));
    const allowed = new ConnectionPolicy(stack, "Policy", {
      grants: [{ connection: other }],
      roles: ["pipeline"],
    });
    return source({ policy: allowed, pipelineRoles: undefined })(stack, stack);
  },
  (stack) => {
    const own = existing(stack);
    const allowed = new ConnectionPolicy(stack, "Policy", { grants: [{ connection: own }], roles: ["pipeline"] });
    return new PipelineSource(stack, "Source", {
      ...{ connection: own, repository: "acme/shop", branch: "main", policy: allowed, pipelineRoles: ["x"] },
    });
  },
  (stack, other) => {
    TerraformStack.of(other).addDependency(TerraformStack.of(stack));
    const shared = existing(other);
    const allowed = new ConnectionPolicy(other, "Policy", {
      grants: [{ connection: shared }],
      roles: ["pipeline"],
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
];
