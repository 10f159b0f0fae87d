/**
 * Makes the pictures of the command in the README: what a terminal shows while the command works on a local AWS endpoint. Run
 * it with `npm run pictures`.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsEndpoint } from "../local-aws";
import { createConnection, createPipeline, createRole, USE } from "../local-aws/made-by-calls";
import { bundledCommand } from "../local-aws/terraform/bundled-command";
import { inState, writeProject } from "../local-aws/terraform/deployed-stack";
import { type Frame, svgOf } from "./svg";
import { RecordedCommand } from "./terminal";

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
    const file = bundledCommand(folder);
    const arn = createConnection(endpoint, "MyConnection");
    createPipeline(endpoint, arn, { roleArn: createRole(endpoint, "shop", ...actions) });
    const pipeline = { name: "shop", arn: `arn:aws:codepipeline:us-east-1:${endpoint.accountId}:shop` };
    const resources = [
      inState("managed", "aws_codestarconnections_connection", "Bitbucket", { name: "MyConnection", arn }),
      inState("managed", "aws_codepipeline", "Pipeline", pipeline),
    ];
    writeProject(folder, {}, { resources });
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
