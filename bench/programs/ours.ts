/** The program that uses the library. */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import type { TerraformStack } from "cdktf";
import { Connection, GitPushFilter, PipelineSource, ProviderType, Trigger } from "cdktf-codestar-connections";
import { buildStage, idIn, platform, run, type Shape } from "./platform";

run((stack, shape) => {
  const shared = shape.connectionEach ? undefined : connectionIn(stack, shape, "fleet");
  for (let index = 0; index < shape.pipelines; index++) {
    const own = platform(stack, shape, index);
    const source = new PipelineSource(stack, idIn(shape, `Source${index}`), {
      connection: shared ?? connectionIn(stack, shape, `fleet-${index}`),
      repository: `acme/service-${index}`,
      branch: "main",
      pipelineRoles: [own.role.name],
      trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }, { filePaths: { includes: ["src/**"] } })),
    });
    new Codepipeline(stack, idIn(shape, `Pipeline${index}`), {
      name: `service-${index}`,
      roleArn: own.role.arn,
      pipelineType: "V2",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [source.stage, buildStage(own, source.outputArtifactName, source.variables.commitId)],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  }
});

function connectionIn(stack: TerraformStack, shape: Shape, name: string): Connection {
  return new Connection(stack, idIn(shape, name), {
    name: shape.longIds ? undefined : name,
    providerType: ProviderType.BITBUCKET,
  });
}
