/**
 * Makes the pictures of the command in the README: what a terminal shows while the command works on a local AWS endpoint. Run
 * it with `npm run pictures`.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsEndpoint } from "../local-aws";
import { svgOf } from "./svg";
import { RecordedCommand } from "./terminal";

const NAME = "npx cdktf-codestar-connections";

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  const file = join(folder, "cli.js");
  execFileSync(process.execPath, ["build/command.mjs", file]);
  const endpoint = await AwsEndpoint.start();
  const arn = makePipeline(endpoint, ["codestar-connections:UseConnection", "codeconnections:UseConnection"]);
  const { PATH = "" } = process.env;
  const environment = { PATH, AWS_REGION: "us-east-1", ...endpoint.environment };

  const wait = new RecordedCommand(file, ["wait", arn, "--start"], environment);
  const pending = [1, 2, 3, 4].map(async (second) => ({
    ...{ screen: await wait.when(new RegExp(`PENDING ${second} s`)), seconds: second < 4 ? 1 : 2 },
  }));
  await pending[1];
  endpoint.activate(arn);
  const asked = await wait.when(/so that they do\?/);
  wait.press("\r");
  const done = await wait.when(/✓/);
  await wait.ended;
  const frames = [...(await Promise.all(pending)), { screen: asked, seconds: 3 }, { screen: done, seconds: 6 }];
  write("wait", svgOf(`${NAME} wait --start`, frames));

  makePipeline(endpoint, ["codestar-connections:UseConnection"], "books");
  endpoint.activate([...endpoint.services.codestarConnections.store.connections.keys()].at(-1) ?? "");
  const doctor = new RecordedCommand(file, ["doctor", "books"], environment);
  await doctor.ended;
  const found = await doctor.when(/→/);
  write("doctor", svgOf(`${NAME} doctor books`, [{ screen: found, seconds: 1 }]));

  await endpoint.stop();
  rmSync(folder, { recursive: true });
}

/** A pipeline with a pending connection, whose role may do what is named; returns the connection's ARN. */
function makePipeline(endpoint: AwsEndpoint, actions: readonly string[], name = "shop"): string {
  const scope = { accountId: endpoint.accountId, region: "us-east-1" };
  const { codestarConnections, iam, codepipeline } = endpoint.services;
  const made = codestarConnections.operations.CreateConnection?.(
    { ConnectionName: name === "shop" ? "MyConnection" : name, ProviderType: "Bitbucket" },
    scope,
  );
  const { ConnectionArn } = made as { ConnectionArn: string };
  const allow = (Action: unknown, more: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, ...more }] });
  const trust = allow("sts:AssumeRole", { Principal: { Service: "codepipeline.amazonaws.com" } });
  iam.operations.CreateRole?.({ RoleName: name, AssumeRolePolicyDocument: trust }, scope);
  const PolicyDocument = allow(actions, { Resource: ConnectionArn });
  iam.operations.PutRolePolicy?.({ RoleName: name, PolicyName: "own", PolicyDocument }, scope);
  const action = (of: string, category: string, provider: string, more: object) => ({
    ...{ name: of, actionTypeId: { category, owner: "AWS", provider, version: "1" } },
    ...more,
  });
  const configuration = { ConnectionArn, FullRepositoryId: `acme/${name}`, BranchName: "main" };
  const pull = { configuration, outputArtifacts: [{ name: "App" }] };
  const pipeline = {
    ...{ name, roleArn: `arn:aws:iam::${endpoint.accountId}:role/${name}`, pipelineType: "V2" },
    artifactStore: { type: "S3", location: "artifacts" },
    stages: [
      { name: "Source", actions: [action("Source", "Source", "CodeStarSourceConnection", pull)] },
      { name: "Approve", actions: [action("Approve", "Approval", "Manual", {})] },
    ],
  };
  codepipeline.operations.CreatePipeline?.({ pipeline }, scope);
  return ConnectionArn;
}

function write(name: string, svg: string): void {
  mkdirSync("docs/pictures", { recursive: true });
  writeFileSync(`docs/pictures/${name}.svg`, svg);
  console.log(`docs/pictures/${name}.svg: ${(svg.length / 1000).toFixed(1)} kB`);
}

main().catch((error: unknown) => {
  console.error(error);
  // The endpoint would keep the process.
  process.exit(1);
});
