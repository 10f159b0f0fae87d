import { listPipelines, type PipelineName, pipelinesOf } from "../aws/pipelines";
import type { Session } from "../aws/session";
import { chooseOne } from "../choose";
import { Account } from "../doctor/account";
import { checkConnections, checkUnused } from "../doctor/connection";
import { Notes, type Examination, examine, type Finding, type Unread } from "../doctor/examination";
import { checkTwins } from "../doctor/leftover-connections";
import { checkLeftoverRoles } from "../doctor/leftover-roles";
import { checkLeftovers } from "../doctor/leftovers";
import { checkPermissions } from "../doctor/permission";
import { checkRuns } from "../doctor/runs";
import { checkSpelling } from "../doctor/spelling";
import { checkStarting } from "../doctor/starting";
import { ExitCode } from "../exit-code";
import { Failure, trying } from "../failure";
import { npx } from "../package-names";
import { findStacks, type Stack } from "../project/project";
import { bold, green, red, type Screen, yellow } from "../screen";
import { hostsFirst, targetsOf } from "../targets";

export interface DoctorSettings {
  readonly pipeline?: string;
  readonly region?: string;
}

/**
 * What a pipeline needs first stands first. A source that has not what it needs is red for that, so what its runs say is
 * looked at only where nothing of this was found.
 */
const CAUSES = [checkConnections, checkPermissions] as const;
const SYMPTOMS = [checkRuns, checkSpelling] as const;

/** Says why pipelines do not start or are red, and what an interrupted deploy left behind. */
export async function doctor(session: Session, screen: Screen, settings: DoctorSettings): Promise<ExitCode> {
  const stacks = await findStacks();
  const notes = new Notes();
  const names = await pipelinesToExamine(session, screen, settings, stacks);
  const findings: Finding[] = [];
  const examined: string[] = [];
  const used = new Set<string | undefined>();
  for (const name of names) {
    const examination = await examine(session, name, notes);
    if (examination === undefined) continue;
    examined.push(name.name);
    for (const { connection, host } of examination.sources) {
      if (connection !== "gone") used.add(connection?.target.arn).add(host?.target.arn);
    }
    findings.push(...(await findingsOf(examination)));
  }
  if (settings.pipeline === undefined) {
    const unused = hostsFirst(stacks.flatMap(targetsOf)).filter(({ arn }) => !used.has(arn));
    findings.push(...(await checkUnused(session, unused, notes)));
    findings.push(...(await leftoversOf(session, settings, stacks, notes)));
  }
  show(screen, names.length, examined, findings, notes.unread);
  screen.answer({ pipelines: names, findings, unread: notes.unread });
  if (findings.length > 0) return ExitCode.Findings;
  return examined.length < names.length ? ExitCode.Error : ExitCode.Ok;
}

async function pipelinesToExamine(
  session: Session,
  screen: Screen,
  { pipeline, region }: DoctorSettings,
  stacks: readonly Stack[],
): Promise<readonly PipelineName[]> {
  const ofProject = stacks.flatMap(pipelinesOf);
  if (pipeline !== undefined) {
    const known = ofProject.find(({ name }) => name === pipeline);
    return [
      known !== undefined && region === undefined
        ? known
        : { name: pipeline, region: region ?? (await session.region()) },
    ];
  }
  if (ofProject.length > 0 || stacks.length > 0) return chosenOf(screen, ofProject);
  const where = await regionToSearch(session);
  const all = await trying("list the pipelines", () => listPipelines(session, where));
  if (all.length === 0) throw new Failure(`There is no pipeline in ${where}. --region takes another region.`);
  if (!screen.isTerminal) {
    throw new Failure(
      `There is no project here. Name a pipeline: ${npx("doctor <pipeline>")}. There are: ${all.map(({ name }) => name).join(", ")}.`,
    );
  }
  return chosenOf(screen, all);
}

async function regionToSearch(session: Session): Promise<string> {
  try {
    return await session.region();
  } catch (error) {
    throw new Failure(
      `There is no project here. Stand in the folder of cdktf.json after a synthesis, or name a pipeline: ` +
        `${npx("doctor <pipeline> --region <region>")}.`,
      { cause: error },
    );
  }
}

/** All that are there, or one of them if a person chooses. */
async function chosenOf(screen: Screen, names: readonly PipelineName[]): Promise<readonly PipelineName[]> {
  if (names.length < 2 || !screen.isTerminal) return names;
  const each = names.map((one) => ({ value: [one], name: `${one.name} (${one.region})` }));
  return (await chooseOne(screen, "Which pipeline?", [{ value: [...names], name: "all of them" }, ...each])) ?? names;
}

async function findingsOf(examination: Examination): Promise<Finding[]> {
  const causes: Finding[] = [];
  for (const check of CAUSES) causes.push(...(await check(examination)));
  const symptoms: Finding[] = [];
  if (causes.length === 0) for (const check of SYMPTOMS) symptoms.push(...(await check(examination)));
  const { name } = examination.pipeline;
  const all = [...causes, ...(await checkStarting(examination)), ...symptoms];
  return all.map((finding) => ({ ...finding, pipeline: name }));
}

async function leftoversOf(
  session: Session,
  { region }: DoctorSettings,
  stacks: readonly Stack[],
  notes: Notes,
): Promise<Finding[]> {
  const account = new Account(session, notes);
  const findings: Finding[] = [];
  for (const stack of stacks) {
    const own = stack.program.provider?.aws?.[0]?.region;
    const isLiteral = own !== undefined && !own.includes("${");
    const place = { session, account, stack, region: region ?? (isLiteral ? own : await session.region()), notes };
    findings.push(...(await checkLeftovers(place)), ...(await checkTwins(place)));
    findings.push(...(await checkLeftoverRoles(place, stacks)));
  }
  return findings;
}

function show(
  screen: Screen,
  pipelines: number,
  examined: readonly string[],
  findings: readonly Finding[],
  unread: readonly Unread[],
): void {
  const but = unread.length === 0 ? "" : ", but not all could be read";
  if (pipelines === 0 && findings.length === 0) {
    screen.say(`${green("✓")} nothing found${but}: this project has no pipeline yet`);
  }
  for (const name of examined) {
    const own = findings.filter(({ pipeline }) => pipeline === name);
    screen.say(own.length === 0 ? `${green("✓")} ${bold(name)}: nothing found${but}` : `${red("✗")} ${bold(name)}`);
    showAll(screen, own);
  }
  const others = findings.filter(({ pipeline }) => pipeline === undefined);
  for (const [title, some] of [
    ["Connections and hosts", others.filter(({ id }) => id !== "leftover")],
    ["Left behind", others.filter(({ id }) => id === "leftover")],
  ] as const) {
    if (some.length > 0) screen.say(`${red("✗")} ${bold(title)}`);
    showAll(screen, some);
  }
  for (const { what, because } of unread) screen.say(`${yellow("?")} Could not ${what}: ${because}.`);
}

function showAll(screen: Screen, findings: readonly Finding[]): void {
  for (const { says, todo } of findings) screen.say(`  ${says}\n    → ${todo}`);
}
