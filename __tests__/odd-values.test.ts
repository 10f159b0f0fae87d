import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Testing, type TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  type PullRequestEvent,
  Trigger,
} from "../src";
import { ARN, warningsOf } from "./support/pipelines";
import { existing, HOST_ARN, type Sample, SAMPLES } from "./support/samples";
import { publicStructs } from "./support/sources";
import { newStack } from "./support/synthesis";

// A caller without a type checker can give anything. It must meet a sentence, and never an error of JavaScript's own.
const circular: { [key: string]: unknown } = {};
circular.itself = circular;
const ODD: readonly unknown[] = [
  ...[null, 5, true, "text", "", [], ["text"], [null], [undefined], {}, { a: 5 }, circular, 5n, () => "x", Symbol("x")],
  ...[Number.NaN, new Date(0), new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" })],
];

const SEED = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Some of them, others in each run: all of them for each property take too long for a unit test. */
const [SOME = ODD] =
  process.env.THOROUGH === "true"
    ? [ODD]
    : fc.sample(fc.shuffledSubarray([...ODD], { minLength: 5, maxLength: 5 }), { numRuns: 1, seed: SEED });

/** What becomes of a program: what it is synthesised to and warned of, or the sentences of an error of the library. */
function outcome(make: (stack: TerraformStack) => unknown): string {
  const stack = newStack();
  try {
    const made = make(stack);
    const json = Testing.synth(stack, true);
    const warnings = stack.node.findAll().flatMap(warningsOf);
    return ["made", typeof made === "string" ? made : json, ...warnings].join("\n");
  } catch (error) {
    const { name, message } = error as Error;
    // What the validations of a stack find is one error of CDKTF's.
    const isOurs = name === "ValidationError" || message.startsWith("Validation failed with the following errors:");
    return isOurs ? `refused\n${message}` : `${name}: ${message}`;
  }
}

const verdictOf = (made: string): string => (/^(made|refused)\n/.test(made) ? made.replace(/\n[\s\S]*/, "") : made);

const STRUCTS = Object.entries(publicStructs());

test("there is a sample of every struct that the library exports, and of no other", () => {
  expect(STRUCTS.length).toBeGreaterThan(10);
  expect(Object.keys(SAMPLES).sort()).toEqual(STRUCTS.map(([name]) => name).sort());
});

/** A struct without a sample fails its tests. */
function sampleOf(struct: string): Sample {
  const sample = (SAMPLES as { readonly [name: string]: Sample | undefined })[struct];
  if (sample === undefined) throw new Error(`__tests__/support/samples.ts has no sample of ${struct}.`);
  return sample;
}

interface Props {
  readonly [property: string]: unknown;
}

/** What becomes of each program of a struct's samples, with other properties. */
function outcomesOf(
  struct: string,
  change: (props: Props) => unknown,
  isMeant: (props: Props) => boolean = () => true,
): string[] {
  const sample = sampleOf(struct);
  return sample
    .given(newStack())
    .flatMap((props, index) =>
      isMeant({ ...props })
        ? [outcome((stack) => sample.make(stack, change({ ...sample.given(stack)[index] }) as object))]
        : [],
    );
}

const without = (props: Props, ...names: readonly string[]): Props =>
  Object.fromEntries(Object.entries(props).filter(([name]) => !names.includes(name)));

describe.each(STRUCTS)("%s", (struct, properties) => {
  const names = properties.map(({ name }) => name);
  const optional = properties.filter(({ isOptional }) => isOptional).map(({ name }) => name);
  const all = names.map((name) => [name]);

  test("has samples that are made, and together give every property and no other", () => {
    const given = sampleOf(struct).given(newStack());

    expect(outcomesOf(struct, (props) => props).map(verdictOf)).toEqual(given.map(() => "made"));
    expect([...new Set(given.flatMap((props) => Object.keys(props)))].sort()).toEqual([...names].sort());
  });

  test.each(all)("with %s null is what it is without it", (name) => {
    expect(outcomesOf(struct, (props) => ({ ...props, [name]: null }))).toEqual(
      outcomesOf(struct, (props) => without(props, name)),
    );
  });

  test("with every optional property null is what it is without them", () => {
    const nothing = Object.fromEntries(optional.map((name) => [name, null]));

    expect(outcomesOf(struct, (props) => ({ ...props, ...nothing }))).toEqual(
      outcomesOf(struct, (props) => without(props, ...optional)),
    );
  });

  test.each(all)("with a misspelt %s is an error that says how it is spelt", (name) => {
    const { prefix } = sampleOf(struct);
    const misspelt = `${name}${name.slice(-1)}`;
    const outcomes = outcomesOf(struct, (props) => ({ ...without(props, name), [misspelt]: props[name] ?? "x" }));

    for (const made of outcomes) {
      expect(verdictOf(made)).toBe("refused");
      expect(made).toContain(`${prefix}${misspelt} is not a property. Did you mean ${prefix}${name}?`);
    }
  });

  test("with a property that is like none is an error or a warning", () => {
    const { prefix } = sampleOf(struct);

    for (const made of outcomesOf(struct, (props) => ({ ...props, zzzzzzzz: "x" }))) {
      expect(made).toContain(`${prefix}zzzzzzzz is not a property`);
    }
  });

  test.each(all)(`with an odd %s is made or refused with a sentence (SEED=${SEED})`, (name) => {
    const outcomes = SOME.flatMap((value) =>
      outcomesOf(
        struct,
        (props) => ({ ...props, [name]: value }),
        (props) => name in props,
      ),
    );

    expect(outcomes.length).toBeGreaterThanOrEqual(SOME.length);
    expect(outcomes.map(verdictOf).filter((verdict) => !["made", "refused"].includes(verdict))).toEqual([]);
  });

  test("with something else in its place is refused with a sentence, unless it can be empty", () => {
    const [empty = ""] = outcomesOf(struct, () => ({}));
    const allowed = verdictOf(empty) === "made" ? ["made", "refused"] : ["refused"];
    const others = ODD.filter((value) => value !== null).flatMap((value) => outcomesOf(struct, () => value));

    expect(["made", "refused"]).toContain(verdictOf(empty));
    expect(others.map(verdictOf).filter((verdict) => !allowed.includes(verdict))).toEqual([]);
  });

  test("with nothing in its place is what it is with no properties, or is not given", () => {
    const [empty = ""] = outcomesOf(struct, () => ({}));
    const expected = sampleOf(struct).isOptional === true ? "made" : verdictOf(empty);

    expect(new Set([undefined, null].flatMap((value) => outcomesOf(struct, () => value)).map(verdictOf))).toEqual(
      new Set([expected]),
    );
  });
});

describe("a trigger with odd filters", () => {
  const filters = (value: unknown): Trigger[] => [
    Trigger.onPush(value as GitPushFilter),
    Trigger.onPullRequest(value as GitPullRequestFilter),
    Trigger.onPushOrPullRequest(value as GitPushFilter[], value as GitPullRequestFilter[]),
    Trigger.onPush(GitPushFilter.tags(value as object)),
    Trigger.onPush(GitPushFilter.branches({ includes: value as string[] }, value as object)),
    Trigger.onPullRequest(GitPullRequestFilter.branches(value as object, { events: value as PullRequestEvent[] })),
    Trigger.onPullRequest(GitPullRequestFilter.branches({ excludes: ["x"] }, { filePaths: value as object })),
  ];

  test("is taken or refused with a sentence by the source action", () => {
    const outcomes = [undefined, ...ODD].flatMap((value) =>
      filters(value).map((trigger) =>
        outcome((stack) =>
          SAMPLES.SourceActionProps.make(stack, {
            ...{ connection: existing(stack), repository: "acme/shop", branch: "main", trigger },
          }),
        ),
      ),
    );

    expect(new Set(outcomes.map(verdictOf))).toEqual(new Set(["made", "refused"]));
  });
});

describe.each<[string, (stack: TerraformStack, key: never, options?: never) => unknown, string, string]>([
  [
    "a connection by its ARN",
    (stack, ...args) => Connection.fromConnectionArn(stack, "Subject", ...args),
    ARN,
    "connectionArn",
  ],
  [
    "a connection by its name",
    (stack, ...args) => Connection.fromConnectionName(stack, "Subject", ...args),
    "MyConnection",
    "connectionName",
  ],
  ["a host by its ARN", (stack, ...args) => ConnectionHost.fromHostArn(stack, "Subject", ...args), HOST_ARN, "hostArn"],
])("%s", (_, make, good, key) => {
  const outcomes = (...args: readonly unknown[]) => outcome((stack) => make(stack, ...(args as [never, never])));

  test("with odd options is made", () => {
    expect(new Set(ODD.map((options) => verdictOf(outcomes(good, options))))).toEqual(new Set(["made"]));
  });

  test("with an odd key is refused with a sentence, unless it is a string", () => {
    const others = ODD.filter((value) => typeof value !== "string");

    expect(new Set(others.map((value) => verdictOf(outcomes(value))))).toEqual(new Set(["refused"]));
  });

  test("with null or nothing as its key is refused, since it must be given", () => {
    for (const value of [undefined, null]) {
      expect(outcomes(value)).toBe(`refused\nstack/Subject: ${key} must be given.`);
    }
  });
});

test("a construct in the place of its attribute is named in the sentence", () => {
  const role = new IamRole(newStack(), "Role", { assumeRolePolicy: "{}" });
  const stack = newStack();
  const props = { grants: [{ connection: existing(stack) }], roles: [role as unknown as string] };

  expect(() => new ConnectionPolicy(stack, "Slip", props)).toThrow(
    "stack/Slip: roles[0] must be a string. Given: the construct stack/Role, not one of its attributes.",
  );
});
