import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import { type ITerraformDependable, type TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { gateMessage, isAvailable } from "../activation/messages";
import { checkProvider } from "../aws-provider/bound-provider";
import { asShared } from "../terraform/reference";
import { PROVIDER } from "../validation/kind";
import { check, type Declared, optional, required } from "../validation/properties";
import { kindOf } from "../validation/types";
import { readerOf, subjectOf } from "./activation-subject";
import { CONNECTION, type IConnection } from "./connection-base";
import { checkType } from "./type-check";
import { noteUseBy } from "./uses";

/** Properties of an `ActivationGate`. */
export interface ActivationGateProps {
  /** The connection that must be activated. */
  readonly connection: IConnection;

  /**
   * The AWS provider that reads the connection's status. It must be in the stack of the gate.
   *
   * @default - the connection's, if it is of this stack; else the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Makes resources wait until a connection is `AVAILABLE`. The first apply creates the connection and then fails, with
 * the reminder as the error. After a person has activated the connection, the next apply creates the waiting resources.
 *
 * While the connection is not `AVAILABLE` (before the activation, or in `ERROR`), every plan of the stack fails,
 * whatever has changed. `terraform destroy` works. To deploy without the activation, remove the gate, or use `-target`
 * for the other resources: `terraform apply -target=<address>`.
 *
 * Makes in Terraform: `data.aws_codestarconnections_connection`.
 *
 * @example
 * const { dependencies } = new ActivationGate(this, "Gate", { connection });
 * new SsmParameter(this, "Arn", { name: "arn", type: "String", value: connection.connectionArn, dependsOn: dependencies });
 * @see https://developer.hashicorp.com/terraform/language/expressions/custom-conditions
 */
export class ActivationGate extends Construct {
  /** Give this list to `dependsOn` of the resources that must wait. */
  public readonly dependencies: ITerraformDependable[];

  public constructor(scope: Construct, id: string, props: ActivationGateProps) {
    super(scope, id);
    const { props: own, inspection } = check(this, props, declareGate);
    checkProvider(this, own.provider, inspection);
    inspection.throwIfBroken(this);
    const { connection, provider = readerOf(this, connection) } = own;
    const config = {
      arn: connection.connectionArn,
      // Since version 6 of the provider; the bindings of older ones leave it out.
      region: regionFor(this, connection),
      provider,
      lifecycle: {
        postcondition: [
          { condition: isAvailable(STATUS), errorMessage: gateMessage(subjectOf(this, connection), STATUS) },
        ],
      },
    };
    const data = new DataAwsCodestarconnectionsConnection(this, "Resource", config);
    this.dependencies = [data];
    noteUseBy(this, connection);
    // One that is made, or read elsewhere, has a status.
    if (connection.connectionStatus === undefined) checkType(this, connection, data);
  }
}

/** The region of a connection, as the stack of the gate can name it. */
function regionFor(gate: ActivationGate, connection: IConnection): string | undefined {
  const isBeside = TerraformStack.of(gate) === TerraformStack.of(connection);
  if (connection.region === undefined || isBeside) return connection.region;
  // Several gates can wait for one connection.
  return asShared(connection, `RegionFor-${gate.node.addr}`, connection.region);
}

/** The status that the gate's own data source reads. */
const STATUS = "${self.connection_status}";

function declareGate(): Declared<ActivationGateProps> {
  return { connection: required(kindOf(CONNECTION)), provider: optional(kindOf(PROVIDER)) };
}
