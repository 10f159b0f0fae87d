import { BatchGetProjectsCommand } from "@aws-sdk/client-codebuild";
import type { ActionDeclaration } from "@aws-sdk/client-codepipeline";
import type { Examination, ExaminedSource } from "./examination";

/** A role that uses a connection, and what it is to the pipeline. */
export interface User {
  readonly roleArn: string;
  readonly is: string;
  /** What of the library's it is given to. */
  readonly property: string;
  /** Whether it is the one that pulls in the source stage. */
  readonly isPuller: boolean;
}

/** Who uses the connection of a source: the role of the pipeline or of the action, and for a full clone those of the builds. */
export async function usersOf(
  { pipeline, session, notes }: Examination,
  source: ExaminedSource,
): Promise<readonly User[]> {
  const { roleArn: pipelineRole = "", stages = [] } = pipeline.declaration;
  const roleArn = source.action.roleArn ?? pipelineRole;
  const is = source.action.roleArn === undefined ? "The role of the pipeline" : "The role of the source action";
  const ofPipeline = { roleArn, is, property: "pipelineRoles", isPuller: true };
  if (source.configuration.OutputArtifactFormat !== "CODEBUILD_CLONE_REF") return [ofPipeline];
  const artifacts = (source.action.outputArtifacts ?? []).map(({ name }) => name);
  const builds = stages
    .flatMap(({ actions = [] }) => actions)
    .filter(({ actionTypeId }) => actionTypeId?.provider === "CodeBuild")
    .filter(({ inputArtifacts = [] }) => inputArtifacts.some(({ name }) => artifacts.includes(name)));
  const users: User[] = [ofPipeline];
  for (const build of builds) {
    const role = await notes.attempt(`read the project of the action "${build.name ?? ""}"`, () =>
      roleOf(session, pipeline.region, build),
    );
    if (role !== undefined)
      users.push({
        roleArn: role,
        is: `The role of the build "${build.name ?? ""}"`,
        property: "buildRoles",
        isPuller: false,
      });
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
