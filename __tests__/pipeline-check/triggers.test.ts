import { Lazy, Token } from "cdktf";
import { actionIn, building, judged, pipelineIn, problem, TRIGGER, verdictOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

describe("triggers", () => {
  test.each([["V1"], [undefined]])("on a pipeline of type %s are refused", (pipelineType) => {
    expect(judged({ trigger: TRIGGER }, { pipelineType }).verdict).toEqual(
      problem('triggers need pipelineType "V2". It is "V1", which is also the default.'),
    );
  });

  test("on a pipeline of a type that only Terraform knows are left to it", () => {
    expect(judged({ trigger: TRIGGER }, { pipelineType: "${var.type}" }).verdict).toBe("");
  });

  const rawOn = (...sourceActionNames: string[]) =>
    sourceActionNames.map((sourceActionName) => ({
      providerType: "CodeStarSourceConnection",
      gitConfiguration: { sourceActionName, push: [{ branches: { includes: ["x"] } }] },
    }));

  test("on an action that is not there are refused, and the one that was meant is guessed", () => {
    expect(judged({ detectChanges: false }, { trigger: rawOn("source") }).verdict).toEqual(
      problem(
        'a trigger is on "source", which is no source action on a connection. There are: "Source". Did you mean "Source"?',
      ),
    );
    expect(judged({ detectChanges: false }, { trigger: rawOn("CodeBuild") }).verdict).toEqual(
      problem('a trigger is on "CodeBuild", which is no source action on a connection. There are: "Source".'),
    );
  });

  test.each([
    ["a trigger's action", {}, rawOn("${var.name}")],
    ["a source action", { actionName: "${var.name}" }, rawOn("Library")],
  ])("are left to Terraform when only it knows the name of %s", (_, source, trigger) => {
    expect(judged({ ...source, detectChanges: false }, { trigger }).verdict).toBe("");
  });

  test("are left to Terraform when only it knows one of the actions, or the triggers", () => {
    const stack = newStack();
    const source = actionIn(stack).action;
    const other = { ...source, name: "Library", outputArtifacts: ["Other"], provider: "${var.provider}" };
    for (const action of [other, Token.asAny("${var.action}") as unknown as typeof other]) {
      const stage = [{ name: "Source", action: [source, action] }, building()];
      expect(judged({}, { stage, trigger: rawOn("Library") }).verdict).toBe("");
    }
    expect(judged({}, { pipelineType: "V1", trigger: Token.asAny("${var.triggers}") }).verdict).toBe("");
  });

  test.each(["action", "stage"])("are left to Terraform when it makes the %s itself", (kind) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: rawOn("Other") });
    const dynamic = { [kind]: { for_each: "${var.names}", content: { name: "${each.value}" } } };
    const place = kind === "action" ? "stage.0.dynamic" : "dynamic";
    for (const blocks of [dynamic, [dynamic]]) {
      pipeline.addOverride(place, blocks);
      expect(verdictOn(stack)).toBe("");
    }
  });

  test("are read when one stands alone, and a type of null is the default", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: undefined });
    pipeline.addOverride("trigger", { git_configuration: { source_action_name: "Sorce" } });
    pipeline.addOverride("pipeline_type", null);

    expect(verdictOn(stack)).toEqual(problem('triggers need pipelineType "V2"'));
    expect(verdictOn(stack)).toEqual(problem('a trigger is on "Sorce", which is no source action'));
  });

  test("that are not given to the pipeline are missed", () => {
    const missed = [
      'the source action "Source" has a trigger that the pipeline has not, so no change starts it: give the source\'s ' +
        "triggers to trigger.",
    ];

    expect(judged({ trigger: TRIGGER }, { trigger: [] })).toEqual({ verdict: "", warnings: missed });
    expect(judged({ trigger: TRIGGER }, { trigger: undefined }).warnings).toEqual(missed);
  });

  test("that Terraform makes itself are not missed", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], { trigger: [] });
    pipeline.addOverride("dynamic", { trigger: { for_each: "${var.triggers}", content: {} } });

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["whose list only Terraform knows", {}, Token.asAny("${var.triggers}")],
    ["on an action that only Terraform knows", {}, rawOn("${var.name}")],
    ["on an action whose name only Terraform knows", { actionName: "${var.name}" }, []],
  ])("%s are not missed", (_, source, trigger) => {
    expect(judged({ ...source, trigger: TRIGGER }, { trigger })).toEqual({ verdict: "", warnings: [] });
  });

  test.each([
    [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }, true],
    [{ tags: { includes: ["v*"] }, filePaths: { includes: ["src/**"] } }, true],
    [{ tags: { includes: ["v*"] } }, false],
    [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }, false],
  ])("with a raw filter %j are warned of: %s", (push, isWarned) => {
    const gitConfiguration = { sourceActionName: "Source", push: [push] };
    const trigger = [{ providerType: "CodeStarSourceConnection", gitConfiguration }];

    expect(judged({ detectChanges: false }, { trigger })).toEqual({
      verdict: "",
      warnings: isWarned
        ? [
            'the trigger on "Source" has tags together with branches or file paths in one filter, which AWS has refused: ' +
              "write a filter for each.",
          ]
        : [],
    });
  });

  test("two on one action are refused", () => {
    expect(judged({ detectChanges: false }, { trigger: rawOn("Source", "Source") }).verdict).toEqual(
      problem('the source action "Source" has more than one trigger: give it one with all filters.'),
    );
  });

  test.each([
    [50, ""],
    [51, problem("a pipeline can have up to 50 triggers. Given: 51.")],
  ])("%d of them: %s", (count, expected) => {
    const stack = newStack();
    const names = Array.from({ length: count }, (_, index) => `Source${index}`);
    const sources = names.map((actionName) => actionIn(stack, { actionName, trigger: TRIGGER }));
    pipelineIn(stack, sources, {
      stage: [{ name: "Source", action: sources.map(({ action }) => action) }, building("Source0Output")],
    });

    expect(verdictOn(stack)).toEqual(expected);
  });

  const raw = (gitConfiguration: object, more: object = {}) =>
    judged(
      { detectChanges: false },
      {
        trigger: [
          {
            providerType: "CodeStarSourceConnection",
            gitConfiguration: { sourceActionName: "Source", ...gitConfiguration },
            ...more,
          },
        ],
      },
    ).verdict;
  const some = (count: number, text = "x") => Array.from({ length: count }, () => text);
  const filters = (count: number) => Array.from({ length: count }, () => ({ branches: { includes: ["main"] } }));

  test.each([
    [{ push: filters(4) }, "trigger[0] can have up to 3 push filters. Given: 4."],
    [{ pullRequest: filters(4) }, "trigger[0] can have up to 3 pull-request filters. Given: 4."],
    [
      { push: [{ branches: { includes: some(9) } }] },
      "trigger[0].gitConfiguration.push[0].branches.includes must have 1 to 8 elements. Given: 9.",
    ],
    [{ push: [{ tags: { excludes: [] } }] }, "trigger[0].gitConfiguration.push[0].tags.excludes must have 1 to 8"],
    [
      { pullRequest: [{ branches: { includes: ["x"] }, filePaths: { excludes: some(1, "x".repeat(256)) } }] },
      "trigger[0].gitConfiguration.pullRequest[0].filePaths.excludes[0] must be 1 to 255 characters long.",
    ],
    [
      { pullRequest: [{ branches: { includes: ["x"] }, events: ["OPENED"] }] },
      "trigger[0].gitConfiguration.pullRequest[0].events[0] must be one of OPEN, UPDATED, CLOSED. " +
        'Given: "OPENED". Did you mean "OPEN"?',
    ],
  ])("with filters beyond a bound are refused: %#", (gitConfiguration, sentence) => {
    expect(raw(gitConfiguration)).toEqual(problem(sentence));
  });

  test.each([
    [{ push: filters(3), pullRequest: filters(3) }],
    [{ push: [{ branches: { includes: some(8, "x".repeat(255)) } }] }],
    [{ push: [{ branches: { includes: ["${var.branch}"] } }] }],
    [{ push: [{ branches: { includes: Token.asList("${var.branches}") } }] }],
    [{ push: Token.asAny("${var.filters}") }],
    [{ pullRequest: [{ branches: { includes: ["x"] }, events: ["OPEN", "UPDATED", "CLOSED"] }] }],
  ])("with filters within the bounds, or that only Terraform knows, are accepted: %#", (gitConfiguration) => {
    expect(raw(gitConfiguration)).toBe("");
  });

  test("with filters or configurations that Terraform makes itself are counted without those", () => {
    const withDynamic = (at: string, kind: string) => {
      const stack = newStack();
      const pipeline = pipelineIn(stack, [actionIn(stack, { detectChanges: false })], {
        trigger: [
          {
            providerType: "CodeStarSourceConnection",
            gitConfiguration: { sourceActionName: "Source", push: filters(3) },
          },
        ],
      });
      pipeline.addOverride(`${at}.dynamic`, { [kind]: { for_each: "${var.some}", content: {} } });
      return verdictOn(stack);
    };

    expect(withDynamic("trigger.0.git_configuration", "push")).toBe("");
    expect(withDynamic("trigger.0", "git_configuration")).toBe("");
  });

  test("with a pattern that comes late are judged by what it comes to", () => {
    const late = Lazy.stringValue({ produce: () => "x".repeat(256) });

    expect(raw({ push: [{ branches: { includes: [late] } }] })).toEqual(
      problem("trigger[0].gitConfiguration.push[0].branches.includes[0] must be 1 to 255 characters long."),
    );
  });

  test("of another provider are refused", () => {
    expect(raw({ push: filters(1) }, { providerType: "GitHub" })).toEqual(
      problem('trigger[0].providerType must be CodeStarSourceConnection. Given: "GitHub".'),
    );
    expect(raw({ push: filters(1) }, { providerType: "${var.type}" })).toBe("");
  });

  test("have exactly one configuration", () => {
    const of = (git_configuration: unknown) => {
      const stack = newStack();
      const pipeline = pipelineIn(stack, [actionIn(stack, { detectChanges: false })], { trigger: undefined });
      pipeline.addOverride("trigger", [{ provider_type: "CodeStarSourceConnection", git_configuration }]);
      return verdictOn(stack);
    };
    const one = { source_action_name: "Source" };

    expect(of([one])).toBe("");
    expect(of([])).toEqual(problem("trigger[0] must have exactly one gitConfiguration. Given: 0."));
    expect(of([one, one])).toEqual(problem("trigger[0] must have exactly one gitConfiguration. Given: 2."));
    expect(of("${var.configurations}")).toBe("");
  });

  const warned = (gitConfiguration: object) =>
    judged(
      { detectChanges: false },
      {
        trigger: [
          {
            providerType: "CodeStarSourceConnection",
            gitConfiguration: { sourceActionName: "Source", ...gitConfiguration },
          },
        ],
      },
    );
  const NAMES = { includes: ["x"] };

  test.each([
    [{ push: [{ filePaths: NAMES }] }, "gitConfiguration.push[0] has neither branches nor tags"],
    [{ push: [{}] }, "gitConfiguration.push[0] has neither branches nor tags"],
    [{ pullRequest: [{ filePaths: NAMES }] }, "gitConfiguration.pullRequest[0] must have branches, and no tags"],
    [{ pullRequest: [{ events: ["OPEN"] }] }, "gitConfiguration.pullRequest[0] must have branches, and no tags"],
    [{}, " has no filter: leave it out"],
  ])("with what AWS does not document are warned of: %j", (gitConfiguration, warning) => {
    const { verdict, warnings } = warned(gitConfiguration);

    expect([verdict, warnings]).toEqual(["", [expect.stringMatching(/^trigger\[0\]/)]]);
    expect(warnings[0]).toContain(warning);
  });

  test.each([
    [{ push: [{ branches: NAMES, filePaths: NAMES }] }],
    [{ pullRequest: [{ branches: NAMES, filePaths: NAMES, events: ["OPEN"] }] }],
    [{ push: Token.asAny("${var.filters}") }],
  ])("with what AWS documents, or what only Terraform knows, are not warned of: %#", (gitConfiguration) => {
    expect(warned(gitConfiguration)).toEqual({ verdict: "", warnings: [] });
  });

  test("on pull requests with tags, which only an override can give, are warned of", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { detectChanges: false })], {
      trigger: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: { sourceActionName: "Source", pullRequest: [{ branches: NAMES }] },
        },
      ],
    });
    pipeline.addOverride("trigger.0.git_configuration.pull_request.0.tags", NAMES);

    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual([
      "",
      [expect.stringContaining("pullRequest[0] must have branches, and no tags")],
    ]);
  });

  test("are left alone when Terraform makes what is in them, or only it knows one of them", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { detectChanges: false })], {
      trigger: [
        { providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName: "Source", push: [{}] } },
      ],
    });
    pipeline.addOverride("trigger.0.git_configuration.push.0.dynamic", [{ branches: { for_each: "${var.some}" } }]);
    expect([verdictOn(stack), warningsOf(pipeline)]).toEqual(["", []]);

    pipeline.addOverride("trigger.0.git_configuration.push.0", { branches: { includes: ["x"], excludes: null } });
    expect(verdictOn(stack)).toBe("");
    expect(judged({}, { trigger: [Token.asAny("${var.trigger}")] })).toEqual({ verdict: "", warnings: [] });
  });

  test("may be on an action of which only Terraform knows the owner", () => {
    const { action } = actionIn(newStack());
    const other = { ...action, name: "Library", outputArtifacts: ["Other"], owner: "${var.owner}" };
    const stage = [{ name: "Source", action: [action, other] }, building()];

    expect(judged({}, { stage, trigger: rawOn("Library") }).verdict).toBe("");
  });

  test("beside change detection are warned of", () => {
    const { action } = actionIn(newStack());
    const configuration = { ...action.configuration, DetectChanges: "True" };
    const stage = [{ name: "Source", action: [{ ...action, configuration }] }, building()];
    expect(judged({}, { stage, trigger: rawOn("Source") }).warnings).toHaveLength(1);

    expect(judged({ trigger: TRIGGER, detectChanges: true })).toEqual({
      verdict: "",
      warnings: ['the action "Source" has a trigger and detects changes too: set detectChanges to false.'],
    });
    expect(judged({ trigger: TRIGGER, detectChanges: true, actionName: "${var.name}" }).warnings).toEqual([]);
    expect(judged({ trigger: TRIGGER, detectChanges: Token.asAny("${var.flag}") }).warnings).toEqual([]);
  });
});
