import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { ref, TerraformLocal, TerraformOutput, type TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { CONNECTION, type IConnection } from "../connection/connection-base";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf, PROVIDER } from "../validation/kind";
import { Check, type ScopedDataSource } from "./check";
import { connectionPage, connectionsPage } from "./console-link";
import * as rules from "./rules";
import { isAvailable, reminder, reminderWithoutStatus, type Subject, warning } from "./reminder";

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
   * Reads the status of a connection that is not made here, for the status output and the reminder. The plan then fails
   * when the caller may not read the connection; without it, only the warning needs the reading.
   *
   * @default false
   */
  readonly readStatus?: boolean;

  /**
   * The provider to read an existing connection with.
   *
   * @default - the connection's own
   */
  readonly provider?: TerraformProvider;
}

/**
 * Says that a person must activate the connection, as long as it is true: outputs with the ARN, the status and what to
 * do, and a warning at every plan and apply. Make it in the stack that owns the connection.
 *
 * The warning is a `check` block: it needs Terraform 1.5 or newer.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export class ActivationReminder extends Construct {
  /** The reminder of a connection: the one it has, or a new one beside the connection, in the stack that owns it. */
  public static of(connection: IConnection): ActivationReminder {
    return REMINDERS.get(connection) ?? new ActivationReminder(connection, "ActivationReminder", { connection });
  }

  public readonly connectionArnOutput: TerraformOutput;
  /** The status, unless it is not read. */
  public readonly connectionStatusOutput?: TerraformOutput;
  public readonly activationReminderOutput: TerraformOutput;

  public constructor(scope: Construct, id: string, props: ActivationReminderProps) {
    super(scope, id);
    inspect(props).throwIfBroken(this.node.path);
    const { connection } = props;
    const arn = connection.connectionArn;
    const { status, name = arn } = props.readStatus ? this.read(props) : known(connection);
    const subject: Subject = {
      label: name,
      providerType: connection.providerType,
      page: new TerraformLocal(this, "Page", connectionPage(arn)).asString,
      listPage: connectionsPage(arn),
    };

    const output = (outputName: string, value: string, description: string): TerraformOutput => {
      const created = new TerraformOutput(this, outputName, { value, description });
      if (props.outputPrefix !== undefined) created.overrideLogicalId(props.outputPrefix + outputName);
      return created;
    };
    this.connectionArnOutput = output("connection_arn", arn, "The connection's ARN");
    this.activationReminderOutput = output(
      "activation_reminder",
      status === undefined ? reminderWithoutStatus(subject) : reminder(subject, status),
      "What a person still has to do before pipelines can use the connection",
    );
    if (status === undefined) {
      const scoped = scopedRead(this, props);
      new Check(this, "Check", {
        condition: isAvailable(scoped.status),
        errorMessage: warning(subject, scoped.status),
        data: scoped.data,
      });
    } else {
      this.connectionStatusOutput = output("connection_status", status, "PENDING, AVAILABLE or ERROR");
      new Check(this, "Check", { condition: isAvailable(status), errorMessage: warning(subject, status) });
    }

    if (props.outputPrefix !== undefined) this.node.addValidation({ validate: () => this.clashes() });
    REMINDERS.set(connection, this);
  }

  /** Reads what is not known of a connection that is made elsewhere. */
  private read({ connection, provider = connection.provider }: ActivationReminderProps): Known {
    if (connection.connectionStatus !== undefined) return known(connection);
    const data = new DataAwsCodestarconnectionsConnection(this, "Existing", {
      arn: connection.connectionArn,
      provider,
    });
    return { status: data.connectionStatus, name: data.name };
  }

  /** Outputs of one name in one stack: CDKTF would keep only the last of them. */
  private clashes(): string[] {
    const own = this.node.children.filter((child) => TerraformOutput.isTerraformOutput(child));
    const names = own.map(({ friendlyUniqueId }) => friendlyUniqueId);
    return TerraformStack.of(this)
      .node.findAll()
      .filter((child) => TerraformOutput.isTerraformOutput(child))
      .filter((output) => !own.includes(output) && names.includes(output.friendlyUniqueId))
      .map(
        ({ friendlyUniqueId, node }) =>
          `The stack has another output "${friendlyUniqueId}", at ${node.path}: give another outputPrefix.`,
      );
  }
}

function inspect(given: ActivationReminderProps): Inspection {
  const { connection, outputPrefix, readStatus, provider } = propertiesOf(given);
  const inspection = new Inspection()
    .fact("connection must be given", connection !== undefined)
    .kind("connection", connection, CONNECTION)
    .literal("outputPrefix", outputPrefix, rules.outputPrefix)
    .kind("readStatus", readStatus, FLAG)
    .kind("provider", provider, PROVIDER);
  const other = connection ? REMINDERS.get(connection) : undefined;
  return inspection.fact(
    `connection has a reminder already, at ${String(other?.node.path)}: make your own before the PipelineSource that ` +
      "would make one, or use ActivationReminder.of(connection)",
    other === undefined,
  );
}

/** The reminders that exist, so that every user of one connection shares one. */
const REMINDERS = new WeakMap<IConnection, ActivationReminder>();

interface Known {
  readonly status?: string;
  readonly name?: string;
}

function known({ connectionStatus: status, connectionName: name }: IConnection): Known {
  return { status, name };
}

/** Reads the status inside the check only, so that a caller who may not read the connection gets a warning. */
function scopedRead(
  scope: Construct,
  { connection, provider = connection.provider }: ActivationReminderProps,
): { readonly status: string; readonly data: ScopedDataSource } {
  const stack = TerraformStack.of(scope);
  const type = "aws_codestarconnections_connection";
  const name = stack.getLogicalId(scope.node);
  return {
    status: Token.asString(ref(`data.${type}.${name}.connection_status`, stack)),
    data: { type, name, attributes: { arn: connection.connectionArn, provider: provider?.fqn } },
  };
}
