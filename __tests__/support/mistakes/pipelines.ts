import type { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import {
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  PipelineSource,
  SourceAction,
  Trigger,
} from "../../../src";
import {
  BUILD,
  existing,
  type Mistake,
  ON_PUSH,
  pipeline,
  raw,
  SETTINGS,
  sourceProps,
  takes,
  triggerOn,
  WRONG_SETTINGS,
} from "./making";

/** A pipeline of a PipelineSource. */
const sourceOf =
  (props: object, ofBuild: object = {}): Mistake =>
  (stack) => {
    const made = new PipelineSource(stack, "Source", { ...sourceProps(stack), ...props });
    const build = { name: "Build", action: [{ ...takes("SourceOutput"), ...ofBuild }] };
    const more = { trigger: made.triggers, dependsOn: made.dependencies };
    return pipeline([], () => ({ stage: [made.stage, build], ...more }))(stack, stack);
  };

export const wholePipeline: readonly Mistake[] = [
  pipeline([{ region: "us-west-2" }]),
  pipeline([{ outputArtifactName: "Code" }]),
  pipeline([{}], (first) => ({
    stage: [first, { name: "Build", action: [{ ...takes("BuildOutput"), outputArtifacts: ["BuildOutput"] }] }],
  })),
  (stack) => {
    pipeline([{}])(stack, stack);
    (stack.node.findChild("Pipeline") as Codepipeline).addOverride("region", "ap-east-1");
  },
  pipeline([ON_PUSH], () => ({ pipelineType: undefined })),
  pipeline([{}], (first) => ({
    ...{ pipelineType: "V1", executionMode: "QUEUED", variable: [{ name: "stage", defaultValue: "a" }] },
    stage: [
      first,
      { ...BUILD, onFailure: { result: "ROLLBACK" } },
      { name: "Compute", action: [takes("SourceOutput", "Commands", "Compute")] },
    ],
  })),
  pipeline([{}], (first) => ({
    stage: [first, BUILD, { name: "Deploy", action: [] }],
    artifactStore: ["eu-west-1", "eu-west-2"].map((region) => ({ location: `of-${region}`, type: "S3", region })),
  })),
  pipeline([{}], (first) => ({
    stage: [
      first,
      {
        name: "Build",
        action: Array.from({ length: 101 }, (_, index) => takes("SourceOutput", "CodeBuild", "Build", `Build${index}`)),
      },
    ],
  })),
  pipeline([{}], () => ({
    artifactStore: ["a", "b"].map((location) => ({
      location,
      type: "S3",
      region: location === "a" ? "us-east-1" : "",
    })),
  })),
  pipeline([{}], () => ({
    artifactStore: ["a", "b"].map((location) => ({ location, type: "S3", region: "us-east-1" })),
  })),
  pipeline([{}], () => ({ artifactStore: [{ location: "artifacts", type: "S3", region: "us-east-1" }] })),
  pipeline([{}], (first) => ({
    stage: [raw(first, { configuration: { ...SETTINGS, Owner: "acme" } }), BUILD],
  })),
  pipeline([{}], (first) => ({
    stage: [raw(first, { configuration: { ...SETTINGS, Shallow: "1" } }), BUILD],
  })),
  pipeline([{}, { repository: "acme/docs", actionName: "Docs" }], (first) => ({
    stage: [
      first,
      { name: "Build", action: [{ ...takes("SourceOutput"), inputArtifacts: ["SourceOutput", "DocsOutput"] }] },
      { name: "Deploy", action: [{ ...takes("SourceOutput", "S3", "Deploy"), outputArtifacts: ["Site"] }] },
    ],
  })),
  pipeline([{}], () => ({ trigger: Array.from({ length: 51 }, () => triggerOn("Source")) })),
  pipeline([{}], () => ({ trigger: [triggerOn("Sourze")] })),
  pipeline([{}], (first) => ({
    stage: [{ ...first, action: [...(first.action as never[]), takes("SourceOutput")] }, BUILD],
  })),
  pipeline([{}], (first) => ({ stage: [first, { ...first, name: "Late" }] })),
  pipeline([{}], (first) => ({ stage: [first, BUILD, BUILD] })),
  pipeline([{}], (first) => ({ stage: [first] })),
  pipeline([{}, { repository: "acme/docs" }]),
  pipeline([{ variablesNamespace: "SourceOutput" }]),
  pipeline([{ variablesNamespace: "N" }, { variablesNamespace: "N", actionName: "Docs", repository: "acme/docs" }]),
  pipeline([{}, { branch: "dev", actionName: "Dev" }]),
  pipeline([{ outputFormat: OutputFormat.CODEBUILD_CLONE_REF }], (first) => ({
    stage: [first, { name: "Deploy", action: [takes("SourceOutput", "S3", "Deploy")] }],
  })),
  pipeline([{ outputFormat: OutputFormat.CODEBUILD_CLONE_REF }], (first) => ({
    stage: [first, { name: "Build", action: [takes("SourceOutput", "Jenkins")] }],
  })),
  pipeline([{ outputFormat: OutputFormat.of("CODE_TAR") }]),
  pipeline([{}], () => ({
    trigger: [triggerOn("Source", { push: [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }] })],
  })),
  pipeline([{}], (first) => ({
    stage: [
      first,
      { name: "Build", action: [{ ...takes("SourceOutput"), configuration: { A: "#{Sourze.CommitId}" } }] },
    ],
  })),
  pipeline([{ variablesNamespace: "Shop" }], (first) => ({
    stage: [
      first,
      {
        name: "Build",
        action: [
          {
            ...takes("SourceOutput"),
            configuration: { A: "#{Shop.CommitID} of #{variables.stage}", B: "#{Shop.Url}" },
          },
        ],
      },
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
  pipeline([{}], (first) => ({
    stage: [
      raw(first, { configuration: { ...WRONG_SETTINGS, FullRepositoryId: "acme/*", BranchName: "main\u0007" } }),
      BUILD,
    ],
  })),
  pipeline([{}], () => ({
    trigger: [{ ...triggerOn("Source", { push: [], pullRequest: [] }), providerType: "GitHub" }],
  })),
  pipeline([{}], () => ({ trigger: [{ providerType: "CodeStarSourceConnection" }] })),
  pipeline([{}], () => {
    const filters = Array.from({ length: 4 }, () => ({ branches: { includes: [] }, events: ["MERGED"] }));
    return { trigger: [triggerOn("Source", { push: filters, pullRequest: filters })] };
  }),
  pipeline([{ detectChanges: false }], () => ({
    trigger: [
      triggerOn("Source", {
        push: [{ filePaths: { includes: ["src/**"] } }],
        pullRequest: [{ events: ["OPEN"] }],
      }),
    ],
  })),
  pipeline([{ detectChanges: false }], () => ({ trigger: [triggerOn("Source", { push: [] })] })),
  pipeline([{ branch: "refs/heads/main" }]),
  pipeline([{ branch: "release/*", detectChanges: false }], () => ({
    trigger: [
      triggerOn("Source", {
        push: [
          {
            branches: { includes: ["refs/heads/main", "origin/main", "/main", "^main$", "main ", "main, develop"] },
            filePaths: { includes: ["./src/**", "refs/heads/main", "!docs/**", "src/"] },
          },
          { branches: { includes: ["main", "release/1", "dev"], excludes: ["main", "release/*"] } },
        ],
      }),
    ],
  })),
  pipeline([ON_PUSH], () => ({ trigger: [] })),
  pipeline([{ ...ON_PUSH, detectChanges: true }]),
  (stack) => {
    const dev = new SourceAction({ ...sourceProps(stack), branch: "dev", actionName: "Dev" });
    const props = { ...sourceProps(stack), pipelineRoles: ["pipeline"], additionalActions: [dev] };
    const { stage, dependencies: dependsOn } = new PipelineSource(stack, "Source", props);
    return pipeline([], () => ({ stage: [stage, BUILD], dependsOn }))(stack, stack);
  },
  (stack) => {
    const made = new PipelineSource(stack, "Source", { ...sourceProps(stack), pipelineRoles: ["pipeline"] });
    return pipeline([], () => ({ stage: [made.stage, BUILD] }))(stack, stack);
  },
  sourceOf({ pipelineRoles: ["shop"] }),
  sourceOf({ pipelineRoles: ["pipeline"], roleArn: "arn:aws:iam::123456789012:role/source" }),
  sourceOf(
    { pipelineRoles: ["pipeline"], buildRoles: ["build"], outputFormat: OutputFormat.CODEBUILD_CLONE_REF },
    { configuration: { ProjectName: "build", ServiceRoleArnOverride: "arn:aws:iam::123456789012:role/other" } },
  ),
  (stack) => {
    const grants = [{ connection: existing(stack), branches: ["main"] }];
    const filters = [GitPushFilter.branches({ includes: ["hotfix"] })];
    return sourceOf({
      policy: new ConnectionPolicy(stack, "Policy", { grants, roles: ["pipeline"] }),
      trigger: Trigger.onPushOrPullRequest(filters, [GitPullRequestFilter.branches({ includes: ["main"] })]),
    })(stack, stack);
  },
];
