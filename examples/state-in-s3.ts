/**
 * The state in a bucket, so that a team and its CI share it. The bucket must exist, with versioning on. Terraform 1.10
 * or newer locks the state with a file beside it, without DynamoDB.
 *
 * Write your bucket below.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/state-in-s3.ts"`.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ProviderType } from "cdktf-codestar-connections";

class StateInS3 extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    new S3Backend(this, {
      bucket: "acme-terraform-state",
      key: `${id}.tfstate`,
      region: "us-east-1",
      encrypt: true,
    });
    // CDKTF 0.21 has no property for it.
    this.addOverride("terraform.backend.s3.use_lockfile", true);
    new Connection(this, "Bitbucket", { name: "company", providerType: ProviderType.BITBUCKET });
  }
}

const app = new App();
new StateInS3(app, "state-in-s3");
app.synth();
