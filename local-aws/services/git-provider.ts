import { randomBytes } from "node:crypto";

export interface Commit {
  readonly id: string;
  readonly message: string;
  readonly authorDate: string;
}

/** What is at the other end of the connections: repositories that have whatever is asked for, unless a test says otherwise. */
export class GitProvider {
  /** How the provider writes a repository or a branch, by how a pipeline writes it. */
  public readonly spellings = new Map<string, string>();
  /** Why a repository can't be pulled, by its path. */
  public readonly refusals = new Map<string, string>();

  private readonly heads = new Map<string, Commit>();

  /** Tells how the provider writes a repository and a branch, which pipelines may write in any case. */
  public canonical(repository: string, branch: string): void {
    for (const name of [repository, branch]) this.spellings.set(name.toLowerCase(), name);
  }

  /** A repository or a branch as the provider writes it. */
  public spelled(name: string): string {
    return this.spellings.get(name) ?? this.spellings.get(name.toLowerCase()) ?? name;
  }

  /** The last commit of a branch. */
  public head(repository: string, branch: string): Commit {
    return this.heads.get(keyOf(repository, branch)) ?? this.commit(repository, branch);
  }

  /** Adds a commit to a branch. */
  public commit(repository: string, branch: string, id = randomBytes(20).toString("hex")): Commit {
    const commit = { id, message: "A commit", authorDate: new Date().toISOString() };
    this.heads.set(keyOf(repository, branch), commit);
    return commit;
  }
}

/** A pull finds a repository and a branch in any case; it is pushes that do not. */
function keyOf(repository: string, branch: string): string {
  return `${repository}:${branch}`.toLowerCase();
}
