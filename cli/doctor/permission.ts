import { BatchGetProjectsCommand } from "@aws-sdk/client-codebuild";
import { type ContextEntry, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import type { ActionDeclaration } from "@aws-sdk/client-codepipeline";
import type { Examination, ExaminedSource, Finding } from "./examination";

const ACTIONS = ["codestar-connections:UseConnection", "codeconnections:UseConnection"];

/** A role that uses a connection, and what it is to the pipeline. */
interface User {
  readonly roleArn: string;
  readonly is: string;
  readonly property: string;
}

/**
 * Whether each role may use the connection, under both names of the service, as IAM simulates it. It is not proved that IAM
 * answers for a connection under the other name of its ARN, so an odd answer is a check that could not be made.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function checkPermissions(examination: Examination): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const source of examination.sources) {
    for (const user of await usersOf(examination, source)) {
      const denied = await deniedActions(examination, source, user.roleArn);
      if (denied.length > 0) findings.push(findingOf(source, user, denied));
    }
  }
  return findings;
}

function findingOf(
  { configuration, action }: ExaminedSource,
  { roleArn, is, property }: User,
  denied: readonly string[],
) {
  return {
    id: "permission",
    says: `${is}, ${roleArn}, is not allowed ${denied.join(" and ")} on the connection of the action "${action.name ?? ""}", for the repository ${configuration.FullRepositoryId ?? ""} and the branch ${configuration.BranchName ?? ""}.`,
    todo: `Give the role to the source: ${property} of PipelineSource or ConnectionPolicy. If the policy is there, look at its conditions, at a permissions boundary, and at the policies of the organization.`,
  };
}

async function usersOf({ pipeline, session, attempt }: Examination, source: ExaminedSource): Promise<readonly User[]> {
  const { roleArn: pipelineRole = "", stages = [] } = pipeline.declaration;
  const roleArn = source.action.roleArn ?? pipelineRole;
  const ofPipeline = { roleArn, is: "The role of the pipeline", property: "pipelineRoles" };
  if (source.configuration.OutputArtifactFormat !== "CODEBUILD_CLONE_REF") return [ofPipeline];
  const artifacts = (source.action.outputArtifacts ?? []).map(({ name }) => name);
  const builds = stages
    .flatMap(({ actions = [] }) => actions)
    .filter(({ actionTypeId }) => actionTypeId?.provider === "CodeBuild")
    .filter(({ inputArtifacts = [] }) => inputArtifacts.some(({ name }) => artifacts.includes(name)));
  const users: User[] = [ofPipeline];
  for (const build of builds) {
    const role = await attempt(`read the project of the action "${build.name ?? ""}"`, () =>
      roleOf(session, pipeline.region, build),
    );
    if (role !== undefined)
      users.push({ roleArn: role, is: `The role of the build "${build.name ?? ""}"`, property: "buildRoles" });
  }
  return users;
}

/** The role that a build runs as. */
async function roleOf(
  session: Examination["session"],
  pipelineRegion: string,
  build: ActionDeclaration,
): Promise<string | undefined> {
  const { ProjectName = "", ServiceRoleArnOverride } = build.configuration ?? {};
  if (ServiceRoleArnOverride !== undefined) return ServiceRoleArnOverride;
  const client = session.builds(build.region ?? pipelineRegion);
  const { projects = [] } = await client.send(new BatchGetProjectsCommand({ names: [ProjectName] }));
  return projects[0]?.serviceRole;
}

async function deniedActions(
  { session, pipeline, attempt }: Examination,
  source: ExaminedSource,
  roleArn: string,
): Promise<string[]> {
  const { ConnectionArn = "" } = source.configuration;
  const answer = await attempt(`simulate the policies of ${roleArn}`, () =>
    session.iam(pipeline.region).send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: roleArn,
        ActionNames: ACTIONS,
        ResourceArns: [ConnectionArn],
        ContextEntries: contextOf(source),
      }),
    ),
  );
  const denied = (answer?.EvaluationResults ?? []).filter(({ EvalDecision }) => EvalDecision !== "allowed");
  return denied.flatMap(({ EvalActionName = "" }) => EvalActionName);
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
