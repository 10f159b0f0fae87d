import { consolePage } from "../arn";
import type { Session } from "../aws/session";
import { isAvailable, isBroken, look, type Sight, whatToDo } from "../aws/sight";
import { ExitCode } from "../exit-code";
import { bold, coloured, dim, type Screen } from "../screen";
import { findTargets, type TargetSettings } from "../targets";

/** Says the status of each connection and host, and what a person has to do. */
export async function status(session: Session, screen: Screen, settings: TargetSettings): Promise<ExitCode> {
  const sights = await Promise.all((await findTargets(settings)).map((target) => look(session, target)));
  for (const sight of sights) {
    screen.say(`${bold(sight.name)} ${coloured(sight.status)} ${dim(sight.target.arn)}`);
    if (!isAvailable(sight)) screen.say(`  ${whatToDo(sight)}`);
  }
  screen.answer(described(sights));
  return exitCodeOf(sights);
}

export function exitCodeOf(sights: readonly Sight[]): ExitCode {
  if (sights.some(isBroken)) return ExitCode.Findings;
  return sights.every(isAvailable) ? ExitCode.Ok : ExitCode.Pending;
}

/** What was seen, for machines. */
export function described(sights: readonly Sight[]): object {
  const of = (kind: string) =>
    sights
      .filter(({ target }) => target.kind === kind)
      .map(({ target, name, status: now, providerType, hostArn }) => ({
        ...{ arn: target.arn, name, status: now, providerType, hostArn, page: consolePage(target) },
      }));
  return { connections: of("connection"), hosts: of("host") };
}
