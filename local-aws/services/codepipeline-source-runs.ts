import { randomBytes, randomUUID } from "node:crypto";
import { isConnectionSource } from "./codepipeline-actions";
import type { ActionDeclaration, PipelineDeclaration } from "./codepipeline-shapes";
import type { GitProvider } from "./git-provider";

/** What a source action did once. */
export interface SourceRun {
  readonly id: string;
  readonly action: ActionDeclaration;
  readonly time: number;
  /** Why it failed, or what it pulled. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly commit?: string;
}

/** What decides whether a source action can pull. */
export interface SourceNeighbours {
  /** Nothing for an ARN that names no connection. */
  readonly connectionStatus?: (arn: string) => string | undefined;
  /** Whether a role may use a connection for a repository and a branch, under one name of the service. */
  readonly mayUse?: (roleArn: string, service: string, use: ConnectionUse) => boolean;
}

export interface ConnectionUse {
  readonly connectionArn: string;
  readonly repository: string;
  readonly branch: string;
}

const SERVICES = ["codestar-connections", "codeconnections"];

/** Runs the source actions that pull through connections; AWS documents the messages nowhere, they are those that people report. */
export class SourceRuns {
  public constructor(
    private readonly neighbours: SourceNeighbours,
    private readonly provider: GitProvider,
  ) {}

  /** Some of the source actions of a pipeline, or all. */
  public run(pipeline: PipelineDeclaration, only?: readonly string[]): SourceRun[] {
    return sourcesOf(pipeline)
      .filter(({ name }) => only?.includes(name) ?? true)
      .map((action) => {
        const error = this.errorOf(action, pipeline.roleArn);
        const run = { id: randomUUID(), action, time: now() };
        return error === undefined ? { ...run, commit: randomBytes(20).toString("hex") } : { ...run, error };
      });
  }

  /** Whether AWS can register for the pushes of a pipeline's repositories. */
  public areAvailable(pipeline: PipelineDeclaration): boolean {
    return sourcesOf(pipeline).every((action) => this.isAvailable(useOf(action)));
  }

  /** A repository or a branch as the provider writes it. */
  public spelled(name: string): string {
    return this.provider.spellings.get(name) ?? name;
  }

  private errorOf(action: ActionDeclaration, pipelineRole: string): SourceRun["error"] {
    const use = useOf(action);
    const { connectionArn, repository } = use;
    if (!this.isAvailable(use)) {
      return { code: "ConfigurationError", message: `Connection ${connectionArn} is not available` };
    }
    const { mayUse } = this.neighbours;
    if (mayUse !== undefined && !SERVICES.every((service) => mayUse(action.roleArn ?? pipelineRole, service, use))) {
      return {
        code: "PermissionError",
        message: `Unable to use Connection: ${connectionArn}. The provided role does not have sufficient permissions.`,
      };
    }
    const refusal = this.provider.refusals.get(repository);
    return refusal === undefined ? undefined : { code: "ConfigurationError", message: refusal };
  }

  private isAvailable({ connectionArn }: ConnectionUse): boolean {
    return this.neighbours.connectionStatus?.(connectionArn) === "AVAILABLE";
  }
}

/** The source actions of a pipeline that pull through connections. */
export function sourcesOf({ stages }: PipelineDeclaration): readonly ActionDeclaration[] {
  return (stages[0]?.actions ?? []).filter(isConnectionSource);
}

export function useOf({ configuration = {} }: ActionDeclaration): ConnectionUse {
  const {
    ConnectionArn: connectionArn = "",
    FullRepositoryId: repository = "",
    BranchName: branch = "",
  } = configuration;
  return { connectionArn, repository, branch };
}

/** AWS's JSON protocols write times as seconds. */
export function now(): number {
  return Date.now() / 1000;
}
