/**
 * What the check of whole pipelines costs: its share of the synthesis of 1,000 pipelines, each with a source of its own.
 * Run it with `npm run bench`; it fails above the budget.
 */
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection, GitPushFilter, PipelineSource, ProviderType, Trigger } from "../src";

const PIPELINES = 1000;
const ROUNDS = 5;
/** The most that the check may cost, as a share of the whole synthesis. */
const BUDGET = 0.1;

function appOf(pipelines: number, outdir: string): { app: App; stack: TerraformStack } {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "fleet");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const connection = new Connection(stack, "Bitbucket", { name: "fleet", providerType: ProviderType.BITBUCKET });
  for (let index = 0; index < pipelines; index++) {
    const source = new PipelineSource(stack, `Source${index}`, {
      connection,
      repository: `acme/service-${index}`,
      branch: "main",
      pipelineRoleNames: [`pipeline-${index}`],
      trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }, { filePaths: { includes: ["src/**"] } })),
    });
    new Codepipeline(stack, `Pipeline${index}`, {
      name: `service-${index}`,
      roleArn: `arn:aws:iam::123456789012:role/pipeline-${index}`,
      pipelineType: "V2",
      artifactStore: [{ location: "artifacts", type: "S3" }],
      stage: [
        source.stage,
        {
          name: "Build",
          action: [
            {
              name: "Build",
              category: "Build",
              owner: "AWS",
              provider: "CodeBuild",
              version: "1",
              inputArtifacts: [source.outputArtifactName],
              configuration: { ProjectName: "build", Commit: source.variables.commitId },
            },
          ],
        },
      ],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  }
  return { app, stack };
}

/** How long it takes, in milliseconds. */
function timed(action: () => unknown): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const outdir = mkdtempSync(join(tmpdir(), "bench-"));
const rounds = Array.from({ length: ROUNDS }, () => {
  let made: ReturnType<typeof appOf> | undefined;
  const construction = timed(() => (made = appOf(PIPELINES, outdir)));
  const { app, stack } = made ?? appOf(0, outdir);
  const synthesis = timed(() => {
    app.synth();
  });
  // The stack's own validations are the check, and nothing else.
  return { construction, synthesis, check: timed(() => stack.node.validate()) };
});
rmSync(outdir, { recursive: true });

const { construction, synthesis, check } = {
  construction: median(rounds.map((round) => round.construction)),
  synthesis: median(rounds.map((round) => round.synthesis)),
  check: median(rounds.map((round) => round.check)),
};
const share = median(rounds.map((round) => round.check / round.synthesis));
console.log(
  `${PIPELINES} pipelines, median of ${ROUNDS}: made in ${construction.toFixed(0)} ms, synthesised in ` +
    `${synthesis.toFixed(0)} ms, of which the check takes ${check.toFixed(0)} ms: ${(share * 100).toFixed(1)} %, ` +
    `and may take ${BUDGET * 100} %.`,
);
if (share > BUDGET) process.exitCode = 1;
