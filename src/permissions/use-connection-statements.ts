import { TerraformLocal, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { expressionOn, isExpression } from "../terraform/expression";
import { sentenceAt } from "../validation/precondition";
import { type Access, isGuessed } from "./connection-grant";
import { actions, allow, ESCAPED, policyDocument, PREFIXES, type Statement } from "./statement";

/**
 * The `ProviderAction` values that write, as far as they are documented. They are held back, rather than the reading ones
 * let through, so that a reading action which AWS adds does not stop a pipeline.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-access
 */
const WRITING = ["Create*", "Delete*", "GitPush", "Update*"];

/**
 * The statements that let a role use connections.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function useConnections(accesses: readonly Access[]): Statement[] {
  const unlimited = accesses.filter((access) => !isLimited(access)).map(({ connectionArn }) => connectionArn);
  const plain = unlimited.length === 0 ? [] : [allow(actions("UseConnection"), [...new Set(unlimited)])];
  const pulling = accesses.filter(({ codeBuildSource }) => codeBuildSource).map(({ connectionArn }) => connectionArn);
  const tokens = pulling.length === 0 ? [] : [allow(actions("GetConnection", "GetConnectionToken"), pulling)];
  return [...plain, ...tokens, ...alike(accesses.filter(isLimited)).flatMap(limited)];
}

function isLimited({ repository, branches, readOnly }: Access): boolean {
  return repository !== undefined || branches.length > 0 || readOnly;
}

/** Accesses that differ in the repository only, so that one pair of statements holds them. */
function alike(accesses: readonly Access[]): [Access, ...Access[]][] {
  const groups = new Map<string, [Access, ...Access[]]>();
  for (const access of accesses) {
    const { connectionArn, repository, branches, readOnly } = access;
    const key = JSON.stringify([connectionArn, repository === undefined, branches, readOnly]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [access]);
    else group.push(access);
  }
  return [...groups.values()];
}

/** One statement for each prefix: the keys of both in one statement would have to match at the same time. */
function limited(group: [Access, ...Access[]]): Statement[] {
  const [{ connectionArn, branches, readOnly }] = group;
  const repositories = group.flatMap(({ repository }) => repository ?? []);
  return PREFIXES.map((prefix) => {
    const conditions = [
      ...oneOf(`${prefix}:FullRepositoryId`, repositories),
      ...oneOf(`${prefix}:BranchName`, branches),
      ...(readOnly
        ? ([
            ["StringEqualsIfExists", `${prefix}:ProviderPermissionsRequired`, "read_only"],
            ["StringNotLike", `${prefix}:ProviderAction`, WRITING],
          ] as const)
        : []),
    ];
    const Condition: { [operator: string]: { [key: string]: string | readonly string[] } } = {};
    for (const [operator, key, value] of conditions) Condition[operator] = { ...Condition[operator], [key]: value };
    return { Effect: "Allow", Action: `${prefix}:UseConnection`, Resource: connectionArn, Condition };
  });
}

/**
 * That a key has one of the values, if the call has the key at all: some of CodePipeline's calls name no repository, and
 * a plain `StringEquals` denies them.
 *
 * @see https://github.com/cloudposse/terraform-aws-ecs-codepipeline/pull/75
 */
function oneOf(key: string, values: readonly string[]): [string, string, string | readonly string[]][] {
  const [first] = values;
  if (first === undefined) return [];
  // An expression may turn out to be a pattern.
  const operator = values.some((value) => isExpression(value) || value.includes("*")) ? "Like" : "Equals";
  return [[`String${operator}IfExists`, key, values.length === 1 ? first : values]];
}

/** A policy document as a property of a resource, and what that resource must hold back. */
export interface Document {
  readonly policy: string;
  readonly lifecycle?: TerraformResourceLifecycle;
}

/**
 * The document that allows this. Its size is known at synthesis, unless it holds expressions other than ARNs: then the
 * resource checks it.
 */
export function documentOf(
  scope: Construct,
  id: string,
  accesses: readonly Access[],
  maxSize: number,
  lifecycle?: TerraformResourceLifecycle,
): Document {
  const document = policyDocument(useConnections(accesses));
  if (!accesses.some(isGuessed)) return { policy: document, lifecycle };
  const policy = new TerraformLocal(scope, id, document).asString;
  const precondition = {
    condition: expressionOn(
      policy,
      (reference) => `length(replace(${reference}, "/${ESCAPED}/", "123456")) <= ${maxSize}`,
    ),
    errorMessage: sentenceAt(
      scope,
      `grants hold strings that make a policy longer than the ${maxSize} characters that IAM takes: give them as literals, ` +
        "so that they can be divided, or use patterns with *",
    ),
  };
  return { policy, lifecycle: { ...lifecycle, precondition: [...(lifecycle?.precondition ?? []), precondition] } };
}
