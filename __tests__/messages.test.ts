import { ERRORS, WARNINGS } from "../src/pipeline-check/rules";
import { approved } from "./support/approved";
import { MISTAKES } from "./support/mistakes";
import { appliedLimits, limitsOnTheWhole } from "./support/rulebook";
import { outcomeOf } from "./support/said";
import { declaredSentences, statedSentences } from "./support/sources";

const outcomes = Object.entries(MISTAKES).map(([about, mistakes]) => [about, mistakes.map(outcomeOf)] as const);

const messages = [
  "# The messages",
  "",
  "Every message about a mistake. `npm run approve` generates this file from the mistakes in `__tests__/support/mistakes/`, and a test fails when it is stale. What Terraform says of a bad expression is the same sentence, without the value. What the reminder says stands in the [README](../../README.md).",
  "",
  ...outcomes.flatMap(([about, each]) => [
    `## ${about}`,
    "",
    ...each.flatMap(({ said }) => said).flatMap((message) => ["```text", message, "```", ""]),
  ]),
].join("\n");

test("every mistake is told of", () => {
  const silent = outcomes.flatMap(([about, each]) =>
    each.flatMap(({ said }, index) => (said.length === 0 ? [`${about} ${index}`] : [])),
  );

  expect(silent).toEqual([]);
});

test("the approved messages are what the library says", () => {
  expect(approved("__tests__/approved/messages.md", messages)).toBe(messages);
});

test("the sentence of every limit on a property is among them", () => {
  const missing = appliedLimits().filter(({ sentence }) => !messages.includes(sentence));

  expect(missing.map(({ by, property, sentence }) => `${by} ${property} ${sentence}`)).toEqual([]);
});

test("what every rule on whole pipelines says is among them, with the id of the rule", () => {
  expect(ERRORS.length).toBeGreaterThan(20);
  expect([...ERRORS, ...WARNINGS].map(({ id }) => id).filter((id) => !messages.includes(`[${id}]`))).toEqual([]);
});

test("every fact and every doubt that the sources state is among them", () => {
  const stated = statedSentences();

  expect(stated.length).toBeGreaterThan(15);
  expect(stated.filter(({ pattern }) => !pattern.test(messages)).map(({ at }) => at)).toEqual([]);
});

test("every sentence that the sources declare is among them, or is that of a limit in the rulebook", () => {
  const limits = [...appliedLimits(), ...Object.values(limitsOnTheWhole()).flat()].map(({ sentence }) => sentence);
  const declared = declaredSentences();

  expect(declared.length).toBeGreaterThan(60);
  expect(
    declared.filter(({ pattern }) => ![messages, ...limits].some((text) => pattern.test(text))).map(({ at }) => at),
  ).toEqual([]);
});
