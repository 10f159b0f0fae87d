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
import { OutputFormat, PullRequestEvent, ResourceFamily } from "../../src";
import { Inspection } from "../../src/validation/inspection";
import type { Rule } from "../../src/validation/rule";
import * as corpus from "../support/corpus.json";
import { TYPES } from "../support/mistakes/making";
import { type AppliedLimit, appliedLimits, type Inspect } from "../support/rulebook";
import { TerraformProject } from "../../local-aws/terraform";
import { LONG_STRINGS, SHORT_STRINGS, stringsNear } from "../support/strings";
import { describeOnTerraform } from "./on-terraform";

const THOROUGH = process.env.THOROUGH === "true";
/** How many strings are generated for each rule: half of them are to be accepted. */
const GENERATED = THOROUGH ? 2000 : 60;
/** How many strings for each property are half known. */
const MIXED = THOROUGH ? 50 : 4;
const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

type Value = string | number | readonly string[] | null;

/** What the two checks of one rule, of all those of a property, or of a rule on a list, say of values. */
interface Checked {
  readonly name: string;
  /** The rules on a string. */
  readonly rules?: readonly Rule[];
  readonly values: readonly Value[];
  /** How many of the values were generated. */
  readonly generated: number;
  readonly atSynthesis: readonly Verdict[];
  /** The expression that Terraform evaluates, on the reference `value`. */
  readonly expression: string;
}

/** Which of the rules a string breaks, such as "0,2"; none where it is accepted. */
type Verdict = string;
const ACCEPTED: Verdict = "";

/** The verdict on a literal. A string with a template in it can't be given as one, so the rules alone say what it would be. */
function verdictOn({ rules, inspect }: Strings, value: string): Verdict {
  if (/[$%]\{/.test(value)) return brokenOf(rules, ({ must }) => !must.accepts(value.normalize("NFC")));
  const inspection = new Inspection();
  inspect(inspection, "value", value);
  // What is in a list is called by its place.
  const found = [...inspection.problems, ...inspection.warnings].map((each) => each.replace("value[0]", "value"));
  return brokenOf(rules, ({ sentence }) =>
    ENDINGS.some((ending) => found.some((each) => each.startsWith(`value ${sentence}${ending}. Given: `))),
  );
}

/** How the sentence of a broken rule ends in an error, and in a warning. */
const ENDINGS = ["", ", as far as this library knows"];

/** A verdict in which rules of one sentence are one: which of them is broken is not told. */
function told(rules: readonly Rule[], verdict: Verdict): Verdict {
  const places = verdict.split(",").map((place) => {
    const { sentence } = rules[Number(place)] ?? {};
    return place === "" ? place : String(rules.findIndex((rule) => rule.sentence === sentence));
  });
  return [...new Set(places)].join(",");
}

function brokenOf(rules: readonly Rule[], isBroken: (rule: Rule) => boolean): Verdict {
  return rules.flatMap((rule, index) => (isBroken(rule) ? [index] : [])).join(",");
}

/** The expression for Terraform's verdict: by the conditions that are made of the rules on an expression. */
function verdictIn(
  inspect: Inspect,
  value: unknown,
  stack = new TerraformStack(Testing.app(), "conditions"),
  place = 0,
): string {
  const inspection = new Inspection();
  inspect(inspection, "value", value);
  const resolver = new DefaultTokenResolver(new StringConcat());
  const { precondition } = inspection.lifecycle(new Construct(stack, `Place${place}`)) ?? {};
  const blocks = Tokenization.resolve(precondition, { scope: stack, resolver, preparing: false }) as
    { readonly condition: string }[] | undefined;
  const verdicts = (blocks ?? []).map(({ condition }, index) => {
    const expression = condition.replace(/^\$\{([\s\S]*)\}$/, "$1");
    return `(${expression}) ? "" : "${index}"`;
  });
  return `join(",", compact([${verdicts.join(", ")}]))`;
}

const REFERENCE = "${value}";

const REAL = Object.values(corpus)
  .filter((values): values is string[] => Array.isArray(values) && values.every((value) => typeof value === "string"))
  .flatMap((values) => values.slice(0, 5));

/** What an enum or its like allows, some rule or other refuses. */
const WORDS = [
  ...[...TYPES, OutputFormat.CODE_ZIP, OutputFormat.CODEBUILD_CLONE_REF].map(({ value }) => value),
  ...[ResourceFamily, PullRequestEvent].flatMap((words) => Object.values<string>(words)),
];

/** What a value may have in place of something else, such as an ARN the service's other name, region or account. */
const OTHERS = [
  ["-----BEGIN CERTIFICATE-----", "-----BEGIN RSA PRIVATE KEY-----"],
  ["-----BEGIN CERTIFICATE-----", "./certificates/git.pem"],
  ["git.example.com", "github.com"],
  ["git.example.com", "git.example.com/acme/shop.git"],
  [":codestar-connections:", ":codeconnections:"],
  [":codeconnections:", ":codestar-connections:"],
  [":us-east-1:", ":eu-west-1:"],
  [":123456789012:", ":210987654321:"],
] as const;
const renamed = (string: string): string[] =>
  OTHERS.filter(([one]) => string.includes(one)).map(([one, other]) => string.replace(one, other));

interface Strings extends Pick<AppliedLimit, "by" | "property" | "accepted"> {
  readonly rules: readonly Rule[];
  readonly inspect: Inspect;
}

function checkedStrings(strings: Strings): Checked {
  const { by, property, accepted, rules, inspect } = strings;
  const accepts = (value: string): boolean => verdictOn(strings, value) === ACCEPTED;
  const seeds = [accepted ?? "main", ...REAL.filter(accepts).slice(0, 20)];
  const wanted = { true: GENERATED / 2, false: GENERATED / 2 };
  const generated = new Set<string>();
  for (const value of fc.sample(stringsNear(seeds), { numRuns: GENERATED * 20, seed: SEED })) {
    const verdict = `${accepts(value)}` as const;
    if (generated.has(value) || wanted[verdict] === 0) continue;
    wanted[verdict]--;
    generated.add(value);
  }
  const values = [...seeds, ...seeds.flatMap(renamed), ...WORDS, ...SHORT_STRINGS, ...LONG_STRINGS, ...generated];
  // What may be a secret is checked through a local.
  const expression = verdictIn(inspect, REFERENCE).replace(/local\.[\w-]+/g, "sensitive(value)");
  return {
    name: `${by}.${property} ${rules.map(({ sentence }) => sentence).join(", and ")}`,
    rules,
    ...orNull(expression, values),
    generated: generated.size,
    atSynthesis: orNull(
      expression,
      values.map((value) => verdictOn(strings, value)),
    ).values.map((verdict) => verdict ?? ACCEPTED),
    expression,
  };
}

/** Where a null leaves the property out, it is one of the values, which is accepted. */
function orNull<Item>(expression: string, values: readonly Item[]): { readonly values: readonly (Item | null)[] } {
  return { values: expression.includes("value == null || ") ? [null, ...values] : values };
}

const isSound = (inspect: Inspect, value: unknown): Verdict => {
  const inspection = new Inspection();
  inspect(inspection, "value", value);
  return inspection.problems.length === 0 ? ACCEPTED : "0";
};

function checkedLists({ by, property, list }: AppliedLimit & Required<Pick<AppliedLimit, "list">>): Checked {
  const { size, rule, accepted, inspect } = list;
  const element = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...accepted) },
    { weight: 1, arbitrary: stringsNear(accepted) },
  );
  const arbitrary = fc.array(element, { maxLength: size.max + 1, size: "max" });
  const generated = fc.sample(arbitrary, { numRuns: GENERATED, seed: SEED });
  const bounds = [size.min - 1, size.min, size.max, size.max + 1].map((count) =>
    Array.from({ length: count }, () => accepted[0] ?? ""),
  );
  const values = [...bounds, ...generated].filter((strings) => !strings.some((string) => /[$%]\{/.test(string)));
  const expression = verdictIn(inspect, REFERENCE);
  return {
    name: `${by}.${property} must have ${size.min} to ${size.max} elements, each of which ${rule.sentence}`,
    ...orNull(expression, values),
    generated: values.length - bounds.length,
    atSynthesis: orNull(expression, values).values.map((strings) =>
      strings === null ? ACCEPTED : isSound(inspect, strings),
    ),
    expression,
  };
}

function checkedNumbers({ by, property, number }: AppliedLimit & Required<Pick<AppliedLimit, "number">>): Checked {
  const {
    size: { min, max },
    inspect,
  } = number;
  const bounds = [min - 1, min - 0.5, min, min + 0.5, max, max + 0.5, max + 1, 0, -1, 1e21, 1e-9];
  const arbitrary = fc.oneof(
    fc.integer({ min, max }),
    fc.integer(),
    fc.double({ min: min - 5, max: max + 5, noNaN: true }),
  );
  const generated = fc.sample(arbitrary, { numRuns: GENERATED, seed: SEED });
  const values = [...bounds, ...generated];
  // A number goes through a local, for which the values stand here.
  const expression = verdictIn(inspect, Token.asNumber("${value}")).replace(/local\.[\w-]+/g, "value");
  return {
    name: `${by}.${property} must be a whole number from ${min} to ${max}`,
    ...orNull(expression, values),
    generated: generated.length,
    atSynthesis: orNull(expression, values).values.map((value) =>
      value === null ? ACCEPTED : isSound(inspect, value),
    ),
    expression,
  };
}

const limits = appliedLimits();
const once = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];

describeOnTerraform(`the two checks of a rule, on strings generated with SEED=${SEED}`, () => {
  // Each rule by itself, and all those of a property together, as the property is declared.
  const strings = once(
    limits.flatMap(({ by, property, accepted, rule, rules = [], inspect }): Strings[] => {
      if (rule === undefined || inspect === undefined) return [];
      const alone: Inspect = (inspection, name, value) => inspection.value(name, value, rule);
      return [
        { by, property, accepted, rules: [rule], inspect: alone },
        { by, property, accepted, rules, inspect },
      ];
    }),
    ({ inspect }) => verdictIn(inspect, REFERENCE),
  ).map(checkedStrings);
  const lists = once(
    limits.filter((limit): limit is AppliedLimit & Required<Pick<AppliedLimit, "list">> => limit.list !== undefined),
    ({ list }) => verdictIn(list.inspect, REFERENCE),
  ).map(checkedLists);
  const numbers = once(
    limits.filter(
      (limit): limit is AppliedLimit & Required<Pick<AppliedLimit, "number">> => limit.number !== undefined,
    ),
    ({ number: { size } }) => `${size.min} ${size.max}`,
  ).map(checkedNumbers);
  const checked: readonly Checked[] = [...strings, ...lists, ...numbers];

  test("are of all kinds", () => {
    expect([strings, lists, numbers].map(({ length }) => length > 0)).toEqual([true, true, true]);
  });

  test("are asked about enough: thousands of generated strings, of which many are accepted and many refused", () => {
    const generated = checked.flatMap(({ values, atSynthesis, generated: count }) =>
      atSynthesis.slice(values.length - count),
    );
    const accepted = generated.filter((verdict) => verdict === ACCEPTED).length;
    console.log(
      `SEED=${SEED}: ${checked.length} rules, ${checked.flatMap(({ values }) => values).length} values, of which ` +
        `${generated.length} were generated: ${accepted} accepted, ${generated.length - accepted} refused`,
    );

    expect(generated.length).toBeGreaterThanOrEqual(2000);
    expect(accepted / generated.length).toBeGreaterThanOrEqual(0.3);
    expect(accepted / generated.length).toBeLessThanOrEqual(0.7);
    for (const { name, atSynthesis } of checked) {
      expect([name, atSynthesis.includes(ACCEPTED), new Set(atSynthesis).size > 1]).toEqual([name, true, true]);
    }
  });

  test("agree on every one of them", async () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    checked.forEach(({ expression }, index) => {
      new TerraformVariable(stack, `values${index}`, { type: "any" });
      const value = `\${[for value in var.values${index} : ${expression}]}`;
      new TerraformOutput(stack, `verdicts${index}`, { value, staticId: true });
    });
    const values = Object.fromEntries(checked.map(({ values: given }, index) => [`values${index}`, given]));
    const project = await TerraformProject.createIn(
      { "cdk.tf.json": Testing.synth(stack), "terraform.tfvars.json": JSON.stringify(values) },
      {},
    );

    expect(await project.apply()).toMatchObject({ exitCode: 0 });
    const outputs = await project.outputs();
    const quarrels = checked.flatMap(({ name, rules, values: given, atSynthesis }, index) =>
      given
        .map((value, place) => ({
          value,
          atSynthesis: atSynthesis[place],
          terraform: (outputs[`verdicts${index}`] as Verdict[])[place],
        }))
        .filter(({ atSynthesis: here, terraform }) =>
          rules === undefined ? here !== terraform : told(rules, String(here)) !== told(rules, String(terraform)),
        )
        .map((quarrel) => ({ name, ...quarrel, value: JSON.stringify(quarrel.value).slice(0, 100) })),
    );

    expect(quarrels).toEqual([]);
    project.remove();
  });

  test("agree on strings of which Terraform knows only the beginning", async () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const mixed = limits.flatMap(({ rules = [], accepted, property, inspect }) =>
      inspect === undefined
        ? []
        : fc
            .sample(fc.tuple(stringsNear([accepted ?? "main"]), fc.nat(8)), { numRuns: MIXED, seed: SEED })
            // What Terraform would normalise across the seam is not what a person means by two strings.
            .map(([string, seam]) => ({
              rules,
              inspect,
              property,
              beginning: string.slice(0, seam),
              rest: string.slice(seam),
            }))
            .filter(
              ({ beginning, rest }) =>
                beginning.normalize("NFC") + rest.normalize("NFC") === (beginning + rest).normalize("NFC"),
            ),
    );
    mixed.forEach(({ inspect, rest }, index) => {
      const beginning = new TerraformVariable(stack, `beginning${index}`, { type: "string" });
      const typed = rest.replace(/[$%](?=\{)/g, "$&$&");
      const given = index % 2 === 0 ? `\${var.beginning${index}}${typed}` : `${beginning.stringValue}${typed}`;
      new TerraformOutput(stack, `verdict${index}`, {
        value: `\${${verdictIn(inspect, given, stack, index)}}`,
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
