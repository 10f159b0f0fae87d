import { Lazy, Token } from "cdktf";
import { actionIn, building, checked, pipelineIn, problem, TRIGGER, errorOn, warningsOf } from "../support/pipelines";
import { newStack } from "../support/synthesis";

describe("triggers", () => {
  test.each([
    ["V1", '"V1"'],
    [undefined, '"V1" (the default)'],
  ])("on a pipeline of type %s are refused", (pipelineType, given) => {
    expect(checked({ trigger: TRIGGER }, { pipelineType }).error).toEqual(
      problem(`a pipeline with triggers must have pipelineType "V2". Given: ${given}.`),
    );
  });

  test("on a pipeline whose type is an expression are left to Terraform", () => {
    expect(checked({ trigger: TRIGGER }, { pipelineType: "${var.type}" }).error).toBe("");
  });

  const rawOn = (...sourceActionNames: string[]) =>
    sourceActionNames.map((sourceActionName) => ({
      providerType: "CodeStarSourceConnection",
      gitConfiguration: { sourceActionName, push: [{ branches: { includes: ["x"] } }] },
    }));

  test("on an action that is not there are refused, and the one that was meant is guessed", () => {
    expect(checked({ detectChanges: false }, { trigger: rawOn("source") }).error).toEqual(
      problem(
        'a trigger names the source action "source", but the pipeline has no source action with this name that uses a connection. It has: "Source". Did you mean "Source"?',
      ),
    );
    expect(checked({ detectChanges: false }, { trigger: rawOn("CodeBuild") }).error).toEqual(
      problem(
        'a trigger names the source action "CodeBuild", but the pipeline has no source action with this name that uses a connection. It has: "Source".',
      ),
    );
  });

  test.each([
    ["a trigger's action", {}, rawOn("${var.name}")],
    ["a source action", { actionName: "${var.name}" }, rawOn("Library")],
  ])("are left to Terraform when the name of %s is an expression", (_, source, trigger) => {
    expect(checked({ ...source, detectChanges: false }, { trigger }).error).toBe("");
  });

  test("are left to Terraform when one of the actions, or the list of triggers, is an expression", () => {
    const stack = newStack();
    const source = actionIn(stack).action;
    const other = { ...source, name: "Library", outputArtifacts: ["Other"], provider: "${var.provider}" };
    for (const action of [other, Token.asAny("${var.action}") as unknown as typeof other]) {
      const stage = [{ name: "Source", action: [source, action] }, building()];
      expect(checked({}, { stage, trigger: rawOn("Library") }).error).toBe("");
    }
    expect(checked({}, { pipelineType: "V1", trigger: Token.asAny("${var.triggers}") }).error).toBe("");
  });

  test.each(["action", "stage"])("are left to Terraform when it makes the %s itself", (kind) => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: rawOn("Other") });
    const dynamic = { [kind]: { for_each: "${var.names}", content: { name: "${each.value}" } } };
    const place = kind === "action" ? "stage.0.dynamic" : "dynamic";
    for (const blocks of [dynamic, [dynamic]]) {
      pipeline.addOverride(place, blocks);
      expect(errorOn(stack)).toBe("");
    }
  });

  test("are read when one stands alone, and a type of null is the default", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack)], { trigger: undefined });
    pipeline.addOverride("trigger", { git_configuration: { source_action_name: "Sorce" } });
    pipeline.addOverride("pipeline_type", null);

    expect(errorOn(stack)).toEqual(problem('a pipeline with triggers must have pipelineType "V2"'));
    expect(errorOn(stack)).toEqual(
      problem('a trigger names the source action "Sorce", but the pipeline has no source action'),
    );
  });

  test("that are not given to the pipeline are missed", () => {
    const missed = [
      'the source action "Source" has a trigger, but the pipeline was not given this trigger, so no change starts the ' +
        "pipeline: add `trigger: source.triggers` (PipelineSource) or `trigger: [action.trigger]` (SourceAction). [source-trigger]",
    ];

    expect(checked({ trigger: TRIGGER }, { trigger: [] })).toEqual({ error: "", warnings: missed });
    expect(checked({ trigger: TRIGGER }, { trigger: undefined }).warnings).toEqual(missed);
  });

  test("that Terraform makes itself are not missed", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { trigger: TRIGGER })], { trigger: [] });
    pipeline.addOverride("dynamic", { trigger: { for_each: "${var.triggers}", content: {} } });

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);
  });

  test.each([
    ["whose list is an expression", {}, Token.asAny("${var.triggers}")],
    ["on an action that an expression names", {}, rawOn("${var.name}")],
    ["on an action whose own name is an expression", { actionName: "${var.name}" }, []],
  ])("%s are not missed", (_, source, trigger) => {
    expect(checked({ ...source, trigger: TRIGGER }, { trigger })).toEqual({ error: "", warnings: [] });
  });

  test.each([
    [{ tags: { includes: ["v*"] }, branches: { includes: ["main"] } }, true],
    [{ tags: { includes: ["v*"] }, filePaths: { includes: ["src/**"] } }, true],
    [{ tags: { includes: ["v*"] } }, false],
    [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }, false],
  ])("with a raw filter %j are warned of: %s", (push, isWarned) => {
    const gitConfiguration = { sourceActionName: "Source", push: [push] };
    const trigger = [{ providerType: "CodeStarSourceConnection", gitConfiguration }];

    expect(checked({ detectChanges: false }, { trigger })).toEqual({
      error: "",
      warnings: isWarned
        ? [
            'the trigger of "Source" has tags and branches or file paths in one filter. AWS has refused such a filter: ' +
              "put the tags into a filter of their own. [filter-tags-alone]",
          ]
        : [],
    });
  });

  test("two on one action are refused", () => {
    expect(checked({ detectChanges: false }, { trigger: rawOn("Source", "Source") }).error).toEqual(
      problem(
        'the source action "Source" has more than one trigger: give it one trigger with all filters (up to 3 on pushes and 3 on pull requests).',
      ),
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

    expect(errorOn(stack)).toEqual(expected);
  });

  const raw = (gitConfiguration: object, more: object = {}) =>
    checked(
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
    ).error;
  const some = (count: number, pattern = "x") => Array.from({ length: count }, () => pattern);
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
      "trigger[0].gitConfiguration.pullRequest[0].events[0] must be one of OPEN, UPDATED, CLOSED (PullRequestEvent.OPEN and so on). " +
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
  ])("with filters within the bounds, or that are expressions, are accepted: %#", (gitConfiguration) => {
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
      return errorOn(stack);
    };

    expect(withDynamic("trigger.0.git_configuration", "push")).toBe("");
    expect(withDynamic("trigger.0", "git_configuration")).toBe("");
  });

  test("with a pattern that comes late are checked by what it comes to", () => {
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
      return errorOn(stack);
    };
    const one = { source_action_name: "Source" };

    expect(of([one])).toBe("");
    expect(of([])).toEqual(problem("trigger[0] must have exactly one gitConfiguration. Given: 0."));
    expect(of([one, one])).toEqual(problem("trigger[0] must have exactly one gitConfiguration. Given: 2."));
    expect(of("${var.configurations}")).toBe("");
  });

  const warned = (gitConfiguration: object) =>
    checked(
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
    [{}, " has no filter. To start the pipeline at each change of the branch, remove the trigger"],
  ])("with what AWS does not document are warned of: %j", (gitConfiguration, warning) => {
    const { error, warnings } = warned(gitConfiguration);

    expect([error, warnings]).toEqual(["", [expect.stringMatching(/^trigger\[0\]/)]]);
    expect(warnings[0]).toContain(warning);
  });

  test.each([
    [{ push: [{ branches: NAMES, filePaths: NAMES }] }],
    [{ pullRequest: [{ branches: NAMES, filePaths: NAMES, events: ["OPEN"] }] }],
    [{ push: Token.asAny("${var.filters}") }],
  ])("with what AWS documents, or with expressions, are not warned of: %#", (gitConfiguration) => {
    expect(warned(gitConfiguration)).toEqual({ error: "", warnings: [] });
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

    expect([errorOn(stack), warningsOf(pipeline)]).toEqual([
      "",
      [expect.stringContaining("pullRequest[0] must have branches, and no tags")],
    ]);
  });

  test("are left alone when Terraform makes what is in them, or one of them is an expression", () => {
    const stack = newStack();
    const pipeline = pipelineIn(stack, [actionIn(stack, { detectChanges: false })], {
      trigger: [
        { providerType: "CodeStarSourceConnection", gitConfiguration: { sourceActionName: "Source", push: [{}] } },
      ],
    });
    pipeline.addOverride("trigger.0.git_configuration.push.0.dynamic", [{ branches: { for_each: "${var.some}" } }]);
    expect([errorOn(stack), warningsOf(pipeline)]).toEqual(["", []]);

    pipeline.addOverride("trigger.0.git_configuration.push.0", { branches: { includes: ["x"], excludes: null } });
    expect(errorOn(stack)).toBe("");
    expect(checked({}, { trigger: [Token.asAny("${var.trigger}")] })).toEqual({ error: "", warnings: [] });
  });

  test("may be on an action whose owner is an expression", () => {
    const { action } = actionIn(newStack());
    const other = { ...action, name: "Library", outputArtifacts: ["Other"], owner: "${var.owner}" };
    const stage = [{ name: "Source", action: [action, other] }, building()];

    expect(checked({}, { stage, trigger: rawOn("Library") }).error).toBe("");
  });

  test("beside change detection are warned of", () => {
    const { action } = actionIn(newStack());
    const configuration = { ...action.configuration, DetectChanges: "True" };
    const stage = [{ name: "Source", action: [{ ...action, configuration }] }, building()];
    expect(checked({}, { stage, trigger: rawOn("Source") }).warnings).toHaveLength(1);

    expect(checked({ trigger: TRIGGER, detectChanges: true })).toEqual({
      error: "",
      warnings: [
        'the action "Source" has a trigger and detects changes too: set detectChanges to false. [trigger-detects-changes]',
      ],
    });
    expect(checked({ trigger: TRIGGER, detectChanges: true, actionName: "${var.name}" }).warnings).toEqual([]);
    expect(checked({ trigger: TRIGGER, detectChanges: Token.asAny("${var.flag}") }).warnings).toEqual([]);
  });
});
