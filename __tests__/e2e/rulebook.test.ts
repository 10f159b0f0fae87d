import { Construct } from "constructs";
import fc from "fast-check";
import {
  DefaultTokenResolver,
  StringConcat,
  TerraformOutput,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  Tokenization,
} from "cdktf";
import { OutputFormat, ProviderType, PullRequestEvent, ResourceFamily } from "../../src";
import { Inspection } from "../../src/validation/inspection";
import type { Rule } from "../../src/validation/rule";
import * as corpus from "../support/corpus.json";
import { type AppliedLimit, appliedLimits } from "../support/rulebook";
import { TerraformProject } from "../../local-aws/terraform";
import { LONG_TEXTS, SHORT_TEXTS, textsNear } from "../support/texts";
import { describeOnTerraform } from "./on-terraform";

const THOROUGH = process.env.THOROUGH === "true";
/** How many texts are generated for each rule: half of them are to be accepted. */
const GENERATED = THOROUGH ? 2000 : 60;
/** How many texts for each property are half known. */
const MIXED = THOROUGH ? 50 : 4;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

type Value = string | number | readonly string[];

/** What one rule, or one rule on a list, says of values. */
interface Judged {
  readonly name: string;
  readonly values: readonly Value[];
  /** How many of the values were generated. */
  readonly generated: number;
  readonly inProcess: readonly Verdict[];
  /** The expression that Terraform evaluates, on the reference `value`. */
  readonly expression: string;
}

/** Which of the rules a text breaks, such as "0,2"; none where it is accepted. */
type Verdict = string;
const ACCEPTED: Verdict = "";

/** The verdict on a literal. A text with a template in it can't be given as one, so the rules alone say what it would be. */
function verdictOn(rules: readonly Rule[], text: string): Verdict {
  if (/[$%]\{/.test(text)) return brokenOf(rules, ({ must }) => !must.accepts(text.normalize("NFC")));
  const { problems } = new Inspection().value("value", text, ...rules);
  return brokenOf(rules, ({ sentence }) =>
    problems.some((problem) => problem.startsWith(`value ${sentence}. Given: `)),
  );
}

function brokenOf(rules: readonly Rule[], isBroken: (rule: Rule) => boolean): Verdict {
  return rules.flatMap((rule, index) => (isBroken(rule) ? [index] : [])).join(",");
}

/** The expression for Terraform's verdict: by the conditions that the engine makes of rules on an expression. */
function verdictIn(inspection: Inspection, stack = new TerraformStack(Testing.app(), "conditions"), place = 0): string {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const { precondition = [] } = inspection.lifecycle(new Construct(stack, `Place${place}`)) ?? {};
  const conditions = precondition.map(({ condition }) =>
    String(Tokenization.resolve(condition, { scope: stack, resolver, preparing: false })).replace(
      /^\$\{([\s\S]*)\}$/,
      "$1",
    ),
  );
  return `join(",", compact([${conditions.map((condition, index) => `(${condition}) ? "" : "${index}"`).join(", ")}]))`;
}

const REFERENCE = "${value}";

const REAL = Object.values(corpus)
  .filter((values): values is string[] => Array.isArray(values) && values.every((value) => typeof value === "string"))
  .flatMap((values) => values.slice(0, 5));

/** What an enum allows, some rule or other refuses. */
const WORDS = [ProviderType, ResourceFamily, OutputFormat, PullRequestEvent].flatMap((words) =>
  Object.values<string>(words),
);

/** What an ARN may have in place of something else: the service's other name, another region, another account. */
const OTHERS = [
  [":codestar-connections:", ":codeconnections:"],
  [":codeconnections:", ":codestar-connections:"],
  [":us-east-1:", ":eu-west-1:"],
  [":123456789012:", ":210987654321:"],
] as const;
const renamed = (text: string): string[] =>
  OTHERS.filter(([one]) => text.includes(one)).map(([one, other]) => text.replace(one, other));

interface Texts extends Pick<AppliedLimit, "by" | "property" | "accepted"> {
  readonly rules: readonly Rule[];
}

function judgedTexts({ by, property, accepted, rules }: Texts): Judged {
  const accepts = (text: string): boolean => verdictOn(rules, text) === ACCEPTED;
  const seeds = [accepted ?? "main", ...REAL.filter(accepts).slice(0, 20)];
  const wanted = { true: GENERATED / 2, false: GENERATED / 2 };
  const generated = new Set<string>();
  for (const text of fc.sample(textsNear(seeds), { numRuns: GENERATED * 20, seed: SEED })) {
    const verdict = `${accepts(text)}` as const;
    if (generated.has(text) || wanted[verdict] === 0) continue;
    wanted[verdict]--;
    generated.add(text);
  }
  const values = [...seeds, ...seeds.flatMap(renamed), ...WORDS, ...SHORT_TEXTS, ...LONG_TEXTS, ...generated];
  return {
    name: `${by}.${property} ${rules.map(({ sentence }) => sentence).join(", and ")}`,
    values,
    generated: generated.size,
    inProcess: values.map((value) => verdictOn(rules, value)),
    expression: verdictIn(new Inspection().value("value", REFERENCE, ...rules)),
  };
}

function judgedLists({ by, property, list }: AppliedLimit & Required<Pick<AppliedLimit, "list">>): Judged {
  const { size, rule, accepted } = list;
  const element = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...accepted) },
    { weight: 1, arbitrary: textsNear(accepted) },
  );
  const arbitrary = fc.array(element, { maxLength: size.max + 1, size: "max" });
  const generated = fc.sample(arbitrary, { numRuns: GENERATED, seed: SEED });
  const bounds = [size.min - 1, size.min, size.max, size.max + 1].map((count) =>
    Array.from({ length: count }, () => accepted[0] ?? ""),
  );
  const values = [...bounds, ...generated].filter((texts) => !texts.some((text) => /[$%]\{/.test(text)));
  return {
    name: `${by}.${property} must have ${size.min} to ${size.max} elements, each of which ${rule.sentence}`,
    values,
    generated: values.length - bounds.length,
    inProcess: values.map((texts) =>
      new Inspection().list("value", texts, size, rule).problems.length === 0 ? ACCEPTED : "0",
    ),
    expression: verdictIn(new Inspection().list("value", REFERENCE, size, rule)),
  };
}

function judgedNumbers({ by, property, number: size }: AppliedLimit & Required<Pick<AppliedLimit, "number">>): Judged {
  const { min, max } = size;
  const bounds = [min - 1, min - 0.5, min, min + 0.5, max, max + 0.5, max + 1, 0, -1, 1e21, 1e-9];
  const arbitrary = fc.oneof(
    fc.integer({ min, max }),
    fc.integer(),
    fc.double({ min: min - 5, max: max + 5, noNaN: true }),
  );
  const generated = fc.sample(arbitrary, { numRuns: GENERATED, seed: SEED });
  const values = [...bounds, ...generated];
  const asked = verdictIn(new Inspection().wholeNumber("value", Token.asNumber("${value}"), size));
  return {
    name: `${by}.${property} must be a whole number from ${min} to ${max}`,
    values,
    generated: generated.length,
    inProcess: values.map((value) =>
      new Inspection().wholeNumber("value", value, size).problems.length === 0 ? ACCEPTED : "0",
    ),
    // A number goes through a local, for which the values stand here.
    expression: asked.replace(/local\.[\w-]+/g, "value"),
  };
}

const limits = appliedLimits();
const once = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

describeOnTerraform(`the two judges of a rule, on texts generated with SEED=${SEED}`, () => {
  // Each rule by itself, and all those of a property together.
  const texts = once(
    limits.flatMap(({ by, property, accepted, rule, rules = [] }): Texts[] =>
      rule === undefined ? [] : [[rule], rules].map((some) => ({ by, property, accepted, rules: some })),
    ),
    ({ rules }) => rules.map(({ must }) => must.condition("value")).join("\n"),
  ).map(judgedTexts);
  const lists = once(
    limits.filter((limit): limit is AppliedLimit & Required<Pick<AppliedLimit, "list">> => limit.list !== undefined),
    ({ list }) => `${list.size.max} ${list.rule.must.condition("value")}`,
  ).map(judgedLists);
  const numbers = once(
    limits.filter(
      (limit): limit is AppliedLimit & Required<Pick<AppliedLimit, "number">> => limit.number !== undefined,
    ),
    ({ number }) => `${number.min} ${number.max}`,
  ).map(judgedNumbers);
  const judged: readonly Judged[] = [...texts, ...lists, ...numbers];
  test("are of all kinds", () => {
    expect([texts, lists, numbers].map(({ length }) => length > 0)).toEqual([true, true, true]);
  });

  test("are asked about enough: thousands of generated texts, of which each judge's verdict is known for many", () => {
    const generated = judged.flatMap(({ values, inProcess, generated: count }) =>
      inProcess.slice(values.length - count),
    );
    const accepted = generated.filter((verdict) => verdict === ACCEPTED).length;
    console.log(
      `SEED=${SEED}: ${judged.length} rules, ${judged.flatMap(({ values }) => values).length} values, of which ` +
        `${generated.length} were generated: ${accepted} accepted, ${generated.length - accepted} refused`,
    );

    expect(generated.length).toBeGreaterThanOrEqual(2000);
    expect(accepted / generated.length).toBeGreaterThanOrEqual(0.3);
    expect(accepted / generated.length).toBeLessThanOrEqual(0.7);
    for (const { name, inProcess } of judged) {
      expect([name, inProcess.includes(ACCEPTED), new Set(inProcess).size > 1]).toEqual([name, true, true]);
    }
  });

  test("agree on every one of them", async () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    judged.forEach(({ expression }, index) => {
      new TerraformVariable(stack, `values${index}`, { type: "any" });
      const value = `\${[for value in var.values${index} : ${expression}]}`;
      new TerraformOutput(stack, `verdicts${index}`, { value, staticId: true });
    });
    const values = Object.fromEntries(judged.map(({ values: given }, index) => [`values${index}`, given]));
    const project = await TerraformProject.createIn(
      { "cdk.tf.json": Testing.synth(stack), "terraform.tfvars.json": JSON.stringify(values) },
      {},
    );

    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const outputs = await project.outputs();
    const quarrels = judged.flatMap(({ name, values: given, inProcess }, index) =>
      given
        .map((value, place) => ({
          value,
          inProcess: inProcess[place],
          terraform: (outputs[`verdicts${index}`] as Verdict[])[place],
        }))
        .filter(({ inProcess: here, terraform }) => here !== terraform)
        .map((quarrel) => ({ name, ...quarrel, value: JSON.stringify(quarrel.value).slice(0, 100) })),
    );

    expect(quarrels).toEqual([]);
    project.remove();
  });

  test("agree on texts of which Terraform knows only the beginning", async () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const mixed = limits.flatMap(({ rules = [], accepted, property }) =>
      rules.length === 0
        ? []
        : fc
            .sample(fc.tuple(textsNear([accepted ?? "main"]), fc.nat(8)), { numRuns: MIXED, seed: SEED })
            // What Terraform would normalise across the seam is not what a person means by two texts.
            .map(([text, seam]) => ({ rules, property, beginning: text.slice(0, seam), rest: text.slice(seam) }))
            .filter(
              ({ beginning, rest }) =>
                beginning.normalize("NFC") + rest.normalize("NFC") === (beginning + rest).normalize("NFC"),
            ),
    );
    mixed.forEach(({ rules, rest }, index) => {
      const beginning = new TerraformVariable(stack, `beginning${index}`, { type: "string" });
      const typed = rest.replace(/[$%](?=\{)/g, "$&$&");
      const given = index % 2 === 0 ? `\${var.beginning${index}}${typed}` : `${beginning.stringValue}${typed}`;
      new TerraformOutput(stack, `verdict${index}`, {
        value: `\${${verdictIn(new Inspection().value("value", given, ...rules), stack, index)}}`,
        staticId: true,
      });
    });
    const beginnings = Object.fromEntries(mixed.map(({ beginning }, index) => [`beginning${index}`, beginning]));
    const project = await TerraformProject.createIn(
      { "cdk.tf.json": Testing.synth(stack), "terraform.tfvars.json": JSON.stringify(beginnings) },
      {},
    );

    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const outputs = await project.outputs();
    const verdicts = mixed.map(({ rules, beginning, rest }) =>
      brokenOf(rules, ({ must }) => !must.accepts((beginning + rest).normalize("NFC"))),
    );
    expect([...new Set(verdicts)]).toEqual(expect.arrayContaining(["", "0"]));
    expect(
      mixed
        .map((each, index) => ({ ...each, here: verdicts[index], terraform: outputs[`verdict${index}`] }))
        .filter(({ here, terraform }) => here !== terraform)
        .map(({ property, beginning, rest, here, terraform }) => ({ property, beginning, rest, here, terraform })),
    ).toEqual([]);
    project.remove();
  });
});
