import { Failure } from "./failure";

/** The parts of the ARN of a connection or a host. */
export interface TargetArn {
  readonly arn: string;
  readonly kind: "connection" | "host";
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly id: string;
}

const PATTERN = String.raw`arn:(aws(?:-[a-z]+)*):(?:codestar-connections|codeconnections):([a-z0-9-]+):(\d{12}):(connection|host)\/([\w.-]*\w)`;
const EXACT = new RegExp(`^${PATTERN}$`);

export function parseArn(arn: string): TargetArn | undefined {
  const found = EXACT.exec(arn);
  if (found === null) return undefined;
  const [, partition = "", region = "", accountId = "", kind = "", id = ""] = found;
  return { arn, kind: kind as TargetArn["kind"], partition, region, accountId, id };
}

/** The parts of an ARN that a person wrote. */
export function readArn(arn: string): TargetArn {
  const parsed = parseArn(arn.trim());
  if (parsed !== undefined) return parsed;
  throw new Failure(
    `${JSON.stringify(arn)} is not the ARN of a connection or a host. Such an ARN is ` +
      '"arn:aws:codestar-connections:us-east-1:123456789012:connection/0c8b1a2f" or the same with "codeconnections".',
  );
}

/** The ARNs of connections and hosts in JSON of any shape, each once. */
export function arnsIn(value: unknown): readonly string[] {
  return [...new Set(JSON.stringify(value ?? null).match(new RegExp(`\\b${PATTERN}`, "g")))];
}

/** The page of a connection in the console, which AWS does not document; for a host, the page that lists them. */
export function consolePage({ kind, partition, region, accountId, id }: TargetArn): string {
  const settings = `https://${region}.${consoleHost(partition)}/codesuite/settings`;
  return kind === "host" ? `${settings}/connections` : `${settings}/${accountId}/${region}/connections/${id}`;
}

/** The page of a pipeline in the console. */
export function pipelinePage(partition: string, region: string, name: string): string {
  return `https://${region}.${consoleHost(partition)}/codesuite/codepipeline/pipelines/${name}/view?region=${region}`;
}

function consoleHost(partition: string): string {
  return partition === "aws-us-gov" ? "console.amazonaws-us-gov.com" : "console.aws.amazon.com";
}
