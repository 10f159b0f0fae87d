/**
 * A connection that somebody made in the console comes under Terraform's care, and keeps its ARN and its activation.
 * Since July 2024 the console makes ARNs of the service `codeconnections`, so the newer resource adopts it; for an
 * older ARN leave `resourceFamily` out.
 *
 * Write your own ARN below, with the name and the type that the connection has: another name or type would replace it.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/adopted-connection.ts"`.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ProviderType, ResourceFamily } from "cdktf-codestar-connections";

class AdoptedConnection extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const connection = new Connection(this, "Bitbucket", {
      name: "MadeByHand",
      providerType: ProviderType.BITBUCKET,
      resourceFamily: ResourceFamily.CODECONNECTIONS,
      // If the name or the type does not fit, the plan fails instead of replacing the connection.
      preventDestroy: true,
    });
    // The line may go after the first deploy.
    connection.resource.importFrom("arn:aws:codeconnections:us-east-1:123456789012:connection/0c8b1a2f");
  }
}

const app = new App();
new AdoptedConnection(app, "adopted-connection");
app.synth();
