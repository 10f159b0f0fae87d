import { Token } from "cdktf";
import fc from "fast-check";
import { OutputFormat, ProviderType, ResourceFamily } from "../../src";

/** A value as a program gives it: as it is, or as an expression that has it. */
export interface Given {
  readonly value: unknown;
  readonly as: "literal" | "token" | "typed" | "mixed";
}

/** What a program gives to each construct, by property; a property that is not there is not given. */
export interface Properties {
  readonly [property: string]: Given;
}

/** A program: which constructs it makes, and what it gives them. */
export interface Program {
  readonly host: Properties | null;
  /** How the connection comes about. */
  readonly by: "made" | "arn" | "name";
  readonly connection: Properties;
  /** What is said of a connection that exists already. */
  readonly existing: Properties;
  readonly action: Properties;
  readonly more: readonly Properties[];
  readonly triggers: readonly Filter[];
  readonly source: Properties;
  readonly policy: Properties | null;
  readonly gate: boolean;
  /** Something odd in place of what cannot be generated like a string: a construct, a list of them, all properties at once. */
  readonly twist: { readonly at: string; readonly value: unknown } | null;
}

export interface Filter {
  readonly on: "branches" | "tags" | "pull request";
  readonly names: Properties;
  readonly filePaths: Properties | null;
  readonly events: Given | null;
}

/** What no property takes, or nearly none. */
const ODD: readonly unknown[] = [
  ...[null, 0, -1, 1.5, NaN, "", " ", "a b", "x".repeat(1001), "ü\n\0", "#{variables.x}", "${", "%{ if", '"\\'],
  ...[
    true,
    [],
    [""],
    [null],
    [undefined],
    [{}],
    new Array(1),
    {},
    { includes: "x" },
    { a: 1 },
    () => "x",
    Symbol("x"),
    BigInt(1),
  ],
  ...[new Date(0), new Map(), Object.create(null), Token.asList("${[1]}"), Token.asNumber("${2}")],
];

/** Nothing is what a program without a type checker gives most. */
const odd = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 3, arbitrary: fc.constantFrom(...ODD) });

/** Where a program may have something odd. */
const PLACES = [
  ...["host", "host.vpcConfiguration", "host.vpcConfiguration.vpcId", "host.vpcConfiguration.subnetIds"],
  ...["host.vpcConfiguration.securityGroupIds", "host.vpcConfiguration.tlsCertificate", "host.provider"],
  ...["connection", "connection.host", "connection.provider", "arn", "name", "existing", "existing.provider"],
  ...["action", "action.connection", "action.trigger", "criteria", "options", "push", "pull requests"],
  ...["source", "source.connection", "source.policy", "source.provider"],
  ...["source.additionalActions", "source.additionalActions[0]"],
  ...["policy", "policy.grants", "policy.grants[0]", "policy.grants[0].connection", "policy.provider"],
  ...["gate", "gate.connection", "gate.provider"],
];

const REPOSITORIES = ["acme/shop", "a/b", "Acme-1/shop.site_2"];

const literal = (value: unknown): Given => ({ value, as: "literal" });

/** Whether a value is a string, or stands for one, so that it can be given as an expression. */
const isOpen = (value: unknown): boolean =>
  typeof value === "string" || value instanceof OutputFormat || value instanceof ProviderType;

/** A property that now and then is given something odd, and strings now and then as expressions. */
function given(values: readonly unknown[], { open = 2 } = {}): fc.Arbitrary<Given> {
  const one = fc.constantFrom(...values);
  const forms = fc.constantFrom<Given["as"]>("token", "typed", "mixed");
  return fc.oneof(
    { weight: 160, arbitrary: one.map(literal) },
    {
      weight: open,
      arbitrary: fc.tuple(one, forms).map(([value, as]) => (isOpen(value) ? { value, as } : literal(value))),
    },
    { weight: 1, arbitrary: odd.map(literal) },
  );
}

/** Properties: the first ones are given but for now and then, the others half the time. */
function properties(
  always: { readonly [name: string]: fc.Arbitrary<Given> },
  sometimes: { readonly [name: string]: fc.Arbitrary<Given> } = {},
): fc.Arbitrary<Properties> {
  const all = fc.record({ ...always, ...sometimes }, { requiredKeys: Object.keys(always) });
  const forgotten = fc.oneof(
    { weight: 160, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constantFrom("", ...Object.keys(always)) },
  );
  return fc
    .tuple(all, forgotten)
    .map(([some, out]) => Object.fromEntries(Object.entries<Given>(some).filter(([name]) => name !== out)));
}

const FLAGS = given([true, false], { open: 0 });

/** Properties of a connection, with or without a reminder; with one, its outputs may have fixed names. */
function reminding(sometimes: { readonly [name: string]: fc.Arbitrary<Given> }): fc.Arbitrary<Properties> {
  const outputPrefix = given(["x_", "y-"], { open: 0 });
  return fc.oneof(
    properties({}, { ...sometimes, activationReminder: FLAGS }),
    properties({ activationReminder: given([true], { open: 0 }) }, { ...sometimes, outputPrefix }),
  );
}

const ROLES = given(
  [["pipeline"], ["arn:aws:iam::123456789012:role/service-role/pipeline"], ["pipeline", "other"], ["a+b=c,d.e@f-g_h"]],
  { open: 0 },
);

const action = properties(
  { repository: given(REPOSITORIES), branch: given(["main", "release/1.x", "x".repeat(1000)]) },
  {
    outputFormat: given([OutputFormat.CODE_ZIP]),
    detectChanges: FLAGS,
    outputArtifactName: given(["Code", "code_2"]),
    variablesNamespace: given(["Pulled", "a@b"]),
    runOrder: given([1, 999], { open: 0 }),
    roleArn: given(["arn:aws:iam::123456789012:role/source"]),
    region: given(["us-east-1"]),
  },
);

const patterns = given([["main"], ["src/**", "*.ts"], Array.from("12345678")], { open: 0 });
const names = properties({ includes: patterns }, { excludes: patterns });
const filter: fc.Arbitrary<Filter> = fc.record({
  on: fc.constantFrom("branches", "tags", "pull request"),
  names,
  filePaths: fc.option(names, { freq: 3 }),
  events: fc.option(given([["OPEN"], ["OPEN", "UPDATED", "CLOSED"]], { open: 0 }), { freq: 3 }),
});

export const programs: fc.Arbitrary<Program> = fc.record({
  host: fc.option(
    properties(
      {
        providerType: given([ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED]),
        providerEndpoint: given(["https://git.example.com", "https://git.example.com:8443/"]),
      },
      {
        name: given(["git", "x".repeat(64)]),
        vpcConfiguration: given(
          [{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] }],
          { open: 0 },
        ),
      },
    ),
    { freq: 2 },
  ),
  by: fc.constantFrom("made", "made", "arn", "name"),
  connection: reminding({
    name: given(["mine", "x".repeat(32), 'na"me\\']),
    tags: given([{ team: "a" }, {}, { team: "${" }, { "%{ if": "a" }, { none: null }], { open: 0 }),
    preventDestroy: FLAGS,
  }),
  existing: reminding({
    // As an expression, a type that is unknown fails the plan.
    providerType: fc.oneof(given([ProviderType.BITBUCKET]), given([ProviderType.of("newer")], { open: 0 })),
    readStatus: FLAGS,
    resourceFamily: given([ResourceFamily.CODESTAR_CONNECTIONS], { open: 0 }),
  }),
  action,
  more: fc.array(action, { maxLength: 2, size: "-1" }),
  triggers: fc.array(filter, { maxLength: 4, size: "-1" }),
  source: properties(
    { pipelineRoles: ROLES },
    {
      stageName: given(["Pull", "a.b"]),
      buildRoles: ROLES,
      scopeToRepositories: FLAGS,
      readOnly: FLAGS,
      inline: FLAGS,
      requireActivation: given([false], { open: 0 }),
      allowAnyRegion: FLAGS,
    },
  ),
  policy: fc.option(
    properties(
      { roles: ROLES },
      {
        policyPath: given(["/", "/pipelines/"]),
        description: given(["Pull", ""]),
        tags: given([{ team: "a" }], { open: 0 }),
        managedPoliciesPerRole: given([10, 20], { open: 0 }),
        repositories: given([["acme/*"], REPOSITORIES], { open: 0 }),
        branches: given([["main", "release/*"]], { open: 0 }),
        readOnly: FLAGS,
      },
    ),
    { freq: 2 },
  ),
  gate: fc.boolean(),
  twist: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ at: fc.constantFrom(...PLACES), value: odd }) },
  ),
});
