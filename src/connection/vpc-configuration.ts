import { type Declared, optionalArgument, required } from "../validation/properties";
import type { Size } from "../validation/rule";
import { sizedList, string } from "../validation/types";
import * as limits from "./host-limits";
import type { ResourceFamily } from "./resource-family";

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

export function declareVpc(family: ResourceFamily): Declared<VpcConfiguration> {
  return {
    vpcId: required(string(limits.vpcId)),
    subnetIds: required(sizedList(SIZE, limits.subnetId)),
    securityGroupIds: required(sizedList(SIZE, limits.securityGroupId)),
    tlsCertificate: optionalArgument(string(limits.tlsCertificate(family))),
  };
}
