/** The program that makes the same resources with the provider's own classes, as a careful person writes it. */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { CodestarconnectionsConnection } from "@cdktf/provider-aws/lib/codestarconnections-connection";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { buildStage, idIn, platform, run, type Shape } from "./platform";

run((stack, shape) => {
  const shared = shape.connectionEach ? undefined : connectionIn(stack, shape, "fleet");
  for (let index = 0; index < shape.pipelines; index++) {
    const own = platform(stack, shape, index);
    const connection = shared ?? connectionIn(stack, shape, `fleet-${index}`);
    const policy = new IamPolicy(stack, idIn(shape, `Policy${index}`), {
      namePrefix: "use-connections-",
      description: "Lets CodePipeline and CodeBuild use connections to source repositories",
      policy: useConnection(connection.arn),
    });
    const attachment = new IamRolePolicyAttachment(stack, idIn(shape, `Attachment${index}`), {
      role: own.role.name,
      policyArn: policy.arn,
    });
    new Codepipeline(stack, idIn(shape, `Pipeline${index}`), {
      name: `service-${index}`,
      roleArn: own.role.arn,
      pipelineType: "V2",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [
        {
          name: "Source",
          action: [
            {
              name: "Source",
              category: "Source",
              owner: "AWS",
              provider: "CodeStarSourceConnection",
              version: "1",
              namespace: "SourceVariables",
              outputArtifacts: ["SourceOutput"],
              configuration: {
                ConnectionArn: connection.arn,
                FullRepositoryId: `acme/service-${index}`,
                BranchName: "main",
                DetectChanges: "false",
              },
            },
          ],
        },
        buildStage(own, "SourceOutput", "#{SourceVariables.CommitId}"),
      ],
      trigger: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: {
            sourceActionName: "Source",
            push: [{ branches: { includes: ["main"] }, filePaths: { includes: ["src/**"] } }],
          },
        },
      ],
      dependsOn: [attachment],
    });
  }
});

/** A connection, and the least that tells a person that it must be activated. */
function connectionIn(stack: TerraformStack, shape: Shape, name: string): CodestarconnectionsConnection {
  const connection = new CodestarconnectionsConnection(stack, idIn(shape, name), { name, providerType: "Bitbucket" });
  const { arn, connectionStatus: status } = connection;
  const message = `Connection ${connection.name} is ${status}: pipelines run once it is AVAILABLE`;
  new TerraformOutput(stack, idIn(shape, `${name}-arn`), { value: arn, description: "The connection's ARN" });
  new TerraformOutput(stack, idIn(shape, `${name}-status`), { value: status, description: "PENDING until activated" });
  new TerraformOutput(stack, idIn(shape, `${name}-reminder`), { value: message, description: "What is left to do" });
  return connection;
}

function useConnection(arn: string): string {
  const Action = ["codeconnections:UseConnection", "codestar-connections:UseConnection"];
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: [arn] }] });
}
