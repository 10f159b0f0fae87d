import { DataAwsCodestarconnectionsConnection } from "@cdktf/provider-aws/lib/data-aws-codestarconnections-connection";
import type { ITerraformDependable, TerraformDataSource, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { asShared } from "../terraform/expression";
import { Inspection } from "../validation/inspection";
import { propertiesOf } from "../validation/kind";
import { inspectProvider } from "../aws-provider/aws-provider";
import type { IConnection } from "./connection-base";
import type { ProviderType } from "./provider-type";
import { DEFAULT_FAMILY, type ResourceFamily } from "./resource-family";
import * as rules from "./limits";

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
