import { CONNECTIONS, instancesOf } from "../project/state";
import type { Finding } from "./examination";
import type { Place } from "./leftovers";

/** Connections with the name of one that the state knows: AWS documents that names are unique. */
export async function checkTwins(place: Place): Promise<Finding[]> {
  const { stack } = place;
  const findings: Finding[] = [];
  for (const { name, arn } of instancesOf(stack.state, CONNECTIONS, "managed")) {
    const others = (await connectionsNamed(place, String(name))).filter((each) => each !== arn);
    findings.push(
      ...others.map((other) => ({
        id: "leftover",
        says: `There are two connections "${String(name)}": ${String(arn)} is of the stack "${stack.name}", ${other} is not.`,
        todo: "Look at which one is activated and which one pipelines use, and delete the other in the console.",
      })),
    );
  }
  return findings;
}

/** The ARNs of the connections with a name. */
export async function connectionsNamed({ account, region }: Place, name: string): Promise<readonly string[]> {
  const named = (await account.connections(region)).filter(({ ConnectionName }) => ConnectionName === name);
  return named.map(({ ConnectionArn = "" }) => ConnectionArn);
}

/** The type of the resource that makes a connection with such an ARN. */
export function familyOf(arn: string): string {
  return arn.split(":")[2] === "codeconnections"
    ? "aws_codeconnections_connection"
    : "aws_codestarconnections_connection";
}
