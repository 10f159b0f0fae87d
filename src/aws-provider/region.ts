import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { Check } from "../terraform/check";
import { expressionOn } from "../terraform/expression";
import { all, matching, noneOf, oneOf, orNull } from "../validation/constraint";
import type { Inspection } from "../validation/inspection";
import { sentenceAt } from "../validation/precondition";
import type { Rule } from "../validation/rule";
import { type BoundProvider, dataOfProvider, isInTree, providerOf, regionOf } from "./bound-provider";

interface RegionProps {
  readonly provider?: TerraformProvider;
  readonly allowAnyRegion?: boolean;
}

/** Applies the rule on the region of a provider, where the program names it. */
export function checkRegion(inspection: Inspection, { allowAnyRegion }: RegionProps, bound: BoundProvider): void {
  if (!allowAnyRegion) inspection.value("the provider's region", regionOf(bound), regionWithConnections);
}

/**
 * Warns of a region that may not have connections: at synthesis when the program names it, else by a check at every plan
 * and apply. A region that is known not to have them is no warning but an error, where the program names it.
 */
export function warnOfRegion(scope: Construct, { provider, allowAnyRegion }: RegionProps): void {
  // One warning a provider is enough, however many constructs go through it.
  const warned = dataOfProvider<{ by?: Construct }>(scope, provider, "region", () => ({}));
  if (allowAnyRegion || (warned.by !== undefined && isInTree(warned.by))) return;
  warned.by = scope;
  const region = regionOf(providerOf(scope, provider) ?? {});
  if (region === undefined) warnAtPlan(scope, provider);
  else if (!knownRegion.must.accepts(region)) {
    Annotations.of(scope).addWarning(`the provider's region ${knownRegion.sentence}. Given: "${region}".`);
  }
}

function warnAtPlan(scope: Construct, provider: TerraformProvider | undefined): void {
  // Not `name`, which provider 6 calls deprecated. And not read inside the check, which would make every plan a change.
  const { id: region } = new DataAwsRegion(scope, "Region", { provider });
  const check = new Check(scope, "RegionCheck");
  for (const { must, sentence } of [regionWithConnections, knownRegion]) {
    check.assert(
      expressionOn(region, (name) => must.condition(name)),
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

export const regionWithConnections: Rule = {
  // No region at all is one that the environment gives.
  must: orNull(all(matching("^[a-z]+(-[a-z]+)+-[0-9]+$"), noneOf(WITHOUT_CONNECTIONS))),
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
