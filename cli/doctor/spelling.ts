import type { Examination, Finding } from "./examination";

/** What the last commit calls by another case than the source action: pushes then start nothing. */
const COMPARED = [
  ["FullRepositoryId", "FullRepositoryName", "repository"],
  ["BranchName", "BranchName", "branch"],
] as const;

/** Whether repository and branch are written as the provider writes them, by the last commit that was pulled. */
export function checkSpelling({ sources, lastRuns }: Examination): Promise<Finding[]> {
  const findings = sources.flatMap(({ action, configuration }) => {
    const run = lastRuns.find(({ actionName, status }) => actionName === action.name && status === "Succeeded");
    const variables = run?.output?.outputVariables ?? {};
    return COMPARED.flatMap(([setting, variable, what]): Finding[] => {
      const [ours = "", theirs = ""] = [configuration[setting], variables[variable]];
      if (ours === theirs || ours.toLowerCase() !== theirs.toLowerCase()) return [];
      return [
        {
          id: "spelling",
          says: `The action "${action.name ?? ""}" has the ${what} "${ours}", but the provider writes it "${theirs}". Pushes start a pipeline only if the case is the same.`,
          todo: `Set ${what} to "${theirs}", and deploy.`,
        },
      ];
    });
  });
  return Promise.resolve(findings);
}
