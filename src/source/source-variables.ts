/**
 * The output variables of a source action, as strings such as `#{SourceVariables.CommitId}`. Use them in the
 * configuration of later actions: CodePipeline replaces them when the pipeline runs.
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

  /** The date when the commit was authored, as a timestamp. */
  public get authorDate(): string {
    return this.variable("AuthorDate");
  }

  /** The branch that was pulled. */
  public get branchName(): string {
    return this.variable("BranchName");
  }

  /** The ID (SHA) of the commit that was pulled. */
  public get commitId(): string {
    return this.variable("CommitId");
  }

  /** The message of the commit. */
  public get commitMessage(): string {
    return this.variable("CommitMessage");
  }

  /** The ARN of the connection that the action uses. */
  public get connectionArn(): string {
    return this.variable("ConnectionArn");
  }

  /** The path of the repository that was pulled, such as `acme/shop`. */
  public get fullRepositoryName(): string {
    return this.variable("FullRepositoryName");
  }

  /** The source branch of the pull request that started the pipeline. On pull requests only. */
  public get sourceBranchName(): string {
    return this.variable("SourceBranchName");
  }

  /** The target branch of the pull request that started the pipeline. On pull requests only. */
  public get destinationBranchName(): string {
    return this.variable("DestinationBranchName");
  }

  /** The ID of the pull request that started the pipeline. On pull requests only. */
  public get pullRequestId(): string {
    return this.variable("PullRequestId");
  }

  /** The title of the pull request that started the pipeline. On pull requests only. */
  public get pullRequestTitle(): string {
    return this.variable("PullRequestTitle");
  }

  private variable(name: string): string {
    return `#{${this.namespace}.${name}}`;
  }
}
