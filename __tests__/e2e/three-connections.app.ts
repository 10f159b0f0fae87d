/** Three connections in two stacks; a pipeline of the second stack uses the first one's connection beside its own. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ActivationReminder, Connection, PipelineSource, ProviderType, SourceAction } from "../../src";

const app = new App();
const [shared, shop] = ["shared", "shop"].map((id) => {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  return stack;
}) as [TerraformStack, TerraformStack];

const company = new Connection(shared, "Company", { name: "company", providerType: ProviderType.BITBUCKET });
const tools = new Connection(shared, "Tools", { name: "tools", providerType: ProviderType.GITHUB });
const own = new Connection(shop, "Own", { name: "own", providerType: ProviderType.GITLAB });
for (const connection of [company, tools, own]) {
  new ActivationReminder(connection, "Reminder", { connection, outputPrefix: `${connection.node.id.toLowerCase()}_` });
}
new PipelineSource(shop, "Source", {
  ...{ connection: company, repository: "acme/shop", branch: "main", pipelineRoleNames: ["made-elsewhere"] },
  additionalActions: [
    new SourceAction({ connection: own, repository: "acme/group/docs", branch: "main", actionName: "Docs" }),
  ],
});
app.synth();
