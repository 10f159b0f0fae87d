import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { BatchGetProjectsCommand } from "@aws-sdk/client-codebuild";
import { GetPipelineCommand } from "@aws-sdk/client-codepipeline";
import type { Session } from "../aws/session";
import { isGone } from "../failure";
import { evaluate } from "../project/evaluate";
import type { Stack } from "../project/project";
import { addressesIn } from "../project/state";
import type { Account } from "./account";
import type { Finding, Notes } from "./examination";
import { connectionsNamed, familyOf } from "./leftover-connections";

/** What a stack is to make under a name and its state does not know, such as after a deploy that was interrupted. */
interface Missing {
  readonly type: string;
  /** The address in the state. */
  readonly address: string;
  readonly name: string;
}

export interface Place {
  readonly session: Session;
  readonly account: Account;
  readonly stack: Stack;
  readonly region: string;
  readonly notes: Notes;
}

/** How each kind is looked for. */
const SEARCHES: { readonly [type: string]: (missing: Missing, place: Place) => Promise<Finding[]> } = {
  aws_codepipeline: findPipeline,
  aws_cloudwatch_log_group: findLogGroup,
  aws_codestarconnections_connection: findConnection,
  aws_codeconnections_connection: findConnection,
  aws_codebuild_project: findProject,
  aws_iam_role: findRole,
  aws_iam_policy: findPolicy,
};

/** What is in the account of what a stack makes, though its state does not know it. Nothing is changed. */
export async function checkLeftovers(place: Place): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const missing of await missingIn(place)) {
    findings.push(...((await SEARCHES[missing.type]?.(missing, place)) ?? []));
  }
  return findings;
}

async function missingIn({ stack, notes }: Place): Promise<readonly Missing[]> {
  const { program, state, folder } = stack;
  const known = addressesIn(state);
  const missing = Object.keys(SEARCHES)
    .flatMap((type) =>
      Object.entries(program.resource?.[type] ?? {}).map(([id, { name }]) => ({
        type,
        address: `${type}.${id}`,
        name,
      })),
    )
    .filter(({ address, name }) => typeof name === "string" && !known.has(address));
  const names = await evaluate(
    folder,
    missing.map(({ name }) => String(name)),
  );
  return missing.flatMap((each, index) => {
    const name = names[index];
    if (name === undefined) notes.add(`look for ${each.address}`, "Terraform does not know its name yet");
    return name === undefined ? [] : { ...each, name };
  });
}

async function findPipeline({ name, address }: Missing, { session, stack, region, notes }: Place): Promise<Finding[]> {
  const found = await notes.attempt(`look for the pipeline "${name}"`, () =>
    unlessGone(() => session.pipelines(region).send(new GetPipelineCommand({ name }))),
  );
  return found ? [importable(`The pipeline "${name}"`, stack, address, name)] : [];
}

async function findLogGroup({ name, address }: Missing, { session, stack, region, notes }: Place): Promise<Finding[]> {
  const client = session.logs(region);
  const found = await notes.attempt(`look for the log group "${name}"`, () =>
    client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name })),
  );
  const exists = found?.logGroups?.some(({ logGroupName }) => logGroupName === name) ?? false;
  return exists ? [importable(`The log group "${name}"`, stack, address, name)] : [];
}

async function findConnection({ name, address, type }: Missing, place: Place): Promise<Finding[]> {
  const arns = (await connectionsNamed(place, name)).filter((arn) => familyOf(arn) === type);
  return arns.map((arn) => importable(`The connection "${name}", ${arn},`, place.stack, address, arn));
}

async function findProject({ name, address }: Missing, { session, stack, region, notes }: Place): Promise<Finding[]> {
  const found = await notes.attempt(`look for the project "${name}"`, () =>
    session.builds(region).send(new BatchGetProjectsCommand({ names: [name] })),
  );
  return found?.projects?.length ? [importable(`The CodeBuild project "${name}"`, stack, address, name)] : [];
}

async function findRole({ name, address }: Missing, { account, stack, region }: Place): Promise<Finding[]> {
  const exists = (await account.roles(region)).some(({ RoleName }) => RoleName === name);
  return exists ? [importable(`The role "${name}"`, stack, address, name)] : [];
}

async function findPolicy({ name, address }: Missing, { account, stack, region }: Place): Promise<Finding[]> {
  const found = (await account.policies(region)).filter(({ PolicyName }) => PolicyName === name);
  return found.map(({ Arn = "" }) => importable(`The policy "${name}"`, stack, address, Arn));
}

function importable(what: string, { name, folder }: Stack, address: string, id: string): Finding {
  return {
    id: "leftover",
    says: `${what} exists, but the state of the stack "${name}" does not know it: a deploy was interrupted, or it was made elsewhere.`,
    todo: `If it is of this stack, take it in: (cd ${quoted(folder)} && terraform import ${address} ${quoted(id)}). Otherwise the next deploy fails, because the name is taken.`,
  };
}

/** As a shell takes it literally. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
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
