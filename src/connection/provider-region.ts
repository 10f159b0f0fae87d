import { TerraformStack, type TerraformProvider } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { Inspection } from "../validation/inspection";
import * as rules from "./rules";

interface RegionProps {
  readonly provider?: TerraformProvider;
  readonly allowAnyRegion?: boolean;
}

/** Applies the rules to the region of the connection's provider, where the program gives one. */
export function inspectRegion(scope: Construct, props: RegionProps): Inspection {
  const provider = props.provider ?? TerraformStack.of(scope).node.children.find(isDefaultAwsProvider);
  return inspectRegionOf(provider, props);
}

/** Does it once more when the stack is complete, for a provider that is made after the connection or inside a construct. */
export function inspectRegionLater(scope: Construct, props: RegionProps): void {
  const stack = TerraformStack.of(scope);
  if (props.provider !== undefined || stack.node.children.some(isDefaultAwsProvider)) return;
  scope.node.addValidation({
    validate: () => inspectRegionOf(stack.node.findAll().find(isDefaultAwsProvider), props).problems,
  });
}

function inspectRegionOf(provider: IConstruct | undefined, { allowAnyRegion }: RegionProps): Inspection {
  const { region } = (provider ?? {}) as { region?: string };
  const inspection = new Inspection();
  return allowAnyRegion === true ? inspection : inspection.value("the provider's region", region, rules.region);
}

/** By what it renders, not by `instanceof`: two copies of the provider package would be strangers to each other. */
function isDefaultAwsProvider(child: IConstruct): boolean {
  const { terraformProviderSource, terraformResourceType, alias } = child as Partial<TerraformProvider>;
  return terraformProviderSource !== undefined && terraformResourceType === "aws" && alias === undefined;
}
