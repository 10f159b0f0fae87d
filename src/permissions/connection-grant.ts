import type { IConstruct } from "constructs";
import type { IConnection } from "../connection/connection-base";
import { isExpression, textNow } from "../terraform/expression";
import { escaped } from "../validation/constraint";

/** What of one connection may be used. */
export interface ConnectionGrant {
  /** The connection that may be used. */
  readonly connection: IConnection;

  /**
   * The only repositories that may be used: paths such as `acme/shop`, in which `*` stands for any characters, slashes too.
   *
   * A call that names no repository stays allowed: CodePipeline makes such calls, and a pipeline stops without them.
   *
   * @default - all repositories that the connection reaches
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
   */
  readonly repositories?: string[];

  /**
   * The only branches that may be used, in which `*` stands for any characters: 1 to 1000 characters each.
   *
   * A call that names no branch stays allowed. A pipeline whose trigger lets other branches through needs these here too.
   *
   * @default - all branches
   */
  readonly branches?: string[];

  /**
   * Allows only what reads: no `git push`, no commits, branches, comments, statuses or pull requests.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** What a grant comes down to: one connection, and one of its repositories or all of them. A policy is packed from these. */
export interface Access {
  readonly connectionArn: string;
  /** All repositories, if it is missing. */
  readonly repository?: string;
  /** All branches, if there is none. */
  readonly branches: readonly string[];
  readonly readOnly: boolean;
}

/** What the grants come down to, each once, in the order in which they were given. */
export function accessesOf(grants: readonly ConnectionGrant[]): Access[] {
  const byText = new Map<string, Access>();
  for (const { connection, repositories, branches = [], readOnly = false } of grants) {
    for (const repository of repositories ?? [undefined]) {
      const access = { connectionArn: connection.connectionArn, repository, branches, readOnly };
      byText.set(JSON.stringify(access), access);
    }
  }
  return [...byText.values()];
}

/** Whether one access lets through what another one is for, as far as `scope` can tell; what only Terraform knows may. */
export function allows(scope: IConstruct, access: Access, wanted: Access): boolean {
  return (
    mayBeOne(scope, access.connectionArn, wanted.connectionArn) &&
    (access.repository === undefined || isLike(wanted.repository, access.repository)) &&
    (access.branches.length === 0 ||
      wanted.branches.every((branch) => access.branches.some((one) => isLike(branch, one))))
  );
}

/** Whether two ARNs may be of one connection: literals and connections that are made here are told apart. */
function mayBeOne(scope: IConstruct, one: string, other: string): boolean {
  const [first, second] = [one, other].map((arn) => textNow(scope, arn, { preparing: false }));
  return first === second || [first, second].some((text = "") => isExpression(text) && !MADE_HERE.test(text));
}

const MADE_HERE = /^\$\{aws_code(star)?connections_connection\.[\w-]+\.arn\}$/;

/** Whether a text is like a pattern, as IAM's `StringLike` has it. */
function isLike(text: string | undefined, pattern: string): boolean {
  if (text === undefined) return false;
  if (isExpression(text) || isExpression(pattern)) return true;
  const parts = pattern.split("*").map(escaped);
  return new RegExp(`^${parts.join(".*")}$`, "su").test(text);
}

/** Whether the size can turn out to be another: an ARN has an upper bound, other expressions have none. */
export function isGuessed({ repository, branches }: Access): boolean {
  return [repository ?? "", ...branches].some(isExpression);
}
