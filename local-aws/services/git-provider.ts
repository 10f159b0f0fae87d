/** What is at the other end of the connections: repositories that have whatever is asked for, unless a test says otherwise. */
export class GitProvider {
  /** How the provider writes a repository or a branch, by how a pipeline writes it. */
  public readonly spellings = new Map<string, string>();
  /** Why a repository can't be pulled, by its path. */
  public readonly refusals = new Map<string, string>();
}
