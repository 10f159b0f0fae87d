import type { IConstruct } from "constructs";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { isExpression } from "../terraform/expression";
import { isSameAttribute, referenceIn } from "../terraform/reference";
import { escaped } from "../validation/constraint";
import type { Inspection } from "../validation/inspection";
import { type Declared, optional, required } from "../validation/properties";
import { attributeNamed } from "../validation/rule";
import { isEmpty } from "../validation/kind";
import { flag, kindOf, someStrings } from "../validation/types";
import { branchPattern, repositoryPattern } from "./limits";

/** Permission to use one connection, or some of its repositories and branches. */
export interface ConnectionGrant {
  /** The connection that may be used. */
  readonly connection: IConnection;

  /**
   * The only repositories that the roles may use: at least one path such as `acme/shop` or `acme/*`, each of 1 to 1000
   * characters. `*` stands for any characters, slashes too, but the pattern must have the parts of a path: not `*` or
   * `acme*` alone. Double quotes, `?`, `\` and characters outside Latin-1 are not allowed; write `*` instead.
   *
   * A call that names no repository stays allowed: CodePipeline makes such calls, and a pipeline stops without them.
   *
   * @default - all repositories that the connection reaches
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
   */
  readonly repositories?: string[];

  /**
   * The only branches that the roles may use: at least one name or pattern, each of 1 to 1000 characters. `*` stands
   * for any characters. Double quotes, `?`, `\` and characters outside Latin-1 are not allowed; write `*` instead.
   *
   * A call that names no branch stays allowed. If a trigger starts the pipeline on other branches, add those branches
   * too.
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

  /**
   * Allows also what a CodeBuild project needs whose own source or webhook uses the connection: `GetConnection` and
   * `GetConnectionToken`. For the service role of such a project. A project that takes its source from CodePipeline, as a
   * ZIP or a full clone, does not need it.
   *
   * With the token, the role reaches all that the connection reaches. So it is an error together with `repositories`,
   * `branches` or `readOnly`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
   */
  readonly codeBuildSource?: boolean;
}

export function declareGrant({ connection }: Partial<ConnectionGrant>): Declared<ConnectionGrant> {
  return {
    connection: required(kindOf(CONNECTION)),
    repositories: optional(
      someStrings(
        repositoryPattern(connection?.providerType),
        ": to grant all repositories of the connection, leave repositories out",
      ),
    ),
    branches: optional(someStrings(branchPattern, ": to grant all branches, leave branches out")),
    readOnly: optional(flag),
    codeBuildSource: optional(flag),
  };
}

/** Demands that no grant of a token, which reaches all of a connection, looks limited. */
export function checkTokens(inspection: Inspection, grants: readonly Partial<ConnectionGrant>[]): void {
  grants.forEach((grant, index) => {
    // An empty list is an error of its own.
    const isLimit = (limit: unknown): boolean => limit !== undefined && limit !== false && !isEmpty(limit);
    const limits = LIMITS.filter((property) => isLimit(grant[property]));
    inspection.fact(
      `grants[${index}].codeBuildSource lets the role get a token of the connection, which reaches all that the connection ` +
        `reaches: leave ${limits.join(", ")} out, or set codeBuildSource to false`,
      grant.codeBuildSource !== true || limits.length === 0,
    );
  });
}

const LIMITS = ["repositories", "branches", "readOnly"] as const;

/** What a grant comes down to: one connection, and one of its repositories or all of them. A policy is packed from these. */
export interface Access {
  readonly connectionArn: string;
  /** All repositories, if it is missing. */
  readonly repository?: string;
  /** All branches, if there is none. */
  readonly branches: readonly string[];
  readonly readOnly: boolean;
  /** Whether a project of CodeBuild pulls with it by itself. */
  readonly codeBuildSource?: boolean;
}

/** What the grants come down to, each once, in the order in which they were given. */
export function accessesOf(grants: readonly ConnectionGrant[]): Access[] {
  const byKey = new Map<string, Access>();
  for (const { connection, repositories, branches = [], readOnly = false, codeBuildSource } of grants) {
    for (const repository of repositories ?? [undefined]) {
      const access: Access = {
        ...{ connectionArn: connection.connectionArn, repository, branches, readOnly },
        ...(codeBuildSource && { codeBuildSource }),
      };
      byKey.set(JSON.stringify(access), access);
    }
  }
  return [...byKey.values()];
}

/** Whether one access lets through what another one is for, as far as `scope` can tell; an expression may. */
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
  const [first, second] = [originOf(scope, one), originOf(scope, other)];
  if (first === undefined || second === undefined) return true;
  // An attribute shows its address only when it is rendered, so it may be the one that an address is of.
  const isSame = first.from === second.from ? first.name === second.name : ![first, second].some(isLiteral);
  return isSameAttribute(one, other) ?? isSame;
}

interface Origin {
  readonly from: "literal" | "attribute" | "address";
  readonly name: string;
}

/** Where an ARN comes from: nothing where that is not a literal or a connection that is made here. */
function originOf(scope: IConstruct, arn: string): Origin | undefined {
  if (!isExpression(arn)) return { from: "literal", name: arn };
  const referenced = referenceIn(scope, arn);
  if (referenced === undefined || attributeNamed(referenced) !== "the ARN of a connection") return undefined;
  // The `arn` and the `id` of a connection are one.
  const name = referenced.label.replace(/\.(arn|id)$/, "");
  return { from: referenced.isAttribute ? "attribute" : "address", name };
}

function isLiteral({ from }: Origin): boolean {
  return from === "literal";
}

/** Whether a string is like a pattern, as IAM's `StringLike` has it. */
function isLike(value: string | undefined, pattern: string): boolean {
  if (value === undefined) return false;
  if (isExpression(value) || isExpression(pattern)) return true;
  const parts = pattern.split("*").map(escaped);
  return new RegExp(`^${parts.join(".*")}$`, "su").test(value);
}

/** Whether the size can turn out to be another: an ARN has an upper bound, other expressions have none. */
export function isGuessed({ repository, branches }: Access): boolean {
  return [repository ?? "", ...branches].some(isExpression);
}
