import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { paginateListConnections } from "@aws-sdk/client-codestar-connections";
import { GetPipelineCommand } from "@aws-sdk/client-codepipeline";
import { paginateListPolicies, paginateListRoles } from "@aws-sdk/client-iam";
import type { Session } from "../aws/session";
import { isGone } from "../failure";
import { evaluate } from "../project/evaluate";
import type { Stack } from "../project/project";
import { instancesOf } from "../project/state";
import type { Attempt, Finding } from "./examination";

/** What a stack is to make and its state does not know, such as after a deploy that was interrupted. */
interface Missing {
  readonly type: string;
  /** The address in the state. */
  readonly address: string;
  readonly name: string | undefined;
  readonly prefix: string | undefined;
}

interface Place {
  readonly session: Session;
  readonly stack: Stack;
  readonly region: string;
  readonly attempt: Attempt;
}

/** How each kind is looked for. */
const SEARCHES: { readonly [type: string]: (missing: Missing, place: Place) => Promise<Finding[]> } = {
  aws_codepipeline: findPipeline,
  aws_cloudwatch_log_group: findLogGroup,
  aws_codestarconnections_connection: findConnection,
  aws_codeconnections_connection: findConnection,
  aws_iam_role: findRoles,
  aws_iam_policy: findPolicies,
};

/** What is in the account of what a stack makes, though its state does not know it. Nothing is deleted. */
export async function checkLeftovers(
  session: Session,
  stack: Stack,
  region: string,
  attempt: Attempt,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const missing of await missingIn(stack)) {
    findings.push(...((await SEARCHES[missing.type]?.(missing, { session, stack, region, attempt })) ?? []));
  }
  // Several resources can have one prefix.
  return [...new Map(findings.map((each) => [each.says, each])).values()];
}

async function missingIn({ program, state, folder }: Stack): Promise<readonly Missing[]> {
  const addresses = new Set(state.resources.map(({ type, name }) => `${type}.${name}`));
  const all = Object.keys(SEARCHES).flatMap((type) =>
    Object.entries(program.resource?.[type] ?? {}).map(([id, { name, name_prefix: prefix }]) => ({
      ...{ type, address: `${type}.${id}`, name: stringOf(name), prefix: stringOf(prefix) },
    })),
  );
  const missing = all.filter(({ address }) => !addresses.has(address));
  const names = await evaluate(
    folder,
    missing.map(({ name, prefix }) => name ?? prefix ?? ""),
  );
  return missing.map((each, index) => ({
    ...each,
    name: each.name === undefined ? undefined : names[index],
    prefix: each.name === undefined ? names[index] : undefined,
  }));
}

async function findPipeline(
  { name, address }: Missing,
  { session, stack, region, attempt }: Place,
): Promise<Finding[]> {
  if (name === undefined) return [];
  const found = await attempt(`look for the pipeline "${name}"`, () =>
    unlessGone(() => session.pipelines(region).send(new GetPipelineCommand({ name }))),
  );
  return found ? [importable(`The pipeline "${name}"`, stack, address, name)] : [];
}

async function findLogGroup(
  { name, address }: Missing,
  { session, stack, region, attempt }: Place,
): Promise<Finding[]> {
  if (name === undefined) return [];
  const client = session.logs(region);
  const found = await attempt(`look for the log group "${name}"`, () =>
    client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name })),
  );
  const exists = found?.logGroups?.some(({ logGroupName }) => logGroupName === name) ?? false;
  return exists ? [importable(`The log group "${name}"`, stack, address, name)] : [];
}

async function findConnection(
  { name, address, type }: Missing,
  { session, stack, region, attempt }: Place,
): Promise<Finding[]> {
  if (name === undefined) return [];
  const family = type === "aws_codeconnections_connection" ? "codeconnections" : "codestar-connections";
  const arns = await attempt("list the connections", async () => {
    const found: string[] = [];
    const client = session.connections(region);
    for await (const { Connections = [] } of paginateListConnections({ client }, {})) {
      found.push(
        ...Connections.flatMap(({ ConnectionName, ConnectionArn = "" }) =>
          ConnectionName === name ? ConnectionArn : [],
        ),
      );
    }
    return found;
  });
  const own = (arns ?? []).filter((arn) => arn.split(":")[2] === family);
  return own.map((arn) => importable(`The connection "${name}", ${arn},`, stack, address, arn));
}

async function findRoles({ name, prefix }: Missing, { session, stack, region, attempt }: Place): Promise<Finding[]> {
  const known = new Set(instancesOf(stack.state, ["aws_iam_role"]).map(({ name: each }) => each));
  const names = await attempt("list the roles", async () => {
    const found: string[] = [];
    for await (const { Roles = [] } of paginateListRoles({ client: session.iam(region) }, {})) {
      found.push(...Roles.flatMap(({ RoleName = "" }) => (isNamed(RoleName, name, prefix) ? RoleName : [])));
    }
    return found;
  });
  return left(
    "role",
    (names ?? []).filter((each) => !known.has(each)),
    stack,
  );
}

async function findPolicies({ name, prefix }: Missing, { session, stack, region, attempt }: Place): Promise<Finding[]> {
  const known = new Set(instancesOf(stack.state, ["aws_iam_policy"]).map(({ name: each }) => each));
  const names = await attempt("list the policies", async () => {
    const found: string[] = [];
    for await (const { Policies = [] } of paginateListPolicies({ client: session.iam(region) }, { Scope: "Local" })) {
      // One that is attached is in use: by another stack of the account.
      found.push(
        ...Policies.filter(({ AttachmentCount = 0 }) => AttachmentCount === 0).flatMap(({ PolicyName = "" }) =>
          isNamed(PolicyName, name, prefix) ? PolicyName : [],
        ),
      );
    }
    return found;
  });
  return left(
    "policy",
    (names ?? []).filter((each) => !known.has(each)),
    stack,
  );
}

function isNamed(found: string, name: string | undefined, prefix: string | undefined): boolean {
  return name === undefined ? prefix !== undefined && prefix !== "" && found.startsWith(prefix) : found === name;
}

function importable(what: string, { name, folder }: Stack, address: string, id: string): Finding {
  return {
    id: "leftover",
    says: `${what} exists, but the state of the stack "${name}" does not know it: a deploy was interrupted, or it was made elsewhere.`,
    todo: `If it is of this stack, take it in: (cd ${folder} && terraform import ${address} '${id}'). Otherwise the next deploy fails, because the name is taken.`,
  };
}

function left(kind: "role" | "policy", names: readonly string[], { name }: Stack): Finding[] {
  return names.map((each) => ({
    id: "leftover",
    says: `The ${kind} "${each}" is named as those of the stack "${name}", whose state does not know it.`,
    todo: "If an interrupted deploy left it behind, and nothing else uses it, delete it in the console.",
  }));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

async function unlessGone(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}
