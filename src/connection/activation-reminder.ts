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
import { inspectProvider, isInTree } from "../aws-provider/aws-provider";
import { Check } from "../terraform/check";
import { matching } from "../validation/constraint";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf } from "../validation/kind";
import type { Limit, Rule } from "../validation/rule";
import { readerOf, subjectOf } from "./activation-subject";
import { CONNECTION, type IConnection } from "./connection-base";

export interface ActivationReminderProps {
  /** The connection to be activated. */
  readonly connection: IConnection;

  /**
   * Gives the outputs the fixed names `<prefix>connection_arn`, `<prefix>connection_status` and
   * `<prefix>activation_reminder`. An empty prefix is one too. Two outputs of one name in a stack are an error.
   *
   * @default - Terraform's unique names
   */
  readonly outputPrefix?: string;

  /**
   * Whether a `check` warns at every plan and apply while the connection is not `AVAILABLE`.
   *
   * @default true
   */
  readonly check?: boolean;

  /**
   * The provider that reads the status of an unread connection inside the check: of the reminder's own stack.
   *
   * @default - the connection's, if it is of this stack; else the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Says that a person must activate the connection, as long as it is true: outputs with the ARN, the status and what to
 * do, and a warning at every plan and apply. Make it in the stack that owns the connection.
 *
 * The warning is a `check` block: it needs Terraform 1.5 or newer. The status of a connection by its ARN is read inside it,
 * so that a caller who may not read it gets a warning; but Terraform then has that reading to do at every plan, so none
 * says "No changes" (`readStatus` of the connection reads it outside).
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 * @see https://developer.hashicorp.com/terraform/language/checks
 * @see https://github.com/hashicorp/terraform/issues/36536
 */
export class ActivationReminder extends Construct {
  /**
   * The reminder of a connection: the one it has, or a new one beside the connection, in the stack that owns it. None is
   * made for a connection whose status is not known, since it would have to be read.
   */
  public static of(connection: IConnection): ActivationReminder | undefined {
    new Inspection().requiredKind("connection", connection, CONNECTION).throwIfBroken("ActivationReminder.of");
    const reminder = reminderOf(connection);
    if (reminder !== undefined || connection.connectionStatus === undefined) return reminder;
    return new ActivationReminder(connection, "ActivationReminder", { connection });
  }

  public readonly connectionArnOutput: TerraformOutput;
  /** The status, unless it is not read. */
  public readonly connectionStatusOutput?: TerraformOutput;
  public readonly activationReminderOutput: TerraformOutput;

  public constructor(scope: Construct, id: string, props: ActivationReminderProps) {
    super(scope, id);
    inspect(this, props).throwIfBroken(this.node.path);
    const { connection, outputPrefix, provider } = props;
    const { connectionArn, connectionStatus: status } = connection;
    const subject = subjectOf(this, connection);

    this.connectionArnOutput = this.output(outputPrefix, "connection_arn", connectionArn, "The connection's ARN");
    if (status !== undefined) {
      this.connectionStatusOutput = this.output(
        outputPrefix,
        "connection_status",
        status,
        "PENDING, AVAILABLE or ERROR",
      );
    }
    this.activationReminderOutput = this.output(
      outputPrefix,
      "activation_reminder",
      status === undefined ? reminderWithoutStatus(subject) : reminder(subject, status),
      "What a person still has to do before pipelines can use the connection",
    );
    if (props.check ?? true) checkActivation(this, connection, subject, provider ?? readerOf(this, connection));

    this.node.addValidation({ validate: () => clashesOf(this) });
    REMINDERS.set(connection, this);
  }

  private output(prefix: string | undefined, name: string, value: string, description: string): TerraformOutput {
    const output = new TerraformOutput(this, name, { value, description });
    if (prefix !== undefined) output.overrideLogicalId(prefix + name);
    return output;
  }
}

/** The reminders that exist, so that every user of one connection shares one. */
const REMINDERS = new WeakMap<IConnection, ActivationReminder>();

/** The reminder that a connection has, unless it was taken out of the tree. */
function reminderOf(connection: IConnection): ActivationReminder | undefined {
  const reminder = REMINDERS.get(connection);
  return reminder !== undefined && isInTree(reminder) ? reminder : undefined;
}

function inspect(scope: Construct, given: ActivationReminderProps): Inspection {
  const { connection, outputPrefix, check, provider } = propertiesOf(given);
  const inspection = new Inspection()
    .requiredKind("connection", connection, CONNECTION)
    .literal("outputPrefix", outputPrefix, outputPrefixRule)
    .kind("check", check, FLAG)
    .include(inspectProvider(scope, provider));
  if (connection !== undefined && CONNECTION.includes(connection)) inspection.include(inspectOwner(scope, connection));
  const other = connection ? reminderOf(connection) : undefined;
  return inspection.fact(
    `connection has a reminder already, at ${String(other?.node.path)}: make your own before the PipelineSource that ` +
      "would make one, or use ActivationReminder.of(connection)",
    other === undefined,
  );
}

/** Another stack would show the status as it was when the owning stack was applied last. */
function inspectOwner(scope: Construct, connection: IConnection): Inspection {
  const [own, owner] = [TerraformStack.of(scope), TerraformStack.of(connection)];
  return new Inspection().fact(
    `connection is in the stack ${owner.node.path}, which alone can tell its status: make the reminder there`,
    own === owner || connection.connectionStatus === undefined,
  );
}

/** Outputs of one name in one stack: CDKTF would keep only the last of them. */
function clashesOf(reminder: ActivationReminder): string[] {
  const own = reminder.node.children.filter((child) => TerraformOutput.isTerraformOutput(child));
  const names = own.map(({ friendlyUniqueId }) => friendlyUniqueId);
  return TerraformStack.of(reminder)
    .node.findAll()
    .filter((child) => TerraformOutput.isTerraformOutput(child))
    .filter((output) => !own.includes(output) && names.includes(output.friendlyUniqueId))
    .map(
      ({ friendlyUniqueId, node }) =>
        `The stack has another output "${friendlyUniqueId}", at ${node.path}: give another outputPrefix.`,
    );
}

/**
 * Warns at every plan and apply while the connection, or its host, is not `AVAILABLE`.
 *
 * The status of a connection that is neither made here nor read is read inside the check, so that a caller who may not
 * read it gets a warning, and not a failed plan.
 */
export function checkActivation(
  scope: Construct,
  connection: IConnection,
  subject: Subject,
  provider: TerraformProvider | undefined,
): void {
  const check = new Check(scope, "Check");
  const status = connection.connectionStatus ?? readInside(check, connection.connectionArn, provider);
  check.assert(isAvailable(status), warning(subject, status));
  const { host } = subject;
  if (host?.status !== undefined) check.assert(isAvailable(host.status), hostWarning(host, subject));
}

function readInside(check: Check, arn: string, provider: TerraformProvider | undefined): string {
  const read = check.read(DataAwsCodestarconnectionsConnection.tfResourceType, { arn, provider: provider?.fqn });
  return read("connection_status");
}

/** Of two outputs with one name CDKTF would keep the last, and say nothing. */
export const outputNames: Limit = {
  sentence: "no two outputs have one name: an outputPrefix tells two reminders apart",
  see: "https://developer.hashicorp.com/terraform/language/values/outputs",
};

export const outputPrefixRule: Rule = {
  must: matching("^([A-Za-z_][A-Za-z0-9_-]*)?$"),
  sentence: "must be empty, or begin with a letter or _ and hold only the characters A-Z, a-z, 0-9 and _ -",
  see: "https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers",
  meant: (given) => given.trim().replace(/[^A-Za-z0-9_-]+/g, "_"),
};
