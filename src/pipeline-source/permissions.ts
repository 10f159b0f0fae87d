import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { OutputFormat } from "../codepipeline/enums";
import { dataOfProvider, isInTree } from "../aws-provider/bound-provider";
import { conditionsOn } from "../connection/connection-base";
import { accessesOf, type ConnectionGrant } from "../permissions/connection-grant";
import { ConnectionPolicy } from "../permissions/connection-policy";
import { roleKeys } from "../permissions/roles";
import { expectBranches, type Granted } from "../pipeline-check/wiring";
import type { SourceAction } from "../source/source-action";
import { Inspection } from "../validation/inspection";
import { alreadyChecked } from "../validation/properties";
import type { PipelineSourceProps } from "./pipeline-source";

/** The policies that a source works with: its own, one that it was given, or equal ones of other sources. */
export interface Permissions {
  /** None where the roles have the permission already. */
  readonly policy?: ConnectionPolicy;
  /** That of the build roles that the other one does not include. */
  readonly buildPolicy?: ConnectionPolicy;
  readonly dependencies: ITerraformDependable[];
  /** The roles that `policy` is for, unless it was given. */
  readonly roles: readonly string[];
}

/**
 * Lets the pipeline's roles use what the source actions pull, and the build roles what they clone.
 *
 * @param conditions those on the source's connections and roles, which the policies carry
 */
export function permissionsOf(
  scope: Construct,
  actions: readonly SourceAction[],
  props: PipelineSourceProps,
  conditions: Inspection,
): Permissions {
  const { policy: given, pipelineRoles = [], buildRoles = [], buildRepositories } = props;
  if (props.createPolicy === false) {
    const connections = new Set(actions.map(({ connection }) => connection));
    return { dependencies: conditionsOn(scope, connections), roles: pipelineRoles };
  }
  // What a given policy allows, each source of a fleet would look for in all of it.
  const grants = given ? [] : actions.map((action) => grantOf(action, props));
  // A format that is an expression may be a full clone.
  const clones = actions.filter(({ outputFormat }) => outputFormat.value !== OutputFormat.CODE_ZIP.value);
  const builders = clones.length > 0 ? buildRoles : [];
  const cloned = builders.length > 0 ? clones.map((action) => grantOf(action, props)) : [];
  const isShared = !given && !buildRepositories && accessesOf(cloned).length === accessesOf(grants).length;
  const roles = isShared ? [...pipelineRoles, ...builders] : pipelineRoles;
  const make = (part: Part): Made => policyFor(scope, part, props, conditions);

  const { policy, dependencies } = given
    ? { policy: given, dependencies: waitFor(scope, given) }
    : make({ id: "Policy", grants, roles, isOf: roles.length > pipelineRoles.length ? /./ : ALL_BUT_BUILD });
  // What more the builds may clone, the other policy does not allow.
  const having = given ? [] : roleKeys(scope, pipelineRoles).map(({ key }) => key);
  const lacking = () => policy._without(scope, builders).filter((role) => !having.includes(keyIn(scope, role)));
  const others = isShared ? [] : buildRepositories ? builders : lacking();
  if (others.length === 0) return { policy, dependencies: [...dependencies], roles };
  const more = (buildRepositories ? actions.slice(0, 1) : []).map((action) => ({
    ...grantOf(action, props),
    repositories: buildRepositories,
  }));
  const build = make({ id: "BuildPolicy", grants: [...cloned, ...more], roles: others, isOf: BUILD });
  return { policy, buildPolicy: build.policy, dependencies: [...dependencies, ...build.dependencies], roles };
}

/** Some roles, and what they get. */
interface Part {
  readonly id: string;
  readonly grants: ConnectionGrant[];
  readonly roles: string[];
  /** The properties of the source whose conditions the policy carries. */
  readonly isOf: RegExp;
}

interface Made {
  readonly policy: ConnectionPolicy;
  readonly dependencies: readonly ITerraformDependable[];
}

/**
 * A policy for those of the roles that no other source of the stack made an equal one for: a role can have only ten. Where
 * all have one, it is the policy of the first.
 */
function policyFor(
  scope: Construct,
  { id, grants, roles, isOf }: Part,
  { inline = false, provider }: PipelineSourceProps,
  conditions: Inspection,
): Made {
  const equals = dataOfProvider(scope, provider, "source-policies", () => new Map<string, ConnectionPolicy>());
  const accesses = accessesOf(grants).map((access) => JSON.stringify(access));
  const what = JSON.stringify([inline, accesses.sort()]);
  const keyOf = (role: string): string => `${what} ${keyIn(scope, role)}`;
  const found = roles.map((role) => {
    const equal = equals.get(keyOf(role));
    return { role, equal: equal && isInTree(equal) ? equal : undefined };
  });
  const missing = found.filter(({ equal }) => equal === undefined).map(({ role }) => role);
  const others = [...new Set(found.map(({ equal }) => equal))].filter((equal) => equal !== undefined);
  const [first] = others;
  const own = (): ConnectionPolicy => {
    const properties = { grants, roles: missing, inline, provider };
    const carried = conditions.only((property) => isOf.test(property));
    return new ConnectionPolicy(scope, id, alreadyChecked(properties, carried));
  };
  const policy = missing.length === 0 && first !== undefined ? first : own();
  for (const role of missing) equals.set(keyOf(role), policy);
  const attached = [...new Set([...others, policy])].flatMap((each) => each._dependenciesOf(scope, roles));
  // Another source's policy waits for the checks of its own connection constructs only.
  const checks = others.length > 0 ? conditionsOn(scope, new Set(grants.map(({ connection }) => connection))) : [];
  return { policy, dependencies: [...new Set([...attached, ...checks])] };
}

function keyIn(scope: Construct, role: string): string {
  return roleKeys(scope, [role])[0]?.key ?? "";
}

/** Who gets the permissions, for the check of the whole pipeline. */
export function grantedBy(
  scope: Construct,
  { roles }: Permissions,
  { policy: given, pipelineRoles = [], buildRoles = [], createPolicy }: PipelineSourceProps,
): { readonly pipelineRoles?: Granted; readonly buildRoles?: Granted } {
  // Another copy of this library may have made it.
  if (given !== undefined && (given as Partial<ConnectionPolicy>)._roles === undefined) return {};
  const { path } = scope.node;
  const of = (by: Construct, some: readonly string[]) => some.map((role) => [by, role] as const);
  if (createPolicy === false) {
    const pullers = of(scope, pipelineRoles);
    // What was left out is not known.
    const builders = buildRoles.length > 0 ? [...pullers, ...of(scope, buildRoles)] : [];
    return {
      pipelineRoles: { isOfOthers: true, roles: pullers, place: `pipelineRoles of ${path}` },
      buildRoles: { isOfOthers: true, roles: builders, place: `buildRoles of ${path}` },
    };
  }
  const granted = given ? of(given, given._roles) : of(scope, roles);
  return {
    pipelineRoles: { roles: granted, place: given ? `roles of ${given.node.path}` : `pipelineRoles of ${path}` },
    buildRoles: { roles: [...granted, ...of(scope, buildRoles)], place: `buildRoles of ${path}` },
  };
}

/** Tells the check of the whole pipeline which branches a given policy allows. */
export function expectGrantedBranches(actions: readonly SourceAction[], { policy }: PipelineSourceProps): void {
  // Another copy of this library may have made it.
  if (typeof (policy as Partial<ConnectionPolicy> | undefined)?._branchesOf !== "function" || !policy) return;
  for (const { action, connection, _pulls } of actions) {
    const pulls = { connection, repositories: [_pulls.repository] };
    expectBranches(action, {
      place: `the grants of ${policy.node.path}`,
      allows: (branch) => policy._allows({ ...pulls, branches: [branch] }),
      patterns: () => policy._branchesOf(pulls),
    });
  }
}

const BUILD = /^build(Roles|Repositories)/;
const ALL_BUT_BUILD = /^(?!build(Roles|Repositories))/;

/** What a role gets for an action. Unless the source says it, that is as limited as the policy that the source was given. */
function grantOf({ connection, _pulls }: SourceAction, { policy, ...props }: PipelineSourceProps): ConnectionGrant {
  const repositories = [_pulls.repository];
  // Another copy of this library may have made it.
  const limits = (policy as Partial<ConnectionPolicy> | undefined)?._limitsOf?.({ connection, repositories });
  const { scopeToRepositories = limits?.repositories, readOnly = limits?.readOnly } = props;
  return { connection, repositories: scopeToRepositories ? repositories : undefined, readOnly };
}

/** What a pipeline must wait for. No resource can wait for one of another stack, but the whole stack can. */
function waitFor(scope: Construct, policy: ConnectionPolicy): ITerraformDependable[] {
  const [own, other] = [TerraformStack.of(scope), TerraformStack.of(policy)];
  if (own === other) return policy.dependencies;
  new Inspection()
    .fact(
      `policy is in the stack ${other.node.path}, which depends on the stack ${own.node.path}, so this would be a ` +
        "cycle: create the policy in the stack of the roles",
      !dependsOn(other, own),
    )
    .throwIfBroken(scope);
  own.addDependency(other);
  return [];
}

/** The stack's own `dependsOn` follows every path anew, of which layered stacks have very many. */
function dependsOn(stack: TerraformStack, on: TerraformStack, seen = new Set<TerraformStack>()): boolean {
  if (stack === on) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  return stack.dependencies.some((next) => dependsOn(next, on, seen));
}
