import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { Testing } from "cdktf";
import { Connection, ConnectionPolicy, GitPullRequestFilter, GitPushFilter, PipelineSource, Trigger } from "../../src";
import { ARN, building, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

/** The warnings on a pipeline whose policy grants these branches. */
function warningsWith(trigger: Trigger, branches: string[] | undefined, more: object = {}): unknown[] {
  const stack = newStack();
  const connection = Connection.fromConnectionArn(stack, "Existing", ARN);
  const policy = new ConnectionPolicy(stack, "Policy", {
    grants: [{ connection, repositories: ["acme/shop"], branches, ...more }],
    roles: ["pipeline"],
  });
  const source = new PipelineSource(stack, "Source", {
    ...{ connection, repository: "acme/shop", branch: "main", trigger, policy },
  });
  const pipeline = new Codepipeline(stack, "Pipeline", {
    name: "shop",
    roleArn: "arn:aws:iam::123456789012:role/pipeline",
    pipelineType: "V2",
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [source.stage, building()],
    trigger: source.triggers,
    dependsOn: source.dependencies,
  });
  Testing.synth(stack, true);
  return warningsOf(pipeline);
}

const onPush = (...includes: string[]) => Trigger.onPush(GitPushFilter.branches({ includes }));
const onPullRequest = (...includes: string[]) => Trigger.onPullRequest(GitPullRequestFilter.branches({ includes }));

describe("a branch whose pushes start the pipeline", () => {
  test.each<[string, string[], string[] | undefined]>([
    ["is granted", ["main"], ["main", "develop"]],
    ["is like a pattern that is granted", ["release/1"], ["release/*"]],
    ["is granted with all others", ["main"], undefined],
    ["is a pattern itself", ["release/*", "hotfix-?", "v[12]", "{a,b}"], ["main"]],
    ["is an expression", ["${var.branch}"], ["main"]],
    ["is granted by an expression", ["hotfix"], ["${var.branch}"]],
  ])("is left alone where it %s", (_, started, granted) => {
    expect(warningsWith(onPush(...started), granted)).toEqual([]);
  });

  test("is warned of where no pattern of the grants allows it", () => {
    expect(warningsWith(onPush("main", "hotfix"), ["main", "release/*"])).toEqual([
      'trigger[0].gitConfiguration.push[0].branches.includes[1] starts the pipeline on the branch "hotfix", which the ' +
        "grants of stack/Policy do not allow. Add it to branches there. [grant-branches]",
    ]);
  });
});

describe("a pull request that starts the pipeline", () => {
  test("is warned of where the grants name exactly its target branches", () => {
    expect(warningsWith(onPullRequest("main", "develop"), ["develop", "main"])).toEqual([
      "trigger[0].gitConfiguration.pullRequest[0] starts the pipeline on pull requests, whose commits are on their source " +
        'branches, but the grants of stack/Policy name only the target: "develop", "main". Add the source branches to ' +
        'branches there, such as "feature/*", or leave branches out. [grant-source-branches]',
    ]);
  });

  test.each<[string, string[] | undefined]>([
    ["more branches", ["main", "feature/*"]],
    ["other branches", ["feature/*"]],
    ["all branches", undefined],
    ["an expression", ["${var.branch}"]],
  ])("is left alone where the grants name %s", (_, granted) => {
    expect(warningsWith(onPullRequest("main"), granted)).toEqual([]);
  });
});
