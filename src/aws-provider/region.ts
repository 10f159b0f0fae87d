import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { Check } from "../terraform/check";
import { expressionOn, isExpression } from "../terraform/expression";
import { all, matching, noneOf, oneOf, orNull } from "../validation/constraint";
import type { Inspection } from "../validation/inspection";
import type { Kind } from "../validation/kind";
import { sentenceAt } from "../validation/precondition";
import type { Limit, Rule } from "../validation/rule";
import {
  type BoundProvider,
  dataOfProvider,
  isAtLeast,
  isInTree,
  providerOf,
  regionOf,
  versionOf,
} from "./bound-provider";

interface RegionProps {
  readonly provider?: TerraformProvider;
  readonly allowAnyRegion?: boolean;
  /** The region of a resource that has one of its own, which counts before the provider's. */
  readonly region?: string;
}

/** Applies the rule on the region of a provider, where the program names it and it counts. */
export function checkRegion(
  inspection: Inspection,
  { allowAnyRegion, region: own }: RegionProps,
  bound: BoundProvider,
): void {
  if (allowAnyRegion || own !== undefined) return;
  inspection.value("the provider's region", regionOf(bound), regionWithConnections);
}

/** Demands AWS provider 6 where a resource is given a region. */
export function checkOwnRegion(inspection: Inspection, { region: own }: RegionProps, bound: BoundProvider): void {
  const version = versionOf(bound);
  if (version === undefined) return;
  for (const limit of ownRegion(version)) inspection.kind("region", own, limit);
}

/** The rules on a region that a resource is given. */
export function ownRegionRules({ allowAnyRegion }: Pick<RegionProps, "allowAnyRegion">): Rule[] {
  return [allowAnyRegion ? region : { ...regionWithConnections, must: withConnections }];
}

/**
 * Warns of a region that may not have connections: at synthesis when the program names it, else by a check at every plan
 * and apply. A region that is known not to have them is no warning but an error, where the program names it.
 */
export function warnOfRegion(scope: Construct, { provider, allowAnyRegion, region: own }: RegionProps): void {
  if (own !== undefined) {
    if (!allowAnyRegion && !isExpression(own)) warnOfUnknown(scope, "region", own);
    return;
  }
  // One warning a provider is enough, however many constructs go through it.
  const warned = dataOfProvider<{ by?: Construct }>(scope, provider, "region", () => ({}));
  if (allowAnyRegion || (warned.by !== undefined && isInTree(warned.by))) return;
  warned.by = scope;
  const given = regionOf(providerOf(scope, provider) ?? {});
  if (given === undefined) warnAtPlan(scope, provider);
  else warnOfUnknown(scope, "the provider's region", given);
}

function warnOfUnknown(scope: Construct, property: string, given: string): void {
  if (knownRegion.must.accepts(given)) return;
  Annotations.of(scope).addWarning(`${property} ${knownRegion.sentence}. Given: "${given}".`);
}

function warnAtPlan(scope: Construct, provider: TerraformProvider | undefined): void {
  const read = new DataAwsRegion(scope, "Region", { provider });
  // Version 6 of the provider has `region`, and calls the others deprecated. Not read inside the check, which would make
  // every plan a change.
  const { region: name = read.id } = read as { readonly region?: string };
  const check = new Check(scope, "RegionCheck");
  for (const { must, sentence } of [regionWithConnections, knownRegion]) {
    check.assert(
      expressionOn(name, (reference) => must.condition(reference)),
      sentenceAt(scope, `the provider's region ${sentence}`),
    );
  }
}

/**
 * The regions that have an endpoint of the connections service.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/codestar_connections.html
 */
const WITH_CONNECTIONS: readonly string[] = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "us-gov-east-1"],
  ...["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1"],
  ...["ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1", "ap-southeast-2"],
];

/**
 * The regions that CodePipeline's documentation excludes from the connection action, and China.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export const WITHOUT_CONNECTIONS: readonly string[] = [
  ...["ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "ap-northeast-3", "af-south-1"],
  ...["me-south-1", "me-central-1", "eu-south-2", "eu-central-2", "il-central-1", "us-gov-west-1"],
  ...["cn-north-1", "cn-northwest-1"],
];

/** Where the list of regions is: it ages, so what is in neither half of it is only warned of. */
const REGIONS =
  "https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html";

/** Any region. */
export const region: Rule = {
  must: matching("^[a-z]+(-[a-z]+)+-[0-9]+$"),
  sentence: 'must be a region, such as "us-east-1"',
  see: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
  meant: (given) => given.trim().toLowerCase(),
};

const withConnections = all(region.must, noneOf(WITHOUT_CONNECTIONS));

export const regionWithConnections: Rule = {
  // No region at all is one that the environment gives.
  must: orNull(withConnections),
  sentence:
    "must be a region where CodePipeline can use connections, such as us-east-1. It can't in " +
    `${WITHOUT_CONNECTIONS.join(", ")} (if AWS has added the region since, set allowAnyRegion to true)`,
  see: REGIONS,
};

export const knownRegion: Rule = {
  must: oneOf([...WITH_CONNECTIONS, ...WITHOUT_CONNECTIONS]),
  sentence:
    `is unknown to this version of the library. Look it up at ${REGIONS}; if CodePipeline can use connections there, ` +
    "set allowAnyRegion to true",
  see: REGIONS,
};

/** Resources take a region since AWS provider 6; no limit from there on. */
export function ownRegion(version: string): (Kind & Limit)[] {
  if (isAtLeast(version, "6.0")) return [];
  return [
    {
      includes: () => false,
      sentence:
        `can't be given with AWS provider ${version}: install bindings for AWS provider 6 or newer (21.0 or newer of the ` +
        "package for CDKTF), or leave region out and give provider, an AwsProvider of that region",
      see: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support",
    },
  ];
}
