import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import fc from "fast-check";
import {
  ActivationGate,
  ActivationReminder,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  GitPullRequestFilter,
  GitPushFilter,
  PipelineSource,
  SourceAction,
  Trigger,
} from "../../src";

/** A value as a program gives it: as it is, or as an expression that has it. */
interface Given {
  readonly value: unknown;
  readonly as: "literal" | "token" | "typed" | "mixed";
}

/** What a program gives to each construct, by property; a property that is not there is not given. */
interface Properties {
  readonly [property: string]: Given;
}

/** A program: which constructs it makes, and what it gives them. */
export interface Program {
  readonly host: Properties | null;
  /** How the connection comes about. */
  readonly by: "made" | "arn" | "name";
  readonly connection: Properties;
  readonly action: Properties;
  readonly more: readonly Properties[];
  readonly triggers: readonly Filter[];
  readonly source: Properties;
  readonly policy: Properties | null;
  readonly reminder: Properties | null;
  readonly gate: boolean;
}

interface Filter {
  readonly on: "branches" | "tags" | "pull request";
  readonly names: Properties;
  readonly filePaths: Properties | null;
  readonly events: Given | null;
}

/** What no property takes, or nearly none. */
const ODD: readonly unknown[] = [
  ...[null, 0, -1, 1.5, NaN, "", " ", "a b", "x".repeat(1001), "ü\n\0", "#{variables.x}", "${", "%{ if", '"\\'],
  ...[true, [], [""], [null], [undefined], {}, { includes: "x" }, { a: 1 }, () => "x", Symbol("x"), BigInt(1)],
  ...[new Date(0), new Map(), Object.create(null), Token.asList("${[1]}"), Token.asNumber("${2}")],
];

const REPOSITORIES = ["acme/shop", "a/b", "Acme-1/shop.site_2"];

const literal = (value: unknown): Given => ({ value, as: "literal" });

/** A property that now and then is given something odd, and texts now and then as expressions. */
function given(values: readonly unknown[], { odd = 1, open = 2 } = {}): fc.Arbitrary<Given> {
  const one = fc.constantFrom(...values);
  const forms = fc.constantFrom<Given["as"]>("token", "typed", "mixed");
  return fc.oneof(
    { weight: 60, arbitrary: one.map(literal) },
    {
      weight: open,
      arbitrary: fc
        .tuple(one, forms)
        .map(([value, as]) => (typeof value === "string" ? { value, as } : literal(value))),
    },
    { weight: odd, arbitrary: fc.constantFrom(...ODD).map(literal) },
  );
}

/** Properties: the first ones are given but for now and then, the others half the time. */
function properties(
  always: { readonly [name: string]: fc.Arbitrary<Given> },
  sometimes: { readonly [name: string]: fc.Arbitrary<Given> } = {},
): fc.Arbitrary<Properties> {
  const all = fc.record({ ...always, ...sometimes }, { requiredKeys: Object.keys(always) });
  const forgotten = fc.oneof(
    { weight: 60, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constantFrom("", ...Object.keys(always)) },
  );
  return fc
    .tuple(all, forgotten)
    .map(([some, out]) => Object.fromEntries(Object.entries<Given>(some).filter(([name]) => name !== out)));
}

const FLAGS = given([true, false], { open: 0 });
const ROLES = given([["pipeline"], ["pipeline", "other"], ["a+b=c,d.e@f-g_h"]], { open: 0 });

const action = properties(
  { repository: given(REPOSITORIES), branch: given(["main", "release/1.x", "x".repeat(1000)]) },
  {
    outputFormat: given(["CODE_ZIP"]),
    detectChanges: FLAGS,
    outputArtifactName: given(["Code", "code_2"]),
    namespace: given(["Pulled", "a@b"]),
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
        providerType: given(["GitHubEnterpriseServer", "GitLabSelfManaged"]),
        providerEndpoint: given(["https://git.example.com", "https://git.example.com:8443/path"]),
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
  connection: properties(
    {},
    {
      name: given(["mine", "x".repeat(32), 'na"me\\']),
      tags: given([{ team: "a" }, {}, { team: "${" }, { "%{ if": "a" }, { none: null }], { open: 0 }),
      preventDestroy: FLAGS,
    },
  ),
  action,
  more: fc.array(action, { maxLength: 2, size: "-1" }),
  triggers: fc.array(filter, { maxLength: 4, size: "-1" }),
  source: properties(
    { pipelineRoleNames: ROLES },
    {
      stageName: given(["Pull", "a.b"]),
      buildRoleNames: ROLES,
      scopeToRepositories: FLAGS,
      readOnly: FLAGS,
      inlinePolicies: FLAGS,
      requireActivation: given([false], { open: 0 }),
      allowAnyRegion: FLAGS,
    },
  ),
  policy: fc.option(
    properties(
      { roleNames: ROLES },
      {
        path: given(["/", "/pipelines/"]),
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
  reminder: fc.option(properties({}, { outputPrefix: given(["x_", "y-"], { open: 0 }), check: FLAGS }), { freq: 2 }),
  gate: fc.boolean(),
});

/** A connection that exists already, and is found by this name. */
export const EXISTING = { name: "ByHand", providerType: "Bitbucket", region: "us-east-1" };

/** Makes what the program says, in a place of its own; `existing` is the ARN of the connection that exists already. */
export function make(scope: Construct, program: Program, existing: string): void {
  const values = new Values(scope);
  const of = (some: Properties): never => values.of(some) as never;
  const host = program.host ? new ConnectionHost(scope, "Host", of(program.host)) : undefined;
  const connection = connectionOf(scope, program, host, of, existing);
  if (program.reminder) {
    new ActivationReminder(scope, "Reminder", { ...(of(program.reminder) as object), connection });
  }
  const [first, ...others] = [program.action, ...program.more].map((some, index) => ({
    ...(of(some) as object),
    connection,
    actionName: `Source${index}`,
    ...(index === 0 ? { trigger: triggerOf(program.triggers, of) } : {}),
  }));
  const additionalActions = others.map((props) => new SourceAction(props as never));
  const source = new PipelineSource(scope, "Source", {
    ...(first as object),
    ...(of(program.source) as object),
    ...(additionalActions.length > 0 ? { additionalActions } : {}),
  } as never);
  if (program.policy) {
    const { repositories, branches, readOnly, ...rest } = of(program.policy) as { [name: string]: unknown };
    const grants = [{ connection, repositories, branches, readOnly }];
    new ConnectionPolicy(scope, "Policy", { ...rest, grants } as never);
  }
  const gate = program.gate ? new ActivationGate(scope, "Gate", { connection }).dependencies : [];
  new Codepipeline(scope, "Pipeline", {
    ...{ name: scope.node.id, roleArn: "arn:aws:iam::123456789012:role/pipeline", pipelineType: "V2" },
    artifactStore: [{ location: "artifacts", type: "S3" }],
    stage: [
      source.stage,
      {
        name: "Approval",
        action: [{ name: "Approval", category: "Approval", owner: "AWS", provider: "Manual", version: "1" }],
      },
    ],
    trigger: source.triggers,
    dependsOn: [...source.dependencies, ...gate],
  });
}

function connectionOf(
  scope: Construct,
  { by, connection }: Program,
  host: ConnectionHost | undefined,
  of: (some: Properties) => never,
  existing: string,
): ReturnType<typeof Connection.fromConnectionArn> {
  if (by === "arn") return Connection.fromConnectionArn(scope, "Connection", existing);
  if (by === "name") return Connection.fromConnectionName(scope, "Connection", EXISTING.name);
  const type = host === undefined ? { providerType: "Bitbucket" } : { host };
  return new Connection(scope, "Connection", { ...type, ...(of(connection) as object) } as never);
}

function triggerOf(filters: readonly Filter[], of: (some: Properties) => never): Trigger | undefined {
  if (filters.length === 0) return undefined;
  const optionsOf = ({ filePaths, events }: Filter): never =>
    ({ ...(filePaths && { filePaths: of(filePaths) }), ...(events && { events: events.value }) }) as never;
  const pushes = filters.filter(({ on }) => on !== "pull request");
  return Trigger.onPushOrPullRequest(
    pushes.map((each) =>
      each.on === "tags" ? GitPushFilter.tags(of(each.names)) : GitPushFilter.branches(of(each.names), optionsOf(each)),
    ),
    filters
      .filter((each) => !pushes.includes(each))
      .map((each) => GitPullRequestFilter.branches(of(each.names), optionsOf(each))),
  );
}

/** Gives values as the program wants them given: an expression's are those of Terraform variables. */
class Values {
  private count = 0;

  public constructor(private readonly scope: Construct) {}

  public of(some: Properties): { [property: string]: unknown } {
    return Object.fromEntries(
      Object.entries(some).map(([property, each]) => [
        property,
        /roleNames|outputPrefix/i.test(property) ? this.own(each.value) : this.one(each),
      ]),
    );
  }

  /** Roles and outputs of this program alone: what others have is not its affair. */
  private own(names: unknown): unknown {
    if (names === "x_" || names === "y-") return `${names}${this.scope.node.id}`;
    const areNames = Array.isArray(names) && names.every((name) => typeof name === "string" && name !== "");
    return areNames ? names.map((name) => `${String(name)}-${this.scope.node.id}`) : names;
  }

  private one({ value, as }: Given): unknown {
    if (as === "literal") return value;
    const text = String(value);
    const known = as === "mixed" ? text.slice(1) : "";
    const variable = new TerraformVariable(this.scope, `Variable${this.count++}`, {
      ...{ type: "string", default: known === "" ? text : text.slice(0, 1) },
    });
    if (as === "typed") {
      variable.overrideLogicalId(`${this.scope.node.id}_typed${this.count}`);
      return `\${var.${this.scope.node.id}_typed${this.count}}`;
    }
    return variable.stringValue + known;
  }
}
