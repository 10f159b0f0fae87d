import { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { Inspection } from "../validation/inspection";
import { FLAG, propertiesOf, PROVIDER, TEXT_MAP } from "../validation/kind";
import type { IConnection } from "./connection-base";
import { ExistingConnection, type ExistingConnectionOptions } from "./existing-connection";
import type { ProviderType } from "./provider-type";
import { inspectRegion, inspectRegionLater } from "./provider-region";
import * as rules from "./rules";

export interface ConnectionProps {
  /**
   * The connection's name: 1 to 32 characters, any characters, unique in the account.
   *
   * Another name is another connection: with a new ARN, `PENDING` again, to be activated by a person again.
   *
   * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
   */
  readonly name: string;

  /**
   * Where the repositories are. Exactly one of `providerType` and `hostArn` must be given.
   *
   * @default - given by the host
   */
  readonly providerType?: ProviderType;

  /**
   * The ARN of the host, for GitHub Enterprise Server and GitLab self-managed. The type is then the host's, which the
   * library does not know; a repository's path is only checked for what all providers share.
   *
   * @default - no host
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-host-create.html
   */
  readonly hostArn?: string;

  /**
   * Tags of the connection.
   *
   * @default - only the provider's default tags
   */
  readonly tags?: { readonly [key: string]: string };

  /**
   * Accepts a region in which CodePipeline can't use connections as far as this version of the library knows.
   *
   * @default false
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  readonly allowAnyRegion?: boolean;

  /**
   * The provider to create it with.
   *
   * @default - the stack's default AWS provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * A connection to Bitbucket, GitHub or GitLab, made as `aws_codestarconnections_connection`.
 *
 * It is born `PENDING`. Only a person in the AWS console can activate it; no API can.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html
 */
export class Connection extends Construct implements IConnection {
  /**
   * Stands for a connection that exists already, made by hand or by another program. Nothing is created or read.
   *
   * @param connectionArn the ARN of either service name, in any region: connections are global
   */
  public static fromConnectionArn(
    scope: Construct,
    id: string,
    connectionArn: string,
    options: ExistingConnectionOptions = {},
  ): IConnection {
    return new ExistingConnection(scope, id, connectionArn, options);
  }

  /** The provider's resource. */
  public readonly resource: CodestarconnectionsConnection;
  public readonly connectionArn: string;
  public readonly connectionStatus?: string;
  public readonly connectionName?: string;
  public readonly providerType?: ProviderType;
  public readonly dependencies: ITerraformDependable[];
  public readonly provider?: TerraformProvider;

  public constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id);
    const inspection = inspect(propertiesOf(props)).include(inspectRegion(this, propertiesOf(props)));
    inspection.throwIfBroken(this.node.path);
    inspectRegionLater(this, props);

    this.resource = new CodestarconnectionsConnection(this, "Resource", {
      name: props.name,
      providerType: props.providerType,
      hostArn: props.hostArn,
      tags: props.tags,
      provider: props.provider,
      lifecycle: inspection.lifecycle(this),
    });
    this.connectionArn = this.resource.arn;
    this.connectionStatus = this.resource.connectionStatus;
    // Read back from the resource: Terraform knows how a name with an expression in it comes out.
    this.connectionName = this.resource.name;
    this.providerType = props.providerType;
    this.dependencies = [];
    this.provider = props.provider;
  }
}

function inspect(props: Partial<ConnectionProps>): Inspection {
  return new Inspection()
    .required("name", props.name, rules.connectionName)
    .fact(
      "exactly one of providerType and hostArn must be given",
      (props.providerType === undefined) !== (props.hostArn === undefined),
    )
    .value(
      "providerType",
      props.providerType,
      rules.providerType,
      rules.providerTypeOfFamily,
      rules.providerTypeWithoutHost,
    )
    .value("hostArn", props.hostArn, rules.hostArn)
    .kind("tags", props.tags, TEXT_MAP)
    .kind("allowAnyRegion", props.allowAnyRegion, FLAG)
    .kind("provider", props.provider, PROVIDER);
}
