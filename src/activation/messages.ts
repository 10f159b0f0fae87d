import { asString } from "../terraform/expression";
import { either, equals, type Expr, template } from "../terraform/template";

/** What the messages need to know of a connection; its strings may be expressions. */
export interface Subject {
  readonly label: string;
  /** The repository provider, where it is known. */
  readonly provider: ProviderSubject | undefined;
  /** How the connection is replaced, if the stack that shows the messages makes it. */
  readonly replacement?: Replacement;
  readonly page: string;
  readonly listPage: Expr;
  /** The host that is to be set up first. */
  readonly host?: HostSubject;
}

export interface Replacement {
  /** The address of its resource, once that is known. */
  readonly address: Expr;
  /** Whether its resource must not be destroyed, once that is known. */
  readonly isProtected: () => boolean;
}

/** The repository provider as people write it, and who can activate its connections and set up its hosts. */
interface ProviderSubject {
  readonly label: string;
  readonly activator: string;
  readonly hostActivator?: string;
}

export interface HostSubject {
  readonly label: string;
  /** Nothing where the status can't be read. */
  readonly status: string | undefined;
}

/** The reminder: what to do until the connection is `AVAILABLE`, then that nothing is left to activate. */
export function reminder(subject: Subject, status: string): string {
  return asString(
    either(
      available(status),
      template`Connection "${subject.label}" is AVAILABLE: nothing is left to activate.`,
      toDo(subject, status, START),
    ),
  );
}

/** What to do for what waits for the connection, while that is not `AVAILABLE`. */
export function gateMessage(subject: Subject, status: string): string {
  return asString(toDo(subject, status, DEPLOY_AGAIN));
}

/** The reminder for a connection whose status is not read. */
export function reminderWithoutStatus(subject: Subject): string {
  return asString(template`Connection "${subject.label}"
is not made here, and its status is not read. While it is
PENDING, pipelines that use it fail until a person activates it.
${steps(subject, START)}`);
}

/** The warning of the check. */
export function warning({ label, page }: Subject, status: string): string {
  return asString(
    either(
      equals(status, "ERROR"),
      template`Connection "${label}" is ERROR: pipelines that use it fail. See what AWS says at ${page}`,
      template`Connection "${label}" is ${status}, not AVAILABLE: pipelines that use it fail until a person activates it at ${page}`,
    ),
  );
}

/** The warning of the check, as long as the host is not set up. */
export function hostWarning({ label: host, status = "" }: HostSubject, { label, listPage }: Subject): string {
  return asString(
    template`Host "${host}" is ${status}, not AVAILABLE: connection "${label}" can't be activated until a person sets up the host at ${listPage} (Hosts)`,
  );
}

/** The condition that a connection, or a host, is `AVAILABLE`. */
export function isAvailable(status: string): string {
  return asString(available(status));
}

const available = (status: string): Expr => equals(status, "AVAILABLE");

function toDo(subject: Subject, status: string, last: Expr): Expr {
  const { label } = subject;
  return either(
    equals(status, "ERROR"),
    template`ACTION REQUIRED: connection "${label}" is ERROR;
pipelines that use it fail.
${inError(subject)}`,
    template`ACTION REQUIRED: connection "${label}" is ${status};
pipelines that use it fail until a person activates it.
${steps(subject, last)}`,
  );
}

/** The last step where pipelines are there already. */
const START = template`  3. In the folder of the project, run
 npx cdktf-codestar-connections wait --start
     It retries what failed meanwhile, and has pushes start the
     pipelines. By hand: "Release change". A pipeline that
     pushes do not start: edit it, and save it once.`;

/** The last step where they are still to be made. */
const DEPLOY_AGAIN = template`  3. In the folder of the project, run
 npx cdktf-codestar-connections wait
     and then, to make what waits for the connection,
 npx cdktf deploy`;

/**
 * CDKTF indents its list of outputs by the depth of the construct, and what Terraform prints by the stack's name, and breaks
 * what gets longer than the terminal. So the lines are short, and what can be long stands at the beginning of its own.
 */
function steps(subject: Subject, last: Expr): Expr {
  const { provider, page, listPage, host } = subject;
  const app = provider?.label ?? "repository provider's";
  const who = provider?.activator ?? "whoever administers the repositories at their provider";
  return template`${host === undefined ? "" : hostSteps(host, subject)}  1. Open ${page}
     or, in Developer Tools > Settings > Connections, choose it:
 ${listPage}
  2. Choose "Update pending connection", choose or install the
     ${app} app, then "Connect".
     Who: ${who}.
${last}`;
}

function hostSteps({ label, status }: HostSubject, { provider, listPage }: Subject): Expr {
  const who = provider?.hostActivator ?? "whoever administers what is installed there";
  const first = template`  0. First its host, ${status === undefined ? "unless it is AVAILABLE" : template`which is ${status}`}:
 "${label}"
     Open
 ${listPage}
     and choose "Hosts", the host, then "Set up host".
     Who: ${who}.
`;
  return status === undefined ? first : either(available(status), template``, first);
}

/** What AWS says of a connection in error is on its page only. */
function inError({ page, listPage, replacement }: Subject): Expr {
  const replace =
    replacement === undefined
      ? template`have it replaced where it
     was made.`
      : replaced(replacement);
  return template`  1. See what AWS says: open ${page}
     or, in Developer Tools > Settings > Connections, choose it:
 ${listPage}
  2. If that does not help, ${replace}
     A new connection has another ARN, and must be activated.`;
}

/** The CDKTF CLI can't replace one resource. */
function replaced({ address, isProtected }: Replacement): Expr {
  const command = template`in the folder of the stack, which
     is in cdktf.out/stacks, run
 terraform apply -replace=${address}`;
  const unprotected = template`set preventDestroy to false and
     deploy. Then, ${command}`;
  const render: Expr = (partOf) => (isProtected() ? unprotected : command)(partOf);
  return Object.assign(render, { isString: true });
}
