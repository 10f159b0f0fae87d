import { TerraformVariable, Token, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  PipelineSource,
  ProviderType,
  Trigger,
  type VpcConfiguration,
} from "../../src";
import { characters } from "../../src/validation/constraint";
import {
  alreadyChecked,
  check,
  type Declared,
  optional,
  optionalArgument,
  required,
} from "../../src/validation/properties";
import { flag, literal, sizedList, string, struct, structs } from "../../src/validation/types";
import { messageOf, newStack, preconditionsOf, synthesise } from "../support/synthesis";

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f";
const HOST_ARN = "arn:aws:codestar-connections:us-east-1:123456789012:host/git-0c8b1a2f";
const VPC = { vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] };

const warningsOf = ({ node }: Construct): unknown[] =>
  node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data as unknown);

describe("properties", () => {
  interface Props {
    readonly name: string;
    readonly nickName?: string;
    readonly isOld?: boolean;
    readonly home?: { readonly town: string; readonly street?: string };
    readonly friends?: readonly { readonly name: string }[];
  }
  const short = { must: characters(1, 3), sentence: "must be short", see: "" };
  const declare = (): Declared<Props> => ({
    name: required(string(short)),
    nickName: optional(literal(short)),
    isOld: optional(flag),
    home: optional(struct(() => ({ town: required(string(short)), street: optional(string()) }))),
    friends: optional(structs(() => ({ name: required(string()) }), "error")),
  });
  const checked = (given: unknown, unknown: "error" | "warning" = "warning") =>
    check<Props>(undefined, given as Props, declare, unknown);
  const problemsOf = (given: unknown) => checked(given).inspection.problems;

  test("that are right are handed on, without what is null or undefined", () => {
    const given = { name: "a", nickName: null, isOld: undefined, home: { town: "b", street: null }, friends: null };
    const { props, inspection, wasChecked } = checked(given);

    expect(props).toStrictEqual({ name: "a", home: { town: "b" } });
    expect([inspection.problems, inspection.warnings, wasChecked]).toEqual([[], [], false]);
  });

  test.each([[undefined], [null], [{}], [[]], ["x"], [5], [{ name: null }], [{ name: undefined }]])(
    "of %j lack what must be given",
    (given) => {
      expect(problemsOf(given)).toEqual(["name must be given."]);
    },
  );

  test.each<[object, string[]]>([
    [{ name: "abcd" }, ['name must be short. Given: "abcd".']],
    [{ name: 5 }, ["name must be a string. Given: 5."]],
    [{ name: "a", nickName: "${var.x}" }, ["nickName must be known at synthesis, so it can't be an expression."]],
    [{ name: "a", isOld: "no" }, ['isOld must be a boolean (true or false), known at synthesis. Given: "no".']],
    [{ name: "a", home: "here" }, ['home must be an object with town. Given: "here".']],
    [{ name: "a", home: [] }, ["home must be an object with town. Given: []."]],
    [{ name: "a", home: {} }, ["home.town must be given."]],
    [{ name: "a", home: { town: "abcd" } }, ['home.town must be short. Given: "abcd".']],
    [{ name: "a", friends: {} }, ["friends must be a list of at least one object with name. Given: {}."]],
    [{ name: "a", friends: [] }, ["friends must be a list of at least one object with name. Given: []."]],
    [{ name: "a", friends: ["b"] }, ['friends[0] must be an object with name. Given: "b".']],
    [{ name: "a", friends: [{ name: "b" }, {}] }, ["friends[1].name must be given."]],
    [
      { isOld: 1, home: {} },
      [
        "name must be given.",
        "isOld must be a boolean (true or false), known at synthesis. Given: 1.",
        "home.town must be given.",
      ],
    ],
  ])("of %j are told what is wrong with them", (given, problems) => {
    expect(problemsOf(given)).toEqual(problems);
  });

  test("that have holes in a list are told so", () => {
    expect(problemsOf({ name: "a", friends: new Array(1) })).toEqual(["friends[0] must be given."]);
    expect(problemsOf({ name: "a", friends: [undefined] })).toEqual(["friends[0] must be given."]);
  });

  test.each<[object, string]>([
    [{ name: "a", nickname: "b" }, "nickname is not a property. Did you mean nickName?"],
    [{ name: "a", nickNmae: "b" }, "nickNmae is not a property. Did you mean nickName?"],
    [{ name: "a", is_old: true }, "is_old is not a property. Did you mean isOld?"],
    [
      { name: "a", friends: [{ name: "b", nam: "c" }] },
      "friends[0].nam is not a property. Did you mean friends[0].name?",
    ],
  ])("that are misspelt, as in %j, are an error", (given, problem) => {
    expect(problemsOf(given)).toEqual([problem]);
  });

  test("that are like one that is given too are somebody's own, and warned of", () => {
    const { problems, warnings } = checked({ name: "a", home: { towns: "b", town: "c" } }).inspection;

    expect(problems).toEqual([]);
    expect(warnings).toEqual(["home.towns is not a property here, so it has no effect."]);
  });

  test("that a class has as accessors are read", () => {
    class Given {
      private readonly names = ["a", ""];

      public get name(): string | undefined {
        return this.names[0];
      }

      public get nickName(): string | undefined {
        return this.names[1];
      }
    }

    expect(problemsOf(new Given())).not.toContain("name must be given.");
    expect((checked(new Given()).props as { name: string }).name).toBe("a");
  });

  test("that begin like a missing one are meant to be it", () => {
    expect(problemsOf({ names: "a" })).toEqual(["names is not a property. Did you mean name?", "name must be given."]);
  });

  test("that are like none are warned of, or an error where nothing else could be meant", () => {
    const given = { name: "a", colour: "red", home: { town: "b", colour: "blue" } };

    expect(checked(given).inspection.problems).toEqual([]);
    expect(checked(given).inspection.warnings).toEqual([
      "colour is not a property here, so it has no effect.",
      "home.colour is not a property here, so it has no effect.",
    ]);
    expect(checked({ name: "a", colour: "red" }, "error").inspection.problems).toEqual([
      "colour is not a property. There are: name, nickName, isOld, home, friends.",
    ]);
    expect(problemsOf({ name: "a", friends: [{ name: "b", colour: "red" }] })).toEqual([
      "friends[0].colour is not a property. There are: name.",
    ]);
  });

  test("that are unknown and null or undefined are not given", () => {
    const { inspection } = checked({ name: "a", colour: null, nickname: undefined }, "error");

    expect([inspection.problems, inspection.warnings]).toEqual([[], []]);
  });

  test("that another construct has checked are not checked again", () => {
    const first = checked({ name: "${var.x}" });
    const handedOn = alreadyChecked({ name: "longer" }, first.inspection);
    const { props, inspection, wasChecked } = check<Props>(undefined, handedOn, declare);

    expect(props).toBe(handedOn);
    expect(wasChecked).toBe(true);
    expect(inspection.problems).toEqual([]);
    expect(inspection.lifecycle(newStack())?.precondition).toHaveLength(1);
  });

  test("are left as they were given", () => {
    const given = Object.freeze({ name: "a", nickName: null, home: Object.freeze({ town: "b", street: null }) });
    checked(given);

    expect(given).toStrictEqual({ name: "a", nickName: null, home: { town: "b", street: null } });
  });
});

describe("the compiler, when the types are checked, refuses a declaration that", () => {
  interface Props {
    readonly name: string;
    readonly nickName?: string;
  }
  const type = string();
  const namesIn = (declaration: Declared<Props>): string[] => Object.keys(declaration);

  test("is wrong, and only such a one", () => {
    expect(namesIn({ name: required(type), nickName: optional(type) })).toEqual(["name", "nickName"]);
    expect(namesIn({ name: required(type), nickName: optionalArgument(type) })).toEqual(["name", "nickName"]);
  });

  test("lacks a property", () => {
    // @ts-expect-error -- name is missing
    expect(namesIn({ nickName: optional(type) })).toEqual(["nickName"]);
    // @ts-expect-error -- nickName is missing
    expect(namesIn({ name: required(type) })).toEqual(["name"]);
  });

  test("invents a property", () => {
    const declared = { name: required(type), nickName: optional(type) };

    // @ts-expect-error -- there is no colour
    expect(namesIn({ ...declared, colour: optional(type) })).toContain("colour");
  });

  test("calls an optional property required", () => {
    // @ts-expect-error -- nickName can be left out
    expect(namesIn({ name: required(type), nickName: required(type) })).toHaveLength(2);
  });

  test("calls a required property optional", () => {
    // @ts-expect-error -- name must be given
    expect(namesIn({ name: optional(type), nickName: optional(type) })).toHaveLength(2);
    // @ts-expect-error -- name must be given
    expect(namesIn({ name: optionalArgument(type), nickName: optional(type) })).toHaveLength(2);
  });
});

const existing = (stack: TerraformStack) => Connection.fromConnectionArn(stack, "Existing", ARN);

test("null in place of all options is as if none were given", () => {
  const stack = newStack();

  expect(() => Connection.fromConnectionArn(stack, "One", ARN, null as never)).not.toThrow();
  expect(() => Connection.fromConnectionName(stack, "Two", "mine", null as never)).not.toThrow();
  expect(() => ConnectionHost.fromHostArn(stack, "Three", HOST_ARN, null as never)).not.toThrow();
});

test.each(["connectionArn", "connectionName", "hostArn"])("null as %s is not given", (property) => {
  const make = {
    connectionArn: () => Connection.fromConnectionArn(newStack(), "It", null as never),
    connectionName: () => Connection.fromConnectionName(newStack(), "It", null as never),
    hostArn: () => ConnectionHost.fromHostArn(newStack(), "It", null as never),
  }[property];

  expect(messageOf(() => make?.())).toBe(`stack/It: ${property} must be given.`);
});

describe("a variable that is null leaves an optional argument of the provider out, so its condition takes null:", () => {
  const variable = (stack: TerraformStack, type = "string") => {
    const made = new TerraformVariable(stack, "v", { type, nullable: true });
    return type === "number" ? made.numberValue : type === "string" ? made.stringValue : made.listValue;
  };
  const conditionsIn = (json: string): string[] =>
    (json.match(/"condition": "[^\n]*/g) ?? []).map(
      (line) => JSON.parse(line.replace(/^"condition": |,$/g, "")) as string,
    );

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ...(["variablesNamespace", "roleArn", "region"] as const).map(
      (name): [string, (stack: TerraformStack) => unknown] => [
        name,
        (stack) => sourceIn(stack, { [name]: variable(stack) }),
      ],
    ),
    ["runOrder", (stack) => sourceIn(stack, { runOrder: variable(stack, "number") })],
    [
      "outputFormat",
      (stack) => sourceIn(stack, { outputFormat: OutputFormat.of(variable(stack) as string), buildRoles: ["build"] }),
    ],
    ["description", (stack) => policyIn(stack, { description: variable(stack) })],
    ["policyPath", (stack) => policyIn(stack, { policyPath: variable(stack) })],
    ["tlsCertificate", (stack) => hostIn(stack, { ...VPC, tlsCertificate: variable(stack) })],
    [
      "includes of a trigger",
      (stack) => sourceIn(stack, { trigger: onPush({ includes: variable(stack, "list(string)"), excludes: ["x"] }) }),
    ],
    [
      "excludes of a trigger",
      (stack) => sourceIn(stack, { trigger: onPush({ includes: ["x"], excludes: variable(stack, "list(string)") }) }),
    ],
    [
      "filePaths of a trigger",
      (stack) => {
        const filePaths = { includes: variable(stack, "list(string)") } as never;
        const filter = GitPushFilter.branches({ includes: ["main"] }, { filePaths });
        return sourceIn(stack, { trigger: Trigger.onPush(filter) });
      },
    ],
    [
      "events of a trigger",
      (stack) => {
        const events = variable(stack, "list(string)") as never;
        const filter = GitPullRequestFilter.branches({ includes: ["main"] }, { events });
        return sourceIn(stack, { trigger: Trigger.onPullRequest(filter) });
      },
    ],
  ])("%s", (_, make) => {
    const conditions = conditionsIn(synthesise(make).json);

    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) {
      expect(condition).toMatch(/^\$\{(?:nonsensitive\()?\(((var\.v|local\.[\w.[\]-]+)) == null \|\| .*\1.*\)\}$/);
    }
  });

  test.each<[string, (stack: TerraformStack) => unknown]>([
    ["repository", (stack) => sourceIn(stack, { repository: variable(stack) })],
    ["branch", (stack) => sourceIn(stack, { branch: variable(stack) })],
    ["actionName", (stack) => sourceIn(stack, { actionName: variable(stack) })],
    ["subnetIds", (stack) => hostIn(stack, { ...VPC, subnetIds: variable(stack, "list(string)") })],
    ["a role", (stack) => policyIn(stack, { roles: [variable(stack)] })],
  ])("%s, which must be given, does not", (_, make) => {
    const conditions = conditionsIn(synthesise(make).json);

    expect(conditions.length).toBeGreaterThan(0);
    for (const condition of conditions) expect(condition).not.toContain("== null");
  });

  function onPush(criteria: object): Trigger {
    return Trigger.onPush(GitPushFilter.branches(criteria));
  }

  function sourceIn(stack: TerraformStack, props: object): unknown {
    const settings = {
      connection: existing(stack),
      repository: "acme/shop",
      branch: "main",
      pipelineRoles: ["pipeline"],
    };
    return new PipelineSource(stack, "Source", { ...settings, ...props });
  }

  function policyIn(stack: TerraformStack, props: object): unknown {
    const settings = { grants: [{ connection: existing(stack) }], roles: ["pipeline"] };
    return new ConnectionPolicy(stack, "Policy", { ...settings, ...props });
  }

  function hostIn(stack: TerraformStack, vpcConfiguration: object): unknown {
    return new ConnectionHost(stack, "Host", {
      ...{ providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" },
      vpcConfiguration: vpcConfiguration as VpcConfiguration,
    });
  }
});

test.each([
  ["a string", string({ must: characters(1, 3), sentence: "", see: "" }), "${var.x}"],
  [
    "a list",
    sizedList({ min: 1, max: 2, see: "" }, { must: characters(1, 3), sentence: "", see: "" }),
    Token.asList("${var.x}"),
  ],
])("the condition on %s takes null only where the provider has an optional argument", (_, type, value) => {
  const conditionOf = (property: ReturnType<typeof optional>): string => {
    const stack = newStack();
    const { inspection } = check<{ x?: unknown }>(stack, { x: value }, () => ({ x: property }));
    return JSON.stringify(preconditionsOf({ lifecycle: inspection.lifecycle(stack), cdktfStack: stack } as never));
  };

  expect(conditionOf(optional(type))).toContain("[{");
  expect(conditionOf(optional(type))).not.toContain("== null");
  expect(conditionOf(optionalArgument(type))).toContain("== null || ");
});

test("a misspelt property of a construct is an error, and one that is like none of its own is warned of", () => {
  const stack = newStack();
  const props = (more: object) => ({ providerType: ProviderType.BITBUCKET, ...more });

  expect(messageOf(() => new Connection(stack, "Wrong", props({ preventDestory: true })))).toBe(
    "stack/Wrong: preventDestory is not a property. Did you mean preventDestroy?",
  );
  expect(warningsOf(new Connection(stack, "Doubtful", props({ colour: "red" })))).toEqual([
    "colour is not a property here, so it has no effect.",
  ]);
});
