import { enumLike } from "../validation/kind";

/**
 * What the source action hands to the next stage.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 */
export class OutputFormat {
  private static readonly byValue = new Map<string, OutputFormat>();

  /** A shallow copy of the files as a ZIP: no git metadata, no symbolic links. Any action can use it. */
  public static readonly CODE_ZIP = OutputFormat.of("CODE_ZIP");
  /**
   * A reference from which CodeBuild makes a full clone. Only CodeBuild actions can use it, and their roles need the
   * connection's permission too.
   */
  public static readonly CODEBUILD_CLONE_REF = OutputFormat.of("CODEBUILD_CLONE_REF");

  /**
   * An output format by its value, for an expression, or for a format that is newer than this library. The same value
   * gives the same object.
   *
   * @param value as AWS writes it, such as `CODE_ZIP`; it may be an expression
   */
  public static of(value: string): OutputFormat {
    const known = OutputFormat.byValue.get(value);
    if (known !== undefined) return known;
    const made = new OutputFormat(value);
    OutputFormat.byValue.set(value, made);
    return made;
  }

  private constructor(
    /** The value, as AWS writes it. */
    public readonly value: string,
  ) {}

  /** The value, as AWS writes it. */
  public toString(): string {
    return this.value;
  }
}

export const OUTPUT_FORMAT = enumLike("an", "OutputFormat", OutputFormat);

/**
 * What happens to a pull request.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GitPullRequestFilter.html
 */
export enum PullRequestEvent {
  /** The pull request is opened. */
  OPEN = "OPEN",
  /** The pull request has a new revision. */
  UPDATED = "UPDATED",
  /** The pull request is closed, merged or not. */
  CLOSED = "CLOSED",
}
