/**
 * What the source action hands to the next stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export enum OutputFormat {
  /** A shallow copy of the files as a ZIP: no git metadata, no symbolic links. Any action can use it. */
  CODE_ZIP = "CODE_ZIP",
  /**
   * A reference from which CodeBuild makes a full clone. Only CodeBuild actions can use it, and their roles need the
   * connection's permission too.
   */
  CODEBUILD_CLONE_REF = "CODEBUILD_CLONE_REF",
}
