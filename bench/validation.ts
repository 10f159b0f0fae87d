/** Finds what of a run of our program is validation, by a profiler. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import type { Profiler } from "node:inspector";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { COMPILED, costOf, LIBRARY } from "./measure";
import type { Shape } from "./programs/platform";

/** How often the profiler looks, in microseconds. */
const INTERVAL = 200;

/** The folders of the library of which all functions validate. */
const VALIDATING = ["validation", "codepipeline", "pipeline-check", "aws-provider"];

/** What applies the rules to a construct stands beside it, in any folder. */
const APPLYING = /^(check|declare|validate)/;

/** The share of validation, with all that it calls, in the time of a run from its first line on. */
export async function validationShare(shape: Shape): Promise<number> {
  const folder = mkdtempSync(join(COMPILED, "profile-"));
  const nodeOptions = ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL}`];
  await costOf({ program: "ours", shape, nodeOptions });
  const [file] = readdirSync(folder);
  if (file === undefined) throw new Error("The run that is profiled did not end in time.");
  const {
    nodes,
    samples = [],
    timeDeltas = [],
  } = JSON.parse(readFileSync(join(folder, file), "utf8")) as Profiler.Profile;

  const validating = validatingAmong(nodes);
  let [all, validation] = [0, 0];
  samples.forEach((id, index) => {
    const time = timeDeltas[index] ?? 0;
    all += time;
    if (validating.has(id)) validation += time;
  });
  return validation / all;
}

/** The ids of the nodes that validate; a node is where functions have called each other in one way. */
function validatingAmong(nodes: readonly Profiler.ProfileNode[]): ReadonlySet<number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const [ids, seen] = [new Set<number>(), new Set<string>()];
  const mark = ({ id, callFrame, children = [] }: Profiler.ProfileNode, within: boolean): void => {
    const folder = folderOf(callFrame);
    if (folder !== undefined) seen.add(folder);
    const applies = folder !== undefined && (VALIDATING.includes(folder) || APPLYING.test(callFrame.functionName));
    // Whoever imports a module first is not who needs the time that this takes.
    const is = applies || (within && !callFrame.url.startsWith("node:internal/modules/"));
    if (is) ids.add(id);
    for (const child of children) {
      const node = byId.get(child);
      if (node !== undefined) mark(node, is);
    }
  };
  for (const root of nodes.filter(({ callFrame }) => callFrame.functionName === "(root)")) mark(root, false);

  const missing = VALIDATING.filter((folder) => !seen.has(folder));
  if (missing.length > 0) {
    throw new Error(
      `The profiler saw nothing of lib/${missing.join(", lib/")}: say anew in bench/ where validation is.`,
    );
  }
  return ids;
}

/** The bundle's modules by the lines at which they begin, as the bundler names them. */
const MODULES = readFileSync(join(LIBRARY, "index.js"), "utf8")
  .split("\n")
  .flatMap((line, from) => {
    const [, folder] = /^ {2}"lib\/(?:([\w-]+)\/)?[\w-]+\.js"\(/.exec(line) ?? [];
    return folder === undefined ? [] : [{ folder, from }];
  });

/** The folder of the library that a function is in. Nothing else here depends on how the library is bundled. */
function folderOf({ url, lineNumber }: Profiler.ProfileNode["callFrame"]): string | undefined {
  if (url !== pathToFileURL(join(LIBRARY, "index.js")).href) return undefined;
  return MODULES.findLast(({ from }) => from <= lineNumber)?.folder;
}
