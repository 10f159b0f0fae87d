import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import {
  Connection,
  ConnectionHost,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  ProviderType,
  ResourceFamily,
  SourceAction,
  Trigger,
} from "../../src";
import { knownRegion, ownRegion, regionWithConnections } from "../../src/aws-provider/region";
import * as codepipeline from "../../src/codepipeline/limits";
import { outputNames } from "../../src/connection/activation-outputs";
import { oneResource, sharedConnection } from "../../src/connection/neighbours";
import { noRepetition } from "../../src/connection/repetition";
import { declareConnection } from "../../src/connection/connection";
import { declareExisting as declareExistingHost, declareHost } from "../../src/connection/connection-host";
import { declareExisting, declareNamed } from "../../src/connection/existing-connection";
import * as hosts from "../../src/connection/host-limits";
import * as connections from "../../src/connection/limits";
import { declareGrant } from "../../src/permissions/connection-grant";
import { declarePolicy } from "../../src/permissions/connection-policy";
import { declareDeployer } from "../../src/permissions/connection-policy-document";
import * as roleQuotas from "../../src/permissions/roles";
import { ERRORS, WARNINGS } from "../../src/pipeline-check/rules";
import { declarePipelineSource, outputFormatWithoutBuildRole } from "../../src/pipeline-source/checks";
import { declarePullRequestFilter, declarePushFilter } from "../../src/source/git-filter";
import { declareSourceAction } from "../../src/source/source-action";
import { Inspection } from "../../src/validation/inspection";
import type { Kind } from "../../src/validation/kind";
import type { Declaration, Type } from "../../src/validation/properties";
import type { Limit, Rule, Size } from "../../src/validation/rule";
import * as mistakes from "./mistakes/making";
import { ARN } from "./pipelines";
import { HOST_ARN, SAMPLES } from "./samples";
import { newStack } from "./synthesis";

/** A limit on a property, as a construct applies it. */
export interface AppliedLimit extends Limit {
  /** The construct, as its documentation calls it. */
  readonly by: string;
  readonly property: string;
  /** The resource families, types of provider or forms of values that it is for; none where it is for all. */
  readonly when?: readonly string[];
  /** The rule on a string, or on each string of a list. */
  readonly rule?: Rule;
  /** The rules that the property has together. */
  readonly rules?: readonly Rule[];
  /** Applies these to a string as the construct does. */
  readonly inspect?: Inspect;
  /** A value that the property accepts. */
  readonly accepted?: string;
  /** The bounds of the whole number that it is about. */
  readonly number?: { readonly size: Size; readonly inspect: Inspect };
  /** The list that it is about. */
  readonly list?: {
    readonly size: Size;
    readonly rule: Rule;
    readonly accepted: readonly string[];
    readonly inspect: Inspect;
  };
}

/** Applies the limits of a property to a value; where the property is a list of strings, to a list of this one. */
export type Inspect = (inspection: Inspection, property: string, value: unknown) => void;

/** What a construct declares of its properties. */
interface Declares {
  readonly by: string;
  /** Where the properties are, if not at the construct itself. */
  readonly prefix?: string;
  readonly declared: Declaration;
  /** The resource family or type of provider that this is the declaration for, if there is one for each. */
  readonly about?: string;
  /** Values that the properties accept. */
  readonly sample: { readonly [name: string]: unknown };
}

const FAMILIES = Object.values(ResourceFamily);
const TYPES = [
  ...[ProviderType.BITBUCKET, ProviderType.GITHUB, ProviderType.GITLAB, ProviderType.GITHUB_ENTERPRISE_SERVER],
  ...[ProviderType.GITLAB_SELF_MANAGED, ProviderType.AZURE_DEVOPS],
];

const stack = newStack();
const sampleOf = (struct: keyof typeof SAMPLES): Declares["sample"] =>
  Object.assign({}, ...SAMPLES[struct].given(stack)) as Declares["sample"];

/** A connection of each type of provider, and one whose type is not known. */
const CONNECTIONS = [undefined, ...TYPES].map((providerType, index) => ({
  about: providerType?.value ?? "not known",
  connection: Connection.fromConnectionArn(stack, `Connection${index}`, ARN, { providerType }),
}));

const FILTERS = {
  branches: { includes: ["main"], excludes: ["wip/**"] },
  tags: { includes: ["v*"], excludes: ["v0.*"] },
  filePaths: { includes: ["src/**"], excludes: ["docs/**"] },
  events: ["OPEN"],
};

/** The declarations of all constructs that have limits. */
const DECLARED: readonly Declares[] = [
  ...FAMILIES.map((resourceFamily) => ({
    by: "ConnectionHost",
    about: resourceFamily,
    declared: declareHost({ resourceFamily }),
    sample: sampleOf("ConnectionHostProps"),
  })),
  ...FAMILIES.map((resourceFamily) => ({
    by: "Connection",
    about: resourceFamily,
    declared: declareConnection({ resourceFamily }),
    sample: sampleOf("ConnectionProps"),
  })),
  ...CONNECTIONS.map(({ about, connection }) => ({
    by: "SourceAction",
    about,
    declared: declareSourceAction({ connection }),
    sample: sampleOf("SourceActionProps"),
  })),
  ...[declarePushFilter({}), declarePushFilter({ tags: {} })].map((declared) => ({
    ...{ by: "SourceAction", prefix: "trigger.push[].", declared, sample: FILTERS },
  })),
  { by: "SourceAction", prefix: "trigger.pullRequest[].", declared: declarePullRequestFilter(), sample: FILTERS },
  ...CONNECTIONS.map(({ about, connection }) => ({
    by: "ConnectionPolicy",
    prefix: "grants[].",
    about,
    declared: declareGrant({ connection }),
    sample: sampleOf("ConnectionGrant"),
  })),
  { by: "ConnectionPolicy", declared: withoutGrants(), sample: sampleOf("ConnectionPolicyProps") },
  { by: "ConnectionHost.fromHostArn", declared: declareExistingHost(), sample: sampleOf("ExistingHostOptions") },
  { by: "Connection.fromConnectionArn", declared: declareExisting(), sample: sampleOf("ExistingConnectionOptions") },
  { by: "Connection.fromConnectionName", declared: declareNamed(), sample: sampleOf("NamedConnectionOptions") },
  { by: "PipelineSource", declared: declarePipelineSource({}), sample: sampleOf("PipelineSourceProps") },
  {
    by: "ConnectionPolicyDocument.forDeployer",
    declared: declareDeployer(),
    sample: sampleOf("DeployerPolicyProps"),
  },
];

/** Grants are declared for each type of provider. */
function withoutGrants(): Declaration {
  const { grants, ...others } = declarePolicy();
  return { ...others, grants: { ...grants, type: { check: grants.type.check } } };
}

/** Limits that depend on the provider, on several properties or on an argument, so that no declaration has them. */
export interface ListedLimits {
  readonly by: string;
  readonly property: string;
  readonly when?: readonly string[];
  readonly rules?: readonly Rule[];
  readonly kinds?: readonly Kind[];
  readonly accepted?: string;
  /** Programs that break each of them. */
  readonly broken: readonly mistakes.Mistake[];
}

const ACCOUNT = "123456789012";
const OTHER_ACCOUNT = "111122223333";
const ofAccount = connections.arnOfAccounts([ACCOUNT]);
const bound = (scope: Construct): AwsProvider => mistakes.aliased(scope, { allowedAccountIds: [ACCOUNT] });
const elsewhere = (scope: Construct) =>
  Connection.fromConnectionArn(scope, "Elsewhere", ARN.replace(ACCOUNT, OTHER_ACCOUNT));
const hostElsewhere = (scope: Construct, arn: string) => ConnectionHost.fromHostArn(scope, "Host", arn);
const inHongKong = (scope: Construct): AwsProvider =>
  new AwsProvider(scope, "hk", { alias: "hk", region: "ap-east-1" });
const CLONE = { outputFormat: OutputFormat.CODEBUILD_CLONE_REF };

const REGION = { property: "the provider's region", rules: [regionWithConnections], accepted: "us-east-1" };

/** Each is applied: a test makes the programs and looks for the sentences. */
export const LISTED: readonly ListedLimits[] = [
  {
    ...{ by: "ConnectionHost", ...REGION },
    broken: [(scope) => mistakes.host({ provider: inHongKong(scope) })(scope, scope)],
  },
  {
    ...{ by: "Connection", ...REGION },
    broken: [(scope) => mistakes.connection({ provider: inHongKong(scope) })(scope, scope)],
  },
  {
    ...{ by: "PipelineSource", ...REGION },
    broken: [(scope) => mistakes.source({ provider: inHongKong(scope) })(scope, scope)],
  },
  ...[ProviderType.GITHUB_ENTERPRISE_SERVER, ProviderType.GITLAB_SELF_MANAGED].map((providerType): ListedLimits => ({
    ...{ by: "ConnectionHost", property: "providerEndpoint", when: [providerType.value] },
    ...{ rules: hosts.endpointPath(providerType), accepted: "https://git.example.com" },
    broken: [mistakes.host({ providerType, providerEndpoint: "https://git.example.com/acme/shop.git" })],
  })),
  ...["ConnectionHost", "Connection"].map((by): ListedLimits => {
    const make = by === "Connection" ? mistakes.connection : mistakes.host;
    return {
      ...{ by, property: "region", kinds: ownRegion("5.100.0"), accepted: "us-east-1" },
      broken: [(scope) => make({ region: "us-east-1", provider: mistakes.version5(scope) })(scope, scope)],
    };
  }),
  ...FAMILIES.map((family): ListedLimits => {
    const rules = connections.providerTypeOfVersion(family, "5.100.0");
    return {
      ...{ by: "Connection", property: "providerType", when: [family], accepted: "Bitbucket", rules },
      broken: rules.map(() => mistakes.azureDevOpsOfVersion5({ resourceFamily: family })),
    };
  }),
  {
    ...{ by: "Connection", property: "host", accepted: HOST_ARN },
    rules: [hosts.hostArn, hosts.hostArnOfRegion("us-east-1"), ...ofAccount],
    broken: [
      // A host by its ARN is checked where it is made, and by the connection if the ARN is an expression.
      (scope) => {
        const arn = new TerraformVariable(scope, "host_arn", { type: "string" }).stringValue;
        return new Connection(scope, "Connection", { host: hostElsewhere(scope, arn) });
      },
      (scope) =>
        new Connection(scope, "Connection", {
          host: hostElsewhere(scope, HOST_ARN.replace("us-east-1", "us-west-2")),
        }),
      (scope) =>
        new Connection(scope, "Connection", {
          host: hostElsewhere(scope, HOST_ARN.replace(ACCOUNT, OTHER_ACCOUNT)),
          provider: bound(scope),
        }),
    ],
  },
  ...FAMILIES.map((family): ListedLimits => {
    const rules = hosts.hostArnOfFamily(family);
    const host = (scope: Construct) =>
      hostElsewhere(scope, HOST_ARN.replace("codestar-connections", "codeconnections"));
    return {
      ...{ by: "Connection", property: "host", when: [family], accepted: HOST_ARN, rules },
      broken: rules.map(() => (scope) => new Connection(scope, "Connection", { host: host(scope) })),
    };
  }),
  {
    ...{ by: "ConnectionHost.fromHostArn", property: "hostArn", accepted: HOST_ARN },
    rules: [hosts.hostArn, ...ofAccount],
    broken: [
      (scope) => hostElsewhere(scope, "git"),
      (scope) =>
        ConnectionHost.fromHostArn(scope, "Host", HOST_ARN.replace(ACCOUNT, OTHER_ACCOUNT), { provider: bound(scope) }),
    ],
  },
  {
    ...{ by: "Connection.fromConnectionArn", property: "connectionArn", accepted: ARN },
    rules: [connections.connectionArn, ...ofAccount],
    broken: [
      mistakes.byArn("mine"),
      (scope) => mistakes.byArn(ARN.replace(ACCOUNT, OTHER_ACCOUNT), { provider: bound(scope) })(scope, scope),
    ],
  },
  {
    ...{ by: "Connection.fromConnectionName", property: "connectionName", accepted: "mine" },
    rules: [connections.connectionName(ResourceFamily.CODESTAR_CONNECTIONS)],
    broken: [mistakes.byName("")],
  },
  {
    ...{ by: "SourceAction", property: "trigger" },
    kinds: [codepipeline.pushFilters, codepipeline.pullRequestFilters],
    broken: [
      mistakes.trigger(() => Trigger.onPush(...[1, 2, 3, 4].map(() => GitPushFilter.tags(FILTERS.tags)))),
      mistakes.trigger(() =>
        Trigger.onPullRequest(...[1, 2, 3, 4].map(() => GitPullRequestFilter.branches(FILTERS.branches))),
      ),
    ],
  },
  {
    ...{ by: "SourceAction", property: "outputFormat", when: ["an expression"], accepted: "CODE_ZIP" },
    rules: [codepipeline.outputFormat],
    broken: [
      (scope) => {
        const { stringValue } = new TerraformVariable(scope, "format", { type: "string" });
        return mistakes.source({ outputFormat: OutputFormat.of(stringValue), buildRoles: ["build"] })(scope, scope);
      },
    ],
  },
  {
    ...{ by: "ConnectionPolicy", property: "grants[].connection", accepted: ARN, rules: ofAccount },
    broken: [
      (scope) => mistakes.policy({ grants: [{ connection: elsewhere(scope) }], provider: bound(scope) })(scope, scope),
    ],
  },
  {
    ...{ by: "PipelineSource", property: "connection", accepted: ARN, rules: ofAccount },
    broken: [(scope) => mistakes.source({ connection: elsewhere(scope), provider: bound(scope) })(scope, scope)],
  },
  {
    ...{ by: "PipelineSource", property: "additionalActions[].connection", accepted: ARN, rules: ofAccount },
    broken: [
      (scope) => {
        const docs = { ...mistakes.sourceProps(scope), connection: elsewhere(scope), actionName: "Docs" };
        const additionalActions = [new SourceAction(docs)];
        return mistakes.source({ additionalActions, provider: bound(scope) })(scope, scope);
      },
    ],
  },
  {
    ...{ by: "PipelineSource", property: "outputFormat", accepted: "CODE_ZIP" },
    rules: [outputFormatWithoutBuildRole],
    broken: [mistakes.source(CLONE)],
  },
  {
    ...{ by: "PipelineSource", property: "additionalActions[].outputFormat", accepted: "CODE_ZIP" },
    rules: [outputFormatWithoutBuildRole],
    broken: [
      (scope) => {
        const docs = new SourceAction({ ...mistakes.sourceProps(scope), ...CLONE, actionName: "Docs" });
        return mistakes.source({ additionalActions: [docs] })(scope, scope);
      },
    ],
  },
];

/** Every limit that a property of a construct has. */
export function appliedLimits(): AppliedLimit[] {
  return [...new Set(DECLARED.map(({ by }) => by))].flatMap((by) => {
    const declared = DECLARED.filter((each) => each.by === by).flatMap((each) =>
      declaredLimits(each, each.declared, each.prefix ?? "", each.sample),
    );
    const listed = LISTED.filter((each) => each.by === by).flatMap(listedLimits);
    return [...together(declared), ...listed];
  });
}

/** The same limit that a construct declares for several families or types, once, with all of them. */
function together(limits: readonly AppliedLimit[]): AppliedLimit[] {
  const found = new Map<string, AppliedLimit>();
  const given = new Map<string, Set<string>>();
  for (const limit of limits) {
    const { property, sentence, when = [] } = limit;
    const key = `${property} ${sentence}`;
    found.set(key, { ...limit, when: [...new Set([...(found.get(key)?.when ?? []), ...when])] });
    given.set(property, new Set([...(given.get(property) ?? []), ...when]));
  }
  return [...found.values()].map(({ when = [], ...limit }) =>
    when.length === given.get(limit.property)?.size ? limit : { ...limit, when },
  );
}

/** The limits of declared properties, and of those of the structs in them. */
function declaredLimits(
  source: Declares,
  declared: Declaration,
  prefix: string,
  sample: Declares["sample"],
): AppliedLimit[] {
  return Object.entries(declared).flatMap(([name, { isArgument, type }]) => {
    const { [name]: value } = sample;
    const at = { by: source.by, property: prefix + name, when: source.about === undefined ? [] : [source.about] };
    if (type.properties !== undefined) {
      const isList = isListOf(type);
      const inside = isList ? (value as readonly unknown[])[0] : value;
      return declaredLimits(source, type.properties, `${at.property}${isList ? "[]" : ""}.`, inside as typeof sample);
    }
    return limitsOf(at, type, isArgument, value);
  });
}

function limitsOf(
  at: Pick<AppliedLimit, "by" | "property" | "when">,
  type: Type,
  orNull: boolean,
  sample: unknown,
): AppliedLimit[] {
  const { size, rules, kind } = type;
  const inspect: Inspect = (inspection, property, value) => type.check(inspection, property, value, { orNull });
  if (size !== undefined && rules === undefined) {
    const sentence = `must be a whole number from ${size.min} to ${size.max}`;
    return [{ ...at, sentence, see: size.see, number: { size, inspect } }];
  }
  const isList = isListOf(type);
  const accepted = isList ? (sample as readonly string[])[0] : stringOf(sample);
  const strings = (rules ?? []).map((rule) => ({
    ...{ ...at, ...rule, rule, rules, accepted },
    property: isList ? `${at.property}[]` : at.property,
    inspect: size === undefined ? inspectOf(type, rules ?? [], inspect) : inspectRules([rule]),
  }));
  const elements = strings[0]?.rule;
  if (size !== undefined && elements !== undefined) {
    const list = { size, rule: elements, accepted: sample as readonly string[], inspect };
    const sentence = `must have ${size.min} to ${size.max} elements`;
    return [{ ...at, sentence, see: size.see, list }, ...strings];
  }
  return [...strings, ...(kind === undefined ? [] : limitOf(kind).map((limit) => ({ ...at, ...limit })))];
}

/** A property is checked as its type says, but for one that takes no expression: its rules are compared all the same. */
function inspectOf(type: Type, rules: readonly Rule[], inspect: Inspect): Inspect {
  const wrapped: Inspect = (inspection, property, value) => {
    const isValue = type.kind !== undefined;
    inspect(inspection, property, isListOf(type) ? [value] : isValue ? { value } : value);
  };
  const asked = new Inspection();
  wrapped(asked, "it", "${it}");
  return asked.problems.length === 0 ? wrapped : inspectRules(rules);
}

function inspectRules(rules: readonly Rule[]): Inspect {
  return (inspection, property, value) => {
    inspection.value(property, value, ...rules);
  };
}

/** Whether a property takes a list: it then speaks of the first element of one. */
function isListOf(type: Type): boolean {
  const asked = new Inspection();
  type.check(asked, "it", [1], {});
  return asked.problems.some((problem) => problem.startsWith("it[0] "));
}

/** The string of a sample, or that which it stands for. */
function stringOf(sample: unknown): string | undefined {
  const { value } = (typeof sample === "object" && sample !== null ? sample : { value: sample }) as { value?: unknown };
  return typeof value === "string" ? value : undefined;
}

function listedLimits({ by, property, when, accepted, rules = [], kinds = [] }: ListedLimits): AppliedLimit[] {
  const at = { by, property, when, accepted };
  return [
    ...rules.map((rule) => ({ ...at, ...rule, rule, rules, inspect: inspectRules(rules) })),
    ...kinds.flatMap(limitOf).map((limit) => ({ ...at, ...limit })),
  ];
}

/** The limit that a kind is, where it is documented. */
function limitOf({ sentence, see }: Kind): Limit[] {
  return see === undefined ? [] : [{ sentence, see }];
}

/** The limits on whole pipelines, and those that constructs have together. */
export function limitsOnTheWhole(): { readonly [about: string]: readonly Limit[] } {
  return {
    "A pipeline": ERRORS,
    "A pipeline, with a warning": WARNINGS,
    "An account, with a warning": [
      connections.uniqueName,
      { ...knownRegion, sentence: `the provider's region, if it ${knownRegion.sentence}` },
    ],
    "A stack": [outputNames],
    "Other resources beside a connection, with a warning": [sharedConnection, oneResource],
    "A role": [roleQuotas.managedPolicies, roleQuotas.inlinePolicies, roleQuotas.ofOneAccount],
    "A connection": [noRepetition],
    "A connection or a host": [connections.typeOrHost, ...FAMILIES.flatMap(hosts.tagsOfHost)],
  };
}
