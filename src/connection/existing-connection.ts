import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { ITerraformDependable, TerraformDataSource, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { accountsOf, checkProvider, checkWithProvider } from "../aws-provider/bound-provider";
import { guardsOf } from "../aws-provider/guard";
import { isExpression } from "../terraform/expression";
import { asShared, attributeOf } from "../terraform/reference";
import { Inspection } from "../validation/inspection";
import { PROVIDER } from "../validation/kind";
import { check, type Declared, optional } from "../validation/properties";
import { flag, kindOf, knownValueOf, literal } from "../validation/types";
import { checkReminder, outputPrefix, remind } from "./activation-outputs";
import type { IConnection } from "./connection-base";
import * as limits from "./limits";
import { problemsOfAccount } from "./other-account";
import { PROVIDER_TYPE, type ProviderType } from "./provider-type";
import { DEFAULT_FAMILY, type ResourceFamily } from "./resource-family";
import { refuseRepetition } from "./repetition";
import { checkType } from "./type-check";
import { usersOf } from "./uses";

/** Options of `Connection.fromConnectionArn`. */
export interface ExistingConnectionOptions {
  /**
   * The repository provider: it decides how a repository's path is checked and which steps the reminder shows. Where the
   * connection is read, Terraform warns when AWS has another one.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * Reads the connection's status and name, for the outputs and the reminder. The plan then fails when the caller may not
   * read the connection.
   *
   * @default false
   */
  readonly readStatus?: boolean;

  /**
   * Whether the stack has outputs with the connection's ARN, its status if it is read, and what a person still has to do;
   * and a `check` that warns at every plan and apply while the connection is not `AVAILABLE`.
   *
   * Without `readStatus`, the `check` itself reads the status. A caller without the permission gets a warning and not a
   * failed plan. The price: Terraform reads the status at every apply, so no plan says "No changes".
   *
   * @default - true if `readStatus` is true
   * @see https://developer.hashicorp.com/terraform/language/checks
   */
  readonly activationReminder?: boolean;

  /**
   * The prefix of fixed names for the outputs of the reminder: `<prefix>connection_arn`, `<prefix>connection_status`
   * and `<prefix>activation_reminder`. It begins with a letter or `_`, and has only `A-Za-z0-9_-`; `""` gives the names
   * without a prefix. It must be known at synthesis. Two outputs with the same name in a stack are an error, and so is
   * a prefix without `activationReminder`.
   *
   * @default - unique names that CDKTF derives from the path of the construct
   * @see https://developer.hashicorp.com/terraform/language/values/outputs
   */
  readonly outputPrefix?: string;

  /**
   * The AWS provider that reads the connection, and checks an ARN that is an expression. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

const REPEATABLE = "connection for each value in a loop of your program";

/** A connection by its ARN. */
export class ConnectionByArn extends Construct implements IConnection {
  public readonly connectionArn: string;
  public readonly connectionStatus?: string;
  public readonly connectionName?: string;
  public readonly providerType?: ProviderType;
  public readonly dataSource?: TerraformDataSource;
  public readonly dependencies: ITerraformDependable[];
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, connectionArn: string, options: ExistingConnectionOptions) {
    super(scope, id);
    const { props: own, inspection } = check(this, options, declareExisting);
    const { providerType, readStatus, provider, activationReminder = readStatus === true } = own;
    const arn = new Inspection(this).required("connectionArn", connectionArn, limits.connectionArn);
    checkReminder(inspection, own, activationReminder);
    checkWithProvider(this, provider, arn, (late, bound) => {
      if (typeof connectionArn !== "string") return;
      const rules = limits.arnOfAccounts(accountsOf(bound));
      if (isExpression(connectionArn)) late.value("connectionArn", connectionArn, ...rules);
      else if (late === arn) this.node.addValidation({ validate: () => problemsOfAccount(this, connectionArn, rules) });
      else late.problems.push(...problemsOfAccount(this, connectionArn, rules));
    });
    arn.include(inspection).throwIfBroken(this);

    this.connectionArn = asShared(this, "Arn", connectionArn);
    this.providerType = providerType;
    this.provider = provider;
    if (readStatus) {
      const lifecycle = arn.lifecycle(this);
      const data = new DataAwsCodestarconnectionsConnection(this, "Resource", {
        arn: this.connectionArn,
        provider,
        lifecycle,
      });
      this.dataSource = data;
      this.connectionStatus = attributeOf(data, "connection_status");
      this.connectionName = attributeOf(data, "name");
      checkType(this, this, data);
      const users = () => typeCheckOf(providerType);
      refuseRepetition(this, data, { what: "connection", hasReminder: activationReminder, users });
      this.dependencies = lifecycle === undefined ? [] : [data];
    } else this.dependencies = guardsOf(this, arn, REPEATABLE, provider);
    if (activationReminder) remind(this, own);
  }
}

/** What compares a type that was given with the one that AWS has. */
function typeCheckOf(providerType: ProviderType | undefined): string[] {
  return providerType === undefined ? [] : ["providerType"];
}

export function declareExisting(): Declared<ExistingConnectionOptions> {
  return {
    providerType: optional(knownValueOf(PROVIDER_TYPE, limits.providerType)),
    readStatus: optional(flag),
    activationReminder: optional(flag),
    outputPrefix: optional(literal(outputPrefix)),
    provider: optional(kindOf(PROVIDER)),
  };
}

/** Options of `Connection.fromConnectionName`. */
export interface NamedConnectionOptions {
  /**
   * The repository provider: it decides how a repository's path is checked and which steps the reminder shows. Terraform
   * warns when AWS has another one.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * Only `ResourceFamily.CODESTAR_CONNECTIONS`: the AWS provider has no data source for the other family. It must be
   * known at synthesis.
   *
   * @default ResourceFamily.CODESTAR_CONNECTIONS
   */
  readonly resourceFamily?: ResourceFamily;

  /**
   * Whether the stack has outputs with the connection's ARN, its status and what a person still has to do; and a `check`
   * that warns at every plan and apply while the connection is not `AVAILABLE`.
   *
   * @default true
   * @see https://developer.hashicorp.com/terraform/language/checks
   */
  readonly activationReminder?: boolean;

  /**
   * The prefix of fixed names for the outputs of the reminder: `<prefix>connection_arn`, `<prefix>connection_status`
   * and `<prefix>activation_reminder`. It begins with a letter or `_`, and has only `A-Za-z0-9_-`; `""` gives the names
   * without a prefix. It must be known at synthesis. Two outputs with the same name in a stack are an error, and so is
   * a prefix without `activationReminder`.
   *
   * @default - unique names that CDKTF derives from the path of the construct
   * @see https://developer.hashicorp.com/terraform/language/values/outputs
   */
  readonly outputPrefix?: string;

  /**
   * The AWS provider that finds the connection. It must be in the same stack.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/** A connection by its name. */
export class ConnectionByName extends Construct implements IConnection {
  public readonly connectionArn: string;
  public readonly connectionStatus?: string;
  public readonly connectionName?: string;
  public readonly providerType?: ProviderType;
  public readonly dataSource?: TerraformDataSource;
  public readonly dependencies: ITerraformDependable[] = [];
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, connectionName: string, options: NamedConnectionOptions) {
    super(scope, id);
    const { props: own, inspection } = check(this, options, declareNamed);
    const { providerType, provider, activationReminder = true } = own;
    const name = new Inspection(this).required("connectionName", connectionName, limits.connectionName(DEFAULT_FAMILY));
    checkReminder(inspection, own, activationReminder);
    checkProvider(this, provider, inspection);
    name.include(inspection).throwIfBroken(this);

    this.connectionName = asShared(this, "Name", connectionName);
    const data = new DataAwsCodestarconnectionsConnection(this, "Resource", {
      name: this.connectionName,
      provider,
      lifecycle: name.lifecycle(this),
    });
    this.dataSource = data;
    this.connectionArn = attributeOf(data, "arn");
    this.connectionStatus = attributeOf(data, "connection_status");
    this.providerType = providerType;
    this.provider = provider;
    checkType(this, this, data);
    const users = () => [...typeCheckOf(providerType), ...usersOf(this)];
    refuseRepetition(this, data, { what: "connection", hasReminder: activationReminder, users });
    if (activationReminder) remind(this, own);
  }
}

export function declareNamed(): Declared<NamedConnectionOptions> {
  return {
    providerType: optional(knownValueOf(PROVIDER_TYPE, limits.providerType)),
    resourceFamily: optional(literal(limits.resourceFamilyWithDataSource)),
    activationReminder: optional(flag),
    outputPrefix: optional(literal(outputPrefix)),
    provider: optional(kindOf(PROVIDER)),
  };
}
