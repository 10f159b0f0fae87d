import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { type ITerraformDependable, ref, type TerraformProvider, TerraformStack, Token } from "cdktf";
import { Construct } from "constructs";
import { inspectProvider } from "../aws-provider/aws-provider";
import { CONNECTION, type IConnection } from "./connection-base";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { isAvailable, toDo } from "../activation/messages";
import { readerOf, subjectOf } from "./activation-subject";

export interface ActivationGateProps {
  /** The connection that must be activated. */
  readonly connection: IConnection;

  /**
   * The provider that reads the connection's status: of the gate's own stack.
   *
   * @default - the connection's, if it is of this stack; else the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Holds back what depends on it until the connection is `AVAILABLE`: the apply that makes the connection stops there, with
 * the reminder as its error, and after the activation the next one carries on.
 *
 * The price: while the connection is `PENDING`, and again whenever it is `ERROR`, no plan of the stack passes, whatever it
 * is about. `terraform destroy` does. The way out is to take the gate away, or `terraform apply -target` for all but the gate.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/custom-conditions
 */
export class ActivationGate extends Construct {
  /** Give it to the `dependsOn` of what is to be held back. */
  public readonly dependencies: ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: ActivationGateProps) {
    super(scope, id);
    const { connection, provider } = propertiesOf(props);
    new Inspection()
      .requiredKind("connection", connection, CONNECTION)
      .include(inspectProvider(this, provider))
      .throwIfBroken(this.node.path);
    const status = Token.asString(ref("self.connection_status", TerraformStack.of(this)));
    this.dependencies = [
      new DataAwsCodestarconnectionsConnection(this, "Resource", {
        arn: props.connection.connectionArn,
        provider: provider ?? readerOf(this, props.connection),
        lifecycle: {
          postcondition: [
            { condition: isAvailable(status), errorMessage: toDo(subjectOf(this, props.connection), status) },
          ],
        },
      }),
    ];
  }
}
