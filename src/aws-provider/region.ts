import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Annotations, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { Check } from "../terraform/check";
import { expressionOn } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { FLAG } from "../validation/kind";
import { sentenceAt } from "../validation/sentence";
import { type BoundProvider, providerOf, regionOf } from "./aws-provider";
import { isInTree, PerProvider } from "./per-provider";
import * as rules from "../connection/limits";

interface RegionProps {
  readonly provider?: TerraformProvider;
  readonly allowAnyRegion?: boolean;
}

/** Applies the rules to the region of a provider, where the program names it, and to the way out of them. */
export function inspectRegion({ allowAnyRegion }: RegionProps, bound: BoundProvider): Inspection {
  return new Inspection()
    .kind("allowAnyRegion", allowAnyRegion, FLAG)
    .value("the provider's region", allowAnyRegion ? undefined : regionOf(bound), rules.region);
}

/**
 * Warns of a region that may not have connections: at synthesis when the program names it, else by a check at every plan
 * and apply. A region that is known not to have them is no warning but an error, where the program names it.
 */
export function warnOfRegion(scope: Construct, { provider, allowAnyRegion }: RegionProps): void {
  const looked = LOOKED.of(scope, provider);
  if (allowAnyRegion || (looked.by !== undefined && isInTree(looked.by))) return;
  looked.by = scope;
  const region = regionOf(providerOf(scope, provider) ?? {});
  if (region === undefined) checkRegion(scope, provider);
  else if (!rules.knownRegion.must.accepts(region)) {
    Annotations.of(scope).addWarning(`the provider's region ${rules.knownRegion.sentence}. Given: "${region}".`);
  }
}

/** One warning a provider is enough, however many constructs go through it. */
const LOOKED = new PerProvider<{ by?: Construct }>(() => ({}));

function checkRegion(scope: Construct, provider: TerraformProvider | undefined): void {
  // Not `name`, which provider 6 calls deprecated. And not read inside the check, which would make every plan a change.
  const { id: region } = new DataAwsRegion(scope, "Region", { provider });
  const check = new Check(scope, "RegionCheck");
  for (const { must, sentence } of [rules.region, rules.knownRegion]) {
    check.assert(
      expressionOn(region, (name) => must.condition(name)),
      sentenceAt(scope, `the provider's region ${sentence}`),
    );
  }
}
