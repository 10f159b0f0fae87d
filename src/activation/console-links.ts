import { Fn } from "cdktf";

const COMMERCIAL = "console.aws.amazon.com";
const GOVERNMENT = "console.amazonaws-us-gov.com";

/** The console's host name in the partition of an ARN. */
function host(partition: string): string {
  return Fn.lookup({ "aws-us-gov": GOVERNMENT }, partition, COMMERCIAL) as string;
}

/**
 * The console page of one connection, built by Terraform from the ARN. AWS does not document the address, so
 * `connectionsPage` is to stand beside it.
 */
export function connectionPage(connectionArn: string): string {
  const part = partsOf(connectionArn);
  return Fn.format("https://%s.%s/codesuite/settings/%s/%s/connections/%s", [
    part(3),
    host(part(1)),
    part(4),
    part(3),
    Fn.trimprefix(part(5), "connection/"),
  ]) as string;
}

/**
 * The console page that lists the connections.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export function connectionsPage(connectionArn: string): string {
  return Fn.format("https://%s/codesuite/settings/connections", [host(partsOf(connectionArn)(1))]) as string;
}

/** The parts between an ARN's colons, whether the program or only Terraform knows the ARN. */
function partsOf(arn: string): (index: number) => string {
  const parts = Fn.split(":", arn);
  return (index) => Fn.element(parts, index) as string;
}
