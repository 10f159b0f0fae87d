import { actionIn, errorOn, pipelineIn, takes } from "../support/pipelines";
import { newStack } from "../support/synthesis";

const COMMANDS = { ...takes("SourceOutput", "Compute", "Commands", "Echo") };
const CONDITION = { condition: { result: "ROLLBACK", rule: [] } };
const FEATURES: readonly (readonly [string, object, object])[] = [
  [
    "triggers",
    {
      trigger: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: { sourceActionName: "Source", push: [{ branches: { includes: ["main"] } }] },
        },
      ],
    },
    {},
  ],
  ["the execution mode QUEUED", { executionMode: "QUEUED" }, {}],
  ["the execution mode PARALLEL", { executionMode: "PARALLEL" }, {}],
  ["variables", { variable: [{ name: "stage", defaultValue: "a" }] }, {}],
  ["conditions (stage[1].beforeEntry)", {}, { beforeEntry: CONDITION }],
  ["conditions (stage[1].onSuccess)", {}, { onSuccess: CONDITION }],
  ["conditions (stage[1].onFailure)", {}, { onFailure: CONDITION }],
  ['a Commands action (the action "Echo")', {}, { action: [COMMANDS] }],
];

/** What is said of a pipeline of this type with something that needs V2. */
function errorWith(pipelineType: string | undefined, props: object, ofStage: object): string {
  const stack = newStack();
  pipelineIn(stack, [], {
    stage: [
      { name: "Source", action: [actionIn(stack, { detectChanges: false }).action] },
      { name: "Build", action: [takes("SourceOutput")], ...ofStage },
    ],
    pipelineType,
    ...props,
  });
  return errorOn(stack);
}

describe.each(FEATURES)("a pipeline with %s", (what, props, ofStage) => {
  test("can be of type V2, or of a type that is an expression", () => {
    expect(errorWith("V2", props, ofStage)).toBe("");
    expect(errorWith("${var.type}", props, ofStage)).toBe("");
  });

  test.each([
    ["V1", '"V1"'],
    [undefined, '"V1" (the default)'],
  ])("can't be of type %s", (type, given) => {
    expect(errorWith(type, props, ofStage)).toContain(
      `stack/Pipeline: a pipeline with ${what} must have pipelineType "V2". Given: ${given}. [`,
    );
  });
});

test.each([
  ["the execution mode SUPERSEDED", { executionMode: "SUPERSEDED" }],
  ["an execution mode that is an expression", { executionMode: "${var.mode}" }],
  ["a list of variables that is empty", { variable: [] }],
])("a pipeline of type V1 can have %s", (_, props) => {
  expect(errorWith("V1", props, {})).toBe("");
});
