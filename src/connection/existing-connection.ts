import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { ITerraformDependable, TerraformDataSource, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { accountsOf, type BoundProvider, inspectProvider, inspectWithProvider } from "../aws-provider/aws-provider";
import { guardsOf } from "../aws-provider/guard";
import { asShared } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf } from "../validation/kind";
import type { IConnection } from "./connection-base";
import * as rules from "./limits";
import type { ProviderType } from "./provider-type";
import { DEFAULT_FAMILY, type ResourceFamily } from "./resource-family";

/** What is known of a connection that exists already. */
export interface ExistingConnectionOptions {
  /**
   * Where the repositories are: it decides how a repository's path is checked and which steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * Reads the connection's status and name, for the outputs and the reminder. The plan then fails when the caller may not
   * read the connection; without it, only the warning needs the reading.
   *
   * @default false
   */
  readonly readStatus?: boolean;

  /**
   * The provider that reads the connection and checks an ARN that only Terraform knows.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

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
    const { providerType, readStatus, provider } = propertiesOf(options);
    const inspection = inspectWithProvider(this, provider, (bound) =>
      inspect(connectionArn, { providerType, readStatus }, bound),
    );
    inspection.throwIfBroken(this.node.path);

    this.connectionArn = asShared(this, "Arn", connectionArn);
    this.providerType = providerType;
    this.provider = provider;
    if (!readStatus) {
      this.dependencies = guardsOf(this, inspection, provider);
      return;
    }
    const lifecycle = inspection.lifecycle(this);
    const data = new DataAwsCodestarconnectionsConnection(this, "Resource", {
      arn: this.connectionArn,
      provider,
      lifecycle,
    });
    this.dataSource = data;
    this.connectionStatus = data.connectionStatus;
    this.connectionName = data.name;
    this.dependencies = lifecycle === undefined ? [] : [data];
  }
}

function inspect(connectionArn: string, options: ExistingConnectionOptions, bound: BoundProvider): Inspection {
  const { providerType, readStatus } = options;
  return new Inspection()
    .required("connectionArn", connectionArn, rules.connectionArn, ...rules.arnOfAccounts(accountsOf(bound)))
    .value("providerType", providerType, rules.providerType)
    .kind("readStatus", readStatus, FLAG);
}

/** What is known of a connection that is found by its name. */
export interface NamedConnectionOptions {
  /**
   * Where the repositories are: it decides how a repository's path is checked and which steps the reminder shows.
   *
   * @default - unknown; the checks and steps are those that all providers share
   */
  readonly providerType?: ProviderType;

  /**
   * The family of the data source that finds it. The newer family has none.
   *
   * @default ResourceFamily.CODESTAR_CONNECTIONS
   */
  readonly resourceFamily?: ResourceFamily;

  /**
   * The provider that finds it.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

interface Found {
  readonly dataSource: TerraformDataSource;
  readonly arn: string;
  readonly status: string;
}

/** A connection by its name: the data source is there only when its ARN or status is asked for. */
export class ConnectionByName extends Construct implements IConnection {
  public readonly connectionName?: string;
  public readonly providerType?: ProviderType;
  public readonly dependencies: ITerraformDependable[] = [];
  public readonly provider?: TerraformProvider;
  private readonly inspection: Inspection;
  private found?: Found;

  public constructor(scope: Construct, id: string, connectionName: string, options: NamedConnectionOptions) {
    super(scope, id);
    const { providerType, resourceFamily, provider } = propertiesOf(options);
    this.inspection = new Inspection()
      .required("connectionName", connectionName, rules.connectionName(DEFAULT_FAMILY))
      .value("providerType", providerType, rules.providerType)
      .literal("resourceFamily", resourceFamily, rules.resourceFamily, rules.resourceFamilyWithDataSource)
      .include(inspectProvider(this, provider))
      .throwIfBroken(this.node.path);
    this.connectionName = asShared(this, "Name", connectionName);
    this.providerType = providerType;
    this.provider = provider;
  }

  public get connectionArn(): string {
    return this.find().arn;
  }

  public get connectionStatus(): string | undefined {
    return this.find().status;
  }

  public get dataSource(): TerraformDataSource | undefined {
    return this.find().dataSource;
  }

  private find(): Found {
    if (this.found === undefined) {
      const dataSource = new DataAwsCodestarconnectionsConnection(this, "Resource", {
        name: this.connectionName,
        provider: this.provider,
        lifecycle: this.inspection.lifecycle(this),
      });
      // Each reading of an attribute costs a token and a stack trace.
      this.found = { dataSource, arn: dataSource.arn, status: dataSource.connectionStatus };
    }
    return this.found;
  }
}
