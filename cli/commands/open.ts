import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import openBrowser from "open";
import { consolePage } from "../arn";
import type { Session } from "../aws/session";
import { called, isAvailable, look } from "../aws/sight";
import { chooseOne } from "../choose";
import { ExitCode } from "../exit-code";
import { Failure } from "../failure";
import { npx } from "../package-names";
import type { Screen } from "../screen";
import { findTargets, type TargetSettings } from "../targets";

const START_MS = 500;

/** Opens the page of a connection, in its region, or prints it where there is no browser. */
export async function open(session: Session, screen: Screen, settings: TargetSettings): Promise<ExitCode> {
  const sights = await Promise.all((await findTargets(settings)).map((target) => look(session, target)));
  // A host is set up before its connections are activated.
  const toDo = ["host", "connection"].flatMap((kind) =>
    sights.filter((sight) => sight.target.kind === kind && !isAvailable(sight)),
  );
  const candidates = toDo.length > 0 ? toDo : sights;
  const chosen = await chooseOne(
    screen,
    "Which page?",
    candidates.map((sight) => ({ value: sight, name: `${called(sight)}, ${sight.status}` })),
  );
  if (chosen === undefined) {
    const lines = candidates.map(({ target }) => `  ${npx(`open ${target.arn}`)}`);
    throw new Failure(
      `There are ${candidates.length} pages, and no terminal to choose in. Give one of the ARNs:\n${lines.join("\n")}`,
    );
  }
  const page = consolePage(chosen.target);
  screen.answer({ arn: chosen.target.arn, status: chosen.status, page });
  const isOpen = screen.isTerminal && hasBrowser() && (await opened(page));
  screen.say(isOpen ? `Opened ${page}` : `Open this page in a browser:\n${page}`);
  return ExitCode.Ok;
}

/** Linux without a screen has no browser to open, nor has a session over SSH. */
function hasBrowser(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (SSH_CONNECTION !== undefined) return false;
  return process.platform !== "linux" || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
}

/** Whether a browser was started: what can't be started says so soon. */
async function opened(page: string): Promise<boolean> {
  try {
    const child = await openBrowser(page);
    const failed = once(child, "error").then(() => false);
    return await Promise.race([failed, setTimeout(START_MS, true)]);
  } catch {
    return false;
  }
}
