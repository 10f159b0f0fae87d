import { asString } from "../terraform/expression";
import type { Expr } from "../terraform/template";

const COMMERCIAL = "console.aws.amazon.com";
const GOVERNMENT = "console.amazonaws-us-gov.com";

/**
 * The console page of one connection, built by Terraform from the ARN. AWS does not document the address, so
 * `connectionsPage` is to stand beside it.
 */
export function connectionPage(connectionArn: string): string {
  return asString((partOf) => {
    const part = partsOf(partOf(connectionArn));
    const id = `trimprefix(${part(5)}, "connection/")`;
    return `format("https://%s.%s/codesuite/settings/%s/%s/connections/%s", ${part(3)}, ${hostIn(part(1))}, ${part(4)}, ${part(3)}, ${id})`;
  });
}

/**
 * The console page that lists the connections, and the hosts, of the region of an ARN: without a region, the console shows
 * the one that was used last.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export function connectionsPage(connectionArn: string): Expr {
  return (partOf) => {
    const part = partsOf(partOf(connectionArn));
    return `format("https://%s.%s/codesuite/settings/connections", ${part(3)}, ${hostIn(part(1))})`;
  };
}

/** The console's host name in the partition of an ARN. */
function hostIn(partition: string): string {
  return `(${partition} == "aws-us-gov" ? "${GOVERNMENT}" : "${COMMERCIAL}")`;
}

/** The parts between an ARN's colons. */
function partsOf(arn: string): (index: number) => string {
  return (index) => `split(":", ${arn})[${index}]`;
}
