import { partitionOf } from "../account";
import type { RoleExists } from "../policy-principal";
import { type S3Input, type S3Operation, s3Protocol } from "../protocols/s3";
import type { Operation, Service } from "../service";
import { policyOperations } from "./s3/bucket-policy";
import { bucketOperations } from "./s3/buckets";
import { configurationOperations } from "./s3/configuration";
import { objectOperations } from "./s3/objects";
import { S3State } from "./s3/state";
import { versionOperations } from "./s3/versions";

/** Amazon Simple Storage Service: buckets with their configuration and policies, and the objects in them. */
export class S3 implements Service {
  public readonly signingName = "s3";
  public readonly protocol = s3Protocol;
  public readonly operations: { readonly [name: string]: Operation };

  private readonly state = new S3State();

  public constructor(roleExists: RoleExists) {
    const operations: { readonly [name: string]: S3Operation } = {
      ...bucketOperations(this.state),
      ...configurationOperations(this.state),
      ...policyOperations(this.state, roleExists),
      ...objectOperations(this.state),
      ...versionOperations(this.state),
    };
    this.operations = Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [name, (input, scope) => run(input as S3Input, scope)]),
    );
  }

  public bucketExists(name: string): boolean {
    return this.state.buckets.has(name);
  }

  /** The policy of a bucket, as it was received. */
  public bucketPolicy(name: string): string | undefined {
    return this.state.buckets.get(name)?.policy;
  }

  public inventory(): string[] {
    return [...this.state.buckets.values()].flatMap(({ name, region, objects }) => {
      const arn = `arn:${partitionOf(region)}:s3:::${name}`;
      return [arn, ...[...objects.keys()].map((key) => `${arn}/${key}`)];
    });
  }
}
