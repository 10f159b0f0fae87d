/**
 * Who may activate: a role for the people who do, with the permission to activate exactly this connection, and nothing
 * else. They take the role in the console, and open the link of the reminder.
 *
 * Write below who may take the role.
 *
 * In a clone, run it with `npx cdktf deploy --app "node -r tsx/cjs examples/activator.ts"`.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Connection, ConnectionPolicyDocument, ProviderType } from "cdktf-codestar-connections";

class Activator extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const connection = new Connection(this, "Bitbucket", { name: "company", providerType: ProviderType.BITBUCKET });
    const role = new IamRole(this, "ActivatorRole", {
      name: "activate-connections",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:root" },
            Action: "sts:AssumeRole",
            Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
          },
        ],
      }),
    });
    new IamRolePolicy(this, "Activate", {
      role: role.name,
      policy: ConnectionPolicyDocument.forActivator({ connections: [connection] }),
    });
  }
}

const app = new App();
new Activator(app, "activator");
app.synth();
