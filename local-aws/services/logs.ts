import { arn, type Scope } from "../account";
import { AwsError } from "../aws-error";
import { page } from "../pages";
import { jsonProtocol } from "../protocols/json";
import type { Operation, Service } from "../service";
import { checked, integer, list, map, type Shape, structure, string } from "../shapes";
import { TagStore } from "../tag-store";

interface LogGroup {
  readonly name: string;
  readonly arn: string;
  readonly created: number;
  readonly logGroupClass: string;
  kmsKeyId?: string | undefined;
  retentionInDays?: number | undefined;
}

const RETENTION_DAYS: readonly number[] = [
  ...[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827],
  ...[2192, 2557, 2922, 3288, 3653],
];

const logGroupName = string({ min: 1, max: 512, pattern: "[\\.\\-_/#A-Za-z0-9]+" });
const kmsKeyId = string({ max: 256 });
const tagKey = string({ min: 1, max: 128, pattern: "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)" });
const tags = map(tagKey, string({ max: 256, pattern: "([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)" }), { min: 1, max: 50 });
const resourceArn = string({ min: 1, max: 1011, pattern: "[\\w+=/:,.@-]*" });
const named = structure({ required: { logGroupName } });

/** Amazon CloudWatch Logs, as far as log groups. */
export class Logs implements Service {
  public readonly signingName = "logs";
  public readonly protocol = jsonProtocol("1.1");
  public readonly operations: Readonly<{ [key: string]: Operation }> = {
    CreateLogGroup: operation(
      structure({
        required: { logGroupName },
        optional: { kmsKeyId, tags, logGroupClass: string({ values: ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"] }) },
      }),
      ({ logGroupName: name, logGroupClass = "STANDARD", ...input }, scope) => {
        const groupArn = arn(scope, "logs", `log-group:${name}`);
        if (this.groups.has(groupArn)) {
          throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        this.tags.add(groupArn, input.tags ?? {});
        const created = Date.now();
        this.groups.set(groupArn, { name, arn: groupArn, created, logGroupClass, kmsKeyId: input.kmsKeyId });
      },
    ),
    DescribeLogGroups: operation(
      structure({
        optional: {
          logGroupNamePrefix: logGroupName,
          nextToken: string({ min: 1 }),
          limit: integer({ min: 1, max: 50 }),
        },
      }),
      ({ logGroupNamePrefix = "", nextToken: token, limit = 50 }, scope) => {
        const inRegion = arn(scope, "logs", `log-group:${logGroupNamePrefix}`);
        const found = [...this.groups.values()].filter((group) => group.arn.startsWith(inRegion));
        const { items, nextToken } = page(found, limit, token, "InvalidParameterException");
        return { logGroups: items.map(output), nextToken };
      },
    ),
    PutRetentionPolicy: operation(
      structure({ required: { logGroupName, retentionInDays: integer() } }),
      ({ logGroupName: name, retentionInDays }, scope) => {
        if (!RETENTION_DAYS.includes(retentionInDays)) {
          throw new AwsError(
            "InvalidParameterException",
            `Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ` +
              `Member must satisfy enum value set: [${RETENTION_DAYS.join(", ")}]`,
          );
        }
        this.group(name, scope).retentionInDays = retentionInDays;
      },
    ),
    DeleteRetentionPolicy: operation(named, ({ logGroupName: name }, scope) => {
      this.group(name, scope).retentionInDays = undefined;
    }),
    AssociateKmsKey: operation(structure({ required: { logGroupName, kmsKeyId } }), (input, scope) => {
      this.group(input.logGroupName, scope).kmsKeyId = input.kmsKeyId;
    }),
    DisassociateKmsKey: operation(named, (input, scope) => {
      this.group(input.logGroupName, scope).kmsKeyId = undefined;
    }),
    DeleteLogGroup: operation(named, ({ logGroupName: name }, scope) => {
      const group = this.group(name, scope);
      this.groups.delete(group.arn);
      this.tags.forget(group.arn);
    }),
    TagResource: operation(structure({ required: { resourceArn, tags } }), (input) => {
      this.tags.add(this.known(input.resourceArn), input.tags);
    }),
    UntagResource: operation(structure({ required: { resourceArn, tagKeys: list(tagKey, { max: 50 }) } }), (input) => {
      this.tags.remove(this.known(input.resourceArn), input.tagKeys);
    }),
    ListTagsForResource: operation(structure({ required: { resourceArn } }), (input) => ({
      tags: this.tags.of(this.known(input.resourceArn)),
    })),
  };

  private readonly groups = new Map<string, LogGroup>();
  private readonly tags = new TagStore({
    limit: 50,
    tooManyCode: "TooManyTagsException",
    invalidCode: "InvalidParameterException",
  });

  public inventory(): string[] {
    return [...this.groups.keys()];
  }

  private group(name: string, scope: Scope): LogGroup {
    return this.groups.get(arn(scope, "logs", `log-group:${name}`)) ?? notFound();
  }

  private known(groupArn: string): string {
    return this.groups.get(groupArn)?.arn ?? notFound();
  }
}

/** An operation of CloudWatch Logs, which has a code of its own for input of the wrong shape. */
function operation<T>(shape: Shape<T>, run: (input: T, scope: Scope) => unknown): Operation {
  return checked(shape, run, "InvalidParameterException");
}

/** AWS writes the ARN twice: the older form ends in `:*`, and stands for the streams in the group. */
function output({ name, arn, created, retentionInDays, kmsKeyId, logGroupClass }: LogGroup) {
  return {
    logGroupName: name,
    arn: `${arn}:*`,
    logGroupArn: arn,
    creationTime: created,
    retentionInDays,
    kmsKeyId,
    logGroupClass,
    metricFilterCount: 0,
    storedBytes: 0,
  };
}

function notFound(): never {
  throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}
