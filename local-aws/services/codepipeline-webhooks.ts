import type { PipelineDeclaration } from "./codepipeline-shapes";
import { sourcesOf, type SourceRuns, useOf } from "./codepipeline-source-runs";

/** A push to a branch, as the Git provider tells of it: the case counts. */
export interface Push {
  readonly repository: string;
  readonly branch: string;
}

/**
 * For which pipelines AWS listens to pushes. A pipeline that was made while its connection was pending is not among them until
 * it is updated once: people report it, AWS does not document it.
 */
export class Webhooks {
  private readonly registered = new Set<string>();

  public constructor(private readonly sources: SourceRuns) {}

  public register(pipelineArn: string, pipeline: PipelineDeclaration): void {
    if (this.sources.areAvailable(pipeline)) this.registered.add(pipelineArn);
  }

  public forget(pipelineArn: string): void {
    this.registered.delete(pipelineArn);
  }

  /** Whether a push starts a pipeline. */
  public starts(pipelineArn: string, pipeline: PipelineDeclaration, { repository, branch }: Push): boolean {
    if (!this.registered.has(pipelineArn)) return false;
    return sourcesOf(pipeline)
      .filter((action) => useOf(action).repository === repository)
      .some((action) => {
        const trigger = pipeline.triggers?.find(
          ({ gitConfiguration }) => gitConfiguration.sourceActionName === action.name,
        );
        if (trigger === undefined) {
          return action.configuration?.DetectChanges !== "false" && useOf(action).branch === branch;
        }
        // Tags and paths are not in a push here.
        return (trigger.gitConfiguration.push ?? []).some(
          ({ branches: { includes = ["**"], excludes = [] } = {} }) =>
            includes.some((glob) => matches(glob, branch)) && !excludes.some((glob) => matches(glob, branch)),
        );
      });
  }
}

function matches(glob: string, name: string): boolean {
  const pattern = glob
    .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
    .replace(/\*\*/g, ".+")
    .replace(/(?<!\.)\*/g, "[^/]*");
  return new RegExp(`^${pattern}$`).test(name);
}
