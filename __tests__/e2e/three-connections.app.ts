/** Three connections in two stacks; a pipeline of the second stack uses the first one's connection beside its own. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { Connection, PipelineSource, ProviderType, SourceAction } from "../../src";

const app = new App();
const [shared, shop] = ["shared", "shop"].map((id) => {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  return stack;
}) as [TerraformStack, TerraformStack];

const company = new Connection(shared, "Company", {
  name: "company",
  providerType: ProviderType.BITBUCKET,
  outputPrefix: "company_",
});
new Connection(shared, "Tools", {
  name: "tools",
  providerType: ProviderType.GITHUB,
  outputPrefix: "tools_",
});
const own = new Connection(shop, "Own", { name: "own", providerType: ProviderType.GITLAB, outputPrefix: "own_" });
new PipelineSource(shop, "Source", {
  ...{ connection: company, repository: "acme/shop", branch: "main", pipelineRoles: ["made-elsewhere"] },
  additionalActions: [
    new SourceAction({ connection: own, repository: "acme/group/docs", branch: "main", actionName: "Docs" }),
  ],
});
app.synth();
