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
import { outputNames } from "../../src/activation/rules";
import * as quotas from "../../src/connection/quotas";
import { tagsOfHost } from "../../src/connection/host-rules";
import { knownRegion, typeOrHost, uniqueName } from "../../src/connection/rules";
import * as roleQuota from "../../src/permissions/role-quota";
import { ERRORS, WARNINGS } from "../../src/pipeline/rulebook";
import { Inspection, type Size } from "../../src/validation/inspection";
import type { Kind } from "../../src/validation/kind";
import type { Limit, Rule } from "../../src/validation/rule";
import { newStack } from "./synthesis";

/** A limit on a property, as a construct applies it. */
export interface AppliedLimit extends Limit {
  /** The construct, as its documentation calls it. */
  readonly by: string;
  readonly property: string;
  /** The rule on a text, or on each text of a list. */
  readonly rule?: Rule;
  /** The rules that were applied to the property together. */
  readonly rules?: readonly Rule[];
  /** The value that it was applied to, which it accepts. */
  readonly accepted?: string;
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

/** Programs that give every property, so that every rule is applied. */
const PROGRAMS: readonly ((stack: TerraformStack) => unknown)[] = [
  ...FAMILIES.map((resourceFamily) => (stack: TerraformStack) => {
    const installed = { providerType: ProviderType.GITLAB_SELF_MANAGED, providerEndpoint: "https://git.example.com" };
    const vpcConfiguration = VPC;
    new ConnectionHost(stack, "ConnectionHost", { name: "git", ...installed, vpcConfiguration, resourceFamily });
    const providerType = ProviderType.BITBUCKET;
    new Connection(stack, "Connection", { name: "mine", providerType, resourceFamily });
  }),
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
  ...TYPES.map((providerType) => (stack: TerraformStack) => new SourceAction(sourceProps(stack, providerType))),
  (stack) =>
    new PipelineSource(stack, "PipelineSource", {
      ...{ ...sourceProps(stack), stageName: "Source", pipelineRoleNames: ["pipeline"] },
    }),
  ...TYPES.map((providerType) => (stack: TerraformStack) => {
    const connection = existing(stack, providerType);
    return new ConnectionPolicy(stack, "ConnectionPolicy", {
      grants: [{ connection, repositories: ["acme/*"], branches: ["main"] }],
      ...{ roleNames: ["pipeline"], description: "Pull", path: "/pipelines/", managedPoliciesPerRole: 20 },
    });
  }),
  (stack) => new ActivationReminder(stack, "ActivationReminder", { connection: existing(stack), outputPrefix: "x_" }),
  () =>
    ConnectionPolicyDocument.forDeployer({
      ...{ accountId: "123456789012", region: "us-east-1", partition: "aws", pipelineRoleArns: [ROLE_ARN] },
      buildRoleArns: [ROLE_ARN],
    }),
];

/** Every limit that a property of a construct has. */
export function appliedLimits(): AppliedLimit[] {
  const found = new Map<string, AppliedLimit>();
  for (const program of PROGRAMS) {
    const stack = newStack();
    for (const limit of recorded(() => program(stack))) {
      found.set([limit.by, limit.property, limit.sentence].join("\n"), limit);
    }
  }
  return [...found.values()];
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
  const { value, list, kind, include, throwIfBroken } = Inspection.prototype;
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
    Object.assign(Inspection.prototype, { value, list, kind, include, throwIfBroken });
  }
  return applied.filter(({ by }) => !HELPERS.includes(by));
}

/** What the programs need besides. */
const HELPERS = ["Existing", "Host"];
