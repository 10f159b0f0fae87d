/** What the command says to the shell. */
export enum ExitCode {
  Ok = 0,
  Error = 1,
  /** Something is still pending, at the timeout or at all. */
  Pending = 2,
  /** Something is wrong that a person has to see to. */
  Findings = 3,
  /** Ctrl-C, as shells count it. */
  Interrupted = 130,
}
