import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Testing } from "cdktf";
import type { Construct } from "constructs";
import type { PipelineRule } from "../src/pipeline-check/pipeline-rule";
import { ERRORS, WARNINGS } from "../src/pipeline-check/rules";
import { Inspection } from "../src/validation/inspection";
import { approved } from "./support/approved";
import { MISTAKES } from "./support/mistakes";
import { appliedLimits } from "./support/rulebook";
import { newStacks } from "./support/synthesis";

const SOURCES = join(__dirname, "..", "src");

/** What the rules on whole pipelines found. */
const foundOnTheWhole = new Map<PipelineRule, string[]>();

/** Where in the sources a fact was found not to hold. */
const broken = new Set<string>();

/** All that a mistake makes the library say: an error at once, or at synthesis, or warnings. */
function saidOf(mistake: (stack: Construct, other: Construct) => unknown): string[] {
  const [stack, other] = newStacks("stack", "other");
  let error: string | undefined;
  try {
    mistake(stack, other);
    stack.prepareStack();
    Testing.synth(stack, true);
  } catch (thrown) {
    error = (thrown as Error).message;
  }
  const warnings = [stack, other]
    .flatMap(({ node }) => node.findAll())
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `Warning at ${node.path}: ${String(data)}`),
    );
  // What CDKTF puts around the problems that validations find is not the library's.
  const problems =
    error?.split("\n").filter((line) => !/^(Validation failed|If you wish to ignore|$)/.test(line)) ?? [];
  return problems.length === 0 ? warnings : [problems.join("\n")];
}

/** Notes where `fact` is called with what does not hold. */
function observeFacts(): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the inspection that it was called on
  const { fact } = Inspection.prototype;
  Inspection.prototype.fact = function (sentence, holds) {
    if (!holds) broken.add(/\/src\/([^:)]+:\d+)/.exec((new Error().stack ?? "").split("\n")[2] ?? "")?.[1] ?? "");
    return fact.call(this, sentence, holds);
  };
  return () => {
    Inspection.prototype.fact = fact;
  };
}

/** Where the sources state a fact. */
function statedFacts(folder = SOURCES): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return statedFacts(path);
    return readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => (line.includes(".fact(") ? [`${relative(SOURCES, path)}:${index + 1}`] : []));
  });
}

/** Notes what the rules on whole pipelines find. */
function observePipelines(): () => void {
  const spies = [...ERRORS, ...WARNINGS].map((rule) => {
    const judge = rule.broken;
    return jest.spyOn(rule as { broken: PipelineRule["broken"] }, "broken").mockImplementation((pipeline) => {
      const found = judge(pipeline);
      foundOnTheWhole.set(rule, [...(foundOnTheWhole.get(rule) ?? []), ...found]);
      return found;
    });
  });
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

const restores = [observeFacts(), observePipelines()];
const said = Object.entries(MISTAKES).map(([about, mistakes]) => [about, mistakes.map(saidOf)] as const);
for (const restore of restores) restore();

const messages = [
  "# The messages",
  "",
  "Everything that the library says of mistakes: generated from them by `npm run approve`, so that every sentence can be read. A test fails when it is stale. What Terraform says of a bad expression is the same sentence, without the value. What the reminder says stands in the [README](../../README.md).",
  "",
  ...said.flatMap(([about, each]) => [
    `## ${about}`,
    "",
    ...each.flat().flatMap((message) => ["```text", message, "```", ""]),
  ]),
].join("\n");

test("every mistake is told of", () => {
  expect(
    said.flatMap(([about, each]) => each.flatMap((some, index) => (some.length === 0 ? [`${about} ${index}`] : []))),
  ).toEqual([]);
});

test("the approved messages are what the library says", () => {
  expect(approved("__tests__/approved/messages.md", messages)).toBe(messages);
});

test("the sentence of every limit on a property is among them", () => {
  expect(
    appliedLimits()
      .filter(({ sentence }) => !messages.includes(sentence))
      .map(({ by, property, sentence }) => `${by} ${property} ${sentence}`),
  ).toEqual([]);
});

test("what every rule on whole pipelines says is among them", () => {
  expect(ERRORS.length).toBeGreaterThan(20);
  expect(
    [...ERRORS, ...WARNINGS].filter((rule) => !foundOnTheWhole.get(rule)?.some((found) => messages.includes(found))),
  ).toEqual([]);
});

test("every fact that the sources state is among them as a broken one", () => {
  expect(statedFacts().length).toBeGreaterThan(20);
  expect(statedFacts().filter((place) => !broken.has(place))).toEqual([]);
});
