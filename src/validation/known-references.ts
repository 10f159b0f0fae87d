import type { Referenced } from "../terraform/reference";

/** What the attribute of a resource is, for the few attributes that are mistaken for one another. */
export type Attribute =
  "the name of a role" | "the ARN of a role" | "the ARN of a connection" | "the ARN of a host" | "the ARN of a policy";

const CONNECTION = { arn: "the ARN of a connection", id: "the ARN of a connection" } as const;
const HOST = { arn: "the ARN of a host", id: "the ARN of a host" } as const;

/** Every other type and attribute is unknown: Terraform checks its value. */
const ATTRIBUTES: { readonly [type: string]: { readonly [attribute: string]: Attribute } } = {
  aws_iam_role: { name: "the name of a role", id: "the name of a role", arn: "the ARN of a role" },
  aws_iam_policy: { arn: "the ARN of a policy" },
  aws_codestarconnections_connection: CONNECTION,
  aws_codeconnections_connection: CONNECTION,
  aws_codestarconnections_host: HOST,
  aws_codeconnections_host: HOST,
};

/** What a reference names, if that is known. */
export function attributeNamed({ type, attribute }: Referenced): Attribute | undefined {
  return ATTRIBUTES[type]?.[attribute];
}
