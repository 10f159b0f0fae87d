import {
  Codepipeline,
  type CodepipelineStageAction,
  type CodepipelineTrigger,
} from "@cdktf/provider-aws/lib/codepipeline";
import { type IResolvable, type TerraformStack, Token } from "cdktf";
import {
  Connection,
  GitPullRequestFilter,
  GitPushFilter,
  OutputFormat,
  type PullRequestEvent,
  SourceAction,
  type SourceActionProps,
  Trigger,
} from "../../src";
import type { Block } from "./synthesis";

/** A pipeline as Terraform's JSON has it: the body of an `aws_codepipeline`. */
export interface PipelineShape extends Block {
  readonly stage: readonly Block[];
  readonly trigger?: readonly Block[];
}

const isOurs = ({ provider }: Block): boolean => provider === "CodeStarSourceConnection";

/**
 * The shape with what the library always writes, and Terraform leaves to AWS: the change detection, off where a trigger is
 * on the action. Everything else has to be equal.
 */
export function withChangeDetection(shape: PipelineShape): PipelineShape {
  const triggered = (shape.trigger ?? []).map(
    (trigger) => blockOf(trigger.git_configuration).source_action_name as unknown,
  );
  const [first, ...others] = shape.stage;
  const action = actionsOf(first).map((each) => {
    if (!isOurs(each)) return each;
    const DetectChanges = String(!triggered.includes(each.name));
    return { ...each, configuration: { DetectChanges, ...each.configuration } };
  });
  return { ...shape, stage: [{ ...first, action }, ...others] };
}

/** The same pipeline with its source actions and triggers made by the library, and the rest of it as it stands. */
export function rewritten(stack: TerraformStack, id: string, shape: PipelineShape): Codepipeline {
  const { stage, trigger = [], ...rest } = shape;
  const [first, ...others] = stage;
  const raw: Block[] = [];
  const triggers = new Map<string, Trigger>();
  for (const each of trigger) {
    const git = blockOf(each.git_configuration);
    const typed = typedTrigger(git);
    if (typed === undefined) raw.push(each);
    else triggers.set(String(git.source_action_name), typed);
  }
  const rawOn = raw.map(({ git_configuration }) => String(blockOf(git_configuration).source_action_name));
  const actions = actionsOf(first).map((action) => {
    if (!isOurs(action)) return action;
    const name = String(action.name);
    // As the documentation asks of a trigger that is written raw.
    const settings = { trigger: triggers.get(name), ...(rawOn.includes(name) && { detectChanges: false }) };
    return sourceAction(stack, `${id}-${name}`, action, settings);
  });
  const typed = actions.filter((action): action is SourceAction => "outputArtifactName" in action);
  const pipeline = new Codepipeline(stack, id, {
    name: String(rest.name),
    roleArn: String(rest.role_arn),
    artifactStore: [],
    stage: [
      {
        ...conditionsOf(first),
        name: String(first?.name),
        action: actions.map((action) =>
          "outputArtifactName" in action
            ? (action as SourceAction).action
            : (camelCased(action) as CodepipelineStageAction),
        ),
      },
    ],
    trigger: typed.flatMap((action): CodepipelineTrigger[] => (action.trigger ? [action.trigger] : [])),
  });
  for (const [attribute, value] of Object.entries({
    ...rest,
    stage: others,
    ...(raw.length > 0 && { trigger: raw }),
  })) {
    if (!["name", "role_arn"].includes(attribute)) pipeline.addOverride(attribute, value);
  }
  return pipeline;
}

function sourceAction(
  stack: TerraformStack,
  id: string,
  action: Block,
  settings: Partial<SourceActionProps>,
): SourceAction {
  const { ConnectionArn, FullRepositoryId, BranchName, OutputArtifactFormat, DetectChanges } =
    action.configuration as Block;
  return new SourceAction({
    connection: Connection.fromConnectionArn(stack, id, String(ConnectionArn)),
    repository: String(FullRepositoryId),
    branch: String(BranchName),
    outputFormat: OutputArtifactFormat === undefined ? undefined : OutputFormat.of(String(OutputArtifactFormat)),
    ...settings,
    ...(DetectChanges !== undefined && { detectChanges: flagOf(String(DetectChanges)) }),
    actionName: String(action.name),
    outputArtifactName: String(action.output_artifacts[0]),
    variablesNamespace: action.namespace as string | undefined,
    ...(action.run_order && { runOrder: Number(action.run_order) }),
    region: action.region as string | undefined,
    roleArn: action.role_arn as string | undefined,
  });
}

function flagOf(flag: string): boolean | IResolvable {
  return flag.startsWith("${") ? Token.asAny(flag) : flag === "true";
}

/** The trigger from the typed factories; nothing where they refuse the combination, which then stays as it is. */
function typedTrigger({ push = [], pull_request = [] }: Block): Trigger | undefined {
  const pushes = (push as Block[]).map((filter) => {
    const [branches, tags, filePaths] = [filter.branches, filter.tags, filter.file_paths].map(criteria);
    if (branches !== undefined && tags === undefined) return GitPushFilter.branches(branches, { filePaths });
    return tags !== undefined && branches === undefined && filePaths === undefined
      ? GitPushFilter.tags(tags)
      : undefined;
  });
  const pullRequests = (pull_request as Block[]).map((filter) => {
    const [branches, filePaths] = [filter.branches, filter.file_paths].map(criteria);
    const events = filter.events as PullRequestEvent[] | undefined;
    return branches === undefined ? undefined : GitPullRequestFilter.branches(branches, { filePaths, events });
  });
  const all = [pushes, pullRequests].flat();
  return all.includes(undefined)
    ? undefined
    : Trigger.onPushOrPullRequest(pushes as GitPushFilter[], pullRequests as GitPullRequestFilter[]);
}

function criteria(block: unknown): { includes?: string[]; excludes?: string[] } | undefined {
  if (block === undefined) return undefined;
  const { includes, excludes } = blockOf(block);
  return { includes: includes ?? undefined, excludes: excludes ?? undefined };
}

/** A block that may stand in a list of its own. */
function blockOf(block: unknown): Block {
  return (Array.isArray(block) ? block[0] : block) as Block;
}

function actionsOf(stage: Block | undefined): Block[] {
  return (stage?.action ?? []) as Block[];
}

/** What a stage has besides its actions, as the provider's `Codepipeline` takes it. */
function conditionsOf(stage: Block | undefined): Block {
  const { on_failure } = stage ?? {};
  if (on_failure === undefined) return {};
  const { retry_configuration, ...failure } = blockOf(on_failure);
  return {
    onFailure: { ...failure, retryConfiguration: retry_configuration && camelCased(blockOf(retry_configuration)) },
  };
}

function camelCased(block: Block): Block {
  const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries<unknown>(Object.entries(block).map(([key, value]) => [camel(key), value as unknown]));
}
