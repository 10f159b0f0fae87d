/**
 * The construct of a connection gets another id, or another place in the tree, and the connection stays: a replaced one
 * would have a new ARN, and a person would have to activate it again.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/renamed-connection.ts"`.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ProviderType } from "cdktf-codestar-connections";

class RenamedConnection extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    // Its id was "Bitbucket". The name is given: a derived one would follow the new id, and replace the connection. If it
    // was derived, write here what `terraform state show` says that it is.
    const connection = new Connection(this, "SourceRepositories", {
      name: "MyConnection",
      providerType: ProviderType.BITBUCKET,
    });
    // The old address, as `terraform state list` shows it. The line may go when every copy of the stack was deployed.
    connection.resource.moveFromId("aws_codestarconnections_connection.Bitbucket_1DD0FC59");
  }
}

const app = new App();
new RenamedConnection(app, "renamed-connection");
app.synth();
