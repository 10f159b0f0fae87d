/**
 * What validation costs: its share of the whole synthesis of 1,000 pipelines, each with its source, roles and build
 * project, from the first construct to the last file. A profiler takes the share, of the compiled library, as programs
 * use it. Run it with `npm run bench`; it fails above the budget.
 */
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { type Profiler, Session } from "node:inspector/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const PIPELINES = 1000;
const ROUNDS = 7;
/** The most that validation may cost, as a share of the whole synthesis. */
const BUDGET = 0.05;
/** Who may take a role does not matter here. */
const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
/** How often the profiler looks, in microseconds. */
const INTERVAL = 200;

/** What `npm run build` makes of the sources. */
const LIBRARY = join(__dirname, "..", "lib", "index.js");

/** The files whose functions validate, and what these call: the rules' engine, and the look at whole pipelines. */
const VALIDATING =
  /^(validation|codepipeline|pipeline-check|aws-provider|permissions\/roles|pipeline-source\/inspection)/;

/** What applies the rules to the properties of a construct stands beside it. */
const APPLYING = "inspect";

async function appOf(pipelines: number, outdir: string): Promise<App> {
  const library = (await import(LIBRARY)) as typeof import("../src");
  const { Connection, GitPushFilter, PipelineSource, ProviderType, Trigger } = library;
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "fleet");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const connection = new Connection(stack, "Bitbucket", { name: "fleet", providerType: ProviderType.BITBUCKET });
  for (let index = 0; index < pipelines; index++) {
    const [role, buildRole] = ["Role", "BuildRole"].map(
      (id) => new IamRole(stack, `${id}${index}`, { assumeRolePolicy: TRUST }),
    ) as [IamRole, IamRole];
    const build = new CodebuildProject(stack, `Build${index}`, {
      name: `service-${index}`,
      serviceRole: buildRole.arn,
      source: { type: "CODEPIPELINE" },
      artifacts: { type: "CODEPIPELINE" },
      environment: {
        computeType: "BUILD_GENERAL1_SMALL",
        image: "aws/codebuild/standard:7.0",
        type: "LINUX_CONTAINER",
      },
    });
    const source = new PipelineSource(stack, `Source${index}`, {
      connection,
      repository: `acme/service-${index}`,
      branch: "main",
      pipelineRoleNames: [role.name],
      trigger: Trigger.onPush(GitPushFilter.branches({ includes: ["main"] }, { filePaths: { includes: ["src/**"] } })),
    });
    new Codepipeline(stack, `Pipeline${index}`, {
      name: `service-${index}`,
      roleArn: role.arn,
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
              configuration: { ProjectName: build.name, Commit: source.variables.commitId },
            },
          ],
        },
      ],
      trigger: source.triggers,
      dependsOn: source.dependencies,
    });
  }
  return app;
}

/** What one round took, in microseconds: all of it, and the part of it that was validation. */
async function round(outdir: string): Promise<{ all: number; validation: number }> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: INTERVAL });
  await session.post("Profiler.start");
  (await appOf(PIPELINES, outdir)).synth();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return measured(profile);
}

function isValidating({ url, functionName }: { readonly url: string; readonly functionName: string }): boolean {
  const [, file] = url.split(`${dirname(LIBRARY)}/`);
  return file !== undefined && (VALIDATING.test(file) || functionName.startsWith(APPLYING));
}

function measured({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): { all: number; validation: number } {
  const validating = new Map<number, boolean>();
  const children = new Set(nodes.flatMap((node) => node.children ?? []));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const mark = (id: number, within: boolean): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const is = within || isValidating(node.callFrame);
    validating.set(id, is);
    for (const child of node.children ?? []) mark(child, is);
  };
  for (const { id } of nodes.filter((node) => !children.has(node.id))) mark(id, false);
  const taken = samples.map((id, index) => ({ is: validating.get(id), time: timeDeltas[index] ?? 0 }));
  const sum = (some: typeof taken): number => some.reduce((total, { time }) => total + time, 0);
  return { all: sum(taken), validation: sum(taken.filter(({ is }) => is)) };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const inMilliseconds = (microseconds: number): string => (microseconds / 1000).toFixed(0);

async function bench(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  // The first round warms up.
  await round(outdir);
  const rounds = [];
  for (let index = 0; index < ROUNDS; index++) rounds.push(await round(outdir));
  rmSync(outdir, { recursive: true });

  const share = median(rounds.map(({ all, validation }) => validation / all));
  console.log(
    `${PIPELINES} pipelines, median of ${ROUNDS}: synthesised in ${inMilliseconds(median(rounds.map(({ all }) => all)))} ms, of ` +
      `which validation takes ${inMilliseconds(median(rounds.map(({ validation }) => validation)))} ms: ` +
      `${(share * 100).toFixed(1)} %, and may take ${BUDGET * 100} %.`,
  );
  // A share of nothing means that the files were not recognised.
  if (share > BUDGET || share === 0) process.exitCode = 1;
}

void bench();
