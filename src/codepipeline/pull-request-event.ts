/**
 * What happens to a pull request.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitPullRequestFilter.html
 */
export enum PullRequestEvent {
  /** It is opened. */
  OPEN = "OPEN",
  /** Its source branch has a new revision. */
  UPDATED = "UPDATED",
  /** It is closed, merged or not. */
  CLOSED = "CLOSED",
}
