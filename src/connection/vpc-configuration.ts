import { Inspection, type Size } from "../validation/inspection";
import { OBJECT, propertiesOf } from "../validation/kind";
import type { ResourceFamily } from "./resource-family";
import * as rules from "./host-limits";

/**
 * How AWS reaches a host inside a VPC.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_VpcConfiguration.html
 */
export interface VpcConfiguration {
  /** The VPC: `vpc-…`. */
  readonly vpcId: string;

  /** The subnets, 1 to 10 of them: `subnet-…`. The list, or its elements, may be expressions. */
  readonly subnetIds: string[];

  /** The security groups, 1 to 10 of them: `sg-…`. The list, or its elements, may be expressions. */
  readonly securityGroupIds: string[];

  /**
   * The certificate that the installation is reached with, in the PEM form: 1 to 16,384 characters (bytes in
   * `ResourceFamily.CODECONNECTIONS`). Not the path of its file, and not its private key.
   *
   * @default - a certificate that a public authority signed
   */
  readonly tlsCertificate?: string;
}

const SIZE: Size = {
  ...{ min: 1, max: 10 },
  see: "https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_VpcConfiguration.html",
};

export function inspectVpc(given: VpcConfiguration | undefined, family: ResourceFamily): Inspection {
  const inspection = new Inspection();
  if (given === undefined) return inspection;
  if (!OBJECT.includes(given)) return inspection.kind("vpcConfiguration", given, OBJECT);
  const { vpcId, subnetIds, securityGroupIds, tlsCertificate } = propertiesOf(given);
  return inspection
    .required("vpcConfiguration.vpcId", vpcId, rules.vpcId)
    .list("vpcConfiguration.subnetIds", subnetIds, SIZE, rules.subnetId)
    .list("vpcConfiguration.securityGroupIds", securityGroupIds, SIZE, rules.securityGroupId)
    .value("vpcConfiguration.tlsCertificate", tlsCertificate, rules.tlsCertificate(family));
}
