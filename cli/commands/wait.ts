import { setTimeout } from "node:timers/promises";
import { parseArn, type TargetArn } from "../arn";
import type { Session } from "../aws/session";
import { called, isAvailable, isBroken, look, see, type Sight, whatToDo } from "../aws/sight";
import { chooseSome } from "../choose";
import { spelled } from "../duration";
import { ExitCode } from "../exit-code";
import { isPassing } from "../failure";
import { coloured, type Screen, type WatchedLine } from "../screen";
import { start, type Started } from "../start/start";
import { findTargets, type TargetSettings } from "../targets";
import { described, exitCodeOf } from "./status";

export interface WaitSettings extends TargetSettings {
  /** Milliseconds. */
  readonly timeout: number;
  readonly start: boolean;
  readonly yes: boolean;
}

/** Milliseconds between two looks at one connection, and the most that AWS's refusals make of it. */
const EACH = 5_000;
const AT_MOST = 60_000;

/** How many are looked at at once. */
const AT_ONCE = 10;

/** Waits until all are activated, or one can't be. Then it gets the pipelines going, if asked. */
export async function wait(session: Session, screen: Screen, settings: WaitSettings): Promise<ExitCode> {
  const begin = Date.now();
  const first = await lookAtAll(session, await findTargets(settings));
  const open = first.filter((sight) => !isAvailable(sight));
  const names = open.map((sight) => ({ value: sight, name: `${called(sight)}, ${sight.status}` }));
  const chosen = await chooseSome(screen, "Wait for which?", names);
  const before = chosen.length < open.length ? chosen : first;
  for (const sight of before) if (!isAvailable(sight)) screen.say(`${called(sight)}: ${whatToDo(sight)}`);

  const sights = await poll(session, screen, before, begin + settings.timeout);
  const code = exitCodeOf(sights);
  if (code === ExitCode.Pending) {
    screen.say(`Still pending after ${spelled(Date.now() - begin)}. A person has to do it; then run this again.`);
  }
  for (const sight of sights.filter(isBroken)) screen.say(`${called(sight)} is ${sight.status}. ${whatToDo(sight)}`);
  const activated = sights.filter((sight) => isAvailable(sight) && sight.target.kind === "connection");
  let pipelines: readonly Started[] = [];
  if (settings.start)
    pipelines = await start(
      session,
      screen,
      activated.map(({ target }) => target),
      settings.yes,
    );
  screen.answer({ ...described(sights), ...(settings.start ? { pipelines } : {}) });
  if (code !== ExitCode.Ok) return code;
  return pipelines.some(({ problem }) => problem !== undefined) ? ExitCode.Findings : ExitCode.Ok;
}

/** The connections and hosts, and the hosts of the connections. */
async function lookAtAll(session: Session, targets: readonly TargetArn[]): Promise<readonly Sight[]> {
  const sights = await Promise.all(targets.map((target) => look(session, target)));
  const known = new Set(targets.map(({ arn }) => arn));
  const hosts = new Set(sights.flatMap(({ hostArn = "" }) => (known.has(hostArn) ? [] : hostArn)));
  const others = [...hosts].flatMap((arn) => parseArn(arn) ?? []);
  return [...(await Promise.all(others.map((host) => look(session, host)))), ...sights];
}

/** Looks again and again at what is not settled, at most once each five seconds. */
async function poll(
  session: Session,
  screen: Screen,
  first: readonly Sight[],
  deadline: number,
): Promise<readonly Sight[]> {
  const sights = new Map(first.map((sight) => [sight.target.arn, sight]));
  const begin = Date.now();
  const lines = () => [...sights.values()].map((sight) => lineOf(sight, begin));
  const watched = screen.watch(lines);
  watched.changed();
  let pause = EACH;
  try {
    for (;;) {
      const open = [...sights.values()].filter((sight) => !isAvailable(sight) && !isBroken(sight));
      if (open.length === 0) return [...sights.values()];
      const left = deadline - Date.now();
      await setTimeout(Math.max(0, Math.min(pause, left)));
      if (left < pause) return [...sights.values()];
      const isRefused = await lookAgain(session, open, sights);
      pause = isRefused ? Math.min(pause * 2, AT_MOST) : Math.max(pause / 2, EACH);
      watched.changed();
    }
  } finally {
    watched.end();
  }
}

/** Whether AWS refused some of the calls for now; then the others are not made. */
async function lookAgain(session: Session, open: readonly Sight[], sights: Map<string, Sight>): Promise<boolean> {
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const some = open.slice(from, from + AT_ONCE).map(({ target }) => lookOnce(session, target));
    const seen = (await Promise.all(some)).flatMap((sight) => sight ?? []);
    for (const sight of seen) sights.set(sight.target.arn, sight);
    if (seen.length < some.length) return true;
  }
  return false;
}

/** Nothing if AWS refuses it for now. */
async function lookOnce(session: Session, target: TargetArn): Promise<Sight | undefined> {
  try {
    return await see(session, target);
  } catch (error) {
    if (isPassing(error)) return undefined;
    return look(session, target);
  }
}

function lineOf(sight: Sight, begin: number): WatchedLine {
  const isMoving = !isAvailable(sight) && !isBroken(sight);
  return {
    id: sight.target.arn,
    text: `${called(sight)} is ${coloured(sight.status)}`,
    isMoving,
    clock: () => ` ${spelled(Date.now() - begin)}`,
  };
}
