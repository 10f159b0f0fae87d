import { PipelineCheck } from "../../src";
import { ERRORS, WARNINGS } from "../../src/pipeline-check/rules";
import { actionIn, errorOn, pipelineIn, takes, TRIGGER, warningsOf } from "../support/pipelines";
import { messageOf, newStack } from "../support/synthesis";

/** A pipeline whose source hands over SourceOutput, and what the program says of its check. */
function said(stage: object, adjust: (check: PipelineCheck) => void = () => undefined, source: object = {}) {
  const stack = newStack();
  const action = actionIn(stack, source);
  const pipeline = pipelineIn(stack, [], { stage: [{ name: "Source", action: [action.action] }, stage] });
  adjust(PipelineCheck.of(pipeline));
  return { error: errorOn(stack), warnings: warningsOf(pipeline) };
}

const BUILD = { name: "Build", action: [takes("SourceOutput")] };
const BUILD_OF_NOTHING = { name: "Build", action: [takes("Source")] };
const WITHOUT_TRIGGER = { trigger: TRIGGER };

test("the ids of rules are words with hyphens, each of one rule", () => {
  const ids = [...ERRORS, ...WARNINGS].map(({ id }) => id);

  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)+$/.test(id))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
});

describe("a warning", () => {
  test("ends with the id of its rule", () => {
    expect(said(BUILD, undefined, WITHOUT_TRIGGER).warnings).toEqual([expect.stringMatching(/ \[source-trigger\]$/)]);
  });

  test("is left out once it is acknowledged", () => {
    const { error, warnings } = said(
      BUILD,
      (check) => {
        check.acknowledgeWarning("source-trigger");
      },
      WITHOUT_TRIGGER,
    );

    expect({ error, warnings }).toEqual({ error: "", warnings: [] });
  });

  test("stays where another one is acknowledged", () => {
    const { warnings } = said(
      BUILD,
      (check) => {
        check.acknowledgeWarning("source-dependencies");
      },
      WITHOUT_TRIGGER,
    );

    expect(warnings).toHaveLength(1);
  });

  test("of another pipeline stays", () => {
    const stack = newStack();
    const { action } = actionIn(stack, WITHOUT_TRIGGER);
    const stage = [{ name: "Source", action: [action] }, BUILD];
    const pipeline = pipelineIn(stack, [], { stage });
    const other = pipelineIn(newStack(), [], { stage });
    PipelineCheck.of(other).acknowledgeWarning("source-trigger");

    expect(errorOn(stack)).toBe("");
    expect(warningsOf(pipeline)).toHaveLength(1);
  });
});

describe("an error", () => {
  test("ends with the id of its rule", () => {
    expect(said(BUILD_OF_NOTHING).error).toMatch(/Did you mean "SourceOutput"\? \[artifact-handed-over\]$/m);
  });

  test("is a warning once it is lowered, and the synthesis succeeds", () => {
    expect(
      said(BUILD_OF_NOTHING, (check) => {
        check.lowerToWarning("artifact-handed-over");
      }),
    ).toEqual({
      error: "",
      warnings: [expect.stringMatching(/ \[artifact-handed-over\]$/)],
    });
  });
});

describe("an adjustment", () => {
  test.each([
    [
      "of an error as if it were a warning",
      (check: PipelineCheck) => {
        check.acknowledgeWarning("artifact-handed-over");
      },
      'acknowledgeWarning: the rule "artifact-handed-over" is an error, which lowerToWarning makes a warning.',
    ],
    [
      "of a warning as if it were an error",
      (check: PipelineCheck) => {
        check.lowerToWarning("source-trigger");
      },
      'lowerToWarning: the rule "source-trigger" is a warning, which acknowledgeWarning leaves out.',
    ],
    [
      "of a rule that is misspelt",
      (check: PipelineCheck) => {
        check.lowerToWarning("artifact-handedover");
      },
      'lowerToWarning: there is no rule "artifact-handedover". Did you mean "artifact-handed-over"?',
    ],
    [
      "of no rule",
      (check: PipelineCheck) => {
        check.acknowledgeWarning("W42");
      },
      'acknowledgeWarning: there is no rule "W42". Its id stands at the end of the message.',
    ],
  ])("%s is refused", (_, adjust, sentence) => {
    expect(messageOf(() => said(BUILD, adjust))).toBe(`stack/Pipeline: ${sentence}`);
  });

  test("of what is no pipeline is refused", () => {
    expect(messageOf(() => PipelineCheck.of(newStack()))).toBe(
      "stack: PipelineCheck.of is for a pipeline: new Codepipeline(…).",
    );
  });
});
