import type { ActionDeclaration, PipelineDeclaration } from "./codepipeline-shapes";
import { sourcesOf, type SourceRuns, useOf } from "./codepipeline-source-runs";

/** A push to a branch, as the Git provider tells of it: the case counts. */
export interface Push {
  readonly repository: string;
  readonly branch: string;
  /** The connection that tells of it, where several lead to the repository: all of them, unless it is named. */
  readonly connectionArn?: string;
  /** A new one, unless it is named. */
  readonly commitId?: string;
}

/**
 * For which pipelines AWS listens to pushes. A pipeline that was made while its connection was pending is not among them until
 * it is updated once: people report it, AWS does not document it.
 */
export class Webhooks {
  /** The connections that AWS listens to, by the ARN of the pipeline. */
  private readonly registered = new Map<string, readonly string[]>();

  public constructor(private readonly sources: SourceRuns) {}

  public register(pipelineArn: string, pipeline: PipelineDeclaration): void {
    if (!this.sources.areAvailable(pipeline)) return;
    const connections = sourcesOf(pipeline).map((action) => useOf(action).connectionArn);
    this.registered.set(pipelineArn, connections);
  }

  public forget(pipelineArn: string): void {
    this.registered.delete(pipelineArn);
  }

  /** The source action for which a push starts a pipeline. */
  public startedBy(pipelineArn: string, pipeline: PipelineDeclaration, push: Push): ActionDeclaration | undefined {
    const registered = this.registered.get(pipelineArn) ?? [];
    return sourcesOf(pipeline).find((action) => {
      const { connectionArn, repository } = useOf(action);
      if (repository !== push.repository || (push.connectionArn ?? connectionArn) !== connectionArn) return false;
      // A provider does not tell a connection that has lost its app.
      if (!registered.includes(connectionArn) || this.sources.available(useOf(action)) === undefined) return false;
      return startsOn(action, pipeline, push.branch);
    });
  }
}

/** Whether the settings of a source action let a push to a branch start its pipeline. */
function startsOn(action: ActionDeclaration, { triggers = [] }: PipelineDeclaration, branch: string): boolean {
  const trigger = triggers.find(({ gitConfiguration }) => gitConfiguration.sourceActionName === action.name);
  if (trigger === undefined) {
    return action.configuration?.DetectChanges !== "false" && useOf(action).branch === branch;
  }
  // A push here has no paths, and is no tag: a filter of tags lets none pass.
  return (trigger.gitConfiguration.push ?? []).some(({ branches }) => {
    if (branches === undefined) return false;
    const { includes = ["**"], excludes = [] } = branches;
    return includes.some((glob) => matches(glob, branch)) && !excludes.some((glob) => matches(glob, branch));
  });
}

const WILD: { readonly [wildcard: string]: string } = { "**": ".*", "*": "[^/]*", "?": "[^/]" };

/** A pattern of branches with wildcards: of these, only `**` goes past a slash. */
function matches(glob: string, branch: string): boolean {
  const pattern = glob.replace(/\*\*|[*?.+^$()|[\]{}\\]/g, (found) => WILD[found] ?? `\\${found}`);
  return new RegExp(`^${pattern}$`).test(branch);
}
