import type { IConnection } from "../connection/connection-base";

/** What of one connection may be used. */
export interface ConnectionGrant {
  /** The connection that may be used. */
  readonly connection: IConnection;

  /**
   * The only repositories that may be used: paths such as `acme/shop`, in which `*` stands for any characters, slashes too.
   *
   * A call that names no repository stays allowed: CodePipeline makes such calls, and a pipeline stops without them.
   *
   * @default - all repositories that the connection reaches
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
   */
  readonly repositories?: string[];

  /**
   * The only branches that may be used, in which `*` stands for any characters: 1 to 1000 characters each.
   *
   * A call that names no branch stays allowed. A pipeline whose trigger lets other branches through needs these here too.
   *
   * @default - all branches
   */
  readonly branches?: string[];

  /**
   * Allows only what reads: no `git push`, no commits, branches, comments, statuses or pull requests.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
