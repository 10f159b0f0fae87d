/**
 * Makes the pictures of the command in the README: what a terminal shows while the command works on a local AWS endpoint. Run
 * it with `npm run pictures`.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsEndpoint } from "../local-aws";
import { type Frame, svgOf } from "./svg";
import { RecordedCommand } from "./terminal";

const USE = ["codestar-connections:UseConnection", "codeconnections:UseConnection"];

async function main(): Promise<void> {
  await picture("wait", ["wait", "--start"], USE, async (start, activate) => {
    const command = start();
    const pending = [1, 2, 3, 4].map(async (second) => ({
      ...{ screen: await command.when(new RegExp(`PENDING ${second} s`)), seconds: second < 4 ? 1 : 2 },
    }));
    await pending[1];
    activate();
    const asked = await command.when(/so that they do\?/);
    command.press("\r");
    const done = await command.when(/✓/);
    await command.ended;
    return [...(await Promise.all(pending)), { screen: asked, seconds: 3 }, { screen: done, seconds: 6 }];
  });
  await picture("doctor", ["doctor", "shop"], USE.slice(0, 1), async (start, activate) => {
    activate();
    const command = start();
    await command.ended;
    return [{ screen: await command.when(/→/), seconds: 1 }];
  });
}

/** Draws what a run of the command in a deployed project shows, with an account of its own and a connection that is pending. */
async function picture(
  name: string,
  args: readonly string[],
  actions: readonly string[],
  run: (start: () => RecordedCommand, activate: () => void) => Promise<readonly Frame[]>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  const endpoint = await AwsEndpoint.start();
  try {
    const file = join(folder, "cli.js");
    execFileSync(process.execPath, ["build/command.mjs", file]);
    const arn = makePipeline(endpoint, actions);
    writeProject(folder, arn, endpoint.accountId);
    const activate = () => {
      endpoint.activate(arn);
    };
    const { PATH = "" } = process.env;
    const environment = { PATH, AWS_REGION: "us-east-1", ...endpoint.environment };
    const frames = await run(() => new RecordedCommand(file, args, folder, environment), activate);
    if (endpoint.unknownOperations.length > 0) throw new Error(endpoint.unknownOperations.join(", "));
    write(name, svgOf(`npx cdktf-codestar-connections ${args.join(" ")}`, frames));
  } finally {
    await endpoint.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What `cdktf deploy` leaves of a stack in the folder, as far as the command reads it. */
function writeProject(folder: string, connection: string, accountId: string): void {
  const state = join(folder, "terraform.shop.tfstate");
  const pipeline = { name: "shop", arn: `arn:aws:codepipeline:us-east-1:${accountId}:shop` };
  const resource = (type: string, attributes: object) => ({
    ...{ mode: "managed", type, name: "shop", instances: [{ attributes }] },
  });
  const files = {
    "cdktf.out/manifest.json": { stacks: { shop: { name: "shop", synthesizedStackPath: "stacks/shop/cdk.tf.json" } } },
    "cdktf.out/stacks/shop/cdk.tf.json": { terraform: { backend: { local: { path: state } } } },
    "terraform.shop.tfstate": {
      resources: [
        resource("aws_codestarconnections_connection", { name: "MyConnection", arn: connection }),
        resource("aws_codepipeline", pipeline),
      ],
    },
  };
  mkdirSync(join(folder, "cdktf.out/stacks/shop"), { recursive: true });
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), JSON.stringify(content));
}

/** A pipeline with a pending connection, whose role may do what is named; returns the connection's ARN. */
function makePipeline(endpoint: AwsEndpoint, actions: readonly string[]): string {
  const name = "shop";
  const scope = { accountId: endpoint.accountId, region: "us-east-1" };
  const { codestarConnections, iam, codepipeline } = endpoint.services;
  const made = codestarConnections.operations.CreateConnection?.(
    { ConnectionName: "MyConnection", ProviderType: "Bitbucket" },
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
