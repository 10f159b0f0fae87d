import { type App, Testing } from "cdktf";
import type { AwsEndpoint } from "../local-aws";
import { createConnection } from "../local-aws/made-by-calls";
import { EXISTING, Everything } from "./program";

/** The JSON of the program, with validations on. */
export function synthesised(app: App = Testing.app()): string {
  return Testing.synth(new Everything(app, "everything"), true);
}

/** Puts into an account what the program finds there. */
export function makeExisting(account: AwsEndpoint): void {
  const { connections } = account.services.codestarConnections.store;
  const made = createConnection(account, EXISTING.name);
  account.activate(made);
  const connection = connections.get(made);
  if (connection === undefined) throw new Error("The account has no connection.");
  connections.delete(made);
  connections.set(EXISTING.arn, { ...connection, arn: EXISTING.arn });
}
