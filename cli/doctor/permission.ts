import { type ContextEntry, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { isGone } from "../failure";
import type { Examination, ExaminedSource, Finding } from "./examination";
import { type User, usersOf } from "./users";

const ACTIONS = ["codestar-connections:UseConnection", "codeconnections:UseConnection"];

/**
 * Whether each role may use the connection, under both names of the service, as IAM simulates it. It is not proved that IAM
 * answers for a connection under the other name of its ARN, so an answer that the last execution contradicts counts as none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function checkPermissions(examination: Examination): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const source of examination.sources) {
    for (const user of await usersOf(examination, source)) {
      findings.push(...(await findingsOf(examination, source, user)));
    }
  }
  return findings;
}

async function findingsOf(examination: Examination, source: ExaminedSource, user: User): Promise<Finding[]> {
  const { roleArn, is, property } = user;
  const { action, configuration } = source;
  const { notes } = examination;
  const what = `check the permission of ${roleArn}`;
  const answers = await notes.attempt(`simulate the policies of ${roleArn}`, () =>
    simulated(examination, source, roleArn),
  );
  if (answers === undefined) return [];
  if (answers === "gone") {
    if (accountOf(roleArn) !== accountOf(examination.pipeline.declaration.roleArn)) {
      notes.add(what, "it is of another account");
      return [];
    }
    return [{ id: "role-gone", says: `${is}, ${roleArn}, does not exist.`, todo: "Create the role, and deploy." }];
  }
  const denied = ACTIONS.filter((each) => answers.get(each) !== "allowed");
  if (denied.length === 0) return [];
  if (denied.some((each) => answers.get(each) === undefined)) {
    notes.add(what, `IAM gave no answer for ${denied.join(" and ")}`);
    return [];
  }
  if (user.isPuller && hasPulled(examination, source)) {
    notes.add(what, `IAM denies it ${denied.join(" and ")} in a simulation, but the last execution has pulled`);
    return [];
  }
  return [
    {
      id: "permission",
      says: `${is}, ${roleArn}, is not allowed ${denied.join(" and ")} on the connection of the action "${action.name ?? ""}", for the repository ${configuration.FullRepositoryId ?? ""} and the branch ${configuration.BranchName ?? ""}.`,
      todo: `Give the role to the source: ${property} of PipelineSource or ConnectionPolicy. If the policy is there, look at its conditions, at a permissions boundary, and at the policies of the organization.`,
    },
  ];
}

function hasPulled({ lastRuns }: Examination, { action }: ExaminedSource): boolean {
  return lastRuns.some(({ actionName, status }) => actionName === action.name && status === "Succeeded");
}

function accountOf(arn = ""): string | undefined {
  return arn.split(":")[4];
}

/** What IAM decides for each action. */
async function simulated(
  { session, pipeline }: Examination,
  source: ExaminedSource,
  roleArn: string,
): Promise<ReadonlyMap<string, string> | "gone"> {
  const { ConnectionArn = "" } = source.configuration;
  const command = new SimulatePrincipalPolicyCommand({
    ...{ PolicySourceArn: roleArn, ActionNames: ACTIONS, ResourceArns: [ConnectionArn] },
    ContextEntries: contextOf(source),
  });
  try {
    const { EvaluationResults = [] } = await session.iam(pipeline.region).send(command);
    return new Map(
      EvaluationResults.map(({ EvalActionName = "", EvalDecision = "" }) => [EvalActionName, EvalDecision]),
    );
  } catch (error) {
    if (isGone(error)) return "gone";
    throw error;
  }
}

/** What a call of CodePipeline says of itself, under both names of the service. */
function contextOf({ configuration }: ExaminedSource): ContextEntry[] {
  const { FullRepositoryId = "", BranchName = "" } = configuration;
  const values = { FullRepositoryId, BranchName, ProviderPermissionsRequired: "read_only" };
  return ["codestar-connections", "codeconnections"].flatMap((service) =>
    Object.entries(values).map(([key, value]) => ({
      ContextKeyName: `${service}:${key}`,
      ContextKeyValues: [value],
      ContextKeyType: "string" as const,
    })),
  );
}
