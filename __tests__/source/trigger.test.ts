import { TerraformVariable, Token } from "cdktf";
import {
  Connection,
  type GitFilterCriteria,
  GitPullRequestFilter,
  type GitPullRequestFilterOptions,
  GitPushFilter,
  type GitPushFilterOptions,
  PipelineSource,
  PullRequestEvent,
  SourceAction,
  Trigger,
} from "../../src";
import { messageOf, newStack, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";

const triggerOf = (trigger: Trigger | undefined) =>
  new SourceAction({
    connection: Connection.fromConnectionArn(newStack(), "Existing", ARN),
    repository: "acme/shop",
    branch: "main",
    actionName: "Shop",
    trigger,
  }).trigger;
const problemOf = (trigger: Trigger) => messageOf(() => triggerOf(trigger)).replace("SourceAction Shop: ", "");
const onBranches = (branches: GitFilterCriteria) => Trigger.onPush(GitPushFilter.branches(branches));
const patterns = (count: number) => Array.from({ length: count }, (_, index) => `b${index}`);

test("a source action without a trigger has none", () => {
  expect(triggerOf(undefined)).toBeUndefined();
});

test("a minimal trigger is on the action, with its one filter", () => {
  expect(triggerOf(onBranches({ includes: ["main"] }))).toEqual({
    providerType: "CodeStarSourceConnection",
    gitConfiguration: { sourceActionName: "Shop", push: [{ branches: { includes: ["main"] } }] },
  });
});

test("a maximal trigger has all kinds of filters", () => {
  const filePaths = { includes: ["services/shop/**"], excludes: ["**/*.md"] };
  const trigger = Trigger.onPushOrPullRequest(
    [
      GitPushFilter.branches({ includes: ["main", "release/*"], excludes: ["release/old"] }, { filePaths }),
      GitPushFilter.tags({ includes: ["v*"], excludes: ["*-rc"] }),
    ],
    [
      GitPullRequestFilter.branches(
        { includes: ["main"] },
        { filePaths, events: [PullRequestEvent.OPEN, PullRequestEvent.UPDATED, PullRequestEvent.CLOSED] },
      ),
    ],
  );

  expect(triggerOf(trigger)?.gitConfiguration).toEqual({
    sourceActionName: "Shop",
    push: [
      { branches: { includes: ["main", "release/*"], excludes: ["release/old"] }, filePaths },
      { tags: { includes: ["v*"], excludes: ["*-rc"] } },
    ],
    pullRequest: [{ branches: { includes: ["main"] }, filePaths, events: ["OPEN", "UPDATED", "CLOSED"] }],
  });
});

describe("filters", () => {
  const push = GitPushFilter.branches({ includes: ["main"] });
  const pullRequest = GitPullRequestFilter.branches({ includes: ["main"] });

  test.each([
    ["three on pushes", Trigger.onPush(push, push, push)],
    ["three on pull requests", Trigger.onPullRequest(pullRequest, pullRequest, pullRequest)],
  ])("%s are accepted", (_, trigger) => {
    expect(() => triggerOf(trigger)).not.toThrow();
  });

  test.each([
    ["four on pushes", Trigger.onPush(push, push, push, push), "trigger can have up to 3 push filters. Given: 4."],
    [
      "four on pull requests",
      Trigger.onPushOrPullRequest([], [pullRequest, pullRequest, pullRequest, pullRequest]),
      "trigger can have up to 3 pull-request filters. Given: 4.",
    ],
    [
      "none at all",
      Trigger.onPush(),
      "trigger must have a filter. To start the pipeline at each change of the branch, leave trigger out.",
    ],
    [
      "of the other kind",
      Trigger.onPush(pullRequest as unknown as GitPushFilter),
      expect.stringMatching(
        /^trigger\.push\[0\] must be a filter on pushes: .* or GitPushFilter\.tags\(…\)\. .*\. Given: an object of the class Git(PullRequest|Push)Filter\.$/,
      ),
    ],
    [
      "on pushes among those on pull requests",
      Trigger.onPullRequest(push as unknown as GitPullRequestFilter),
      expect.stringMatching(
        /^trigger\.pullRequest\[0\] must be a filter on pull requests: .*\. Given: an object of the class Git(PullRequest|Push)Filter\.$/,
      ),
    ],
  ])("%s are refused", (_, trigger, sentence) => {
    expect(problemOf(trigger)).toEqual(sentence);
  });

  test("without what they filter are refused", () => {
    const none = undefined as unknown as GitFilterCriteria;

    expect(problemOf(onBranches(none))).toBe("trigger.push[0].branches must be given.");
    expect(problemOf(Trigger.onPush(GitPushFilter.tags(none)))).toBe(
      "trigger.push[0].tags must have includes or excludes.",
    );
    expect(problemOf(Trigger.onPullRequest(GitPullRequestFilter.branches(none)))).toBe(
      "trigger.pullRequest[0].branches must be given.",
    );
  });

  test("that are no trigger are refused", () => {
    expect(problemOf(push as unknown as Trigger)).toMatch(
      /^trigger must be a Trigger: Trigger\.onPush\(…\), .*\. Give a CodepipelineTrigger of the provider to the property /,
    );
  });
});

describe("patterns", () => {
  test.each([
    ["one", ["m"]],
    ["eight", patterns(8)],
    ["of 255 characters", ["💡".repeat(255)]],
    ["that are expressions", ["${var.branch}"]],
    ["in a list that is an expression", Token.asList("${var.branches}")],
  ])("%s are accepted", (_, includes) => {
    expect(() => triggerOf(onBranches({ includes }))).not.toThrow();
    expect(() => triggerOf(onBranches({ excludes: includes }))).not.toThrow();
  });

  test.each([
    ["none", [], "must have 1 to 8 elements. Given: 0."],
    ["nine", patterns(9), "must have 1 to 8 elements. Given: 9."],
  ])("%s are refused", (_, given, sentence) => {
    expect(problemOf(onBranches({ includes: given }))).toBe(`trigger.push[0].branches.includes ${sentence}`);
    expect(problemOf(onBranches({ excludes: given }))).toBe(`trigger.push[0].branches.excludes ${sentence}`);
  });

  test.each([
    ["an empty one", ""],
    ["one of 256 characters", "x".repeat(256)],
  ])("%s is refused, wherever it is", (_, bad) => {
    const filePaths = { includes: ["x", bad] };
    const sentence = "must be 1 to 255 characters long. Given: ";
    const pullRequest = GitPullRequestFilter.branches({ excludes: [bad] }, { filePaths });
    const trigger = Trigger.onPushOrPullRequest(
      [GitPushFilter.tags({ includes: [bad] }), GitPushFilter.branches({ includes: ["x"] }, { filePaths })],
      [pullRequest],
    );

    for (const property of [
      "trigger.push[0].tags.includes[0]",
      "trigger.push[1].filePaths.includes[1]",
      "trigger.pullRequest[0].branches.excludes[0]",
      "trigger.pullRequest[0].filePaths.includes[1]",
    ]) {
      expect(problemOf(trigger)).toContain(`${property} ${sentence}`);
    }
  });

  test("that neither include nor exclude are refused", () => {
    expect(problemOf(onBranches({}))).toBe("trigger.push[0].branches must have includes or excludes.");
    expect(problemOf(Trigger.onPush(GitPushFilter.branches({ includes: ["x"] }, { filePaths: {} })))).toBe(
      "trigger.push[0].filePaths must have includes or excludes.",
    );
  });
});

describe("lists", () => {
  test("are copied, so that what is checked is what is written", () => {
    const includes = ["main"];
    const events = [PullRequestEvent.OPEN];
    const filePaths = { includes: ["src/**"] };
    const trigger = Trigger.onPushOrPullRequest(
      [GitPushFilter.branches({ includes }, { filePaths }), GitPushFilter.tags({ includes })],
      [GitPullRequestFilter.branches({ includes }, { events })],
    );
    includes.push("");
    events.push(PullRequestEvent.CLOSED);
    filePaths.includes.push("");

    expect(triggerOf(trigger)?.gitConfiguration).toEqual({
      sourceActionName: "Shop",
      push: [
        { branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } },
        { tags: { includes: ["main"] } },
      ],
      pullRequest: [{ branches: { includes: ["main"] }, events: ["OPEN"] }],
    });
  });

  test.each([
    ["include", "trigger.push[0].branches.include is not a property. Did you mean trigger.push[0].branches.includes?"],
    ["paths", "trigger.push[0].branches.paths is not a property. There are: includes, excludes."],
  ])("of another name are refused: %s", (name, sentence) => {
    expect(problemOf(onBranches({ excludes: ["x"], [name]: ["y"] }))).toBe(sentence);
  });

  test("that are null are not given, nor is what they stand in", () => {
    const nothing = { includes: ["main"], excludes: null } as unknown as GitFilterCriteria;
    const none = { filePaths: null, events: null } as unknown as GitPullRequestFilterOptions;
    const trigger = Trigger.onPushOrPullRequest(
      [GitPushFilter.branches(nothing, none), GitPushFilter.tags(nothing)],
      [GitPullRequestFilter.branches(nothing, none), GitPullRequestFilter.branches(nothing, null as never)],
    );

    const branches = { includes: ["main"] };
    expect(triggerOf(trigger)?.gitConfiguration).toEqual({
      sourceActionName: "Shop",
      push: [{ branches }, { tags: branches }],
      pullRequest: [{ branches }, { branches }],
    });
    expect(problemOf(onBranches({ includes: null } as unknown as GitFilterCriteria))).toBe(
      "trigger.push[0].branches must have includes or excludes.",
    );
    expect(problemOf(onBranches({ includes: [null] } as unknown as GitFilterCriteria))).toBe(
      "trigger.push[0].branches.includes[0] must be given.",
    );
  });
});

describe("the options of a filter", () => {
  const branches = { includes: ["main"] };
  const PUSH = "trigger.push[0]";
  const PULL_REQUEST = "trigger.pullRequest[0]";

  test.each<[string, Trigger, string]>([
    [
      "filepaths of a push",
      Trigger.onPush(GitPushFilter.branches(branches, { filepaths: branches } as GitPushFilterOptions)),
      `${PUSH}.filepaths is not a property. Did you mean ${PUSH}.filePaths?`,
    ],
    [
      "events of a push",
      Trigger.onPush(GitPushFilter.branches(branches, { events: ["OPEN"] } as GitPushFilterOptions)),
      `${PUSH}.events is not a property. There are: branches, filePaths.`,
    ],
    [
      "event of a pull request",
      Trigger.onPullRequest(
        GitPullRequestFilter.branches(branches, { event: ["OPEN"] } as GitPullRequestFilterOptions),
      ),
      `${PULL_REQUEST}.event is not a property. Did you mean ${PULL_REQUEST}.events?`,
    ],
    [
      "labels of a pull request",
      Trigger.onPullRequest(GitPullRequestFilter.branches(branches, { labels: [] } as GitPullRequestFilterOptions)),
      `${PULL_REQUEST}.labels is not a property. There are: branches, filePaths, events.`,
    ],
    [
      "include of file paths",
      Trigger.onPush(GitPushFilter.branches(branches, { filePaths: { include: ["x"] } as GitFilterCriteria })),
      `${PUSH}.filePaths.include is not a property. Did you mean ${PUSH}.filePaths.includes?`,
    ],
  ])("are refused under another name: %s", (_, trigger, sentence) => {
    expect(problemOf(trigger)).toContain(sentence);
  });
});

describe("events", () => {
  const on = (events: unknown) =>
    Trigger.onPullRequest(
      GitPullRequestFilter.branches({ includes: ["main"] }, { events: events as PullRequestEvent[] }),
    );

  test("are left out when none are given", () => {
    expect(triggerOf(on(undefined))?.gitConfiguration).toEqual({
      sourceActionName: "Shop",
      pullRequest: [{ branches: { includes: ["main"] } }],
    });
  });

  test("may be expressions", () => {
    expect(() => triggerOf(on(["${var.event}"]))).not.toThrow();
  });

  test.each([
    [[], "trigger.pullRequest[0].events must have 1 to 3 elements. Given: 0."],
    [["OPEN", "OPEN", "OPEN", "OPEN"], "trigger.pullRequest[0].events must have 1 to 3 elements. Given: 4."],
    [
      ["Opened"],
      'trigger.pullRequest[0].events[0] must be one of OPEN, UPDATED, CLOSED (PullRequestEvent.OPEN and so on). Given: "Opened". Did you mean "OPEN"?',
    ],
  ])("%j are refused", (events, sentence) => {
    expect(problemOf(on(events))).toBe(sentence);
  });
});

test("patterns and events that are expressions are checked by the guard of a PipelineSource", () => {
  const synthesis = synthesise((stack) => {
    const variable = (name: string, type = "string") => new TerraformVariable(stack, name, { type });
    new PipelineSource(stack, "Source", {
      connection: Connection.fromConnectionArn(stack, "Existing", ARN),
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: ["pipeline"],
      trigger: Trigger.onPushOrPullRequest(
        [GitPushFilter.branches({ includes: variable("branches", "list(string)").listValue })],
        [
          GitPullRequestFilter.branches(
            { includes: [variable("target").stringValue] },
            { events: [variable("event").stringValue as PullRequestEvent] },
          ),
        ],
      ),
    });
  });

  const preconditions = synthesis.only("data", "aws_region").lifecycle.precondition as { error_message: string }[];
  expect(preconditions.map(({ error_message }) => error_message)).toEqual([
    "stack/Source: trigger.push[0].branches.includes must have 1 to 8 elements, and each of them must be 1 to 255 characters long.",
    "stack/Source: trigger.pullRequest[0].branches.includes[0] must be 1 to 255 characters long.",
    "stack/Source: trigger.pullRequest[0].events[0] must be one of OPEN, UPDATED, CLOSED (PullRequestEvent.OPEN and so on).",
  ]);
});
