/** A refusal, with the error code that AWS gives for it. */
export class AwsError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
    public readonly status = 400,
    /** S3 tells in a header where a bucket really is. */
    public readonly headers: { readonly [name: string]: string } = {},
  ) {
    super(message);
    this.name = "AwsError";
  }
}
