import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** A statement of the role's policy. */
export interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

export interface ServiceRoleProps {
  readonly namePrefix: string;
  readonly description: string;
  /** The service that takes the role, e.g. `codepipeline.amazonaws.com`. */
  readonly service: string;
  /** The only resource for which the service may take it. */
  readonly sourceArn: string;
  /** The only account for which the service may take it. */
  readonly sourceAccount: string;
}

/** A role that one AWS service takes, for one resource of this account. */
export class ServiceRole extends Construct {
  public readonly name: string;
  public readonly arn: string;

  public constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const { name, arn } = new IamRole(this, "Resource", {
      namePrefix: props.namePrefix,
      description: props.description,
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: props.service },
            Action: "sts:AssumeRole",
            // Or the service could be made to take the role on behalf of somebody else's resource.
            Condition: {
              ArnEquals: { "aws:SourceArn": props.sourceArn },
              StringEquals: { "aws:SourceAccount": props.sourceAccount },
            },
          },
        ],
      }),
    });
    this.name = name;
    this.arn = arn;
  }

  /** Lets the role do this, and returns what must exist before it does. */
  public allow(id: string, statements: readonly Statement[]): ITerraformDependable {
    return new IamRolePolicy(this, id, {
      role: this.name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
      }),
    });
  }
}
