import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { isAvailable, whatToDo } from "../activation/messages";
import { checkProvider } from "../aws-provider/bound-provider";
import { PROVIDER } from "../validation/kind";
import { check, type Declared, optional, required } from "../validation/properties";
import { kindOf } from "../validation/types";
import { readerOf, subjectOf } from "./activation-subject";
import { CONNECTION, type IConnection } from "./connection-base";

/** What is waited for. */
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
    const { props: own, inspection } = check(this, props, declareGate);
    checkProvider(this, own.provider, inspection);
    inspection.throwIfBroken(this);
    const { connection, provider = readerOf(this, connection) } = own;
    this.dependencies = [
      new DataAwsCodestarconnectionsConnection(this, "Resource", {
        arn: connection.connectionArn,
        provider,
        lifecycle: {
          postcondition: [
            { condition: isAvailable(STATUS), errorMessage: whatToDo(subjectOf(this, connection), STATUS) },
          ],
        },
      }),
    ];
  }
}

/** The status that the gate's own data source reads. */
const STATUS = "${self.connection_status}";

function declareGate(): Declared<ActivationGateProps> {
  return { connection: required(kindOf(CONNECTION)), provider: optional(kindOf(PROVIDER)) };
}
