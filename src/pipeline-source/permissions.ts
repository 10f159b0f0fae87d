import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { OutputFormat } from "../codepipeline/enums";
import { accessesOf, type ConnectionGrant } from "../permissions/connection-grant";
import { ConnectionPolicy } from "../permissions/connection-policy";
import { expectBranches, type Granted } from "../pipeline-check/wiring";
import type { SourceAction } from "../source/source-action";
import { Inspection } from "../validation/inspection";
import { alreadyChecked } from "../validation/properties";
import type { PipelineSourceProps } from "./pipeline-source";

/** The policies that a source works with: its own, or one that it was given. */
export interface Permissions {
  readonly policy: ConnectionPolicy;
  /** That of the build roles that the other one does not include. */
  readonly buildPolicy?: ConnectionPolicy;
  readonly dependencies: ITerraformDependable[];
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
  const { pipelineRoles = [], buildRoles = [], inline, provider } = props;
  const grants = actions.map((action) => grantOf(action, props));
  const cloned = actions
    // A format that is an expression may be a full clone.
    .filter(({ outputFormat }) => outputFormat.value !== OutputFormat.CODE_ZIP.value)
    .map((action) => grantOf(action, props));
  const make = (id: string, some: ConnectionGrant[], roles: string[], isOf: RegExp): ConnectionPolicy => {
    const own = { grants: some, roles, inline, provider };
    return new ConnectionPolicy(
      scope,
      id,
      alreadyChecked(
        own,
        conditions.only((property) => isOf.test(property)),
      ),
    );
  };

  const builders = cloned.length > 0 ? buildRoles : [];
  const isShared = props.policy === undefined && accessesOf(cloned).length === accessesOf(grants).length;
  const policy =
    props.policy ??
    (isShared
      ? make("Policy", grants, [...pipelineRoles, ...builders], builders.length > 0 ? /./ : ALL_BUT_BUILD_ROLES)
      : make("Policy", grants, pipelineRoles, ALL_BUT_BUILD_ROLES));
  const others = policy._without(scope, builders);
  const buildPolicy = others.length > 0 ? make("BuildPolicy", cloned, others, BUILD_ROLES) : undefined;
  return { policy, buildPolicy, dependencies: [...waitFor(scope, policy), ...(buildPolicy?.dependencies ?? [])] };
}

/** Who gets the permissions, for the check of the whole pipeline. */
export function grantedBy(
  scope: Construct,
  { policy, buildPolicy }: Permissions,
  { policy: given }: PipelineSourceProps,
): { readonly pipelineRoles?: Granted; readonly buildRoles?: Granted } {
  const rolesOf = (some: ConnectionPolicy) => some._roles.map((role) => [some, role] as const);
  // Another copy of this library may have made it.
  if ((policy as Partial<ConnectionPolicy>)._roles === undefined) return {};
  const { path } = scope.node;
  const roles = rolesOf(policy);
  return {
    pipelineRoles: { roles, place: given ? `roles of ${given.node.path}` : `pipelineRoles of ${path}` },
    buildRoles: { roles: [...roles, ...(buildPolicy ? rolesOf(buildPolicy) : [])], place: `buildRoles of ${path}` },
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

const BUILD_ROLES = /^buildRoles/;
const ALL_BUT_BUILD_ROLES = /^(?!buildRoles)/;

function grantOf({ connection, _pulls }: SourceAction, props: PipelineSourceProps): ConnectionGrant {
  return {
    connection,
    repositories: props.scopeToRepositories ? [_pulls.repository] : undefined,
    readOnly: props.readOnly,
  };
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
