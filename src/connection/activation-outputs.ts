import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { TerraformOutput, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  hostWarning,
  isAvailable,
  reminder,
  reminderWithoutStatus,
  type Subject,
  warning,
} from "../activation/messages";
import { isInTree } from "../aws-provider/bound-provider";
import { Check } from "../terraform/check";
import { sharedData, sharedDataIfAny } from "../terraform/shared-data";
import { matching } from "../validation/constraint";
import type { Inspection } from "../validation/inspection";
import type { Limit, Rule } from "../validation/rule";
import { subjectOf } from "./activation-subject";
import type { IConnection } from "./connection-base";
import { assertType, TYPE } from "./type-check";

/** Of two outputs with one name CDKTF would keep the last, and say nothing. */
export const outputNames: Limit = {
  sentence: "no two outputs have one name: an outputPrefix tells those of two connections apart",
  see: "https://developer.hashicorp.com/terraform/language/values/outputs",
};

export const outputPrefix: Rule = {
  must: matching("^([A-Za-z_][A-Za-z0-9_-]*)?$"),
  sentence: "must be empty, or begin with a letter or _ and hold only the characters A-Z, a-z, 0-9 and _ -",
  see: "https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers",
  meant: (given) => given.trim().replace(/[^A-Za-z0-9_-]+/g, "_"),
};

interface ReminderProps {
  readonly outputPrefix?: string;
  readonly provider?: TerraformProvider;
}

/** Names for outputs that are not made are a mistake. */
export function checkReminder(inspection: Inspection, props: ReminderProps, isReminding: boolean): void {
  inspection.fact(
    "outputPrefix needs the activation reminder, because it names the outputs of the reminder: set " +
      "activationReminder to true, or leave outputPrefix out",
    isReminding || props.outputPrefix === undefined,
  );
}

/**
 * Says that a person must activate the connection, as long as it is true: outputs with the ARN, the status and what to do,
 * and a warning at every plan and apply. They stand in the connection's own stack, which alone knows the status as it is.
 *
 * The status of a connection that is neither made here nor read is read inside the check, so that a caller who may not
 * read it gets a warning, and not a failed plan; but Terraform then has that reading to do at every plan, so none says "No
 * changes".
 *
 * @see https://github.com/hashicorp/terraform/issues/36536
 */
export function remind(connection: IConnection & Construct, { outputPrefix: prefix, provider }: ReminderProps): void {
  const scope = new Construct(connection, "ActivationReminder");
  const { connectionArn, connectionStatus: status } = connection;
  const subject = subjectOf(scope, connection);
  const output = (name: string, value: string, description: string): void => {
    const made = new TerraformOutput(scope, name, { value, description });
    if (prefix === undefined) return;
    made.overrideLogicalId(prefix + name);
    checkNames(made);
  };

  output("connection_arn", connectionArn, "The connection's ARN");
  if (status !== undefined) output("connection_status", status, "PENDING, AVAILABLE or ERROR");
  output(
    "activation_reminder",
    status === undefined ? reminderWithoutStatus(subject) : reminder(subject, status),
    "What a person still has to do before pipelines can use the connection",
  );
  warnWhilePending(scope, connection, subject, provider);
}

function warnWhilePending(
  scope: Construct,
  connection: IConnection,
  subject: Subject,
  provider: TerraformProvider | undefined,
): void {
  const check = new Check(scope, "Check");
  const status = connection.connectionStatus ?? readIn(check, connection, provider);
  check.assert(isAvailable(status), warning(subject, status));
  const { host } = subject;
  if (host?.status !== undefined) check.assert(isAvailable(host.status), hostWarning(host, subject));
}

/** Reads the status of a connection that nothing else reads, and compares what else is read with what the program says. */
function readIn(check: Check, connection: IConnection, provider: TerraformProvider | undefined): string {
  const attributes = { arn: connection.connectionArn, provider: provider?.fqn };
  const read = check.read(DataAwsCodestarconnectionsConnection.tfResourceType, attributes);
  assertType(check, connection, read(TYPE));
  return read("connection_status");
}

/** The outputs of a stack that were given fixed names here. */
const NAMED = "named-outputs";

/** Finds other outputs with the name of one of ours, when the stack is complete: once a stack. */
function checkNames(output: TerraformOutput): void {
  const stack = TerraformStack.of(output);
  if (sharedDataIfAny(stack, NAMED) === undefined) stack.node.addValidation({ validate: () => clashesIn(stack) });
  sharedData<TerraformOutput[]>(stack, NAMED, () => []).push(output);
}

function clashesIn(stack: TerraformStack): string[] {
  const ours = sharedData<TerraformOutput[]>(stack, NAMED, () => []).filter(isInTree);
  const byName = new Map<string, TerraformOutput[]>();
  for (const child of stack.node.findAll()) {
    if (!TerraformOutput.isTerraformOutput(child)) continue;
    byName.set(child.friendlyUniqueId, [...(byName.get(child.friendlyUniqueId) ?? []), child]);
  }
  return ours.flatMap((output) =>
    (byName.get(output.friendlyUniqueId) ?? [])
      .filter((other) => other !== output)
      .map(
        ({ node }) =>
          `${output.node.path}: the stack has another output "${output.friendlyUniqueId}", at ${node.path}: give the ` +
          "connection another outputPrefix.",
      ),
  );
}
