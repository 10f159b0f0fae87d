/** A refusal, with the error code that AWS gives for it. */
export class AwsError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
    public readonly status = 400,
  ) {
    super(message);
    this.name = "AwsError";
  }
}
