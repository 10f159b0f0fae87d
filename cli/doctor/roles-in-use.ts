import { BatchGetProjectsCommand } from "@aws-sdk/client-codebuild";
import { listPipelines, readPipeline } from "../aws/pipelines";
import type { Place } from "./leftovers";

/** The roles that the pipelines of a region and their builds run as, as far as they may be read. */
export async function rolesInUse({ session, region, notes }: Place): Promise<ReadonlySet<unknown>> {
  const names = (await notes.attempt("list the pipelines", () => listPipelines(session, region))) ?? [];
  const roles = new Set<unknown>();
  const projects = new Set<string>();
  for (const name of names) {
    const pipeline = await notes.attempt(`read the pipeline "${name.name}"`, () => readPipeline(session, name));
    const { roleArn, stages = [] } = pipeline?.declaration ?? {};
    roles.add(roleArn);
    for (const action of stages.flatMap(({ actions = [] }) => actions)) {
      roles.add(action.roleArn).add(action.configuration?.ServiceRoleArnOverride);
      const { ProjectName } = action.configuration ?? {};
      if (ProjectName !== undefined) projects.add(ProjectName);
    }
  }
  for (const some of inHundreds([...projects])) {
    const found = await notes.attempt("read the projects of the pipelines", () =>
      session.builds(region).send(new BatchGetProjectsCommand({ names: some })),
    );
    for (const { serviceRole } of found?.projects ?? []) roles.add(serviceRole);
  }
  return roles;
}

/** As many as AWS takes in one call. */
function inHundreds(names: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(names.length / 100) }, (_, part) => names.slice(part * 100, part * 100 + 100));
}
