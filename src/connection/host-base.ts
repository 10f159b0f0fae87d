import type { TerraformProvider } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { accountsOf, type BoundProvider, isBeside, providerOf, regionOf } from "../aws-provider/bound-provider";
import { isExpression } from "../terraform/expression";
import type { Inspection } from "../validation/inspection";
import type { Kind } from "../validation/kind";
import * as hostLimits from "./host-limits";
import * as limits from "./limits";
import type { ProviderType } from "./provider-type";
import { familyGiven, familyOf, type ResourceFamily } from "./resource-family";

/** The installation of a repository provider that connections go through: made here, or one that exists already. */
export interface IConnectionHost extends IConstruct {
  /**
   * The ARN, of the service `codestar-connections` or `codeconnections`.
   *
   * @attribute
   */
  readonly hostArn: string;

  /** The host's name, for a host that is made here. */
  readonly hostName?: string;

  /**
   * The status of a host that is created here with `ResourceFamily.CODESTAR_CONNECTIONS`, such as `PENDING` or
   * `AVAILABLE`. Undefined for `ResourceFamily.CODECONNECTIONS` and for an existing host. A connection can be activated
   * only when its host is `AVAILABLE`.
   *
   * @attribute
   */
  readonly hostStatus?: string;

  /** The repository provider that is installed on the host, if it is known. */
  readonly providerType?: ProviderType;

  /** The resource family of a host that is created here. */
  readonly resourceFamily?: ResourceFamily;

  /** The region of a host that is created here, if it is not the region of its provider. */
  readonly region?: string;

  /** The AWS provider that reaches the host, if it is not the stack's default AWS provider. */
  readonly provider?: TerraformProvider;
}

/** By what it has, not by `instanceof`: another copy of this library makes hosts too. */
export const HOST: Kind = {
  includes: (value) => Construct.isConstruct(value) && typeof (value as Partial<IConnectionHost>).hostArn === "string",
  sentence: "must be a host: new ConnectionHost(…) or ConnectionHost.fromHostArn(…)",
};

/** What a connection says of itself, as far as it must agree with its host. */
interface ThroughHost {
  readonly providerType?: ProviderType;
  readonly host?: IConnectionHost;
  readonly resourceFamily?: ResourceFamily;
  readonly region?: string;
  readonly provider?: TerraformProvider;
}

/** One of the two must be given; of two that contradict each other, the message says that they do. */
export function checkTypeAndHost(inspection: Inspection, { providerType, host }: ThroughHost): void {
  const types = [providerType, host?.providerType]
    .map((type) => type?.value)
    .filter((type) => typeof type === "string" && !isExpression(type));
  inspection.fact(
    new Set(types).size < 2
      ? limits.typeOrHost.sentence
      : `providerType is ${types.join(", but the host has the type ")}: leave providerType out, because the ` +
          "connection takes the type of its host",
    (providerType === undefined) !== (host === undefined),
  );
}

/** A host must be of a family that the connection's family takes. */
export function checkHost(inspection: Inspection, { host, resourceFamily }: ThroughHost): void {
  if (host === undefined || !HOST.includes(host)) return;
  const ofFamily = hostLimits.hostArnOfFamily(familyGiven(resourceFamily));
  if (host.resourceFamily === undefined) {
    inspection.value("host", host.hostArn, hostLimits.hostArn, ...ofFamily);
    return;
  }
  const { service } = familyOf(host.resourceFamily);
  const isTaken = familyOf(resourceFamily).hostServices.includes(service);
  const shown = `${host.node.path}, of the resource family "${host.resourceFamily}"`;
  inspection.found(isTaken ? [] : ofFamily.map(({ sentence }) => `host ${sentence}. Given: ${shown}`));
}

/** A server that AWS documents nothing about. */
export function warnOfEndpoint(inspection: Inspection, endpoint: unknown): void {
  if (typeof endpoint !== "string" || !/^https:\/\/[^/?#]+\.ghe\.com([:/?#]|$)/i.test(endpoint)) return;
  inspection.doubt(
    "providerEndpoint is below ghe.com, which is GitHub Enterprise Cloud with data residency: AWS documents hosts for " +
      "GitHub Enterprise Server only",
  );
}

/** A host must be in the connection's region, and in an account that the connection reaches. */
export function checkPlaceOfHost(
  inspection: Inspection,
  scope: IConstruct,
  { host, region: own, provider }: ThroughHost,
  bound: BoundProvider,
): void {
  if (host === undefined || !HOST.includes(host)) return;
  const isMadeHere = host.resourceFamily !== undefined;
  if (isMadeHere && host.region === own && isBeside(host, scope, provider)) return;
  const region = regionOf(bound, own);
  const inRegion = region === undefined ? [] : [hostLimits.hostArnOfRegion(region)];
  const inAccount = limits.arnOfAccounts(accountsOf(bound));
  const hostRegion = isMadeHere ? regionOf(providerOf(host, host.provider) ?? {}, host.region) : undefined;
  if (region === undefined || hostRegion === undefined) {
    inspection.value("host", host.hostArn, ...inRegion, ...inAccount);
    return;
  }
  inspection
    .fact(
      `host ${hostLimits.hostArnOfRegion(region).sentence}. Given: ${host.node.path}, in ${hostRegion}`,
      hostRegion === region,
    )
    .value("host", host.hostArn, ...inAccount);
}
