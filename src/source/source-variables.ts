/**
 * The output variables of a source action, as the configuration of a later action takes them. CodePipeline puts the values
 * in when the pipeline runs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html#reference-variables-list-configured
 */
export class SourceVariables {
  /** The variables' namespace. */
  public readonly namespace: string;

  /** @param namespace the namespace of the source action */
  public constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** When the commit was authored. */
  public get authorDate(): string {
    return this.variable("AuthorDate");
  }

  /** The branch that was pulled. */
  public get branchName(): string {
    return this.variable("BranchName");
  }

  /** The commit that was pulled. */
  public get commitId(): string {
    return this.variable("CommitId");
  }

  /** The message of the commit. */
  public get commitMessage(): string {
    return this.variable("CommitMessage");
  }

  /** The connection that it was pulled through. */
  public get connectionArn(): string {
    return this.variable("ConnectionArn");
  }

  /** The repository that it was pulled from. */
  public get fullRepositoryName(): string {
    return this.variable("FullRepositoryName");
  }

  private variable(name: string): string {
    return `#{${this.namespace}.${name}}`;
  }
}
