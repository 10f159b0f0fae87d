import type { Construct } from "constructs";
import { isExpression } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf } from "../validation/kind";
import { accountsOf, type BoundProvider, providerOf, regionOf } from "../aws-provider/aws-provider";
import type { ConnectionProps } from "./connection-props";
import { HOST, type IConnectionHost } from "./host-base";
import * as hostRules from "./host-limits";
import { isBeside } from "../aws-provider/per-provider";
import { inspectRegion } from "../aws-provider/region";
import { familyGiven, familyOf } from "./resource-family";
import * as rules from "./limits";

/** Applies the rules of a connection, with what is known of the provider that creates it. */
export function inspectConnection(scope: Construct, given: ConnectionProps, bound: BoundProvider): Inspection {
  const props = propertiesOf(given);
  const { providerType, host } = props;
  const family = familyGiven(props.resourceFamily);
  const { providerVersion } = bound.terraformGeneratorMetadata ?? {};
  const inspection = new Inspection()
    .value("name", props.name, rules.connectionName(family))
    .fact(typeOrHost(props), (providerType === undefined) !== (host === undefined))
    .value(
      "providerType",
      providerType,
      rules.providerType,
      ...rules.providerTypeOfFamily(family),
      ...(providerVersion === undefined ? [] : rules.providerTypeOfVersion(family, providerVersion)),
      ...(host === undefined ? [rules.providerTypeWithoutHost] : []),
    )
    .kind("host", host, HOST)
    .literal("resourceFamily", props.resourceFamily, rules.resourceFamily)
    .texts("tags", props.tags)
    .kind("preventDestroy", props.preventDestroy, FLAG)
    .include(inspectRegion(props, bound));
  return host !== undefined && HOST.includes(host)
    ? inspection.include(inspectHost(scope, host, props, bound))
    : inspection;
}

/** That one of the two must be given; of two that contradict each other, that they do. */
function typeOrHost({ providerType, host }: Partial<ConnectionProps>): string {
  const types = [providerType, host?.providerType].filter((type) => typeof type === "string" && !isExpression(type));
  return new Set(types).size < 2
    ? rules.typeOrHost.sentence
    : `providerType ${types.join(" is not that of the host, ")}: leave it out, since the host gives it`;
}

function inspectHost(
  scope: Construct,
  host: IConnectionHost,
  { resourceFamily, provider }: Partial<ConnectionProps>,
  bound: BoundProvider,
): Inspection {
  const takesHost = hostRules.hostArnOfFamily(familyGiven(resourceFamily));
  const region = regionOf(bound);
  const inRegion = region === undefined ? [] : [hostRules.hostArnOfRegion(region)];
  const inAccount = rules.arnOfAccounts(accountsOf(bound));
  if (host.resourceFamily === undefined) {
    return new Inspection().value("host", host.hostArn, hostRules.hostArn, ...takesHost, ...inRegion, ...inAccount);
  }
  const { service } = familyOf(host.resourceFamily);
  const isTaken = familyOf(resourceFamily).hostServices.includes(service);
  const inspection = new Inspection().found(isTaken ? [] : takesHost.map(({ sentence }) => `host ${sentence}`));
  if (isBeside(host, scope, provider)) return inspection;
  const hostRegion = regionOf(providerOf(host, host.provider) ?? {});
  if (region === undefined || hostRegion === undefined) {
    return inspection.value("host", host.hostArn, ...inRegion, ...inAccount);
  }
  return inspection
    .fact(
      `host ${hostRules.hostArnOfRegion(region).sentence}. Given: ${host.node.path}, in ${hostRegion}`,
      hostRegion === region,
    )
    .value("host", host.hostArn, ...inAccount);
}
