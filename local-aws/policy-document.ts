import { partitionOf } from "./account";

/** A statement of a policy that passed `parsePolicy`, with every one-or-many field as a list. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  /** By kind: `{ AWS: ["*"] }` also for `"Principal": "*"`. */
  readonly principals?: { readonly [kind: string]: readonly string[] };
  readonly isNotPrincipal: boolean;
  readonly actions: readonly string[];
  /** Absent without `Resource` and `NotResource`. */
  readonly resources?: readonly string[];
  /** By operator, then by key. */
  readonly conditions: { readonly [operator: string]: { readonly [key: string]: readonly string[] } };
}

/** What is wrong with a policy, in AWS's words; each service has an error code of its own for it. */
export class PolicyProblem extends Error {}

const FIELDS = /^(Sid|Effect|(Not)?(Principal|Action|Resource)|Condition)$/;
const OPERATOR =
  /^(For(All|Any)Value(s)?:)?(String(Not)?(Equals(IgnoreCase)?|Like)|Numeric((Not)?Equals|(Less|Greater)Than(Equals)?)|Date((Not)?Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

/** Reads a policy document and refuses what the policy grammar refuses, whoever the policy is for. */
export function parsePolicy(document: string): { version: unknown; statements: Statement[] } {
  const policy = json(document);
  if (!isObject(policy) || Object.keys(policy).some((key) => !/^(Version|Id|Statement)$/.test(key))) {
    throw new PolicyProblem("Syntax errors in policy.");
  }
  const { Version: version = "2008-10-17", Statement: found } = policy;
  if (version !== "2012-10-17" && version !== "2008-10-17") throw new PolicyProblem("Syntax errors in policy.");
  const statements = (Array.isArray(found) ? found : [found]).map(statement);
  if (statements.length === 0) throw new PolicyProblem("Syntax errors in policy.");
  const sids = statements.flatMap(({ Sid }) => Sid ?? []);
  if (new Set(sids).size < sids.length) throw new PolicyProblem("Statement IDs (SID) in a policy must be unique.");
  return { version, statements };
}

/** Refuses a resource that is neither `*` nor an ARN of the region's partition. */
export function checkResource(resource: string, region: string): void {
  if (resource === "*") return;
  const [arn, partition, vendor, , , ...rest] = resource.split(":");
  if (arn !== "arn" || rest.length === 0) {
    throw new PolicyProblem(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (partition !== "*" && partition !== partitionOf(region)) {
    throw new PolicyProblem(`Partition "${partition ?? ""}" is not valid for resource "${resource}".`);
  }
  if (!/^[a-z0-9-]+$/.test(vendor ?? "")) {
    throw new PolicyProblem("Resource vendor must be fully qualified and cannot contain regexes.");
  }
}

function json(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw new PolicyProblem("This policy contains invalid Json");
  }
}

function statement(value: unknown): Statement {
  if (!isObject(value) || Object.keys(value).some((key) => !FIELDS.test(key))) {
    throw new PolicyProblem("Syntax errors in policy.");
  }
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition = {} } = value;
  if (Sid !== undefined && typeof Sid !== "string") throw new PolicyProblem("Syntax errors in policy.");
  if (Effect !== "Allow" && Effect !== "Deny") throw new PolicyProblem("Syntax errors in policy.");
  const actions = strings(oneOf(Action, NotAction)) ?? [];
  if (actions.length === 0) throw new PolicyProblem("Policy statement must contain actions.");
  actions.forEach(checkVendor);
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    principals: principals(oneOf(Principal, NotPrincipal)),
    isNotPrincipal: NotPrincipal !== undefined,
    actions,
    resources: strings(oneOf(Resource, NotResource)),
    conditions: conditions(Condition),
  };
}

function principals(value: unknown): Statement["principals"] {
  if (value === undefined) return undefined;
  if (value === "*") return { AWS: ["*"] };
  const kinds = isObject(value) ? Object.entries(value) : [];
  if (kinds.length === 0 || kinds.some(([kind]) => !/^(AWS|Service|Federated|CanonicalUser)$/.test(kind))) {
    throw new PolicyProblem("Invalid principal in policy");
  }
  return Object.fromEntries(kinds.map(([kind, names]) => [kind, strings(names) ?? []]));
}

function conditions(value: unknown): Statement["conditions"] {
  if (!isObject(value)) throw new PolicyProblem("Syntax errors in policy.");
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => {
      if (!OPERATOR.test(operator)) throw new PolicyProblem(`Invalid Condition type : ${operator}.`);
      if (!isObject(keys)) throw new PolicyProblem("Syntax errors in policy.");
      Object.keys(keys).forEach(checkVendor);
      return [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, conditionValues(values)])),
      ];
    }),
  );
}

function checkVendor(name: string): void {
  if (name === "*") return;
  if (!name.includes(":")) {
    throw new PolicyProblem("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  const [vendor = ""] = name.split(":");
  if (!/^[a-zA-Z0-9-]+$/.test(vendor)) throw new PolicyProblem(`Vendor ${vendor} is not valid`);
}

/** A field or its `Not…` twin, never both. */
function oneOf(field: unknown, twin: unknown): unknown {
  if (field !== undefined && twin !== undefined) throw new PolicyProblem("Syntax errors in policy.");
  return field ?? twin;
}

function strings(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((item) => typeof item === "string")) throw new PolicyProblem("Syntax errors in policy.");
  return list;
}

/** Condition values may also be written as JSON numbers and booleans. */
function conditionValues(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map((item: unknown) => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean") return String(item);
    throw new PolicyProblem("Syntax errors in policy.");
  });
}

function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
