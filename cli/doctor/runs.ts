import type { ActionExecutionDetail } from "@aws-sdk/client-codepipeline";
import { errorOf, isNotAvailable } from "../aws/executions";
import { wasMadeWhilePending } from "../aws/made-while-pending";
import { pipelinePage } from "../arn";
import { oneLine } from "../failure";
import { npx } from "../package-names";
import type { Examination, Finding } from "./examination";

/** What an error of the source stage means, and what to do. */
const MEANINGS: readonly (readonly [RegExp, string, string])[] = [
  [
    /branch.*(not found|does not exist|no such)|no branch|could not find branch/i,
    "the branch does not exist in the repository",
    "Look at the branch of the source, in the same case as the repository has it, and deploy.",
  ],
  [
    /repository.*(not found|does not exist|could not be found|no access)|could not access the repository|unable to access/i,
    "the repository does not exist, or the provider's app is not installed for it",
    "Look at the path of the repository, in the same case as the provider has it; then add the repository to the app at the provider.",
  ],
  [
    /sufficient permissions|not authorized|accessdenied|access denied/i,
    "a role had no permission then, and it has it now",
    `Retry it: ${npx("wait --start")}.`,
  ],
  [
    /bucket|s3|kms/i,
    "the artifact can't be written",
    "Look at what the role of the pipeline may do with the artifact bucket and its key.",
  ],
  [
    /size|too large|exceed/i,
    "the repository is too large for an artifact",
    'Use a full clone: outputFormat "CODEBUILD_CLONE_REF".',
  ],
];

/** Whether the pipeline was made while its connection was pending; else, why the source stage of its last execution is red. */
export async function checkRuns(examination: Examination): Promise<Finding[]> {
  const { session, pipeline, sources, executions, lastRuns, notes } = examination;
  if (executions === undefined) return [];
  const isUnregistered = await notes.attempt(`read the actions of "${pipeline.name}"`, () =>
    wasMadeWhilePending(session, pipeline, executions),
  );
  if (isUnregistered === true) return [madeWhilePending(pipeline)];
  return sources.flatMap(({ action }) => redOf(lastRuns.find(({ actionName }) => actionName === action.name)));
}

function madeWhilePending({ name, region, metadata }: Examination["pipeline"]): Finding {
  const partition = metadata.pipelineArn?.split(":")[1] ?? "aws";
  return {
    id: "made-while-pending",
    says: "It was made while its connection was pending, and no push has started it since: AWS can be without its webhook.",
    todo: `Run ${npx("wait --start")}, or open ${pipelinePage(partition, region, name)}, choose "Edit", then "Save".`,
  };
}

function redOf(run: ActionExecutionDetail | undefined): Finding[] {
  const error = run && errorOf(run);
  if (error === undefined) return [];
  const action = `The action "${run?.actionName ?? ""}" failed`;
  if (isNotAvailable(error)) {
    return [
      {
        id: "last-error",
        says: `${action} while its connection was not available. It is now.`,
        todo: `Retry it: ${npx("wait --start")}, or "Retry" in the console.`,
      },
    ];
  }
  const [, means, todo] = MEANINGS.find(([pattern]) => pattern.test(error)) ?? [];
  return [
    {
      id: "last-error",
      says: `${action}${means === undefined ? "" : `: ${means}`}. AWS says: ${oneLine(error)}.`,
      todo: todo ?? "Do what AWS says, and retry the stage.",
    },
  ];
}
