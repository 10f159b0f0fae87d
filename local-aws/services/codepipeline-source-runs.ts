import { randomUUID } from "node:crypto";
import { isConnectionSource } from "./codepipeline-actions";
import type { ActionDeclaration, PipelineDeclaration } from "./codepipeline-shapes";
import type { Commit, GitProvider } from "./git-provider";

/** What a source action did once. */
export interface SourceRun {
  readonly id: string;
  readonly action: ActionDeclaration;
  readonly time: number;
  /** Why it failed, or what it pulled. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly pulled?: Pulled;
}

interface Pulled extends Commit {
  readonly providerType: string;
}

interface UsedConnection {
  readonly status: string;
  readonly providerType: string;
}

/** What decides whether a source action can pull. */
export interface SourceNeighbours {
  /** Nothing for an ARN that names no connection. */
  readonly connection?: (arn: string) => UsedConnection | undefined;
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
      .map((action) => ({ id: randomUUID(), action, time: now(), ...this.pull(action, pipeline.roleArn) }));
  }

  /** Whether AWS can register for the pushes of a pipeline's repositories. */
  public areAvailable(pipeline: PipelineDeclaration): boolean {
    return sourcesOf(pipeline).every((action) => this.available(useOf(action)) !== undefined);
  }

  /** The connection of a source action, if it is `AVAILABLE`. */
  public available({ connectionArn }: ConnectionUse): UsedConnection | undefined {
    const connection = this.neighbours.connection?.(connectionArn);
    return connection?.status === "AVAILABLE" ? connection : undefined;
  }

  private pull(action: ActionDeclaration, pipelineRole: string): Pick<SourceRun, "error" | "pulled"> {
    const use = useOf(action);
    const { connectionArn, repository, branch } = use;
    const connection = this.available(use);
    if (connection === undefined) return failure("ConfigurationError", `Connection ${connectionArn} is not available`);
    const { mayUse } = this.neighbours;
    if (mayUse !== undefined && !SERVICES.every((service) => mayUse(action.roleArn ?? pipelineRole, service, use))) {
      return failure(
        "PermissionError",
        `Unable to use Connection: ${connectionArn}. The provided role does not have sufficient permissions.`,
      );
    }
    const refusal = this.provider.refusals.get(repository);
    if (refusal !== undefined) return failure("ConfigurationError", refusal);
    return { pulled: { ...this.provider.head(repository, branch), providerType: connection.providerType } };
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

function failure(code: string, message: string): Pick<SourceRun, "error"> {
  return { error: { code, message } };
}
