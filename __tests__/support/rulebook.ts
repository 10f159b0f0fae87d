import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  ActivationReminder,
  Connection,
  ConnectionHost,
  ConnectionPolicy,
  ConnectionPolicyDocument,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  PipelineSource,
  ProviderType,
  PullRequestEvent,
  ResourceFamily,
  SourceAction,
  type SourceActionProps,
  Trigger,
} from "../../src";
import { outputNames } from "../../src/connection/activation-reminder";
import * as quotas from "../../src/connection/quotas";
import { knownRegion } from "../../src/aws-provider/region";
import { tagsOfHost } from "../../src/connection/host-limits";
import { typeOrHost, uniqueName } from "../../src/connection/limits";
import * as roleQuota from "../../src/permissions/roles";
import { ERRORS, WARNINGS } from "../../src/pipeline-check/rules";
import { Inspection, type Size } from "../../src/validation/inspection";
import type { Kind } from "../../src/validation/kind";
import type { Limit, Rule } from "../../src/validation/rule";
import { newStack } from "./synthesis";

/** A limit on a property, as a construct applies it. */
export interface AppliedLimit extends Limit {
  /** The construct, as its documentation calls it. */
  readonly by: string;
  readonly property: string;
  /** The resource families or types of provider that it is for; none where it is for all that the property can be given. */
  readonly when?: readonly string[];
  /** The rule on a text, or on each text of a list. */
  readonly rule?: Rule;
  /** The rules that were applied to the property together. */
  readonly rules?: readonly Rule[];
  /** The value that it was applied to, which it accepts. */
  readonly accepted?: string;
  /** The bounds of the whole number that it is about. */
  readonly number?: Size;
  /** The list that it is about. */
  readonly list?: { readonly size: Size; readonly rule: Rule; readonly accepted: readonly string[] };
}

const ARN = "arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f-3d4e-4f5a-8b6c-7d8e9f0a1b2c";
const HOST_ARN = "arn:aws:codeconnections:us-east-1:123456789012:host/git-0c8b1a2f";
const ROLE_ARN = "arn:aws:iam::123456789012:role/pipeline";
const TYPES = [undefined, ...Object.values(ProviderType)];
const FAMILIES = Object.values(ResourceFamily);
const ALL = { includes: ["main"], excludes: ["wip/**"] };
const OPTIONS = { filePaths: { includes: ["src/**"], excludes: ["docs/**"] } };

const existing = (stack: TerraformStack, providerType?: ProviderType) =>
  Connection.fromConnectionArn(stack, "Existing", ARN, { providerType });

/** Everything that a source action can be given. */
const sourceProps = (stack: TerraformStack, providerType?: ProviderType): SourceActionProps => ({
  ...{ connection: existing(stack, providerType), repository: "acme/shop", branch: "main" },
  ...{ actionName: "Pull", outputArtifactName: "Code", namespace: "Pulled", runOrder: 2, roleArn: ROLE_ARN },
  ...{ region: "us-east-1", outputFormat: OutputFormat.CODE_ZIP, detectChanges: false },
  trigger: Trigger.onPushOrPullRequest(
    [GitPushFilter.branches(ALL, OPTIONS), GitPushFilter.tags(ALL)],
    [GitPullRequestFilter.branches(ALL, { ...OPTIONS, events: [PullRequestEvent.OPEN] })],
  ),
});

const VPC = {
  ...{ vpcId: "vpc-0c8b1a2f", subnetIds: ["subnet-0c8b1a2f"], securityGroupIds: ["sg-0c8b1a2f"] },
  tlsCertificate: "-----BEGIN CERTIFICATE-----",
};

type Program = (stack: TerraformStack) => unknown;

/** Programs of each resource family. */
const OF_FAMILIES: readonly ((resourceFamily: ResourceFamily) => Program)[] = [
  (resourceFamily) => (stack) => {
    const installed = { providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" };
    const vpcConfiguration = VPC;
    new ConnectionHost(stack, "ConnectionHost", { name: "git", ...installed, vpcConfiguration, resourceFamily });
    const providerType = ProviderType.BITBUCKET;
    new Connection(stack, "Connection", { name: "mine", providerType, resourceFamily });
  },
];

/** Programs of each type of provider. */
const OF_TYPES: readonly ((providerType?: ProviderType) => Program)[] = [
  (providerType) => (stack) => new SourceAction(sourceProps(stack, providerType)),
  (providerType) => (stack) => {
    const connection = existing(stack, providerType);
    return new ConnectionPolicy(stack, "ConnectionPolicy", {
      grants: [{ connection, repositories: ["acme/*"], branches: ["main"] }],
      ...{ roleNames: ["pipeline"], description: "Pull", path: "/pipelines/", managedPoliciesPerRole: 20 },
    });
  },
];

const OTHERS: readonly Program[] = [
  (stack) =>
    new Connection(stack, "Connection", {
      host: ConnectionHost.fromHostArn(stack, "Host", HOST_ARN, { providerType: ProviderType.GITLAB_SELF_MANAGED }),
      resourceFamily: ResourceFamily.CODECONNECTIONS,
    }),
  (stack) =>
    new Connection(stack, "Connection", {
      host: ConnectionHost.fromHostArn(stack, "Host", HOST_ARN.replace("codeconnections", "codestar-connections")),
    }),
  (stack) =>
    ConnectionHost.fromHostArn(stack, "ConnectionHost.fromHostArn", HOST_ARN, {
      providerType: ProviderType.GITLAB_SELF_MANAGED,
    }),
  (stack) =>
    Connection.fromConnectionArn(stack, "Connection.fromConnectionArn", ARN, { providerType: ProviderType.GITHUB }),
  (stack) =>
    Connection.fromConnectionArn(stack, "Connection.fromConnectionArn", ARN, {
      provider: new AwsProvider(stack, "bound", { alias: "bound", allowedAccountIds: ["123456789012"] }),
    }),
  (stack) =>
    Connection.fromConnectionName(stack, "Connection.fromConnectionName", "mine", {
      providerType: ProviderType.GITHUB,
      resourceFamily: ResourceFamily.CODESTAR_CONNECTIONS,
    }),
  ...[undefined, ["build"]].map(
    (buildRoleNames): Program =>
      (stack) =>
        new PipelineSource(stack, "PipelineSource", {
          ...{ ...sourceProps(stack), stageName: "Source", pipelineRoleNames: ["pipeline"], buildRoleNames },
        }),
  ),
  (stack) => new ActivationReminder(stack, "ActivationReminder", { connection: existing(stack), outputPrefix: "x_" }),
  () =>
    ConnectionPolicyDocument.forDeployer({
      ...{ accountId: "123456789012", region: "us-east-1", partition: "aws", pipelineRoleArns: [ROLE_ARN] },
      buildRoleArns: [ROLE_ARN],
    }),
];

/** Programs that together give every property, so that every rule is applied, each with what it is about. */
const PROGRAMS: readonly { readonly about?: string; readonly program: Program }[] = [
  ...OF_FAMILIES.flatMap((make) => FAMILIES.map((family) => ({ about: family, program: make(family) }))),
  ...OF_TYPES.flatMap((make) => TYPES.map((type) => ({ about: type ?? "not known", program: make(type) }))),
  ...OTHERS.map((program) => ({ program })),
];

/** Every limit that a property of a construct has. */
export function appliedLimits(): AppliedLimit[] {
  const found = new Map<string, AppliedLimit & { readonly when: string[] }>();
  /** What the programs were about that gave a property. */
  const given = new Map<string, Set<string>>();
  for (const { about, program } of PROGRAMS) {
    const stack = newStack();
    for (const limit of recorded(() => program(stack))) {
      const place = `${limit.by}.${limit.property}`;
      const key = `${place} ${limit.sentence}`;
      const when = found.get(key)?.when ?? [];
      if (about !== undefined) {
        given.set(place, (given.get(place) ?? new Set()).add(about));
        if (!when.includes(about)) when.push(about);
      }
      found.set(key, { ...limit, when });
    }
  }
  return [...found.values()].map((limit) => {
    const isForAll = limit.when.length === (given.get(`${limit.by}.${limit.property}`)?.size ?? 0);
    return isForAll ? { ...limit, when: undefined } : limit;
  });
}

/** The limits on whole pipelines, and those that constructs have together. */
export function limitsOnTheWhole(): { readonly [about: string]: readonly Limit[] } {
  const { connections, hosts } = quotas;
  const { managedPolicies, inlinePolicies } = roleQuota;
  return {
    "A pipeline": ERRORS,
    "A pipeline, with a warning": WARNINGS,
    "An account, with a warning": [
      uniqueName,
      connections,
      hosts,
      { ...knownRegion, sentence: `the provider's region, if it ${knownRegion.sentence}` },
    ],
    "A stack": [outputNames],
    "A role": [managedPolicies, inlinePolicies],
    "A connection or a host": [typeOrHost, ...FAMILIES.flatMap(tagsOfHost)],
  };
}

/** What the inspections of a program apply, by the construct that reports it. */
function recorded(program: () => unknown): AppliedLimit[] {
  const applied: AppliedLimit[] = [];
  const noted = new WeakMap<Inspection, Omit<AppliedLimit, "by">[]>();
  const note = (by: Inspection, ...limits: readonly Omit<AppliedLimit, "by">[]): void => {
    noted.set(by, [...(noted.get(by) ?? []), ...limits]);
  };
  // Only the prototype sees every inspection, whoever makes it.
  // eslint-disable-next-line @typescript-eslint/unbound-method -- each is called on the inspection that it was called on
  const { value, list, kind, wholeNumber, include, throwIfBroken } = Inspection.prototype;
  const plain = (property: string): string => property.replace(/\[\d+\]/g, "[]");
  Inspection.prototype.value = function (property, given, ...rules) {
    const accepted = typeof given === "string" ? given : undefined;
    note(this, ...rules.map((rule) => ({ ...rule, property: plain(property), rule, rules, accepted })));
    return value.call(this, property, given, ...rules);
  };
  Inspection.prototype.list = function (property, values, size, rule) {
    const sentence = `must have ${size.min} to ${size.max} elements`;
    const accepted = Array.isArray(values) ? (values as string[]) : [];
    note(this, { sentence, see: size.see, property: plain(property), list: { size, rule, accepted } });
    return list.call(this, property, values, size, rule);
  };
  Inspection.prototype.kind = function (property, given, what: Kind) {
    if (what.see !== undefined) note(this, { sentence: what.sentence, see: what.see, property: plain(property) });
    return kind.call(this, property, given, what);
  };
  Inspection.prototype.wholeNumber = function (property, given, size) {
    wholeNumber.call(this, property, given, size);
    const sentence = `must be a whole number from ${size.min} to ${size.max}`;
    note(this, { sentence, see: size.see, property: plain(property), number: size });
    return this;
  };
  Inspection.prototype.include = function (other) {
    note(this, ...(noted.get(other) ?? []));
    return include.call(this, other);
  };
  Inspection.prototype.throwIfBroken = function (where) {
    const by = where.replace(/^(stack\/|The )/, "").replace(/^SourceAction .*/, "SourceAction");
    // What a construct makes inside itself reports for itself.
    if (!by.includes("/")) applied.push(...(noted.get(this) ?? []).map((limit) => ({ ...limit, by })));
    return throwIfBroken.call(this, where);
  };
  try {
    program();
  } finally {
    Object.assign(Inspection.prototype, { value, list, kind, wholeNumber, include, throwIfBroken });
  }
  return applied.filter(({ by }) => !HELPERS.includes(by));
}

/** What the programs need besides. */
const HELPERS = ["Existing", "Host"];
